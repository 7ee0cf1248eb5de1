// What an event does to the state, foretold here so that the screen need not wait for the server.

import { measure, place, shift } from "./flags.js";
import { change, separator } from "./paragraph.js";
import { toPoints, toUnits } from "./offsets.js";

const STRUCTURAL = new Set(["merge", "split", "insert", "repair"]);
const CHANGING = new Set(["edit", "accept", "status", "merge", "split", "repair", "insert", "delete", "undo", "redo"]);

/** True where the event raises the version of its targets. */
export function changesState(event) {
  return CHANGING.has(event.kind) || (event.kind === "restore" && Boolean(event.payload.segment));
}

export function isStructural(event) {
  return STRUCTURAL.has(event.kind);
}

/** A copy that later changes do not reach. */
export function snapshot(segment) {
  return structuredClone(segment);
}

/** Set a segment's text; flags move along. */
export function setText(segment, text) {
  if (segment.text === text) return;
  const moved = change(segment.text, text);
  shift(segment, moved);
  segment.comments = segment.comments.map((comment) => carried(comment, segment.text, text, moved));
  segment.text = text;
  measure(segment);
}

/** A comment as it stands after its text changed by `moved`: on the same words, on none where they are gone. */
export function carried(comment, before, after, { start, end, text } = change(before, after)) {
  if (comment.start === null || comment.start === undefined) return comment;
  const [from, to] = [comment.start, comment.end].map((at) => toUnits(before, at));
  if (from === to || (start <= from && to <= end && start < end)) return { ...comment, start: null, end: null };
  const delta = text.length - (end - start);
  const head = from >= end ? from + delta : from > start ? start + text.length : from;
  const tail = to <= start ? to : to >= end ? to + delta : start;
  return { ...comment, start: toPoints(after, head), end: toPoints(after, tail) };
}

/** Make a segment of the article view ready for use here. */
export function ready(segment) {
  const made = { ...structuredClone(segment), saved: segment.text };
  made.flags ??= [];
  made.comments ??= [];
  made.marks ??= [];
  made.references ??= [];
  made.alternatives ??= [];
  place(made);
  return made;
}

/**
 * Apply `event` to `state` {segments: Map, order: [ids]}. Targets that have moved on are passed over.
 * Returns the ids of the segments that it may have changed.
 */
export function apply(state, event) {
  const { kind, payload } = event;
  const targets = event.targets.map((target) => state.segments.get(target.segment));
  const current = event.targets.map((target, index) => targets[index]
    && (target.base_version === null || targets[index].version === target.base_version));
  const ids = event.targets.map((target) => target.segment);
  if (kind === "dismiss") return dismiss(state, event);
  if (kind === "restore" && payload.dismissal) return reopen(state, payload.dismissal);
  if (isStructural(event) && !current.every(Boolean)) return ids;
  targets.forEach((segment, index) => {
    if (!segment || !current[index]) return;
    ACTS[kind]?.(segment, payload, index, event);
  });
  if (isStructural(event)) STRUCTURES[kind](state, event, targets);
  if (changesState(event)) targets.forEach((segment, index) => { if (current[index]) segment.version += 1; });
  return ids;
}

const ACTS = {
  edit(segment, { texts }, index) {
    setText(segment, texts[index]);
    segment.saved = texts[index];
    segment.status = "draft";
  },
  accept(segment, { texts, flags, suggestion }, index, event) {
    const mine = segment.flags.filter((flag) => flag.state === "open" && flags.some((other) => other.id === flag.id));
    let text = segment.text;
    for (const flag of [...mine].reverse()) {
      text = text.slice(0, flag.from) + suggestion + text.slice(flag.to);
      for (const other of segment.flags) {
        if (other === flag || other.side === "source") continue;
        const delta = suggestion.length - (flag.to - flag.from);
        if (other.from >= flag.to) {
          other.from += delta;
          other.to += delta;
        } else if (other.to > flag.from && other.state === "open") other.gone = true;
      }
      flag.to = flag.from + suggestion.length;
    }
    for (const flag of mine) {
      flag.state = "accepted";
      flag.event = event.id;
      flag.given = suggestion;
    }
    const before = segment.text;
    segment.comments = segment.comments.map((comment) => carried(comment, before, text));
    segment.text = text;
    setText(segment, texts[index]);
    measure(segment);
    segment.saved = texts[index];
    segment.status = "draft";
  },
  restore(segment) {
    segment.deleted = false;
  },
  mark(segment, { span }) {
    segment.marks = [...segment.marks.filter((mark) => mark.id !== span.id), span];
  },
  unmark(segment, payload) {
    segment.marks = segment.marks.filter((mark) => mark.id !== payload.span);
  },
  rate(segment, { value }) {
    segment.rating = value;
  },
  comment(segment, payload) {
    segment.comments = segment.comments.filter((comment) => comment.id !== (payload.remove ?? payload.comment.id));
    if (payload.comment) segment.comments.push({ author: "", at: Date.now() * 1000, ...payload.comment });
  },
  status(segment, payload) {
    if (payload.status) segment.status = payload.status;
    if (payload.locked !== undefined) segment.locked = payload.locked;
  },
  delete(segment) {
    segment.deleted = true;
  },
};

/** A dismissal may reach beyond its target: the same words, or the same detector in the article. */
function dismiss(state, event) {
  const { flag, scope } = event.payload;
  const home = event.targets[0].segment;
  const touched = new Set([home]);
  for (const segment of state.segments.values()) {
    for (const other of segment.flags) {
      if (other.state !== "open" || other.detector !== flag.detector) continue;
      const same = scope === "place" ? segment.id === home && other.id === flag.id
        : scope !== "text" || other.surface === flag.surface;
      if (!same) continue;
      Object.assign(other, { state: "dismissed", event: event.id });
      touched.add(segment.id);
    }
  }
  return [...touched];
}

/** Open again what a dismissal covered. */
function reopen(state, dismissal) {
  const touched = new Set();
  for (const segment of state.segments.values()) {
    for (const flag of segment.flags) {
      if (flag.state !== "dismissed" || flag.event !== dismissal) continue;
      Object.assign(flag, { state: "open", event: null });
      touched.add(segment.id);
    }
  }
  return [...touched];
}

const STRUCTURES = {
  merge(state, { payload }, targets) {
    const [first] = targets;
    const joined = (texts) => texts.reduce((left, right) => left + separator(left, right) + right, "");
    const sources = targets.map((segment) => segment.source).filter((text) => text !== null);
    replace(state, targets.map((segment) => segment.id), [made(first, {
      id: payload.new,
      source: sources.length ? joined(sources) : null,
      text: joined(targets.map((segment) => segment.text)),
      hypothesis: joined(targets.map((segment) => segment.hypothesis)),
      references: first.references.map((_, index) => joined(targets.map((segment) => segment.references[index] ?? ""))),
      codes: together(targets.map((segment) => segment.codes ?? [])),
      notes: [...new Set(targets.flatMap((segment) => segment.notes ?? []))],
      alternatives: first.alternatives.map((one, index) => ({
        ...one,
        text: joined(targets.map((segment) => segment.alternatives[index]?.text ?? "")),
      })),
      comments: targets.flatMap((segment, index) => {
        const whole = joined(targets.slice(0, index + 1).map((one) => one.text));
        const base = toPoints(whole, whole.length - segment.text.length);
        return segment.comments.map((one) => (one.start === null ? one : { ...one, start: one.start + base, end: one.end + base }));
      }),
      words: targets.reduce((sum, segment) => sum + segment.words, 0),
    })]);
  },
  split(state, { payload }, [segment]) {
    const cut = toUnits(segment.text, payload.at);
    const source = segment.source;
    const sourceCut = source === null || payload.source_at === null || payload.source_at === undefined
      ? null : toUnits(source, payload.source_at);
    const left = segment.text.slice(0, cut).trimEnd();
    const right = segment.text.slice(cut).trimStart();
    const sources = source === null ? [null, null] : sourceCut === null ? [source, ""]
      : [source.slice(0, sourceCut).trimEnd(), source.slice(sourceCut).trimStart()];
    replace(state, [segment.id], [left, right].map((text, index) => made(segment, {
      id: payload.new[index], text, hypothesis: text, source: sources[index],
    })));
  },
  repair(state, { payload }, targets) {
    targets.forEach((segment, index) => {
      segment.source = payload.sources[index];
      segment.flags = segment.flags.filter((flag) => flag.side !== "source");
    });
  },
  insert(state, { payload }, [neighbour]) {
    const index = state.order.indexOf(neighbour.id) + (payload.before ? 0 : 1);
    const inserted = made(neighbour, {
      id: payload.new, text: payload.text ?? "", hypothesis: "", source: neighbour.source === null ? null : "",
      references: [], alternatives: [], codes: [], notes: [], inserted: true, words: 0, status: "draft",
      paragraph: payload.new_paragraph ? neighbour.paragraph + 0.5 : neighbour.paragraph,
    });
    state.segments.set(inserted.id, inserted);
    state.order.splice(index, 0, inserted.id);
  },
};

/** The codes of several segments, each token once. */
function together(lists) {
  return [...new Map(lists.flat().map((code) => [code[0], code])).values()];
}

function made(from, fields) {
  return ready({
    ...from, name: "", version: 1, status: "draft", locked: false, deleted: false, inserted: false,
    flags: [], comments: [], marks: [], risk: 0, ...fields,
  });
}

/** Put `segments` where the run `ids` stood; what retires leaves the screen. */
function replace(state, ids, segments) {
  const at = state.order.indexOf(ids[0]);
  state.order.splice(at, ids.length, ...segments.map((segment) => segment.id));
  for (const id of ids) state.retired?.set(id, state.segments.get(id));
  for (const id of ids) state.segments.delete(id);
  for (const segment of segments) state.segments.set(segment.id, segment);
}

// What this person can undo and redo: this page's acts with what they changed, and earlier ones by name.

import { apply, carried, snapshot } from "./apply.js";
import { Names, isPlain, opposite } from "./opposites.js";

/** What acts are called, where they are undone or refused. */
export const WORDS = {
  edit: "edit", accept: "accepted suggestion", dismiss: "dismissal", restore: "restoring", mark: "marked error",
  unmark: "removed mark", rate: "rating", undo: "undo", redo: "redo", comment: "comment", status: "status", merge: "merge", split: "split",
  repair: "source pairing", insert: "inserted sentence", delete: "deletion", propagate: "propagation",
};
const STATES = { confirmed: "confirmation", approved: "approval", rejected: "rejection" };

function called({ kind, payload }) {
  if (kind === "status" && payload.locked !== undefined) return payload.locked ? "locking" : "unlocking";
  if (kind === "comment" && payload.remove) return "removed comment";
  if (kind === "restore" && !payload.segment) return "restored flag";
  return (kind === "status" && STATES[payload.status]) || (WORDS[kind] ?? kind);
}

/** What taking an act back looks like here, for acts that change no text. */
const OPPOSITES = {
  dismiss: ({ id }) => ({ kind: "restore", payload: { dismissal: id } }),
  mark: ({ event }) => event && { kind: "unmark", payload: { span: event.payload.span.id } },
  comment: ({ event }) => event && { kind: "comment", payload: { remove: event.payload.comment.id } },
};
/** Acts that raise no version, nor does taking them back. */
const VERSIONLESS = new Set(["dismiss", "mark", "comment"]);

export class History {
  constructor(article) {
    const entry = (one) => ({
      id: one.event, kind: one.kind, segments: one.segments, group: one.group ?? null,
      // The server counts the segments in its label; here they are counted where it is said.
      label: (one.label || WORDS[one.kind] || one.kind).replace(/ \([\d,]+ segments?\b[^)]*\)$/, ""),
    });
    this.undone = (article.redo ?? []).map(entry);
    this.done = (article.undo ?? []).map(entry);
    /** Ids of acts sent to take plain ones back, or to do them again: no acts of their own. */
    this.answers = new Set();
    this.names = new Names();
  }

  knows(id) {
    return this.answers.has(id) || this.done.some((entry) => entry.id === id) || this.undone.some((entry) => entry.id === id);
  }

  /** Put an act on the stack. `opened`: the flags that a restore opens again, [{segment, flag}] as the wire has them. */
  add(event, before, after, opened = []) {
    const first = this.names.first(event);
    const taken = event.kind === "restore" && this.done.find((entry) => entry.id === first.payload.dismissal)?.event;
    const own = isPlain(event) ? { forth: [first], back: opposite(event, first, before, taken, opened) } : {};
    this.done.push({
      id: event.id, kind: event.kind, event, before, after, label: called(event),
      segments: event.targets.map((target) => target.segment), group: event.payload.group ?? null, ...own,
    });
    this.undone = [];
  }

  /** Forget an act that the server refused. */
  drop(id) {
    this.done = this.done.filter((entry) => entry.id !== id);
    this.undone = this.undone.filter((entry) => entry.id !== id);
  }

  /** Forget a dismissal that was taken back, of which only the name is known here. */
  forget(id) {
    if (!this.done.find((entry) => entry.id === this.names.origin(id))?.event) this.drop(id);
  }

  /** What a segment read before an act of this page's; undefined where that is not known. */
  before(id, segment) {
    return this.done.find((entry) => entry.id === id)?.before?.find((one) => one.id === segment)?.text;
  }

  /** Put an act of the server's own on the stack, which reached beyond the article. */
  follow({ event, segments, articles }) {
    this.done.push({ id: event, kind: "propagate", label: WORDS.propagate, segments: [], group: null, count: segments, articles });
    this.undone = [];
  }

  /** The next act to undo or redo, where only the server can do that. */
  far(direction) {
    const entry = (direction === "undo" ? this.done : this.undone).at(-1);
    return entry?.kind === "propagate" ? entry : null;
  }

  /** An act of the server's own was undone or done again. */
  turned(entry, direction) {
    this.drop(entry.id);
    (direction === "undo" ? this.undone : this.done).push(entry);
  }

  get last() {
    return this.done[this.done.length - 1] ?? null;
  }

  /**
   * Undo or redo the newest act (with all of its group). Returns {label, segments, unsure} or null where
   * there is none; `unsure` means that only the server knows the result.
   */
  step(model, direction) {
    const [from, to] = direction === "undo" ? [this.done, this.undone] : [this.undone, this.done];
    const first = from.pop();
    if (!first) return null;
    if (first.back || this.names.renamed(first)) return this.#plain(model, first, direction, to);
    const entries = [first];
    while (first.group && from[from.length - 1]?.group === first.group) entries.push(from.pop());
    const touched = new Set();
    let unsure = false;
    for (const entry of entries) {
      unsure = this.#take(model, entry, direction, touched) || unsure;
      to.push(entry);
    }
    const segments = entries.flatMap((entry) => entry.segments);
    const structure = entries.some(({ kind }) => ["delete", "restore", "insert", "merge", "split", "repair"].includes(kind));
    model.changed([...segments, ...touched], structure);
    return { label: first.label, segments, unsure, typing: first.typing };
  }

  /** The server knows no undo of a plain act: an act of the opposite sense does it. */
  #plain(model, entry, direction, to) {
    if (direction === "undo" && typeof entry.back === "string") return { ...entry, refused: entry.back };
    const touched = new Set(entry.segments);
    const back = entry.back ?? [{ targets: entry.event?.targets, ...OPPOSITES[entry.kind](entry) }];
    const sent = (direction === "undo" ? back : entry.forth ?? [entry.event]).map(({ kind, targets, payload, id = null }) => {
      const event = this.names.now(model.event(kind, targets.map((target) => target.segment), payload), id);
      this.answers.add(event.id);
      for (const id of apply(model, event)) touched.add(id);
      model.send(event);
      return event;
    });
    // Dismissals made again have names of their own, which the next restore must give.
    if (direction === "undo" && entry.kind === "restore" && !back[0].id) {
      entry.forth = sent.map(({ id, targets }) => ({ kind: "restore", targets, payload: { dismissal: id } }));
    }
    to.push(entry);
    model.changed([...touched]);
    return { label: entry.label, segments: entry.segments, unsure: false };
  }

  #take(model, entry, direction, touched) {
    const event = model.event(direction, entry.segments, { event: entry.id });
    const light = VERSIONLESS.has(entry.kind);
    if (light) for (const target of event.targets) target.base_version = null;
    const sure = light ? this.#turn(model, entry, direction, event, touched)
      : this.foretell(model, event, direction === "undo" ? entry.before : entry.after, entry.kind);
    model.send(event);
    return !sure;
  }

  /** Take back, or do again, an act that changed no text. False where only the server knows what it was. */
  #turn(model, entry, direction, { targets }, touched = new Set()) {
    const turned = direction === "undo" ? OPPOSITES[entry.kind](entry) : entry.event;
    if (!turned) return false;
    for (const id of apply(model, { ...turned, targets })) touched.add(id);
    return true;
  }

  /** Put the snapshots back under raised versions. False where the outcome cannot be told from here. */
  foretell(model, event, snapshots, kind) {
    const known = snapshots && !["merge", "split", "insert"].includes(kind);
    for (const { segment: id } of event.targets) {
      const now = model.get(id) ?? model.retired.get(id);
      const then = known && snapshots.find((one) => one.id === id);
      if (then && model.get(id)) {
        const back = { ...snapshot(then), version: now.version + 1, saved: then.text };
        back.flags = back.flags.map((flag) => ({ ...flag, gone: false }));
        const stood = new Map(back.comments.map((comment) => [comment.id, comment]));
        back.comments = now.comments.map((comment) => stood.get(comment.id) ?? carried(comment, now.text, back.text));
        back.marks = now.marks;
        model.segments.set(id, back);
      } else if (now && !VERSIONLESS.has(kind)) {
        now.version += 1;
      }
    }
    return Boolean(known);
  }

  /** Lay an undo or redo that the server has not answered over a fresh view. */
  replay(model, event) {
    const entry = [...this.done, ...this.undone].find((one) => one.id === event.payload.event);
    if (entry && VERSIONLESS.has(entry.kind)) {
      this.#turn(model, entry, event.kind, event);
      return;
    }
    const fits = event.targets.every(({ segment, base_version: base }) => model.get(segment)?.version === base);
    if (fits) this.foretell(model, event, entry && (event.kind === "undo" ? entry.before : entry.after), entry?.kind);
  }
}

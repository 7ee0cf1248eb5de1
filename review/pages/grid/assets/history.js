// What this person can undo and redo: this page's acts with what they changed, and earlier ones by name.

import { apply, carried, snapshot } from "./apply.js";

/** What acts are called, where they are undone or refused. */
export const WORDS = {
  edit: "edit", accept: "accepted suggestion", dismiss: "dismissal", restore: "restoring", mark: "marked error",
  unmark: "removed mark", rate: "rating", undo: "undo", redo: "redo", comment: "comment", status: "status", merge: "merge", split: "split",
  repair: "source pairing", insert: "inserted sentence", delete: "deletion", propagate: "propagation",
};
/** What taking an act back looks like here, for acts that change no text. */
const OPPOSITES = {
  dismiss: ({ id }) => ({ kind: "restore", payload: { dismissal: id } }),
  mark: ({ event }) => event && { kind: "unmark", payload: { span: event.payload.span.id } },
  comment: ({ event }) => event && { kind: "comment", payload: { remove: event.payload.comment.id } },
};
/** Acts that raise no version, nor does taking them back. */
const VERSIONLESS = new Set(["dismiss", "mark", "comment"]);
const SILENT = new Set(["unmark", "rate", "restore"]);

export class History {
  constructor(article) {
    const entry = (one) => ({
      id: one.event, kind: one.kind, segments: one.segments, group: one.group ?? null, label: one.label || WORDS[one.kind] || one.kind,
    });
    this.undone = (article.redo ?? []).map(entry);
    this.done = (article.undo ?? []).map(entry);
  }

  knows(id) {
    return this.done.some((entry) => entry.id === id) || this.undone.some((entry) => entry.id === id);
  }

  add(event, before, after) {
    if (SILENT.has(event.kind) && !event.payload.segment) return;
    if (event.kind === "comment" && event.payload.remove) return;
    this.done.push({
      id: event.id, kind: event.kind, event, before, after, label: WORDS[event.kind] ?? event.kind,
      segments: event.targets.map((target) => target.segment), group: event.payload.group ?? null,
    });
    this.undone = [];
  }

  /** Forget an act that the server refused. */
  drop(id) {
    this.done = this.done.filter((entry) => entry.id !== id);
    this.undone = this.undone.filter((entry) => entry.id !== id);
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
    return { label: first.label, segments, unsure };
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

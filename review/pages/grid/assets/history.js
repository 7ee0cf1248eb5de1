// What this person can undo and redo: this page's acts with what they changed, and earlier ones by name.

import { snapshot } from "./apply.js";

const WORDS = {
  edit: "edit", accept: "accepted suggestion", dismiss: "dismissal", restore: "restoring", mark: "marked error",
  unmark: "removed mark", rate: "rating", comment: "comment", status: "status", merge: "merge", split: "split",
  repair: "source pairing", insert: "inserted sentence", delete: "deletion", propagate: "propagation",
};
/** Acts that are taken back by their opposite rather than by an undo event. */
const OPPOSITES = {
  dismiss: (entry) => ["restore", { dismissal: entry.event.id }],
  mark: (entry) => ["unmark", { span: entry.event.payload.span.id }],
  comment: (entry) => (entry.event.payload.comment ? ["comment", { remove: entry.event.payload.comment.id }] : null),
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
    if (this.quiet) return;
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
    let unsure = false;
    for (const entry of entries) {
      unsure = this.#take(model, entry, direction) || unsure;
      to.push(entry);
    }
    const segments = entries.flatMap((entry) => entry.segments);
    model.changed(model.order, true);
    return { label: first.label, segments, unsure };
  }

  #take(model, entry, direction) {
    const opposite = entry.event && OPPOSITES[entry.kind]?.(entry);
    if (opposite || (entry.kind === "dismiss" && !entry.event)) {
      const [kind, payload] = opposite ?? ["restore", { dismissal: entry.id }];
      if (direction === "undo") this.#post(model, kind, entry.segments, payload);
      else entry.event = this.#post(model, entry.kind, entry.segments, entry.event.payload);
      entry.id = entry.event?.id ?? entry.id;
      return false;
    }
    const event = model.event(direction, entry.segments, { event: entry.id });
    const sure = this.foretell(model, event, direction === "undo" ? entry.before : entry.after, entry.kind);
    model.send(event);
    return !sure;
  }

  #post(model, kind, segments, payload) {
    const event = model.event(kind, segments, payload);
    this.quiet = true;
    model.remember(event);
    this.quiet = false;
    model.send(event);
    return event;
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
        back.comments = now.comments;
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
    const fits = event.targets.every(({ segment, base_version: base }) => model.get(segment)?.version === base);
    if (fits) this.foretell(model, event, entry && (event.kind === "undo" ? entry.before : entry.after), entry?.kind);
  }
}

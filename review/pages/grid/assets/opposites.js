// Acts that the server takes no undo of, and the acts that take them back.

import { uuid } from "./storage.js";

/** True for an act that is taken back by another act and not by undo. */
export function isPlain({ kind, payload }) {
  return kind === "rate" || kind === "unmark" || (kind === "restore" && !payload.segment) || (kind === "comment" && Boolean(payload.remove));
}

/**
 * The acts [{kind, targets, payload}] that take `event` back, or a sentence where none does. `first` is the event by
 * first names, `before` are its targets as they were; `dismissal` is the event that a restore took back, where this
 * page knows it; `opened` are the flags that it opened.
 */
export function opposite({ kind, payload, targets }, first, before, dismissal, opened) {
  const [was] = before;
  if (kind === "rate") {
    const known = was?.rating !== undefined && was?.rating !== null;
    return known ? [{ kind, targets, payload: { value: was.rating } }] : "A first rating is not taken back. Rate again to change it.";
  }
  if (kind === "restore") {
    if (dismissal) return [dismissal];
    return opened.map(({ segment, flag }) => ({ kind: "dismiss", targets: [{ segment }], payload: { flag, scope: "place", reason: "" } }));
  }
  if (kind === "unmark") {
    const { rater, ...span } = was?.marks.find((mark) => mark.id === payload.span) ?? {};
    return span.id ? [{ kind: "mark", targets, payload: { span: { ...span, id: first.payload.span } } }] : "The mark is not known any more.";
  }
  const { at, ...comment } = was?.comments.find((one) => one.id === payload.remove) ?? {};
  return comment.id ? [{ kind: "comment", targets, payload: { comment: { ...comment, id: first.payload.remove } } }] : "The comment is not known any more.";
}

/** A mark, comment or dismissal that is made again has a new name; the acts on the stack know its first one. */
export class Names {
  constructor() {
    this.present = new Map();
  }

  origin(name) {
    return [...this.present].find(([, now]) => now === name)?.[0] ?? name;
  }

  /** True where what the act made was made again since. */
  renamed({ kind, id, event }) {
    if (!event) return false;
    return this.present.has({ mark: event.payload.span?.id, comment: event.payload.comment?.id, dismiss: id }[kind]);
  }

  /** The event by first names. */
  first(event) {
    const { kind, payload } = event;
    if (kind === "unmark") return { ...event, payload: { span: this.origin(payload.span) } };
    if (kind === "comment" && payload.remove) return { ...event, payload: { remove: this.origin(payload.remove) } };
    if (kind === "restore" && payload.dismissal) return { ...event, payload: { dismissal: this.origin(payload.dismissal) } };
    return event;
  }

  /** The event by present names; what it makes gets a new one. `id` is the dismissal's first name. */
  now(event, id) {
    const { kind, payload } = event;
    const name = (old) => this.present.get(old) ?? old;
    const again = (old) => this.present.set(old, uuid()).get(old);
    if (kind === "mark") return { ...event, payload: { span: { ...payload.span, id: again(payload.span.id) } } };
    if (kind === "comment" && payload.comment) return { ...event, payload: { comment: { ...payload.comment, id: again(payload.comment.id) } } };
    if (kind === "unmark") return { ...event, payload: { span: name(payload.span) } };
    if (kind === "comment") return { ...event, payload: { remove: name(payload.remove) } };
    if (kind === "restore") return { ...event, payload: { dismissal: name(payload.dismissal) } };
    if (kind === "dismiss" && id) this.present.set(id, event.id);
    return event;
  }
}

// The article as this person sees it: what the server said, and on top of it every act not yet answered.

import { apply, changesState, isStructural, ready, setText, snapshot } from "./apply.js";
import { lacking } from "./codes.js";
import { isOpen, place, wire } from "./flags.js";
import { History } from "./history.js";
import { uuid } from "./storage.js";

/** True where units of text come, go or change places. */
export function restructures({ kind, payload }) {
  return isStructural({ kind }) || kind === "delete" || (kind === "restore" && Boolean(payload?.segment));
}

const DONE = new Set(["confirmed", "approved"]);

export class Model {
  /** `send(event)` puts an event in the outbox; `drafts` remembers text that is not an event yet. */
  constructor({ article, user, send, drafts }) {
    this.user = user;
    this.send = send;
    this.drafts = drafts;
    this.watchers = [];
    /** Ids of events acknowledged since the view was taken: a view may lack them without any version telling so. */
    this.acknowledged = new Set();
    this.history = new History(article);
    this.load(article, []);
  }

  /** Take the server's view of the article and lay the events that it has not answered over it. */
  load(article, pending) {
    this.article = article;
    this.revision = article.revision ?? 0;
    const before = this.segments ?? new Map();
    const held = this.held().map((id) => before.get(id));
    this.segments = new Map(article.segments.map((segment) => [segment.id, ready(segment)]));
    this.order = article.segments.map((segment) => segment.id);
    this.retired ??= new Map();
    // What left the article may come back by undo, and its version counts then.
    for (const [id, segment] of before) if (!this.segments.has(id)) this.retired.set(id, segment);
    for (const id of this.order) this.retired.delete(id);
    for (const event of pending) {
      if (!event.targets.some(({ segment }) => this.segments.has(segment) || this.retired.has(segment))) continue;
      if (!this.history.knows(event.id) && event.kind !== "undo" && event.kind !== "redo") this.remember(event);
      else if (event.kind !== "undo" && event.kind !== "redo") apply(this, event);
      else this.history.replay(this, event);
    }
    for (const segment of held) this.hold(segment);
  }

  /** Lay text that cannot be saved as it stands over the segment as it is now; drafts keep it meanwhile. */
  hold({ id, text, saved, version, base }) {
    const now = this.get(id);
    if (!now || now.deleted || now.text === text) return;
    now.settled = structuredClone({ flags: now.flags, comments: now.comments });
    setText(now, text);
    if (base !== undefined || (now.saved !== saved && now.version !== version)) now.base = base ?? version;
  }

  /** Why a text may not be a segment's, for its inline codes; "" where it may. The machine's own text always may. */
  wrong(id, text = this.get(id)?.text) {
    const segment = this.get(id);
    if (!segment?.codes?.length || text === segment.hypothesis || text === segment.saved) return "";
    return lacking(segment.codes, segment.saved, text, segment.source);
  }

  /** Segments whose text is typed and cannot be saved as it stands. */
  held() {
    return (this.order ?? []).filter((id) => this.dirty(id) && this.wrong(id));
  }

  /** Give up what is typed in a segment and cannot be saved. Returns the text. */
  giveUp(id) {
    const segment = this.get(id);
    const { text } = segment;
    setText(segment, segment.saved);
    if (segment.settled) Object.assign(segment, segment.settled);
    delete segment.settled;
    delete segment.base;
    this.drafts.forget(id);
    this.changed([id]);
    return text;
  }

  /** Whether a view was taken before something that the server has acknowledged since: it must not be believed. */
  isOlder(article, pending) {
    if ((article.revision ?? 0) < this.revision || this.acknowledged.size) return true;
    const first = new Map();
    for (const event of pending) {
      for (const { segment, base_version: base } of event.targets) {
        if (base !== null && !first.has(segment)) first.set(segment, base);
      }
    }
    return article.segments.some(({ id, version }) => {
      const known = this.get(id) ?? this.retired.get(id);
      return known && version < (first.get(id) ?? known.version);
    });
  }

  watch(watcher) {
    this.watchers.push(watcher);
  }

  /** Tell the watchers that these segments changed; `structure` when segments came or went. */
  changed(ids, structure = false) {
    for (const watcher of this.watchers) watcher(new Set(ids), structure);
  }

  list() {
    return this.order.map((id) => this.segments.get(id));
  }

  get(id) {
    return this.segments.get(id);
  }

  number(id) {
    return this.order.indexOf(id) + 1;
  }

  /** Typing: the text changes at once, the event follows with `commit`. */
  draft(id, text) {
    const segment = this.get(id);
    if (segment.text === text) return;
    // Undo puts back where flags and comments stood before the first keystroke.
    if (segment.text === segment.saved) segment.settled = structuredClone({ flags: segment.flags, comments: segment.comments });
    setText(segment, text);
    if (segment.text === segment.saved) this.drafts.forget(id);
    else this.drafts.keep(id, text, segment.version);
  }

  dirty(id) {
    const segment = this.get(id);
    return Boolean(segment) && segment.text !== segment.saved;
  }

  /** Make one edit event of all typing that is not one yet and breaks no code. Returns the event or null. */
  commit(origin = "typed") {
    const ids = this.order.filter((id) => this.dirty(id) && !this.wrong(id));
    if (!ids.length) return null;
    const texts = ids.map((id) => this.get(id).text);
    const event = this.act("edit", ids, { texts, origin });
    for (const id of ids) this.drafts.forget(id);
    // What somebody else has changed meanwhile will be refused; the refusal keeps the text.
    for (const id of ids) if (this.get(id).base !== undefined) this.giveUp(id);
    return event;
  }

  /** Do an act: apply it here, remember it for undo, send it. Typing that hangs is committed first. */
  act(kind, ids, payload) {
    if (kind !== "edit") this.commit();
    const event = this.event(kind, ids, payload);
    const touched = this.remember(event);
    this.send(event);
    this.changed(touched, restructures(event));
    return event;
  }

  event(kind, ids, payload) {
    const event = { id: uuid(), kind, targets: [], payload };
    const versioned = changesState(event);
    event.targets = ids.map((id) => ({
      segment: id,
      base_version: !versioned ? null : (kind === "edit" ? this.get(id)?.base : undefined) ?? (this.get(id) ?? this.retired.get(id))?.version ?? null,
    }));
    return event;
  }

  /** Apply an event and keep what undo needs. Returns the ids of the segments that it touched. */
  remember(event) {
    const ids = event.targets.map((target) => target.segment);
    const before = ids.map((id) => this.get(id)).filter(Boolean).map(({ settled, ...segment }) => snapshot(
      event.kind === "edit" && segment.text !== segment.saved ? { ...segment, ...settled, text: segment.saved } : segment,
    ));
    for (const id of ids) delete this.get(id)?.settled;
    const opened = event.kind !== "restore" || event.payload.segment ? [] : this.list().flatMap(({ id, flags }) => flags
      .filter((flag) => flag.state === "dismissed" && flag.event === event.payload.dismissal).map((flag) => ({ segment: id, flag: wire(flag, id) })));
    const touched = apply(this, event);
    const after = ids.map((id) => this.get(id)).filter(Boolean).map(snapshot);
    this.history.add(event, before, after, opened);
    return touched;
  }

  undo() {
    this.commit();
    return this.history.step(this, "undo");
  }

  redo() {
    this.commit();
    return this.history.step(this, "redo");
  }

  /** A segment as the server has it now, after an act on it was refused. */
  replace(view) {
    if (!view || !this.segments.has(view.id)) return;
    const held = this.held().includes(view.id) ? this.get(view.id) : null;
    this.segments.set(view.id, ready(view));
    if (held) this.hold(held);
    else this.drafts.forget(view.id);
    this.changed([view.id], true);
  }

  /** New flags {segment id: [flag, ...]} for segments that still have the version they were made for. */
  setFlags(flags, versions) {
    const touched = [];
    for (const [key, list] of Object.entries(flags)) {
      const segment = this.get(Number(key));
      if (!segment || segment.version !== versions.get(segment.id) || this.dirty(segment.id)) continue;
      const given = new Map(segment.flags.map((flag) => [`${flag.id} ${flag.event}`, flag.given]));
      segment.flags = list.map((flag) => ({ ...structuredClone(flag), given: flag.given ?? given.get(`${flag.id} ${flag.event}`) }));
      place(segment);
      touched.push(segment.id);
    }
    if (touched.length) this.changed(touched);
  }

  versions() {
    return new Map(this.list().map((segment) => [segment.id, segment.version]));
  }

  /** What the bar shows. Progress counts words of confirmed segments. */
  totals() {
    const sum = { words: 0, done: 0, segments: 0, confirmed: 0, flags: 0 };
    for (const segment of this.segments.values()) {
      if (segment.deleted) continue;
      sum.words += segment.words;
      sum.segments += 1;
      sum.flags += segment.flags.filter(isOpen).length;
      if (!DONE.has(segment.status)) continue;
      sum.done += segment.words;
      sum.confirmed += 1;
    }
    return sum;
  }

  isDone(segment) {
    return segment.deleted || DONE.has(segment.status);
  }
}

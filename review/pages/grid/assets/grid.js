// The grid as a whole: it owns the parts, hears the keys, talks to the server.

import { Acts } from "./acts.js";
import { Bar } from "./bar.js";
import { copy, copyArticle } from "./clipboard.js";
import { Concordance } from "./concordance.js";
import { Cursor } from "./cursor.js";
import { Dispatch } from "./dispatch.js";
import { h } from "./dom.js";
import { effortOf } from "./effort.js";
import { Filter } from "./filter.js";
import { isOpen } from "./flags.js";
import { Keys } from "./keys.js";
import { Live } from "./live.js";
import { LookUp } from "./lookup.js";
import { Marking } from "./marking.js";
import { Memory } from "./memory.js";
import { Model } from "./model.js";
import { Offers } from "./offers.js";
import { Outbox } from "./outbox.js";
import { Propagation } from "./propagation.js";
import { Server } from "./server.js";
import { Drafts, Storage, tabName, uuid } from "./storage.js";
import { Structure } from "./structure.js";
import { View } from "./view.js";

const PAUSE = 400;

export class Grid {
  constructor(parentElement, data, setTriggerValue) {
    this.parent = parentElement;
    this.data = data;
    this.trigger = setTriggerValue;
    this.user = data.user;
    const owner = data.store ? `${data.store}:${data.user.id}` : `${data.user.id}`;
    this.storage = new Storage();
    this.tab = tabName();
    this.filter = new Filter();
    this.live = new Live();
    this.keys = new Keys(this.storage.get(`rendition/keys/${data.user.id}`) ?? data.keys);
    this.server = new Server(this);
    this.outbox = new Outbox({
      owner, batch: data.batch.id, route: data.route, token: data.token, storage: this.storage, tab: this.tab,
      on: {
        stored: (events) => this.server.stored(events), refused: (refusals) => this.server.refused(refusals),
        state: (state) => this.saving(state), token: () => this.server.askToken(), elsewhere: () => this.server.soon(),
      },
    });
    this.drafts = new Drafts(this.storage, owner, data.batch.id, this.tab);
    this.model = new Model({ article: data.article, user: data.user, send: (event) => this.outbox.add(event), drafts: this.drafts });
    this.acts = new Acts(this);
    this.structure = new Structure(this);
    this.marking = new Marking(this);
    this.lookUp = new LookUp(this);
    this.concordance = new Concordance(this);
    this.memory = new Memory(this);
    this.offers = new Offers(this);
    this.propagation = new Propagation(this);
    this.cursor = new Cursor(this);
    this.dispatch = new Dispatch(this);
    this.compare = false;
    this.origin = "typed";
    this.addressed = new Set();
    this.build();
    this.start();
  }

  build() {
    const { article } = this.model;
    this.columns = article.hasSource;
    this.layout = this.storage.get(`rendition/layout/${article.id}`) ?? (article.hasSource || article.hasReference ? "segment" : "paragraph");
    this.bar = new Bar(this);
    this.view = new View(this);
    this.empty = h("p", { class: "empty", hidden: true }, "This article has no segments.");
    this.root = h("div", { class: `rendition ${article.hasSource ? "columns" : "flow"}` },
      this.bar.element, this.bar.waiting, this.bar.refusals, this.view.element, this.empty, this.bar.done, ...this.live.elements);
    this.scheme();
    this.parent.append(this.root);
    this.view.build();
    this.empty.hidden = this.model.order.length > 0;
    this.model.watch((ids, structure) => {
      this.view.update(ids, structure);
      this.bar.sync();
    });
  }

  start() {
    this.onKey = (event) => this.dispatch.keydown(event);
    this.onBody = (event) => {
      if (event.target === document.body && !document.querySelector('[role="dialog"]')) this.dispatch.keydown(event);
    };
    this.onHide = () => {
      if (document.visibilityState === "hidden") this.flush();
      else this.server.soon();
    };
    this.onLeave = (event) => {
      this.flush();
      const left = this.outbox.pending().length || this.model.held().length;
      if (event.type === "beforeunload" && this.storage.volatile && left) event.preventDefault();
    };
    this.onPop = () => this.revisit();
    this.root.addEventListener("keydown", this.onKey);
    for (const type of ["keyup", "keypress"]) this.root.addEventListener(type, (event) => event.stopPropagation());
    document.addEventListener("keydown", this.onBody, true);
    document.addEventListener("visibilitychange", this.onHide);
    window.addEventListener("pagehide", this.onLeave);
    window.addEventListener("popstate", this.onPop);
    window.addEventListener("beforeunload", this.onLeave);
    this.root.addEventListener("focusin", () => this.hints());
    const waiting = this.outbox.adopt();
    if (waiting.length) {
      this.model.load(this.model.article, waiting);
      this.view.update(this.model.order, true);
    }
    this.adopt();
    this.bar.refuse(this.outbox.refused());
    this.bar.elsewhere(this.outbox.elsewhere());
    this.bar.sync();
    const first = this.model.get(this.data.segment)?.id ?? this.model.order.find((id) => !this.model.isDone(this.model.get(id))) ?? this.model.order[0];
    const idle = !document.activeElement || document.activeElement === document.body;
    if (first !== undefined) this.cursor.move(first, null, { focus: idle || this.data.segment ? "row" : null });
    this.outbox.drain();
    this.server.start();
    this.effort = effortOf(this);
    this.saving({ state: waiting.length ? "saving" : "saved", pending: waiting.length });
  }

  /** The status line: what the outbox says, and typing that is no event yet counts as not saved. */
  saving(state = this.sent) {
    this.sent = state;
    if (!this.bar || !state) return;
    const typed = state.state === "saved" && this.model.order.some((id) => this.model.dirty(id));
    const [held] = typed ? this.model.held() : [];
    if (held !== undefined) this.bar.hold(this.model.number(held), this.model.wrong(held), this.storage.volatile);
    else this.bar.save(typed ? { ...state, state: "saving", pending: 1 } : state);
  }

  stop() {
    this.effort?.rest();
    this.effort?.stop();
    this.flush();
    this.outbox.stop();
    this.live.stop();
    this.offers.stop();
    this.memory.stop();
    this.propagation.stop();
    this.view.stop();
    clearTimeout(this.pause);
    this.server.stop();
    clearTimeout(this.addressTimer);
    document.removeEventListener("keydown", this.onBody, true);
    document.removeEventListener("visibilitychange", this.onHide);
    window.removeEventListener("pagehide", this.onLeave);
    window.removeEventListener("popstate", this.onPop);
    window.removeEventListener("beforeunload", this.onLeave);
    this.root.remove();
  }

  /** Whether this grid can go on with `data`; a source that came makes a new one, since the columns differ. */
  serves(data) {
    const same = (name) => data.article[name] === this.data.article[name];
    return same("id") && same("hasSource") && same("hasReference") && same("targetLanguage")
      && data.effort === this.data.effort && data.store === this.data.store && data.batch.id === this.data.batch.id && data.user.id === this.user.id;
  }

  /** Called at each change of data or theme. Typed text and focus stay. */
  update(data, setTriggerValue) {
    this.trigger = setTriggerValue;
    const { article } = data;
    const fresh = JSON.stringify(article) !== JSON.stringify(this.data.article);
    // The page reads the address too, where this grid wrote the segment itself.
    const moved = data.segment && data.segment !== this.data.segment && !this.addressed.has(data.segment);
    this.data = data;
    this.outbox.setRoute(data.route);
    this.outbox.setToken(data.token);
    this.scheme();
    if (fresh) this.take(article);
    if (moved && this.model.get(data.segment)) this.cursor.move(data.segment, null, { focus: "row" });
  }

  /** A newer view of the article. Typing goes on: it is committed first and laid over the new view. `sure`: it is newer. */
  take(article, sure = false) {
    if (!sure && this.model.isOlder(article, this.outbox.pending())) {
      this.server.soon();
      return;
    }
    if (this.composing) {
      this.later = article;
      return;
    }
    this.flush();
    const at = this.model.order.indexOf(this.cursor.id);
    this.model.load(article, this.outbox.pending());
    const { order } = this.model;
    if (!this.model.get(this.cursor.id)) this.cursor.id = order[Math.min(Math.max(at, 0), order.length - 1)] ?? null;
    this.view.update(this.model.order, true);
    this.bar.sync();
  }

  /** Light or dark, told by what is behind; and how much of the top the page's own header takes. */
  scheme() {
    const header = document.querySelector('[data-testid="stHeader"]');
    if (header) this.root.style.setProperty("--grid-top", `${header.offsetHeight}px`);
    const color = getComputedStyle(this.parent.host ?? this.parent).getPropertyValue("--st-background-color").trim();
    this.root.dataset.scheme = luminance(color || "#ffffff") < 0.4 ? "dark" : "light";
  }

  focused() {
    const root = this.parent.getRootNode?.() ?? document;
    return root.activeElement ?? null;
  }

  /** Text typed in an earlier life of the page becomes events now. */
  adopt() {
    for (const { segment, text, version } of this.drafts.left()) {
      const known = this.model.get(segment);
      if (!known) continue;
      this.drafts.forget(segment);
      if (known.text === text) continue;
      if (known.version === version && this.model.wrong(segment, text)) {
        this.model.draft(segment, text);
        this.model.changed([segment]);
      } else if (known.version === version) {
        this.model.act("edit", [segment], { texts: [text], origin: "typed" });
      } else {
        this.outbox.add({ id: uuid(), kind: "edit", targets: [{ segment, base_version: version }], payload: { texts: [text], origin: "typed" } });
      }
    }
  }

  /** While an input method composes, the text in the field is its own: nothing may be put there. */
  get composing() {
    return Boolean(this.cursor.row?.composing);
  }

  /** What came during composition and had to wait. */
  catchUp() {
    if (this.composing) return;
    this.server.release();
    const article = this.later;
    this.later = null;
    if (article) this.take(article);
  }

  typing() {
    this.catchUp();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.flush(), PAUSE);
  }

  /** Make an event of what is typed. During composition nothing is cut off. */
  flush() {
    clearTimeout(this.pause);
    if (this.composing) return;
    const origin = this.layout === "paragraph" && this.origin === "typed" ? "paragraph" : this.origin;
    this.origin = "typed";
    this.model.commit(origin);
  }

  putAway(id) {
    this.outbox.putAway(id);
    this.bar.refuse(this.outbox.refused());
    this.cursor.row?.element.focus({ preventScroll: true });
  }

  /** The cursor moved: what hangs is saved, and the address names the place. */
  moved() {
    this.effort?.moved();
    const { row } = this.cursor;
    if (this.structure.anchor !== undefined) this.structure.showRange();
    this.lookUp.moved();
    this.concordance.moved();
    this.memory.moved();
    if (row && !row.focused && this.model.order.some((id) => this.model.dirty(id))) this.flush();
    clearTimeout(this.addressTimer);
    this.addressTimer = setTimeout(() => this.address(), 300);
  }

  address() {
    try {
      const url = new URL(window.location.href);
      // After Back the address may be another article's while this grid still stands.
      if (url.searchParams.get("article") !== String(this.model.article.id)) return;
      url.searchParams.set("segment", this.cursor.id);
      this.addressed.add(this.cursor.id);
      window.history.replaceState(window.history.state, "", url);
    } catch {
      // The place is a convenience.
    }
  }

  /** Back and Forward: the address says where to be, and what was about to be written there is not. */
  revisit() {
    clearTimeout(this.addressTimer);
    const found = new URL(window.location.href).searchParams;
    const segment = Number(found.get("segment"));
    if (found.get("article") === String(this.model.article.id) && this.model.get(segment)) this.cursor.move(segment, null, { focus: "row" });
  }

  /** Keys printed on buttons differ in the text and outside it. */
  hints() {
    const { typing } = this.cursor;
    if (this.keys.typing === typing) return;
    this.keys.typing = typing;
    this.keys.version += 1;
    this.cursor.row?.rail.sync();
    this.cursor.row?.details.sync();
  }

  run(command) {
    return this.dispatch.run(command);
  }

  edit() {
    const flag = this.cursor.current;
    const spot = flag && isOpen(flag) && flag.side !== "source" ? [flag.from, flag.to] : [null];
    this.cursor.row?.edit(this.cursor.id, ...spot);
  }

  leaveText() {
    this.flush();
    this.structure.dropRange();
    const { row } = this.cursor;
    row?.element.focus({ preventScroll: true });
  }

  toggleCompare() {
    this.compare = !this.compare;
    this.view.steadily(this.cursor.row, () => this.cursor.row.sync());
    const { segment } = this.cursor;
    this.live.tell(!this.compare ? "Differences hidden" : segment.text === segment.hypothesis ? "The original was not changed" : "Original shown with differences");
  }

  setLayout(layout) {
    this.flush();
    const { typing, id } = this.cursor;
    this.layout = layout;
    this.storage.set(`rendition/layout/${this.model.article.id}`, layout);
    this.view.build();
    this.bar.sync();
    this.cursor.id = null;
    this.cursor.move(id, this.cursor.flag, { focus: typing ? "text" : "row" });
    this.live.tell(layout === "paragraph" ? "Whole paragraphs" : "Sentence by sentence");
  }

  saveKeys() {
    this.storage.set(`rendition/keys/${this.user.id}`, this.keys.settings);
    this.trigger("keys", this.keys.settings);
    this.cursor.row?.rail.sync();
  }

  async copyAll() {
    this.flush();
    try {
      const count = await copyArticle(this.model);
      this.live.tell(`Copied ${count} ${count === 1 ? "paragraph" : "paragraphs"}`);
    } catch (error) {
      this.live.tell(error.message);
    }
  }

  async copyText(text) {
    await copy(text).then(() => this.live.tell("Copied"), (error) => this.live.tell(error.message));
  }
}

/** 0 (black) to 1, of #rgb, #rrggbb or rgb(). */
function luminance(color) {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})/i.exec(color)?.[1];
  const parts = hex ? hex.match(hex.length === 3 ? /./g : /../g).map((part) => parseInt(part.padEnd(2, part), 16))
    : (color.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  return (0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]) / 255;
}

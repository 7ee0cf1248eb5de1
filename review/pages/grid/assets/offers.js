// What the last correction may do elsewhere: asked for once it is stored, shown beside its segment.

import { bare } from "./codes.js";
import { h, isolated, keycap, plural } from "./dom.js";

const REST = 250;
const CORRECTING = new Set(["edit", "accept", "undo", "redo"]);

/** “Kaos” → “COSMOPlat”: 17 more in 6 articles. */
export function said({ rule, segments, articles }) {
  return `“${rule.find}” → “${rule.replace}”: ${segments.toLocaleString("en")} more in ${plural(articles, "article")}`;
}

export class Offers {
  constructor(grid) {
    this.grid = grid;
    this.shown = null;
    this.run = null;
  }

  stop() {
    clearTimeout(this.timer);
    this.wanted = null;
  }

  /** Events were stored: the last correction among them is the one to ask about. */
  stored(events) {
    const event = events.findLast(({ kind, payload }) => CORRECTING.has(kind) && payload.origin !== "original");
    if (!event) return;
    const { cursor, model } = this.grid;
    const ids = event.targets.map(({ segment }) => segment);
    const id = ids.includes(cursor.id) ? cursor.id : ids[0];
    // Corrections of one segment in a row count as one: a word is often typed in two goes.
    if (this.run?.segment !== id) {
      const before = model.history.before(event.id, id);
      if (before === undefined) return;
      this.run = { segment: id, before };
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), REST);
  }

  async ask() {
    const { grid, run } = this;
    const { model } = grid;
    const after = run && model.get(run.segment)?.text;
    if (after === undefined || after === run.before) return this.drop(run?.segment);
    // A code that was moved is no correction of words.
    const { codes } = model.get(run.segment);
    const [was, now] = [run.before, after].map((text) => bare(codes, text));
    if (was === now) return this.drop(run.segment);
    // What is typed meanwhile is stored soon, and asks then.
    if (model.order.some((id) => model.dirty(id)) || grid.outbox.pending().length) return undefined;
    const wanted = { ...run, after };
    this.wanted = wanted;
    const { told } = grid.live;
    try {
      const { offers } = await grid.server.post("/offers", { article: model.article.id, segment: run.segment, before: was, after: now });
      if (this.wanted !== wanted || model.get(run.segment)?.text !== after) return undefined;
      if (!offers.length) return this.drop(run.segment);
      this.show({ ...wanted, offers });
      const key = grid.keys.hint("propagate");
      if (grid.live.told === told) grid.live.tell(`${said(offers[0])}${key ? ` (${key})` : ""}`);
    } catch {
      // An offer is a convenience; the next correction asks again.
    }
    return undefined;
  }

  show(shown) {
    const { view, cursor } = this.grid;
    const rows = new Set([this.shown, shown].map((one) => one && view.byId.get(one.segment)).filter((row) => row && !row.light));
    this.shown = shown;
    view.steadily(cursor.row, () => {
      for (const row of rows) row.rail.sync();
    });
    for (const row of rows) view.settle(row);
  }

  /** Forget the offer: of this segment, or in any case. */
  drop(segment = this.shown?.segment) {
    if (this.shown && this.shown.segment === segment) this.show(null);
  }

  /** The rule was followed, or put away: the next correction begins anew. */
  done() {
    this.run = null;
    this.drop();
  }

  /** The note of a segment, after all others. */
  notes(segment) {
    return this.shown?.segment === segment.id ? [{ id: "offers", at: Infinity, segment, offers: this.shown.offers }] : [];
  }
}

export function drawOffers(element, { offers }, grid) {
  const { article } = grid.model;
  const target = (text) => isolated(text, { lang: article.targetLanguage, dir: article.targetDir });
  element.className = "note offers";
  element.setAttribute("aria-label", "The same correction elsewhere");
  element.replaceChildren(...offers.map((offer, index) => h("button", {
    type: "button", class: "summary", onclick: () => grid.propagation.open(index),
  }, index ? null : keycap(grid.keys.hint("propagate")),
  h("span", { class: "what" }, "“", target(offer.rule.find), "” → “", target(offer.rule.replace), "”: ",
    h("b", {}, `${offer.segments.toLocaleString("en")} more`), ` in ${plural(offer.articles, "article")}`))));
}

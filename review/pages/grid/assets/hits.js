// The hits of a rule, article by article: each with a tick, its change marked, and its text to be written otherwise.

import { pieces } from "./codes.js";
import { changes } from "./details.js";
import { h, isolated, plural, set } from "./dom.js";
import { toUnits } from "./offsets.js";
import { STATUS } from "./row.js";

export class Hits {
  /** `changed()` is called when a tick or a text of one's own was set. */
  constructor(grid, changed) {
    this.grid = grid;
    this.changed = changed;
    this.element = h("div", { class: "hits" });
    this.clear();
  }

  clear() {
    this.every = true;
    this.rows = new Map();
    this.last = null;
    this.ends = false;
    this.element.replaceChildren();
  }

  /** A page of hits, as the server has them. */
  add(rows) {
    for (const row of rows) {
      if (this.rows.has(row.segment)) continue;
      if (this.last?.article !== row.article) this.#open(row.article, [row.articleName, row.system].filter(Boolean).join(" · "));
      this.#put(row, false);
    }
  }

  /** Segments that are no hits and look much like the corrected one. */
  addSimilar(rows, like) {
    const fresh = rows.filter((row) => !this.rows.has(row.segment));
    if (!fresh.length) return;
    this.#open("similar", "Similar segments: without these words; open one to write it anew");
    for (const row of fresh) this.#put({ ...row, like }, true);
  }

  #open(article, name) {
    const list = h("ul", {});
    this.last = { article, list };
    this.element.append(h("section", {}, h("h3", {}, name), list));
  }

  #put(row, similar) {
    const made = { ...row, similar, own: null, ticked: this.every && !row.protected && !row.skipped && !similar };
    made.box = row.skipped ? null : h("input", {
      type: "checkbox", checked: made.ticked, tabindex: "-1",
      "aria-label": `Segment ${row.number} of ${row.articleName}${row.protected ? `, ${row.status}` : ""}`,
      onchange: () => this.#toggled(made),
    });
    made.words = h("div", { class: "words" });
    const state = row.skipped ? `stays: ${row.skipped}` : row.protected ? STATUS[row.status] ?? row.status
      : similar ? `${Math.round((row.likeness <= 1 ? row.likeness * 100 : row.likeness))}% alike` : "";
    made.element = h("li", { class: `found${row.skipped ? " skipped" : ""}`, "data-segment": row.segment },
      h("span", { class: "tick" }, made.box), h("span", { class: "number" }, similar ? `${row.articleName} ${row.number}` : row.number),
      h("div", { class: "texts" }, made.words, row.source ? h("p", { class: "from" }, this.#source(row.source)) : null),
      h("span", { class: "state" }, state));
    made.element.addEventListener("dblclick", () => this.edit(made));
    this.rows.set(row.segment, made);
    this.#draw(made);
    this.last.list.append(made.element);
  }

  #language() {
    const { article } = this.grid.model;
    return { lang: article.targetLanguage, dir: article.targetDir };
  }

  #source(text) {
    const { article } = this.grid.model;
    return isolated(text, { lang: article.sourceLanguage, dir: article.sourceDir });
  }

  /** The text with its change marked; where it was written otherwise, with that. */
  #draw(row) {
    const language = this.#language();
    const codes = this.grid.model.get(row.segment)?.codes;
    if (row.own !== null) row.words.replaceChildren(changes(row.text, row.own, language, codes));
    else if (row.similar) row.words.replaceChildren(changes(row.like ?? row.text, row.text, language, codes));
    else row.words.replaceChildren(marked(row, language, codes));
  }

  /** What the text reads once the rule was followed. */
  after(row) {
    return [...row.changes].reverse().reduce((text, { start, end, text: put }) => text.slice(0, toUnits(row.text, start)) + put
      + text.slice(toUnits(row.text, end)), row.text);
  }

  #toggled(row) {
    row.ticked = row.box.checked;
    if (row.similar && row.ticked && row.own === null) this.edit(row);
    else this.changed();
  }

  /** Tick all that may be changed, or none. Protected segments keep their own ticks. */
  all() {
    const some = this.every && this.list().every((row) => row.ticked || row.protected || row.similar);
    this.every = !some;
    for (const row of this.list()) {
      if (row.protected || row.similar) continue;
      row.ticked = this.every;
      row.box.checked = this.every;
    }
    this.changed();
  }

  /** Rows with a tick, in order. */
  list() {
    return [...this.rows.values()].filter((row) => row.box);
  }

  /** Let the text of a row be written by hand; it stands as it is written, whatever the rule says. */
  edit(row) {
    if (!row?.box || row.area) return;
    const start = row.own ?? this.after({ changes: [], ...row });
    row.area = h("textarea", { rows: Math.min(8, 1 + Math.ceil(start.length / 70)), value: start, "aria-label": `Text of segment ${row.number} of ${row.articleName}`, ...this.#language() });
    row.area.addEventListener("blur", () => this.keep(row));
    row.words.replaceChildren(row.area);
    row.area.focus();
    row.area.setSelectionRange(start.length, start.length);
  }

  /** The row whose text is being written. */
  get editing() {
    return [...this.rows.values()].find((row) => row.area) ?? null;
  }

  /** Take over what was written in a row. `drop` leaves it as it was. */
  keep(row, drop = false) {
    const { area } = row;
    if (!area) return;
    row.area = null;
    const text = area.value.replace(/\s*[\r\n]+\s*/g, " ");
    const given = row.similar ? row.text : this.after(row);
    if (!drop) row.own = text === given ? null : text;
    if (!drop && row.own !== null) row.ticked = true;
    if (row.similar && row.own === null) row.ticked = false;
    row.box.checked = row.ticked;
    const held = area.getRootNode().activeElement === area;
    this.#draw(row);
    if (held) this.focus(row);
    this.changed();
  }

  focus(row) {
    for (const one of this.list()) set(one.box, "tabindex", one === row ? "0" : "-1");
    row.box.focus({ preventScroll: true });
    row.element.scrollIntoView({ block: "nearest" });
  }

  /** The row in which the focus is. */
  current(focused) {
    const id = focused?.closest?.(".found")?.dataset.segment;
    return id === undefined ? null : this.rows.get(Number(id)) ?? null;
  }

  /** Go a row on or back; -1 from the first leads out. True where there was one. */
  step(from, by) {
    const list = this.list();
    const at = from ? list.indexOf(from) + by : by > 0 ? 0 : list.length - 1;
    if (!list[at]) return false;
    this.focus(list[at]);
    return true;
  }

  /** What was chosen, as the server wants it. */
  choice() {
    const own = {};
    const chosen = { every: this.every, without: [], including: [], own };
    for (const row of this.list()) {
      if (row.ticked && row.own !== null) own[row.segment] = row.own;
      else if (row.ticked && (row.protected || !this.every)) chosen.including.push(row.segment);
      if (!row.ticked && this.every && !row.protected && !row.similar) chosen.without.push(row.segment);
    }
    return chosen;
  }

  /** How many segments will change: by the rows where all are here, else by the server's counts. */
  count({ segments, protected: kept, skipped }, whole) {
    const list = this.list();
    const ticked = list.filter((row) => row.ticked).length;
    if (whole || !this.every) return ticked;
    const extra = list.filter((row) => row.ticked && (row.protected || row.similar)).length;
    const less = list.filter((row) => !row.ticked && !row.protected && !row.similar).length;
    return Math.max(0, segments - kept - skipped) + extra - less;
  }

  /** 20 hits in 17 segments of 6 articles; 2 confirmed segments stay … */
  sum({ segments, hits, articles, protected: kept, skipped }) {
    const parts = [`${plural(hits, "hit")} in ${plural(segments, "segment")} of ${plural(articles, "article")}`];
    if (kept) parts.push(`${plural(kept, "confirmed segment")} ${kept === 1 ? "stays as it is" : "stay as they are"} unless ticked`);
    const why = [...new Set([...this.rows.values()].map((row) => row.skipped).filter(Boolean))];
    if (skipped) parts.push(`${skipped.toLocaleString("en")} cannot be changed${why.length === 1 && skipped === 1 ? `: ${why[0]}` : ""}`);
    return `${parts.join("; ")}.`;
  }
}

/** A text with what a rule changes in it struck out and put in. */
function marked(row, isolation, codes) {
  const line = isolated("", isolation, { class: "changes" });
  let at = 0;
  for (const { start, end, text } of row.changes) {
    const [from, to] = [start, end].map((point) => toUnits(row.text, point));
    line.append(...pieces(codes, row.text.slice(at, from)));
    if (to > from) line.append(h("del", {}, h("span", { class: "unseen" }, "[-"), isolated(row.text.slice(from, to), isolation), h("span", { class: "unseen" }, "-]")));
    if (text) line.append(h("ins", {}, h("span", { class: "unseen" }, "{+"), isolated(text, isolation), h("span", { class: "unseen" }, "+}")));
    at = to;
  }
  line.append(...pieces(codes, row.text.slice(at)));
  return line;
}

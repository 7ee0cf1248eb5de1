// The list of rows: built once, then touched only where something changed.

import { h } from "./dom.js";
import { units } from "./paragraph.js";
import { Row } from "./row.js";

/** Up to so many units every row is whole at once; beyond, those far from the window are light. */
const WHOLE = 400;
const FIRST = 40;

export class View {
  constructor(grid) {
    this.grid = grid;
    this.heads = h("div", { role: "rowgroup", class: "heads" }, h("div", { role: "row", class: "head" },
      h("div", { role: "columnheader", class: "gutter" }, h("span", { class: "unseen" }, "Number and status")),
      grid.columns ? h("div", { role: "columnheader" }, "Source") : null,
      h("div", { role: "columnheader" }, grid.columns ? "Translation" : "Text"),
      h("div", { role: "columnheader" }, "Flags")));
    this.body = h("div", { role: "rowgroup", class: "rows" });
    this.element = h("div", { role: "table", class: "table", "aria-label": `Segments of ${grid.model.article.name}` }, this.heads, this.body);
    this.rows = new Map();
    this.waiting = new Set();
    this.seen = new WeakSet();
    this.sight = new IntersectionObserver((entries) => this.sighted(entries), { rootMargin: "600px 0px" });
    this.widths = new ResizeObserver(() => this.resized());
    this.widths.observe(this.element);
  }

  stop() {
    this.sight.disconnect();
    this.widths.disconnect();
    cancelAnimationFrame(this.frame);
  }

  /** Make the rows that the units ask for, keeping each whose unit is as it was. */
  build() {
    const list = units(this.grid.model.list(), this.grid.layout);
    const rows = new Map();
    this.byId = new Map();
    for (const [index, unit] of list.entries()) {
      const row = this.rows.get(unit.key) ?? new Row(unit, this.grid, list.length > WHOLE && index >= FIRST);
      row.unit = unit;
      row.element.classList.toggle("opens", unit.opens);
      rows.set(unit.key, row);
      for (const id of unit.ids) this.byId.set(id, row);
    }
    for (const [key, row] of this.rows) {
      if (rows.has(key)) continue;
      this.sight.unobserve(row.element);
      row.element.remove();
    }
    const fresh = [...rows.values()].filter((row) => !this.rows.has(row.unit.key));
    this.rows = rows;
    const elements = [...rows.values()].map((row) => row.element);
    if (fresh.length === elements.length) this.body.replaceChildren(...elements);
    else elements.forEach((element, index) => {
      if (this.body.children[index] !== element) this.body.insertBefore(element, this.body.children[index] ?? null);
    });
    for (const row of fresh) {
      row.sync();
      this.sight.observe(row.element);
    }
    this.filter();
  }

  /** The row that a segment stands in, made whole: whoever asks wants to do something with it. */
  row(id) {
    const row = this.byId.get(id);
    row?.fill();
    return row;
  }

  /** Segments changed: their rows follow. */
  update(ids, structure) {
    const held = structure && this.element.contains(this.grid.focused());
    const { typing } = this.grid.cursor;
    if (structure) this.build();
    // A row that was made anew has lost the focus that the old one held.
    if (held && !this.element.contains(this.grid.focused())) {
      const row = this.row(this.grid.cursor.id);
      if (typing) row?.edit(this.grid.cursor.id);
      else row?.element.focus({ preventScroll: true });
    }
    const rows = new Set([...ids].map((id) => this.byId.get(id)).filter(Boolean));
    if (structure) for (const row of this.rows.values()) row.label(row.segments);
    for (const row of rows) row.sync();
    if (structure) this.resized();
  }

  filter() {
    const { filter } = this.grid;
    let shown = 0;
    for (const row of this.rows.values()) {
      const fits = !filter.on || row.segments.some((segment) => filter.fits(segment)) || row.focused;
      row.element.hidden = !fits;
      if (fits) shown += 1;
    }
    this.shown = shown;
    this.element.classList.toggle("filtered", filter.on);
  }

  /** Ask for the notes of a row to be put beside their lines before the next paint. */
  settle(row) {
    if (!this.seen.has(row)) return;
    this.waiting.add(row);
    this.frame ??= requestAnimationFrame(() => this.arrange());
  }

  arrange() {
    this.frame = null;
    const rows = [...this.waiting].filter((row) => row.element.isConnected && !row.element.hidden);
    this.waiting.clear();
    const measures = rows.map((row) => row.rail.measure());
    rows.forEach((row, index) => row.rail.place(measures[index]));
  }

  sighted(entries) {
    const rows = new Map([...this.rows.values()].map((row) => [row.element, row]));
    for (const entry of entries) {
      const row = rows.get(entry.target);
      if (!row || !entry.isIntersecting) continue;
      this.seen.add(row);
      row.fill();
      this.settle(row);
    }
  }

  resized() {
    for (const row of this.rows.values()) this.settle(row);
  }

  /** Change something that moves rows, while `row` stays where the eye has it. */
  steadily(row, act) {
    const before = row?.element.getBoundingClientRect().top;
    act();
    if (before === undefined || !row.element.isConnected) return;
    const after = row.element.getBoundingClientRect().top;
    const scroller = this.scroller();
    if (Math.abs(after - before) > 1 && before > 0) scroller.scrollTop += after - before;
  }

  scroller() {
    let node = this.element;
    while (node) {
      const parent = node.parentElement ?? node.getRootNode().host ?? null;
      if (!parent) break;
      const { overflowY } = getComputedStyle(parent);
      if ((overflowY === "auto" || overflowY === "scroll") && parent.scrollHeight > parent.clientHeight) return parent;
      node = parent;
    }
    return document.scrollingElement;
  }

  /** Bring a flag's words and its note into sight; where both have no room, the note, and as much above it as there is. */
  bring(row, flag) {
    const note = row?.rail.notes.get(flag)?.element.getBoundingClientRect();
    if (!note) return;
    const words = row.spots.get(flag)?.getBoundingClientRect() ?? note;
    const bar = this.grid.bar.element;
    const fixed = getComputedStyle(bar).position === "sticky" ? bar.getBoundingClientRect().bottom
      : document.querySelector('[data-testid="stHeader"]')?.getBoundingClientRect().bottom ?? 0;
    const [top, bottom] = [Math.max(0, fixed) + 8, window.innerHeight - 12];
    const [first, last] = [Math.min(words.top, note.top), Math.max(words.bottom, note.bottom)];
    const tall = note.height > bottom - top;
    if (last > bottom) this.scroller().scrollTop += Math.max(0, tall ? note.top - top : last - bottom);
    else if (first < top) this.scroller().scrollTop += first - top;
  }

  /** Bring a row into sight, away from the bar that stands at the top. */
  reveal(row) {
    const box = row.element.getBoundingClientRect();
    const top = this.grid.bar.element.getBoundingClientRect().bottom;
    const scroller = this.scroller();
    const height = window.innerHeight;
    if (box.top < top + 8) scroller.scrollTop += box.top - top - height * 0.2;
    else if (Math.min(box.bottom, box.top + 160) > height - 24) scroller.scrollTop += box.top - top - height * 0.25;
  }
}

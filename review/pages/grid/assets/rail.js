// Notes in the margin, each beside the line where its words stand: flags, comments, marked errors.

import { named } from "./backdrop.js";
import { h, isolated, keycap, set } from "./dom.js";
import { advice, faint, same } from "./flags.js";
import { drawOffers } from "./offers.js";
import { toUnits } from "./offsets.js";

const GAP = 2;

export class Rail {
  constructor(row, grid) {
    this.row = row;
    this.grid = grid;
    this.element = h("div", { role: "cell", class: "rail" });
    this.notes = new Map();
  }

  /** How many notes there should be; cheap, asked at each keystroke. */
  count() {
    let sum = 0;
    for (const segment of this.row.segments) {
      for (const flag of segment.flags) if (!flag.gone) sum += 1;
      sum += this.grid.offers.notes(segment).length;
    }
    return sum + this.beside().length;
  }

  /** What was looked up for the row. */
  beside() {
    return [...this.grid.lookUp.notes(this.row), ...this.grid.concordance.notes(this.row)];
  }

  items() {
    if (this.row.unit.deleted) return [];
    return [...this.beside(), ...this.row.segments.flatMap((segment) => [
      ...segment.flags.filter((flag) => !flag.gone)
        .map((flag) => ({ id: flag.id, at: flag.side === "source" ? 0 : flag.from, segment, flag })),
      ...segment.marks.map((mark) => ({ id: `mark ${mark.id}`, at: toUnits(segment.text, mark.start ?? 0), segment, mark })),
      ...segment.comments.map((comment) => ({ id: `comment ${comment.id}`, at: toUnits(segment.text, comment.start ?? 0), segment, comment })),
      ...this.grid.offers.notes(segment),
    ].sort((a, b) => a.at - b.at)).sort((a, b) => faint(a.flag) - faint(b.flag))];
  }

  /** Bring the notes in line with the model. A note keeps its element, so that focus stays on it. */
  sync() {
    const items = this.items();
    const kept = new Map();
    for (const item of items) {
      const signature = this.signature(item);
      let note = this.notes.get(item.id);
      if (!note) note = { element: h("div", { role: "group" }), signature: "" };
      if (note.signature !== signature) this.draw(note, item);
      note.signature = signature;
      note.item = item;
      kept.set(item.id, note);
    }
    for (const [id, note] of this.notes) if (!kept.has(id)) note.element.remove();
    this.notes = kept;
    let before = null;
    for (const note of kept.values()) {
      if (note.element.previousElementSibling !== before || note.element.parentNode !== this.element) {
        if (before) before.after(note.element);
        else this.element.prepend(note.element);
      }
      before = note.element;
    }
  }

  signature(item) {
    if (item.offers) return JSON.stringify([item.offers, this.grid.keys.version]);
    if (!item.flag) return JSON.stringify(item.mark ?? item.comment ?? item.found);
    const { flag } = item;
    const active = this.grid.cursor.flag === flag.id;
    return JSON.stringify([flag.state, flag.surface, flag.suggestions, flag.message, flag.severity, flag.given, active,
      active ? this.everywhere(flag) : 0, active ? this.grid.keys.version : 0]);
  }

  everywhere(flag) {
    if (!flag.suggestions.length || flag.side === "source") return 0;
    return same(this.grid.model.list(), flag, flag.suggestions[0]).reduce((sum, { flags }) => sum + flags.length, 0);
  }

  draw(note, item) {
    const hadFocus = note.element.contains(this.grid.focused());
    if (item.flag) this.drawFlag(note.element, item);
    else if (item.offers) drawOffers(note.element, item, this.grid);
    else if (item.draw) item.draw(note.element, item, this.grid);
    else if (item.mark) this.drawMark(note.element, item);
    else this.drawComment(note.element, item);
    if (hadFocus) this.focus(item.id, note);
  }

  focus(id, note = this.notes.get(id)) {
    const button = note?.element.querySelector("button");
    button?.focus({ preventScroll: true });
    return Boolean(button);
  }

  text(value, side = "target") {
    const { article } = this.grid.model;
    return isolated(value, side === "source"
      ? { lang: article.sourceLanguage, dir: article.sourceDir }
      : { lang: article.targetLanguage, dir: article.targetDir });
  }

  drawFlag(element, { flag, segment }) {
    const active = this.grid.cursor.flag === flag.id;
    const open = flag.state === "open";
    const given = flag.given ?? flag.suggestions[0];
    const put = open ? advice(flag) : flag.state === "accepted" && given !== undefined ? given || "removed" : "";
    const surface = short(named(flag.surface ?? "")) || flag.title;
    element.className = `note ${flag.severity} ${flag.state}${active ? " active" : ""}${faint(flag) ? " demoted" : ""}`;
    set(element, "aria-label", `Flag: ${surface}, ${flag.title || flag.category}`);
    const word = open ? flag.severity : flag.state;
    const summary = h("button", {
      type: "button", class: "summary", "aria-expanded": String(active && open), "data-flag": flag.id,
      onclick: () => this.grid.cursor.flagClicked(segment.id, flag),
    },
    h("span", { class: "what" }, this.text(surface, flag.side), put ? " → " : null,
      put ? (put === "remove" || put === "removed" ? h("i", {}, put) : this.text(put)) : null),
    h("span", { class: "word" }, word));
    const parts = [summary];
    if (!open && flag.event) {
      parts.push(h("button", { type: "button", class: "link undo", onclick: () => this.grid.acts.takeBack(segment.id, flag),
        "aria-label": `Undo: ${flag.state} ${surface}` }, "undo"));
    }
    if (open && active) parts.push(this.body(flag, segment));
    element.replaceChildren(...parts);
  }

  body(flag, segment) {
    const { keys, acts } = this.grid;
    const everywhere = this.everywhere(flag);
    const kind = [flag.title, flag.subcategory || flag.category].filter(Boolean).join(" · ");
    const suggestions = flag.suggestions.slice(0, 9).map((suggestion, index) => h("li", {}, h("button", {
      type: "button", class: "choice", onclick: () => acts.accept(segment.id, flag, index),
    }, keycap(keys.hint(`choose${index + 1}`)), suggestion === "" ? h("i", {}, "remove it") : this.text(suggestion))));
    return h("div", { class: "body" },
      h("p", { class: "message" }, flag.message),
      flag.evidence ? h("p", { class: "evidence" }, flag.evidence) : null,
      h("p", { class: "kind" }, `${kind} · ${Math.round(flag.confidence * 100)}% sure${faint(flag) ? ` · demoted: ${flag.demoted}` : ""}`),
      suggestions.length > 1 ? h("ol", { class: "choices", "aria-label": "Suggestions" }, suggestions) : null,
      h("div", { class: "acts" },
        flag.suggestions.length ? h("button", { type: "button", onclick: () => acts.accept(segment.id, flag, 0) }, "Accept ", keycap(keys.hint("accept"))) : null,
        everywhere > 1 ? h("button", { type: "button", onclick: () => acts.acceptEverywhere(segment.id, flag) },
          `Accept all ${everywhere} `, keycap(keys.hint("acceptAll"))) : null,
        h("button", { type: "button", onclick: () => acts.dismiss(segment.id, flag) }, "Dismiss ", keycap(keys.hint("dismiss")))));
  }

  drawMark(element, { mark, segment }) {
    element.className = `note error ${mark.severity}`;
    set(element, "aria-label", "Marked error");
    const words = mark.missing ? "[missing]" : short([...(mark.text ?? "")].slice(mark.start, mark.end).join(""));
    element.replaceChildren(
      h("p", { class: "line" },
        h("span", { class: "what" }, "Error: ", this.text(words, mark.side), ` · ${mark.subcategory || mark.category}`,
          mark.rater && mark.rater !== this.grid.user.name ? h("span", { class: "kind" }, " · ", isolated(mark.rater)) : ""),
        h("span", { class: "word" }, mark.severity),
        mark.imported ? null : this.remover(`Remove the mark on ${words}`, () => this.grid.acts.unmark(segment.id, mark))),
      mark.imported ? h("p", { class: "kind" }, mark.rater) : "",
      mark.note ? h("p", { class: "message" }, isolated(mark.note)) : "");
  }

  drawComment(element, { comment, segment }) {
    element.className = "note comment";
    set(element, "aria-label", "Comment");
    element.replaceChildren(
      h("p", { class: "line" }, h("span", { class: "message" }, isolated(comment.text)),
        this.remover("Remove this comment", () => this.grid.acts.uncomment(segment.id, comment))),
      h("p", { class: "kind" }, comment.author || this.grid.user.name));
  }

  remover(label, onclick) {
    return h("button", { type: "button", class: "link", "aria-label": label, onclick }, "remove");
  }

  /** What to read before writing: where each note wants to stand, how high it is. */
  measure() {
    if (!this.notes.size) return null;
    const own = this.element.getBoundingClientRect();
    const field = this.row.field.getBoundingClientRect();
    // A note of one line is as high as a line of the text.
    const leading = parseFloat(getComputedStyle(this.row.field).lineHeight);
    const stacked = own.top >= field.bottom - 1;
    return { stacked, list: [...this.notes.values()].map((note) => {
      const { flag, segment, mark, comment } = note.item;
      const spot = !(flag || mark || comment) || (flag && flag.from === flag.to) ? null
        : this.row.spots.get(flag ? flag.id : mark ? `mark ${mark.id}` : `comment ${comment.id}`) ?? null;
      const anchor = spot ?? this.row.spots.get(`segment ${segment.id}`) ?? this.row.field;
      const line = anchor.getClientRects()[0] ?? field;
      const lead = anchor === this.row.field ? 0 : (leading - line.height) / 2;
      return { note, wish: line.top - lead - own.top, height: note.element.offsetHeight };
    }) };
  }

  place(measured) {
    if (!measured) return;
    let bottom = 0;
    for (const { note, wish, height } of measured.list) {
      const room = measured.stacked ? 0 : Math.max(0, Math.round(wish - bottom));
      const margin = room ? `${room}px` : "";
      if (note.element.style.marginBlockStart !== margin) note.element.style.marginBlockStart = margin;
      bottom += room + height + GAP;
    }
  }
}

function short(text) {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

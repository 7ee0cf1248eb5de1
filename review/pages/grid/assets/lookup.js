// What the dictionary says of Chinese words selected in the source, shown beside the segment; it judges nothing.

import { Beside } from "./beside.js";
import { h, isolated, plural } from "./dom.js";

const HAN = /\p{Script=Han}/u;

export class LookUp extends Beside {
  constructor(grid) {
    super(grid, "dictionary", drawFound);
  }

  /** The selection of the source, else the whole source of the segment. */
  async ask() {
    const { grid } = this;
    const { segment } = grid.cursor;
    const picked = grid.marking.selection();
    const text = (picked?.side === "source" ? picked.text : segment?.source ?? "").trim();
    if (!segment?.source) return grid.live.tell("There is no source to look words up in.");
    if (!HAN.test(text)) return grid.live.tell("Only Chinese words can be looked up.");
    return this.find(segment.id, text);
  }

  async find(id, text) {
    const { grid } = this;
    const wanted = { segment: id, text };
    this.wanted = wanted;
    const { told } = grid.live;
    try {
      const found = await grid.server.get(`/articles/${grid.model.article.id}/dictionary?text=${encodeURIComponent(text.slice(0, 200))}`);
      if (this.wanted !== wanted || grid.cursor.id !== id) return;
      this.show({ ...wanted, ...found });
      // An answer that comes late does not talk over what was done meanwhile.
      if (grid.live.told !== told) return;
      grid.live.tell(found.missing || (found.entries.length ? `Dictionary: ${plural(found.entries.length, "entry", "entries")}` : `The dictionary does not have “${text}”.`));
    } catch {
      grid.live.tell("The dictionary could not be asked; the server does not answer.");
    }
  }

  /** A selection made with the pointer in the source is looked up at once. */
  selected() {
    const picked = this.grid.marking.selection();
    if (picked?.side === "source" && HAN.test(picked.text) && picked.text.length <= 20) this.find(this.grid.cursor.id, picked.text.trim());
  }
}

function drawFound(element, { found }, grid) {
  const { article } = grid.model;
  const chinese = (text) => isolated(text, { lang: article.sourceLanguage || "zh", dir: "ltr" });
  element.className = "note dictionary";
  element.setAttribute("aria-label", "Dictionary");
  const entries = found.entries.map((entry) => h("li", {},
    h("p", { class: "headword" }, chinese(entry.simplified),
      entry.traditional === entry.simplified ? null : [" ", chinese(entry.traditional)],
      " ", h("span", { class: "pinyin", lang: "zh-Latn-pinyin" }, entry.pinyin)),
    h("p", { class: "gloss", lang: "en" }, entry.glosses.join(" · "))));
  const words = found.missing || (entries.length ? "" : "The dictionary does not have this.");
  element.replaceChildren(
    h("p", { class: "line" }, h("span", { class: "what" }, chinese(short(found.text))),
      h("button", { type: "button", class: "link", "aria-label": "Close the dictionary", onclick: () => grid.lookUp.close() }, "close")),
    words ? h("p", { class: "message" }, words) : h("ul", { class: "entries", tabindex: "0", "aria-label": "Entries" }, entries),
    h("p", { class: "kind" }, found.more ? `${found.more} more · ${found.attribution}` : found.attribution));
}

function short(text) {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}

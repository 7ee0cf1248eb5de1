// How selected words were rendered before: places in the memory that have them, shown beside the segment.

import { Beside } from "./beside.js";
import { h, isolated, plural } from "./dom.js";
import { from } from "./memory.js";
import { toUnits } from "./offsets.js";

const MOST = 200;

export class Concordance extends Beside {
  constructor(grid) {
    super(grid, "concordance", draw);
  }

  /** Ask for the words that are selected in the translation or the source. */
  async ask() {
    const { grid } = this;
    const picked = grid.marking.selection();
    const text = picked?.text.trim() ?? "";
    if (!text) return grid.live.tell("Select words in the translation or the source first.");
    const wanted = { segment: grid.cursor.id, text: text.slice(0, MOST), side: picked.side === "source" ? "source" : "target" };
    this.wanted = wanted;
    const { told } = grid.live;
    try {
      const found = await grid.server.post("/concordance", { article: grid.model.article.id, text: wanted.text, side: wanted.side });
      if (this.wanted !== wanted || grid.cursor.id !== wanted.segment) return undefined;
      this.show({ ...wanted, ...found });
      if (grid.live.told !== told) return undefined;
      return grid.live.tell(found.hits.length ? `Concordance: ${plural(found.hits.length, "place")}${found.more ? " and more" : ""}` : `The memory does not have “${wanted.text}”.`);
    } catch (error) {
      return grid.live.tell(`The memory could not be asked: ${error.message}`);
    }
  }
}

function draw(element, { found }, grid) {
  const { article } = grid.model;
  const source = { lang: article.sourceLanguage, dir: article.sourceDir };
  const target = { lang: article.targetLanguage, dir: article.targetDir };
  const [own, other, first, second] = found.side === "source" ? [source, target, "source", "target"] : [target, source, "target", "source"];
  element.className = "note dictionary concordance";
  element.setAttribute("aria-label", "Concordance");
  const entries = found.hits.map((hit) => h("li", {},
    h("p", {}, shown(hit[first], hit.start, hit.end, own)),
    hit[second] ? h("p", { class: "gloss" }, isolated(hit[second], other)) : null,
    h("p", { class: "kind" }, from(hit))));
  element.replaceChildren(
    h("p", { class: "line" }, h("span", { class: "what" }, "“", isolated(found.text, own), "”"),
      h("button", { type: "button", class: "link", "aria-label": "Close the concordance", onclick: () => grid.concordance.close() }, "close")),
    entries.length ? h("ul", { class: "entries", tabindex: "0", "aria-label": "Places" }, entries) : h("p", { class: "message" }, "The memory does not have this."),
    found.more ? h("p", { class: "kind" }, "There are more; select more words to see fewer.") : "");
}

/** A text with the words asked for marked. */
function shown(text, start, end, isolation) {
  const [from, to] = [start, end].map((at) => toUnits(text, at));
  const line = isolated("", isolation);
  line.append(text.slice(0, from), h("mark", {}, text.slice(from, to)), text.slice(to));
  return line;
}

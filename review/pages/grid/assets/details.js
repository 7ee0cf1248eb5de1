// Under the segment being worked on: its reference, other translations, the machine's original.

import { coded, pieces } from "./codes.js";
import { diff } from "./diff.js";
import { h, isolated } from "./dom.js";
import { STATUS } from "./row.js";

/** A difference as elements: struck-out and underlined, and in words for those who listen. */
export function changes(before, after, isolation, codes = null) {
  const line = isolated("", isolation, { class: "changes" });
  for (const part of diff(before, after)) {
    if (part.op === "equal") line.append(...pieces(codes, part.text));
    else {
      const [tag, open, close] = part.op === "delete" ? ["del", "[-", "-]"] : ["ins", "{+", "+}"];
      line.append(h(tag, {}, h("span", { class: "unseen" }, open), coded(codes, part.text, isolation), h("span", { class: "unseen" }, close)));
    }
  }
  return line;
}

export class Details {
  constructor(row, grid) {
    this.row = row;
    this.grid = grid;
    this.element = h("div", { class: "details" });
    this.signature = "";
  }

  sync() {
    const active = this.row.active && !this.row.unit.deleted;
    const segment = active ? this.row.current : null;
    const matches = segment ? this.grid.memory.matches(segment) : [];
    const signature = segment
      ? JSON.stringify([segment.id, segment.text, segment.hypothesis, segment.references, segment.alternatives, this.grid.compare,
        segment.status, segment.rating ?? null, this.row.unit.ids.length > 1, matches, matches.length ? this.grid.keys.version : 0])
      : "";
    if (signature === this.signature) return;
    this.signature = signature;
    this.element.replaceChildren(...(segment ? this.lines(segment) : []));
  }

  lines(segment) {
    const { article } = this.grid.model;
    const isolation = { lang: article.targetLanguage, dir: article.targetDir };
    const { compare } = this.grid;
    const line = (name, text, kind) => h("div", { class: `line ${kind}` },
      h("span", { class: "name" }, name),
      compare ? changes(text, segment.text, isolation, segment.codes) : coded(segment.codes, text, isolation));
    const lines = [];
    if (this.row.unit.ids.length > 1) {
      lines.push(h("div", { class: "line" }, h("span", { class: "name" }, `Sentence ${this.grid.model.number(segment.id)}`),
        h("span", { class: "quiet" }, STATUS[segment.status] ?? segment.status)));
    }
    segment.references.forEach((text, index) => {
      if (text) lines.push(line(segment.references.length > 1 ? `Reference ${index + 1}` : "Reference", text, "reference"));
    });
    for (const other of segment.alternatives) if (other.text) lines.push(line(other.system || "Other", other.text, "alternative"));
    if (compare && segment.hypothesis) {
      lines.push(h("div", { class: "line original" }, h("span", { class: "name" }, "Original"),
        segment.text === segment.hypothesis ? h("span", { class: "quiet" }, "not changed") : changes(segment.hypothesis, segment.text, isolation, segment.codes)));
    }
    if (segment.rating !== undefined && segment.rating !== null) {
      lines.push(h("div", { class: "line" }, h("span", { class: "name" }, "Rating"), h("span", {}, `${segment.rating} of 100`)));
    }
    for (const note of segment.notes ?? []) {
      lines.push(h("div", { class: "line filenote" }, h("span", { class: "name" }, "Note"), isolated(note, {}, { class: "remark-text" })));
    }
    return [...lines, ...this.grid.memory.lines(segment)];
  }
}

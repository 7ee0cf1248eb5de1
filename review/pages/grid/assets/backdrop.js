// The layer behind a text field: the same words, unseen, carrying tints and underlines where they stand.

import { h } from "./dom.js";

const HIDDEN = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
const NAMES = {
  0xad: "soft hyphen", 0x61c: "ALM", 0x200b: "ZWSP", 0x200c: "ZWNJ", 0x200d: "ZWJ", 0x200e: "LRM", 0x200f: "RLM",
  0x202a: "LRE", 0x202b: "RLE", 0x202c: "PDF", 0x202d: "LRO", 0x202e: "RLO", 0x2060: "WJ", 0x2066: "LRI",
  0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0xfeff: "BOM",
};
/** Joiners belong to the spelling of these scripts and to emoji, and are no surprise there. */
const JOINING = /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Sinhala}\p{Extended_Pictographic}]/u;

const LONG = {
  "soft hyphen": "soft hyphen", ALM: "Arabic letter mark", ZWSP: "zero-width space", ZWNJ: "zero-width non-joiner", ZWJ: "zero-width joiner",
  LRM: "left-to-right mark", RLM: "right-to-left mark", WJ: "word joiner", BOM: "byte order mark",
};

/** The text; where it is nothing but characters that nobody sees, their names: "zero-width space (U+200B)". */
export function named(text) {
  if (!text || text.replace(HIDDEN, "").trim()) return text;
  const names = [...text].filter((one) => one.trim() && one.match(HIDDEN) || one === "\ufeff").map((one) => {
    const code = one.codePointAt(0);
    const name = LONG[NAMES[code]] ?? (NAMES[code] ? `${NAMES[code]}, direction control` : "tag character");
    return `${name} (U+${code.toString(16).toUpperCase().padStart(4, "0")})`;
  });
  return [...new Set(names)].join(", ") || text;
}

/** Spans of characters that nobody sees, so that they can be shown. */
export function unseen(text) {
  const found = [];
  for (const match of text.matchAll(HIDDEN)) {
    const code = match[0].codePointAt(0);
    if ((code === 0x200c || code === 0x200d) && JOINING.test(text)) continue;
    found.push({ from: match.index, to: match.index + match[0].length, kind: "hidden", name: NAMES[code] ?? "tag" });
  }
  return found;
}

/**
 * Paint `text` into `element` with `spans` [{from, to, kind, id?, name?, label?}]. Returns a Map from each id to the
 * first element of its span. `breaks` are indexes at which an element must begin.
 */
export function paint(element, text, spans, breaks = []) {
  const cuts = new Set([0, text.length]);
  for (const span of spans) {
    cuts.add(Math.min(span.from, text.length));
    cuts.add(Math.min(span.to, text.length));
  }
  for (const cut of breaks) cuts.add(Math.min(cut, text.length));
  const sorted = [...cuts].sort((a, b) => a - b);
  const spots = new Map();
  const pieces = [];
  for (let index = 0; index < sorted.length - 1; index += 1) {
    const [from, to] = [sorted[index], sorted[index + 1]];
    const here = spans.filter((span) => span.from <= from && span.to >= to && span.to > span.from);
    const piece = h("span", { class: here.length ? [...new Set(here.map((span) => span.kind))].join(" ") : null }, text.slice(from, to));
    const hidden = here.find((span) => span.name);
    if (hidden) piece.dataset.name = hidden.name;
    const code = here.find((span) => span.label);
    if (code) {
      piece.title = code.label;
      piece.setAttribute("role", "img");
      piece.setAttribute("aria-label", code.label);
    }
    for (const span of here) if (span.id !== undefined && !spots.has(span.id)) spots.set(span.id, piece);
    for (const span of spans) if (span.from === span.to && span.from === from && span.id !== undefined) spots.set(span.id, piece);
    pieces.push(piece);
  }
  // A last line that is empty takes room only if something stands on it.
  pieces.push(document.createTextNode("\u200b"));
  element.replaceChildren(...pieces);
  for (const span of spans) if (span.id !== undefined && !spots.has(span.id)) spots.set(span.id, element.lastElementChild ?? element);
  return spots;
}

// A unit is what one text field holds: a segment, or the running segments of a paragraph. Its text is the
// segments' texts joined; its bounds say where each stands, and follow every change of the text.

import { settle } from "./offsets.js";

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uffef]/u;

/** What stands between two texts: a space, or nothing between Chinese or Japanese. */
export function separator(left, right) {
  if (!left || !right || /\s$/.test(left) || /^\s/.test(right)) return "";
  const last = [...left.slice(-2)].pop();
  const first = [...right.slice(0, 2)][0];
  return UNSPACED.test(last) && UNSPACED.test(first) ? "" : " ";
}

/** Join texts: {text, bounds: [[start, end], ...]} with one pair a text (UTF-16, end-exclusive). */
export function join(texts) {
  let text = "";
  const bounds = texts.map((part) => {
    text += separator(text, part);
    const start = text.length;
    text += part;
    return [start, text.length];
  });
  return { text, bounds };
}

/** What changed: {start, end, text} replaces before[start:end]. `caret` (after) settles where doubles are typed. */
export function change(before, after, caret = null) {
  const room = Math.min(before.length, after.length);
  const mostTail = caret === null ? room : Math.min(room, after.length - caret);
  let tail = 0;
  while (tail < mostTail && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  let head = 0;
  while (head < room - tail && before[head] === after[head]) head += 1;
  while (tail < room - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  head = Math.min(settle(before, head), settle(after, head));
  while (tail > 0 && (settle(before, before.length - tail) !== before.length - tail
    || settle(after, after.length - tail) !== after.length - tail)) tail -= 1;
  return { start: head, end: before.length - tail, text: after.slice(head, after.length - tail) };
}

/** Bounds after a change. Across a boundary the first segment takes the new text, the last keeps its rest. */
export function rebound(bounds, { start, end, text }) {
  const delta = text.length - (end - start);
  const cut = start + text.length;
  let first = 0;
  bounds.forEach(([from], index) => {
    if (from <= start && (from < start || index === 0 || bounds[index - 1][1] < from)) first = index;
  });
  let last = bounds.findIndex(([, to]) => to >= end);
  if (last < first) last = last === -1 ? bounds.length - 1 : first;
  return bounds.map(([from, to], index) => {
    if (index < first) return [from, to];
    if (index > last) return [from + delta, to + delta];
    if (first === last) return [Math.min(from, start), Math.max(to, end) + delta];
    if (index === first) return [from, cut];
    if (index === last) return [Math.max(from, end) + delta, Math.max(to, end) + delta];
    return [cut, cut];
  });
}

/** Which segment of the unit an index of its text belongs to. */
export function locate(bounds, index) {
  const found = bounds.findIndex(([, to]) => index <= to);
  return found === -1 ? bounds.length - 1 : found;
}

/**
 * The units of an article: [{key, ids, deleted, opens}]. `mode` is "segment" or "paragraph"; a deleted
 * segment always stands alone, since a text field cannot hold struck-out words. `opens` starts a paragraph.
 */
export function units(segments, mode) {
  const found = [];
  let open = null;
  let paragraph;
  for (const segment of segments) {
    const opens = segment.paragraph !== paragraph;
    paragraph = segment.paragraph;
    if (mode === "paragraph" && open && !opens && !segment.deleted) {
      open.ids.push(segment.id);
      continue;
    }
    const unit = { ids: [segment.id], deleted: Boolean(segment.deleted), opens };
    found.push(unit);
    open = segment.deleted ? null : unit;
  }
  for (const unit of found) unit.key = `${mode}:${unit.deleted ? "x" : ""}${unit.ids.join(",")}`;
  return found;
}

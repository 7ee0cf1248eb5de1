// Codes in the text field: each is one thing, which the caret jumps over, which goes as a whole and can be moved.

import { absent, chip, described, places, shape } from "./codes.js";
import { h, keycap } from "./dom.js";
import { show } from "./keys.js";
import { change } from "./paragraph.js";

const WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]\p{M}*|[\p{L}\p{M}\p{N}]+(?:['’.,-][\p{L}\p{M}\p{N}]+)*/gu;

export class Chips {
  constructor(row) {
    this.row = row;
    this.line = h("div", { class: "codeline", "aria-live": "polite", hidden: true });
    this.drawn = "";
    this.selected = null;
  }

  get area() {
    return this.row.area;
  }

  /** Every code in the field, with UTF-16 places in it. */
  list() {
    const { row } = this;
    return row.segments.flatMap((segment, index) => {
      if (!segment.codes?.length || !row.bounds[index]) return [];
      const [base, end] = row.bounds[index];
      return places(segment.codes, row.value.slice(base, end)).map((spot) => ({ ...spot, from: base + spot.from, to: base + spot.to }));
    });
  }

  /** The code that a key means: the one selected, or the one that the caret touches. */
  current() {
    const { selectionStart: from, selectionEnd: to } = this.area;
    const list = this.list();
    return list.find((spot) => spot.from <= from && to <= spot.to && (from < to || (from > spot.from && from < spot.to)))
      ?? (from === to ? list.find((spot) => spot.from === from) ?? list.find((spot) => spot.to === from) : undefined);
  }

  select(spot) {
    this.area.setSelectionRange(spot.from, spot.to);
    this.row.grid.live.tell(described(spot), true);
  }

  /** Keep a range off the inside of codes: a caret goes to the nearer edge, a selection takes the whole code. */
  whole(from, to) {
    const list = this.list();
    if (from === to) {
      const spot = list.find((one) => one.from < from && from < one.to);
      if (!spot) return [from, to];
      const edge = from - spot.from < spot.to - from ? spot.from : spot.to;
      return [edge, edge];
    }
    const first = list.find((one) => one.from < from && from < one.to);
    const last = list.find((one) => one.from < to && to < one.to);
    return [first?.from ?? from, last?.to ?? to];
  }

  snap() {
    const { selectionStart, selectionEnd, selectionDirection } = this.area;
    const [from, to] = this.whole(selectionStart, selectionEnd);
    if (from !== selectionStart || to !== selectionEnd) this.area.setSelectionRange(from, to, selectionDirection);
  }

  /** Left and right jump over a code, and take the whole of it with Shift. */
  keydown(event) {
    if (!/^Arrow(Left|Right)$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const list = this.list();
    if (!list.length) return;
    const { selectionStart: from, selectionEnd: to, selectionDirection } = this.area;
    if (from !== to && !event.shiftKey) return;
    const forward = (event.key === "ArrowRight") !== (this.row.language.dir === "rtl");
    const back = selectionDirection === "backward";
    const [anchor, head] = back ? [to, from] : [from, to];
    const spot = list.find((one) => (forward ? one.from <= head && head < one.to : one.from < head && head <= one.to));
    if (!spot) return;
    event.preventDefault();
    const at = forward ? spot.to : spot.from;
    if (event.shiftKey) this.area.setSelectionRange(Math.min(anchor, at), Math.max(anchor, at), at < anchor ? "backward" : "forward");
    else this.area.setSelectionRange(at, at);
  }

  /** Backspace and Delete beside a code select it first; pressed again they delete it. */
  beforeInput(event) {
    const { selectionStart: from, selectionEnd: to } = this.area;
    this.selected = [from, to];
    if (from !== to || event.isComposing || !/^delete(Content|Word)(Back|For)ward$/.test(event.inputType)) return;
    const back = event.inputType.endsWith("Backward");
    const spot = this.list().find((one) => (back ? one.from < from && from <= one.to : one.from <= from && from < one.to));
    if (!spot) return;
    event.preventDefault();
    this.select(spot);
  }

  /** What typing changed ({start, end, text}), with the whole of each code that it cut; `mended` where it cut one. */
  changed(before, after) {
    const moved = this.selected && exact(before, after, ...this.selected) || change(before, after, this.area.selectionEnd);
    this.selected = null;
    if (this.row.composing) return moved;
    const list = this.list();
    if (moved.start === moved.end) {
      const spot = list.find((one) => one.from < moved.start && moved.start < one.to);
      return spot ? { start: spot.to, end: spot.to, text: moved.text, mended: true } : moved;
    }
    let { start, end } = moved;
    for (const { from, to } of list) {
      if (from >= end || to <= start) continue;
      start = Math.min(start, from);
      end = Math.max(end, to);
    }
    return start === moved.start && end === moved.end ? moved : { start, end, text: moved.text, mended: true };
  }

  /** Move the code at the caret a word on, by 1 or -1. */
  move(by) {
    const { row } = this;
    const { live } = row.grid;
    if (!this.area || this.area.readOnly) return live.tell("The segment cannot be edited.");
    const spot = this.current();
    if (!spot) return live.tell("There is no code at the caret.");
    const [base, end] = row.bounds.find(([from, to]) => from <= spot.from && spot.to <= to);
    const text = row.value.slice(base, end);
    const padded = shape(spot.token) === "alone" && /^$|\s$/.test(text.slice(0, spot.from - base)) && /^\s/.test(text.slice(spot.to - base));
    const gone = padded ? spot.to + 1 : spot.to;
    const rest = text.slice(0, spot.from - base) + text.slice(gone - base);
    const here = spot.from - base;
    const stops = this.stops(rest, shape(spot.token), spot);
    const at = by > 0 ? stops.find((stop) => stop > here) : stops.findLast((stop) => stop < here);
    if (at === undefined) return live.tell(by > 0 ? "The code is at the end." : "The code is at the start.");
    row.put(spot.from, gone, "");
    const put = !padded ? spot.token : at === rest.length ? ` ${spot.token}` : `${spot.token} `;
    row.put(base + at, base + at, put);
    const start = base + at + (put.startsWith(" ") ? 1 : 0);
    this.area.setSelectionRange(start, start + spot.token.length);
    const words = row.value.slice(start + spot.token.length).match(WORDS)?.[0];
    return live.tell(words ? `${described(spot)}, before “${words}”` : `${described(spot)}, at the end`, true);
  }

  /** Where in `text` a code may stand: an opening one before words, a closing one behind them. */
  stops(text, kind) {
    const inside = [...text.matchAll(/<\/?\d{1,5}\/?>/g)].map((match) => [match.index, match.index + match[0].length]);
    const found = new Set([0, text.length]);
    for (const match of text.matchAll(WORDS)) {
      const at = kind === "close" ? match.index + match[0].length : match.index;
      if (!inside.some(([from, to]) => from < at && at < to)) found.add(at);
    }
    return [...found].sort((a, b) => a - b);
  }

  /** Put in the next code that lacks; about a selection the next pair that lacks. */
  insert() {
    const { row } = this;
    const { live } = row.grid;
    if (!this.area || this.area.readOnly) return live.tell("The segment cannot be edited.");
    const segment = row.current;
    if (!segment.codes?.length) return live.tell("This segment has no inline codes.");
    const [base, end] = row.bounds[row.unit.ids.indexOf(segment.id)];
    const missing = absent(segment, row.value.slice(base, end));
    if (!missing.length) return live.tell("No code is missing.");
    const clamp = (at) => Math.min(Math.max(at, base), end);
    const [from, to] = this.whole(clamp(this.area.selectionStart), clamp(this.area.selectionEnd));
    const named = (token) => described({ token, shown: segment.codes.find((code) => code[0] === token)?.[1] });
    const opening = missing.find((token) => shape(token) === "open" && missing.includes(`</${token.slice(1)}`));
    if (from < to && opening) {
      const closing = `</${opening.slice(1)}`;
      row.put(to, to, closing);
      row.put(from, from, opening);
      this.area.setSelectionRange(from + opening.length, to + opening.length);
      return live.tell(`Put about the selection: ${named(opening)}`);
    }
    const [token] = missing;
    row.put(to, to, token);
    this.area.setSelectionRange(to + token.length, to + token.length);
    return live.tell(`Put in: ${named(token)}`);
  }

  /** The line under the field: what lacks, and what is wrong. */
  sync() {
    const { row } = this;
    const { grid } = row;
    const said = row.unit.deleted ? [] : row.segments.flatMap((segment) => {
      if (!segment.codes?.length) return [];
      const wrong = grid.model.wrong(segment.id);
      const missing = wrong || row.active ? absent(segment, segment.text) : [];
      return wrong || missing.length ? [{ segment, wrong, missing }] : [];
    });
    const signature = JSON.stringify([said.map(({ segment, wrong, missing }) => [segment.id, wrong, missing]), grid.keys.version]);
    if (signature === this.drawn) return;
    this.drawn = signature;
    this.line.hidden = !said.length;
    this.line.classList.toggle("wrong", said.some(({ wrong }) => wrong));
    this.line.replaceChildren(...said.map(({ segment, wrong, missing }) => h("p", {},
      missing.length ? h("span", {}, "Missing: ", ...missing.flatMap((token) => [chip(ofToken(segment, token)), " "])) : null,
      wrong && !(missing.length && wrong.includes(" is missing; ")) ? h("span", {}, `${wrong} `) : null,
      wrong ? h("b", {}, "Not saved until this is mended. ") : null,
      missing.length && grid.keys.of("codeInsert")[0] ? h("span", { class: "hint" }, keycap(show(grid.keys.of("codeInsert")[0])), " puts it in") : null)));
  }

  /** What the code under the pointer is, told as the field's title. */
  hover({ clientX, clientY }) {
    const found = [...this.row.backdrop.querySelectorAll(".code")].find((one) => [...one.getClientRects()]
      .some((box) => clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom));
    const label = found?.title ?? "";
    if (this.area.title !== label) this.area.title = label;
  }
}

function ofToken(segment, token) {
  const [, shown, fixed] = segment.codes.find((code) => code[0] === token);
  return { token, shown, fixed };
}

/** The change where before[from:to] was replaced; null where something else happened. */
function exact(before, after, from, to) {
  const rest = before.length - to;
  const end = after.length - rest;
  if (from === to && end < from) return null;
  if (end < from || before.slice(0, from) !== after.slice(0, from) || before.slice(to) !== after.slice(end)) return null;
  return { start: from, end: to, text: after.slice(from, end) };
}

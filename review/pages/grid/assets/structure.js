// Acts on the segments themselves: delete, insert, merge, split, and which source belongs to which.

import { bare, places } from "./codes.js";
import { plural } from "./dom.js";
import { toPoints } from "./offsets.js";
import { separator } from "./paragraph.js";
import { segmentId } from "./storage.js";

/** Ends of sentences. A full stop ends one only before white space, and not after the number of an item. */
const ENDS = /(?:[。！？；!?;]|(?<!(?:^|[.。!?]\s)\d{1,3})\.(?=["'”’」』）)]*(?:\s(?!\s*\d)|$)))["'”’」』）)]*\s*/gu;

export class Structure {
  constructor(grid) {
    this.grid = grid;
  }

  get model() {
    return this.grid.model;
  }

  /** The segments of a range that has a start and no end yet: up to the cursor. */
  get ranged() {
    const { order } = this.model;
    const [from, to] = [this.anchor, this.grid.cursor.id].map((id) => order.indexOf(id)).sort((x, y) => x - y);
    return this.anchor === undefined || from < 0 ? [] : order.slice(from, to + 1);
  }

  /** Mark the rows of the pending range, and no others. */
  showRange() {
    const ids = new Set(this.ranged);
    for (const row of this.grid.view.rows.values()) row.element.classList.toggle("ranged", row.unit.ids.some((id) => ids.has(id)));
  }

  dropRange() {
    if (this.anchor === undefined) return;
    this.anchor = undefined;
    this.showRange();
    this.grid.live.tell("No range");
  }

  /** Focus goes to the row of the segment, in the text where the caret was in the text. */
  #go(id, typing, at = 0) {
    this.grid.cursor.move(id, null, typing && !this.model.get(id)?.deleted ? { focus: "text", from: at, to: at } : { focus: "row" });
  }

  strike(ids = [this.grid.cursor.id]) {
    const segments = ids.map((id) => this.model.get(id)).filter(Boolean);
    if (segments.some((segment) => segment.locked)) return this.grid.live.tell("The segment is locked.");
    const restore = segments.every((segment) => segment.deleted);
    const { typing } = this.grid.cursor;
    this.grid.flush();
    if (this.grid.acts.held(ids)) return undefined;
    const targets = segments.filter((segment) => restore || !segment.deleted).map((segment) => segment.id);
    if (restore) this.model.act("restore", targets, { segment: true });
    else this.model.act("delete", targets, {});
    this.model.history.last.typing = typing;
    this.#go(targets[0], false);
    return this.grid.live.tell(`${restore ? "Restored" : "Deleted"} ${plural(targets.length, "segment")}`);
  }

  /** Range in letters mode: the first press sets one end, the second deletes (or restores) what lies between. */
  strikeRange() {
    const { cursor, live } = this.grid;
    if (this.anchor === undefined || !this.model.get(this.anchor)) {
      this.anchor = cursor.id;
      this.showRange();
      return live.tell(`Range starts at segment ${this.model.number(cursor.id)}. Go to its end and press the key again.`);
    }
    const [a, b] = [this.anchor, cursor.id].map((id) => this.model.order.indexOf(id)).sort((x, y) => x - y);
    this.anchor = undefined;
    this.showRange();
    return this.strike(this.model.order.slice(a, b + 1));
  }

  insert(before) {
    const { segment, typing } = { segment: this.grid.cursor.segment, typing: this.grid.cursor.typing };
    this.grid.flush();
    const id = segmentId();
    this.model.act("insert", [segment.id], { new: id, text: "", before, new_paragraph: false });
    if (this.grid.layout === "paragraph") this.grid.setLayout("segment");
    this.grid.cursor.move(id, null, { focus: "text", from: 0, to: 0 });
    return this.grid.live.tell(`Inserted a sentence ${before ? "before" : "after"}${typing ? "" : ". Type its text."}`);
  }

  merge() {
    const { cursor, live } = this.grid;
    const at = this.model.order.indexOf(cursor.id);
    const [one, two] = [this.model.get(cursor.id), this.model.get(this.model.order[at + 1])];
    if (!two) return live.tell("There is no segment after this one.");
    if (one.deleted || two.deleted || one.locked || two.locked) return live.tell("A deleted or locked segment cannot be merged.");
    const typing = cursor.typing;
    this.grid.flush();
    if (this.grid.acts.held([one.id, two.id])) return undefined;
    const caret = typing ? cursor.row.caret() : one.text.length;
    const id = segmentId();
    this.model.act("merge", [one.id, two.id], { new: id });
    this.#go(id, typing, caret);
    return live.tell("Merged with the next segment");
  }

  split() {
    const { cursor, live } = this.grid;
    const { segment, row } = cursor;
    if (!row?.area || segment.locked) return live.tell("A deleted or locked segment cannot be split.");
    const typing = cursor.typing;
    this.grid.flush();
    if (this.grid.acts.held([segment.id])) return undefined;
    const caret = outside(segment.codes, segment.text, row.caret());
    const [left, right] = [segment.text.slice(0, caret), segment.text.slice(caret)].map((half) => bare(segment.codes, half).trim());
    if (!left || !right) return live.tell("Put the caret between two words, then split there.");
    const ids = [segmentId(), segmentId()];
    const source = segment.source === null ? null : sourceCut(segment.source, caret / segment.text.length);
    this.model.act("split", [segment.id], { new: ids, at: toPoints(segment.text, caret), source_at: source });
    this.#go(ids[1], typing);
    return live.tell("Split. The caret is at the start of the second part.");
  }

  /** Sources from here on move one segment up or down; what is pushed out joins its neighbour. */
  moveSource(by) {
    const { cursor, live } = this.grid;
    const { segment } = cursor;
    if (segment.source === null) return live.tell("There is no source here.");
    this.grid.flush();
    const rest = this.model.list().slice(this.model.order.indexOf(segment.id));
    const sources = rest.map((one) => one.source ?? "");
    if (rest.length < 2) return live.tell("There is no segment after this one.");
    const moved = by < 0 ? up(sources) : down(sources);
    const changed = rest.map((one, index) => [one.id, moved[index]]).filter(([, source], index) => source !== sources[index]);
    if (!changed.length) return live.tell("The source stays where it is.");
    this.model.act("repair", changed.map(([id]) => id), { sources: changed.map(([, source]) => source) });
    return live.tell(by < 0 ? "The next source joined this one; the others moved up" : "The source moved down; this segment has none");
  }
}

/** A place in a text, moved off the inside of an inline code to its end. */
function outside(codes, text, at) {
  return places(codes, text).find(({ from, to }) => from < at && at < to)?.to ?? at;
}

/** The end of the source sentence nearest to the same share of the text, in code points; else null: the first keeps all. */
export function sourceCut(source, share) {
  const ends = [...source.matchAll(ENDS)].map((match) => match.index + match[0].length).filter((end) => end < source.length);
  if (!ends.length) return null;
  const best = ends.reduce((a, b) => (Math.abs(b / source.length - share) < Math.abs(a / source.length - share) ? b : a));
  return toPoints(source, best);
}

function joined(left, right) {
  return left + separator(left, right) + right;
}

/** The second source joins the first, those after it move up until a gap takes the shift. */
export function up(sources) {
  const gap = sources.findIndex((text, index) => index > 1 && !text);
  const end = gap === -1 ? sources.length : gap;
  return [joined(sources[0], sources[1]), ...sources.slice(2, end), "", ...sources.slice(end)];
}

/** All sources move down by one until a gap takes the shift; at the end the last two join. */
export function down(sources) {
  const gap = sources.findIndex((text, index) => index > 0 && !text);
  if (gap !== -1) return ["", ...sources.slice(0, gap), ...sources.slice(gap + 1)];
  const last = sources.length - 1;
  return ["", ...sources.slice(0, last - 1), joined(sources[last - 1], sources[last])];
}

// One unit on the screen: number and status, source, the text itself over its backdrop, notes, details.

import { paint, unseen } from "./backdrop.js";
import { Chips } from "./chips.js";
import { codeSpans } from "./codes.js";
import { Details } from "./details.js";
import { h, plural, say, set } from "./dom.js";
import { faint, isOpen } from "./flags.js";
import { edited, shown, toOwn, toShown } from "./lines.js";
import { toUnits } from "./offsets.js";
import { change, join, locate, rebound } from "./paragraph.js";
import { Rail } from "./rail.js";

export const STATUS = { new: "new", draft: "draft", confirmed: "✓ confirmed", approved: "✓ approved", rejected: "rejected" };

export class Row {
  /** A `light` row shows its text and no more; it is filled when it comes near the window or is gone to. */
  constructor(unit, grid, light = false) {
    this.unit = unit;
    this.grid = grid;
    this.light = light;
    this.area = null;
    this.value = "";
    this.bounds = [];
    this.spots = new Map();
    const { article } = grid.model;
    this.language = { lang: article.targetLanguage || null, dir: article.targetDir };
    this.number = h("span", { class: "number" });
    this.status = h("span", { class: "status" });
    this.gutter = h("div", { role: "rowheader", class: "gutter" }, this.number, this.status);
    this.source = grid.columns
      ? h("div", { role: "cell", class: "source", lang: article.sourceLanguage || null, dir: article.sourceDir, onpointerup: () => this.grid.lookUp.selected() })
      : null;
    this.field = h("div", { class: "field" });
    this.target = h("div", { role: "cell", class: "target" }, this.field);
    this.rail = new Rail(this, grid);
    this.details = new Details(this, grid);
    this.chips = new Chips(this);
    this.element = h("div", { role: "row", class: "row", tabindex: "-1" }, this.gutter, this.source, this.target, this.rail.element);
    this.element.classList.toggle("opens", unit.opens);
    this.element.addEventListener("pointerdown", (event) => this.pressed(event));
    if (!light) this.furnish();
  }

  furnish() {
    const { grid } = this;
    this.light = false;
    this.target.append(this.chips.line, this.details.element);
    if (this.unit.deleted) {
      this.field.classList.add("struck");
      this.field.replaceChildren(h("del", this.language));
      return;
    }
    this.backdrop = h("div", { class: "backdrop", "aria-hidden": "true", ...this.language });
    this.area = h("textarea", {
      ...this.language, rows: 1, placeholder: "No text", autocomplete: "off", autocapitalize: "off", oninput: () => this.typed(),
      onfocus: () => this.caretMoved(true), onblur: () => this.left(), onselect: () => this.caretMoved(),
      onkeyup: () => this.pointed(), onpointerup: () => this.pointed(), onpaste: (event) => this.pasted(event),
      onkeydown: (event) => this.chips.keydown(event), onbeforeinput: (event) => this.chips.beforeInput(event),
      onpointermove: (event) => this.chips.hover(event),
      oncompositionstart: () => { this.composing = true; },
      oncompositionend: () => {
        this.composing = false;
        // Firefox tells of the last input only after this.
        if (this.area.value !== this.value) this.typed();
        else grid.typing();
      },
    });
    this.field.replaceChildren(this.backdrop, this.area);
  }

  /** Make a light row whole. */
  fill() {
    if (!this.light) return;
    this.furnish();
    this.sync();
  }

  get segments() {
    return this.unit.ids.map((id) => this.grid.model.get(id)).filter(Boolean);
  }

  /** The segment that the caret, or the cursor outside the text, is in. */
  get current() {
    const { id } = this.grid.cursor;
    return this.unit.ids.includes(id) ? this.grid.model.get(id) : this.segments[0];
  }

  get active() {
    return this.unit.ids.includes(this.grid.cursor.id);
  }

  get focused() {
    return this.area !== null && this.grid.focused() === this.area;
  }

  start(id) {
    return this.bounds[this.unit.ids.indexOf(id)]?.[0] ?? 0;
  }

  /** Bring everything in line with the model; the text only where it says something else. */
  sync() {
    const segments = this.segments;
    if (!segments.length) return;
    this.label(segments);
    if (this.light) {
      say(this.field, join(segments.map((segment) => shown(segment.text))).text);
      if (this.source) say(this.source, join(segments.map((segment) => segment.source ?? "")).text);
      return;
    }
    if (this.source) this.paintSource(segments);
    if (this.unit.deleted) {
      say(this.field.firstElementChild, segments[0].text);
    } else {
      this.take(segments);
      this.paint();
      const locked = segments.every((segment) => segment.locked);
      if (this.area.readOnly !== locked) this.area.readOnly = locked;
    }
    this.rail.sync();
    this.chips.sync();
    this.details.sync();
    this.grid.view.settle(this);
  }

  take(segments) {
    const same = segments.every((segment, index) => this.bounds[index]
      && this.value.slice(...this.bounds[index]) === shown(segment.text));
    if (this.bounds.length === segments.length && same && (this.focused || this.composing)) return;
    const { text, bounds } = join(segments.map((segment) => shown(segment.text)));
    this.bounds = bounds;
    if (this.value === text && this.area.value === text) return;
    const moved = change(this.area.value, text);
    const delta = text.length - this.area.value.length;
    const carry = (at) => (at <= moved.start ? at : at >= moved.end ? at + delta : moved.start + moved.text.length);
    const [from, to] = [carry(this.area.selectionStart), carry(this.area.selectionEnd)];
    this.value = text;
    this.area.value = text;
    if (this.focused) this.area.setSelectionRange(from, to);
  }

  label(segments) {
    const { model } = this.grid;
    const first = model.number(segments[0].id);
    const last = model.number(segments[segments.length - 1].id);
    const name = first === last ? `${first}` : `${first}–${last}`;
    const done = segments.filter((segment) => model.isDone(segment)).length;
    const status = this.unit.deleted ? "deleted"
      : segments.length > 1 && done < segments.length && done > 0 ? `✓ ${done} of ${segments.length}`
        : segments.length > 1 && done === 0 ? (segments.some((segment) => segment.status === "draft") ? "draft" : "new")
          : STATUS[segments[0].status] ?? segments[0].status;
    const locked = segments.some((segment) => segment.locked);
    const flags = segments.reduce((sum, segment) => sum + segment.flags.filter(isOpen).length, 0);
    say(this.number, name);
    say(this.status, [status === "new" ? "" : status, locked ? "locked" : ""].filter(Boolean).join(", "));
    set(this.status, "data-status", this.unit.deleted ? "deleted" : done === segments.length ? "done" : status);
    set(this.element, "aria-label", `${first === last ? "Segment" : "Segments"} ${name}, ${status.replace("✓ ", "")}`
      + `${locked ? ", locked" : ""}${this.unit.deleted ? "" : `, ${plural(flags, "open flag")}`}`);
    set(this.element, "aria-current", this.active ? "true" : null);
    this.element.classList.toggle("active", this.active);
    this.element.classList.toggle("done", done === segments.length);
    this.element.classList.toggle("deleted", this.unit.deleted);
    if (this.area) set(this.area, "aria-label", `Translation of ${first === last ? "segment" : "segments"} ${name}`);
  }

  paintSource(segments) {
    const texts = join(segments.map((segment) => segment.source ?? ""));
    const spans = [];
    segments.forEach((segment, index) => {
      const base = texts.bounds[index][0];
      for (const flag of segment.flags) if (flag.side === "source" && isOpen(flag)) spans.push(this.tint(flag, (at) => base + at));
      for (const mark of segment.marks) if (mark.side === "source") spans.push(error(mark, segment.source ?? "", (at) => base + at));
      spans.push(...codeSpans(segment.codes, segment.source ?? "", base));
    });
    paint(this.source, texts.text, spans);
  }

  /** What is at `flag` now, `place` telling where an index of its text stands in what is drawn. */
  tint(flag, place) {
    const current = this.grid.cursor.flag === flag.id;
    return { from: place(flag.from), to: place(flag.to), id: flag.id, kind: `flag ${flag.severity}${current ? " current" : ""}${faint(flag) ? " demoted" : ""}` };
  }

  /** Draw the backdrop anew from the text as it stands in the field. */
  paint() {
    const spans = unseen(this.value);
    const breaks = [];
    const chips = [];
    const several = this.unit.ids.length > 1;
    this.segments.forEach((segment, index) => {
      const [base, end] = this.bounds[index];
      const place = (at) => base + toShown(segment.text, at);
      breaks.push(base);
      spans.push({ from: base, to: end, id: `segment ${segment.id}`, kind: several && this.active && segment.id === this.grid.cursor.id ? "here" : "there" });
      for (const flag of segment.flags) {
        if (flag.side === "source" || flag.gone) continue;
        spans.push(isOpen(flag) ? this.tint(flag, place) : { from: place(flag.from), to: place(flag.to), id: flag.id, kind: "was" });
      }
      for (const mark of segment.marks) {
        if (mark.side !== "source" && !mark.missing && mark.text === segment.text) spans.push(error(mark, segment.text, place));
      }
      for (const comment of segment.comments) {
        if (comment.start === null || comment.start === undefined) continue;
        const [from, to] = [comment.start, comment.end].map((at) => place(toUnits(segment.text, at)));
        spans.push({ from, to, kind: "remark", id: `comment ${comment.id}` });
      }
      chips.push(...codeSpans(segment.codes, this.value.slice(base, end), base));
      for (const [from, to] of this.grid.filter.hits(segment.text).map((hit) => hit.map(place))) {
        // Digits of a code are no words of the text.
        if (!chips.some((chip) => chip.from <= from && to <= chip.to)) spans.push({ from, to, kind: "hit" });
      }
    });
    this.spots = paint(this.backdrop, this.value, [...spans, ...chips], breaks);
  }

  /** Put `text` in the place of value[start:end], as if it were typed. */
  put(start, end, text) {
    this.area.setRangeText(text, start, end, "end");
    this.typed({ start, end, text });
  }

  typed(moved = this.chips.changed(this.value, this.area.value)) {
    if (moved.mended) {
      this.area.value = this.value.slice(0, moved.start) + moved.text + this.value.slice(moved.end);
      this.area.setSelectionRange(moved.start + moved.text.length, moved.start + moved.text.length);
    }
    const after = this.area.value;
    this.bounds = rebound(this.bounds, moved);
    this.value = after;
    const flags = this.rail.count();
    const { model } = this.grid;
    this.unit.ids.forEach((id, index) => model.draft(id, edited(model.get(id), after.slice(...this.bounds[index]))));
    this.paint();
    if (this.rail.count() !== flags) this.rail.sync();
    this.chips.sync();
    this.grid.view.settle(this);
    this.grid.saving();
    this.grid.typing(this);
  }

  /** Line ends in pasted text become spaces: a segment is a line. */
  pasted(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    this.grid.origin = "paste";
    if (!/[\r\n]/.test(text) || this.value.includes("\n")) return;
    event.preventDefault();
    const line = text.replace(/\s*[\r\n]+\s*/g, " ").trim();
    this.put(this.area.selectionStart, this.area.selectionEnd, line);
  }

  left() {
    this.composing = false;
    this.grid.flush();
    this.grid.catchUp();
    this.sync();
  }

  /** A key or the pointer has placed the caret: it is kept off the inside of codes. */
  pointed() {
    if (this.area && !this.composing && this.focused) this.chips.snap();
    this.caretMoved();
  }

  /** The caret says which segment is meant, and which flag when it stands in one. */
  caretMoved(entered = false) {
    this.entered = true;
    if (!this.area || this.composing || this.grid.moving || (!entered && !this.focused)) return;
    const at = this.area.selectionStart;
    const id = this.unit.ids[locate(this.bounds, at)];
    const [from, to] = [at, this.area.selectionEnd].map((index) => this.inside(id, index));
    const flag = this.grid.model.get(id)?.flags.find((one) => one.side !== "source" && isOpen(one) && one.from < one.to
      && one.from <= from && from <= one.to && (from < one.to || to === from || from === one.from));
    this.grid.cursor.move(id, flag?.id, { focus: null });
  }

  pressed(event) {
    if (event.target.closest("textarea, button, a, input, select, summary")) return;
    const id = this.current?.id;
    if (id !== undefined && !this.active) this.grid.cursor.move(id, null, { focus: null });
  }

  /** Put the caret into the text: at a span of a segment, or where it last was in it. */
  edit(id, from = null, to = from) {
    if (!this.area) return this.element.focus({ preventScroll: true });
    const base = this.start(id);
    const place = (at) => base + toShown(this.grid.model.get(id).text, at);
    const index = this.unit.ids.indexOf(id);
    const end = this.bounds[index]?.[1] ?? 0;
    const fresh = !this.entered;
    this.grid.moving = true;
    this.area.focus({ preventScroll: true });
    if (from !== null) this.area.setSelectionRange(place(from), place(to));
    else if (fresh || this.area.selectionStart < base || this.area.selectionStart > end) this.area.setSelectionRange(base, base);
    this.entered = true;
    this.grid.moving = false;
    return undefined;
  }

  /** The selection in the current segment's text, or null where nothing is selected. UTF-16, in the segment. */
  selection() {
    if (!this.area || this.area.selectionStart === this.area.selectionEnd) return null;
    const segment = this.current;
    const [base, end] = this.bounds[this.unit.ids.indexOf(segment.id)];
    const from = this.inside(segment.id, Math.max(this.area.selectionStart, base));
    const to = this.inside(segment.id, Math.min(this.area.selectionEnd, end));
    return from < to ? { side: "target", from, to, text: segment.text.slice(from, to) } : null;
  }

  /** Where the caret stands in the current segment's text. */
  caret() {
    return this.area ? this.inside(this.current.id, this.area.selectionStart) : 0;
  }

  /** Where an index of the field stands in a segment's own text. */
  inside(id, at) {
    return toOwn(this.grid.model.get(id)?.text ?? "", Math.max(0, at - this.start(id)));
  }
}

function error(mark, text, place) {
  return { from: place(toUnits(text, mark.start)), to: place(toUnits(text, mark.end)), kind: `error ${mark.severity}`, id: `mark ${mark.id}` };
}

// Where the reviewer is: a segment, and in it perhaps a flag. Focus follows, in the text or outside it.

import { faint, isOpen } from "./flags.js";
import { plural } from "./dom.js";

export class Cursor {
  constructor(grid) {
    this.grid = grid;
    this.id = null;
    this.flag = null;
  }

  get segment() {
    return this.grid.model.get(this.id) ?? null;
  }

  get row() {
    return this.grid.view.row(this.id) ?? null;
  }

  get current() {
    return this.segment?.flags.find((flag) => flag.id === this.flag) ?? null;
  }

  /** True while the caret is in a translation. */
  get typing() {
    return this.grid.focused()?.tagName === "TEXTAREA" && Boolean(this.grid.focused().closest(".field"));
  }

  /** Go to a segment (and flag). `focus`: "same" keeps to the text or stays outside; "text", "row", "note"; null moves none. */
  move(id, flag = null, { focus = "same", from = null, to = from } = {}) {
    const typing = this.typing;
    const old = this.row;
    const row = this.grid.view.row(id);
    if (!row) return;
    const same = this.id === id && (this.flag ?? null) === (flag ?? null);
    if (!same) {
      this.id = id;
      this.flag = flag ?? null;
      const act = () => {
        if (old && old !== row) old.sync();
        row.sync();
      };
      if (focus === null) this.grid.view.steadily(row, act);
      else act();
      this.grid.moved();
    }
    if (focus === null) return;
    this.grid.view.reveal(row);
    if (focus === "text" || (focus === "same" && typing)) row.edit(id, from, to);
    else if (focus === "note" && flag && row.rail.focus(flag)) return;
    else row.element.focus({ preventScroll: true });
  }

  /** The ids that movement goes through: what the filter shows. */
  ids() {
    const { model, filter } = this.grid;
    return model.order.filter((id) => !filter.on || filter.fits(model.get(id)) || id === this.id);
  }

  step(by) {
    const ids = this.ids();
    const at = ids.indexOf(this.id);
    const id = ids[Math.min(ids.length - 1, Math.max(0, at + by))];
    if (id === undefined || (id === this.id && at !== -1)) return this.grid.live.tell(by > 0 ? "Last segment" : "First segment");
    if (this.grid.model.get(id).deleted) return this.move(id, null, { focus: "row" });
    const focus = this.typing || this.comingFromText ? "text" : "row";
    return this.move(id, null, { focus, from: focus === "text" ? 0 : null, to: 0 });
  }

  /** The next segment that is not confirmed, from here on and around. */
  nextUnconfirmed() {
    const { model } = this.grid;
    const ids = this.ids();
    const at = ids.indexOf(this.id);
    const id = [...ids.slice(at + 1), ...ids.slice(0, at)].find((one) => !model.isDone(model.get(one)));
    if (id === undefined) return false;
    this.move(id, null, this.typing ? { focus: "text", from: 0, to: 0 } : { focus: "row" });
    return true;
  }

  /** All open flags that the filter shows, in reading order; those of demoted detectors come last. */
  flags() {
    const { model, filter } = this.grid;
    return model.list().filter((segment) => !segment.deleted).flatMap((segment) => segment.flags
      .filter((flag) => isOpen(flag) && filter.fitsFlag(flag)).map((flag) => ({ id: segment.id, flag })))
      .sort((a, b) => faint(a.flag) - faint(b.flag));
  }

  stepFlag(by) {
    const { model } = this.grid;
    const flags = this.flags();
    if (!flags.length) return this.grid.live.tell("No open flags left");
    let at = flags.findIndex(({ flag }) => flag.id === this.flag);
    if (at === -1) {
      const here = model.order.indexOf(this.id);
      const caret = this.typing ? this.row.caret() : this.current?.from ?? (by > 0 ? -1 : Infinity);
      const place = ({ id, flag }) => [model.order.indexOf(id) - here, flag.from - caret];
      const after = flags.findIndex((one) => place(one)[0] > 0 || (place(one)[0] === 0 && place(one)[1] >= 0));
      at = by > 0 ? (after === -1 ? flags.length : after) - 1 : after === -1 ? flags.length : after;
    }
    const next = flags[(at + by + flags.length) % flags.length];
    return this.goFlag(next.id, next.flag);
  }

  /** Make a flag the current one: its words are selected in the text, or its note has the focus. */
  goFlag(id, flag) {
    const typing = this.typing;
    const target = flag.side !== "source";
    this.move(id, flag.id, typing ? { focus: "text", from: target ? flag.from : null, to: target ? flag.to : null } : { focus: "note" });
    this.grid.view.bring(this.grid.view.row(id), flag.id);
    const left = this.flags().length;
    if (typing) this.grid.live.tell(`${flag.surface || flag.title}, ${flag.severity}. ${flag.message} ${plural(left, "flag")} open.`, true);
  }

  flagClicked(id, flag) {
    if (flag.state !== "open") return;
    const close = this.flag === flag.id;
    this.grid.view.steadily(this.grid.view.row(id), () => this.move(id, close ? null : flag.id, { focus: null }));
    this.grid.view.row(id).rail.focus(flag.id);
  }
}

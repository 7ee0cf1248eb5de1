// What was asked about words of a segment, shown beside it until another segment is worked on.

export class Beside {
  /** `id` names the note, `draw` fills it. */
  constructor(grid, id, draw) {
    Object.assign(this, { grid, id, draw });
    this.shown = null;
  }

  show(found) {
    const { view } = this.grid;
    const rows = [this.shown, found].map((one) => one && view.row(one.segment));
    this.shown = found;
    for (const row of new Set(rows)) {
      // The rail alone: painting the source again would take the selection away.
      row?.rail.sync();
      if (row) view.settle(row);
    }
  }

  close() {
    if (!this.shown) return;
    const row = this.grid.view.row(this.shown.segment);
    this.show(null);
    row?.element.focus({ preventScroll: true });
  }

  /** Another segment is worked on: what was asked for in the last one goes. */
  moved() {
    if (this.shown && this.shown.segment !== this.grid.cursor.id) this.show(null);
  }

  /** The note that a row has, if it was asked about words of it. */
  notes(row) {
    if (!this.shown || !row.unit.ids.includes(this.shown.segment)) return [];
    return [{ id: this.id, at: -1, segment: this.grid.model.get(this.shown.segment), found: this.shown, draw: this.draw }];
  }
}

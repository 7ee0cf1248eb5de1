// What the reviewer does to text and flags. Each act says what it did and leaves the focus at a stated place.

import { bare } from "./codes.js";
import { askDismissal } from "./dialogs.js";
import { plural } from "./dom.js";
import { isLeftover, isOpen, isWhole, replaced, same, wire } from "./flags.js";
import { uuid } from "./storage.js";

export class Acts {
  constructor(grid) {
    this.grid = grid;
  }

  get model() {
    return this.grid.model;
  }

  tell(text) {
    this.grid.live.tell(text);
  }

  left() {
    const { flags } = this.model.totals();
    return flags ? `${plural(flags, "flag")} left` : "no flags left";
  }

  /** The flag that keys mean, or a word on why there is none. */
  flag() {
    const { cursor } = this.grid;
    const flag = cursor.current;
    if (flag && isOpen(flag)) return [cursor.id, flag];
    this.tell("No flag is chosen. Go to the next flag first.");
    return null;
  }

  locked(ids) {
    if (!ids.some((id) => this.model.get(id)?.locked)) return false;
    this.tell("The segment is locked.");
    return true;
  }

  /** Whether typing in one of these segments waits for its inline codes: nothing else is done to it until then. */
  held(ids) {
    const id = this.model.held().find((one) => ids.includes(one));
    return id !== undefined && this.#refuse(id, this.model.wrong(id));
  }

  /** Whether one of `texts` would break the inline codes of its segment. */
  breaks(ids, texts) {
    const at = ids.findIndex((id, index) => this.model.wrong(id, texts[index]));
    return at !== -1 && this.#refuse(ids[at], this.model.wrong(ids[at], texts[at]));
  }

  #refuse(id, reason) {
    this.tell(`Not saved${id === this.grid.cursor.id ? "" : ` (segment ${this.model.number(id)})`}: ${reason}`);
    return true;
  }

  accept(id, flag, index = 0) {
    const suggestion = flag.suggestions[index];
    if (suggestion === undefined) {
      return this.tell(flag.suggestions.length ? `There is no suggestion ${index + 1}.` : "This flag has no suggestion. Edit the text, or dismiss it.");
    }
    if (flag.side === "source") return this.tell("This flag is on the source: correct the translation by hand.");
    if (this.locked([id])) return null;
    this.grid.flush();
    if (this.held([id])) return null;
    const segment = this.model.get(id);
    const now = segment.flags.find((one) => one.id === flag.id && isOpen(one));
    if (!now) return this.tell("The flagged words have changed.");
    if (suggestion === "" && isWhole(segment, now)) {
      this.model.act("delete", [id], { flags: [wire(now, id)] });
      this.tell(`Deleted, ${this.left()}`);
      return this.grid.cursor.move(id, null, { focus: "row" });
    }
    const typing = this.grid.cursor.typing;
    const at = now.from + suggestion.length;
    const text = replaced(segment.text, now, suggestion, segment.codes);
    if (this.breaks([id], [text])) return null;
    this.model.act("accept", [id], { texts: [text], flags: [wire(now, id)], suggestion });
    if (typing) this.grid.view.row(id).edit(id, at, at);
    return this.tell(`Accepted${suggestion ? ` “${suggestion}”` : ""}, ${this.left()}`);
  }

  acceptEverywhere(id, flag, index = 0) {
    const suggestion = flag.suggestions[index];
    if (suggestion === undefined) return this.tell("This flag has no suggestion.");
    this.grid.flush();
    const found = same(this.model.list(), flag, suggestion);
    if (!found.length) return this.tell("The flagged words have changed.");
    const changes = found.map(({ segment, flags }) => ({
      segment, flags, text: [...flags].reverse().reduce((text, one) => replaced(text, one, suggestion, segment.codes), segment.text),
    }));
    if (this.#stuck(changes)) return null;
    const count = this.#change(changes, suggestion);
    return this.tell(`Accepted${suggestion ? ` “${suggestion}”` : ""} in ${plural(count, "place")}, ${this.left()}. One undo takes all back.`);
  }

  #stuck(changes) {
    const ids = changes.map(({ segment }) => segment.id);
    return this.held(ids) || this.breaks(ids, changes.map(({ text }) => text));
  }

  /** Texts changed on the advice of flags; a segment of which nothing is left is deleted. One undo for all. */
  #change(changes, suggestion) {
    const wires = (list) => list.flatMap((one) => one.flags.map((flag) => wire(flag, one.segment.id)));
    const ids = (list) => list.map((one) => one.segment.id);
    const empty = ({ segment, text }) => !bare(segment.codes, text).trim();
    const parts = changes.filter((one) => !empty(one));
    const whole = changes.filter(empty);
    const group = whole.length && parts.length ? { group: uuid() } : {};
    const events = [];
    if (parts.length) events.push(["accept", ids(parts), { texts: parts.map((one) => one.text), flags: wires(parts), suggestion, ...group }]);
    if (whole.length) events.push(["delete", ids(whole), { flags: wires(whole), ...group }]);
    for (const event of events) this.model.act(...event);
    return changes.reduce((sum, one) => sum + one.flags.length, 0);
  }

  async dismiss(id, flag) {
    const answer = await askDismissal(this.grid, flag);
    if (answer) this.dismissNow(id, flag, answer);
  }

  dismissNow(id, flag, { scope = "place", reason = "" } = {}) {
    const before = this.model.totals().flags;
    this.model.act("dismiss", [id], { flag: wire(flag, id), scope, reason });
    const gone = before - this.model.totals().flags;
    this.tell(`Dismissed${gone > 1 ? ` ${gone} flags` : ""}, ${this.left()}`);
  }

  /** The note's own undo: of this flag's acceptance or dismissal. */
  takeBack(id, flag) {
    if (flag.state === "dismissed") {
      this.model.act("restore", [id], { dismissal: flag.event });
      this.model.history.forget(flag.event);
      return this.tell(`Restored, ${this.left()}`);
    }
    if (this.model.history.last?.id === flag.event) return this.undo();
    const given = flag.given ?? "";
    const segment = this.model.get(id);
    if (flag.surface === undefined || segment.text.slice(flag.from, flag.to) !== given) return this.tell("The words have changed since. Edit them by hand.");
    const text = segment.text.slice(0, flag.from) + flag.surface + segment.text.slice(flag.to);
    if (this.held([id]) || this.breaks([id], [text])) return null;
    this.model.act("edit", [id], { texts: [text], origin: "typed" });
    return this.tell("Taken back");
  }

  /** Statuses raise by confirming; the words need not have changed. */
  confirm(ids = null) {
    const { cursor } = this.grid;
    this.grid.flush();
    const targets = (ids ?? [cursor.id]).filter((id) => this.model.get(id) && !this.model.get(id).deleted);
    if (this.held(targets)) return;
    const fresh = targets.filter((id) => !this.model.isDone(this.model.get(id)));
    if (fresh.length) this.model.act("status", fresh, { status: "confirmed" });
    const more = cursor.nextUnconfirmed();
    const sum = this.model.totals();
    const done = fresh.length || !targets.length ? "Confirmed" : "Already confirmed";
    this.tell(more ? `${done}, ${plural(sum.segments - sum.confirmed, "segment")} to go` : `${done}. Every segment is confirmed.`);
  }

  confirmParagraph() {
    const { paragraph } = this.grid.cursor.segment;
    this.confirm(this.model.list().filter((segment) => segment.paragraph === paragraph && !segment.deleted).map((segment) => segment.id));
  }

  status(status) {
    this.grid.flush();
    if (this.held([this.grid.cursor.id])) return;
    this.model.act("status", [this.grid.cursor.id], { status });
    this.tell(status === "approved" ? "Approved" : "Rejected");
  }

  lock() {
    const { segment } = this.grid.cursor;
    this.grid.flush();
    if (this.held([segment.id])) return;
    this.model.act("status", [segment.id], { locked: !segment.locked });
    this.tell(segment.locked ? "Locked" : "Unlocked");
  }

  revert() {
    const { segment } = this.grid.cursor;
    if (this.locked([segment.id]) || segment.text === segment.hypothesis) return null;
    this.grid.flush();
    // Text that could not be saved is given up for the original; redo brings it again.
    const text = this.model.held().includes(segment.id) ? this.model.giveUp(segment.id) : null;
    if (segment.text !== segment.hypothesis) this.model.act("edit", [segment.id], { texts: [segment.hypothesis], origin: "original" });
    if (text !== null) this.setAside = { id: segment.id, text, last: this.model.history.last?.id };
    this.grid.saving();
    return this.tell("The original is back");
  }

  undo() {
    this.#step("undo", "Undid", "Nothing to undo");
  }

  redo() {
    this.#step("redo", "Did again", "Nothing to do again");
  }

  #step(direction, done, none) {
    this.grid.flush();
    if (this.#typing(direction)) return null;
    const far = this.model.history.far(direction);
    if (far) return this.grid.propagation.turn(far, direction);
    const { cursor } = this.grid;
    const typing = cursor.typing;
    const outcome = this.model[direction]();
    if (!outcome) return this.tell(none);
    if (outcome.refused) return this.tell(outcome.refused);
    const id = outcome.segments.find((one) => this.model.get(one));
    const row = id && this.grid.view.row(id);
    const back = (typing || (direction === "undo" && outcome.typing)) && row && !row.unit.deleted;
    if (row && (cursor.id !== id || back !== cursor.typing)) cursor.move(id, null, { focus: back ? "text" : "row" });
    if (outcome.unsure) this.grid.server.unsure = true;
    const many = outcome.segments.length > 1 ? ` of ${plural(outcome.segments.length, "segment")}` : "";
    const where = !many && id ? `, segment ${this.model.number(id)}` : "";
    return this.tell(`${done}: ${outcome.label}${many || where}`);
  }

  /** Undo and redo of typing that was never saved, for it breaks a code: it comes before all that was. */
  #typing(direction) {
    const { cursor } = this.grid;
    if (direction === "undo") {
      const held = this.model.held();
      const id = held.includes(cursor.id) ? cursor.id : held[0];
      if (id === undefined) return false;
      this.setAside = { id, text: this.model.giveUp(id), last: this.model.history.last?.id };
      if (id !== cursor.id) cursor.move(id, null, { focus: cursor.typing ? "text" : "row" });
      this.grid.saving();
      this.tell("Undid: typing that was not saved");
      return true;
    }
    const { id, text, last } = this.setAside ?? {};
    this.setAside = null;
    const segment = this.model.get(id);
    if (!segment || segment.deleted || segment.locked || last !== this.model.history.last?.id) return false;
    this.model.draft(id, text);
    this.model.changed([id]);
    this.grid.saving();
    this.tell("Did again: typing that is not saved");
    return true;
  }

  /** Whole segments that are leftovers go; leftovers within others are cut out. One undo for both. */
  leftovers() {
    this.grid.flush();
    const changes = [];
    for (const segment of this.model.list()) {
      const flags = segment.deleted || segment.locked ? [] : segment.flags.filter(isLeftover);
      if (!flags.length) continue;
      changes.push({ segment, flags, text: [...flags].reverse().reduce((left, flag) => (flag.from === flag.to ? "" : replaced(left, flag, "", segment.codes)), segment.text) });
    }
    if (!changes.length) return this.tell("No page leftovers are flagged.");
    if (this.#stuck(changes.map((one) => (bare(one.segment.codes, one.text).trim() ? one : { ...one, text: one.segment.saved })))) return null;
    const count = this.#change(changes, "");
    return this.tell(`Deleted ${plural(count, "page leftover")}, ${this.left()}. One undo takes all back.`);
  }

  /** Whether a refused change of text can be made again on what stands there now. */
  canRepeat(event) {
    return Array.isArray(event?.payload?.texts) && event.targets.every(({ segment }) => {
      const found = this.model.get(segment);
      return found && !found.deleted && !found.locked;
    });
  }

  repeat(id, event) {
    if (!this.canRepeat(event)) return this.tell("The segment is not there any more. Copy the text instead.");
    this.grid.flush();
    const ids = event.targets.map(({ segment }) => segment);
    // What still breaks a code goes into the field, to be mended there.
    if (ids.some((one, index) => this.model.wrong(one, event.payload.texts[index]))) {
      ids.forEach((one, index) => this.model.draft(one, event.payload.texts[index]));
      this.model.changed(ids);
      this.grid.flush();
      this.grid.putAway(id);
      this.grid.saving();
      this.breaks(ids, event.payload.texts);
      return this.grid.cursor.move(ids[0], null, { focus: "text" });
    }
    this.model.act("edit", event.targets.map(({ segment }) => segment), { texts: event.payload.texts, origin: "typed" });
    this.grid.putAway(id);
    return this.grid.cursor.move(event.targets[0].segment, null, { focus: "row" });
  }

  unmark(id, mark) {
    this.model.act("unmark", [id], { span: mark.id });
    this.grid.view.row(id)?.element.focus({ preventScroll: true });
    this.tell("Mark removed");
  }

  uncomment(id, comment) {
    this.model.act("comment", [id], { remove: comment.id });
    this.grid.view.row(id)?.element.focus({ preventScroll: true });
    this.tell("Comment removed");
  }
}

// Which segments are shown: by kind and severity of flag, by status, by words.

import { isOpen } from "./flags.js";

export class Filter {
  constructor() {
    this.clear();
  }

  clear() {
    Object.assign(this, { kind: "", severity: "", status: "", search: "" });
  }

  get on() {
    return Boolean(this.kind || this.severity || this.status || this.search);
  }

  fitsFlag(flag) {
    return (!this.kind || flag.detector === this.kind) && (!this.severity || flag.severity === this.severity);
  }

  fits(segment) {
    if ((this.kind || this.severity) && !segment.flags.some((flag) => isOpen(flag) && this.fitsFlag(flag))) return false;
    if (this.status && !STATUSES[this.status].fits(segment)) return false;
    if (!this.search) return true;
    const needle = fold(this.search);
    return [segment.text, segment.source ?? "", ...segment.references].some((text) => fold(text).includes(needle));
  }

  /** Where the searched words stand in `text`: [[from, to], ...]. */
  hits(text) {
    if (!this.search) return [];
    const [needle, hay] = [fold(this.search), fold(text)];
    if (!needle || hay.length !== text.length) return [];
    const found = [];
    for (let at = hay.indexOf(needle); at !== -1 && found.length < 100; at = hay.indexOf(needle, at + needle.length)) {
      found.push([at, at + needle.length]);
    }
    return found;
  }
}

const is = (status) => (segment) => !segment.deleted && segment.status === status;

export const STATUSES = {
  unconfirmed: { label: "not confirmed", fits: (segment) => !segment.deleted && !["confirmed", "approved"].includes(segment.status) },
  risky: { label: "riskiest fifth", fits: (segment) => !segment.deleted && Boolean(segment.risky) },
  new: { label: "new", fits: is("new") },
  draft: { label: "draft", fits: is("draft") },
  confirmed: { label: "confirmed", fits: is("confirmed") },
  approved: { label: "approved", fits: is("approved") },
  rejected: { label: "rejected", fits: is("rejected") },
  changed: { label: "changed", fits: (segment) => !segment.deleted && segment.text !== segment.hypothesis },
  commented: { label: "with comments", fits: (segment) => segment.comments.length > 0 },
  marked: { label: "with marked errors", fits: (segment) => segment.marks.length > 0 },
  deleted: { label: "deleted", fits: (segment) => segment.deleted },
};

function fold(text) {
  return text.toLowerCase();
}

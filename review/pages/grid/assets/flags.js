// Flags on a text that changes under them.

import { around, bare } from "./codes.js";
import { toPoints, toUnits } from "./offsets.js";

export const SEVERITIES = ["critical", "major", "minor", "neutral"];

/** Give each flag its UTF-16 span [from, to) and its surface, as the text stands now. */
export function place(segment) {
  for (const flag of segment.flags) {
    const text = flag.side === "source" ? segment.source ?? "" : segment.text;
    flag.from = toUnits(text, flag.start);
    flag.to = toUnits(text, flag.end);
    const words = text.slice(flag.from, flag.to);
    // An accepted flag stands where its suggestion is now; what stood there before came with it, or is not known.
    if (flag.state === "accepted") flag.given ??= words;
    else flag.surface = words;
  }
  segment.flags.sort((a, b) => a.from - b.from || b.to - a.to);
}

/** Move flags with a change {start, end, text}; one whose words changed is `gone` until flags are made again. */
export function shift(segment, { start, end, text }) {
  const delta = text.length - (end - start);
  for (const flag of segment.flags) {
    if (flag.side === "source" || flag.from === flag.to) continue;
    if (flag.from >= end && (flag.from > start || start < end || delta > 0)) {
      flag.from += delta;
      flag.to += delta;
    } else if (flag.to > start && !(start === end && (start === flag.from || start === flag.to))) {
      if (flag.state === "open") flag.gone = true;
      else flag.to = Math.max(flag.from, flag.to + delta);
    }
  }
}

/** Put `flag`'s words in order again after the segment's text was set. */
export function measure(segment) {
  for (const flag of segment.flags) {
    if (flag.side === "source") continue;
    flag.start = toPoints(segment.text, flag.from);
    flag.end = toPoints(segment.text, flag.to);
  }
}

/** The flag as the wire knows it, as its detector made it, with the segment it stands in and the words it stands on. */
export function wire(flag, segment) {
  const { from, to, gone, state, event, given, reason, demoted, made, ...rest } = flag;
  return { ...rest, ...made, segment };
}

export function isOpen(flag) {
  return flag.state === "open" && !flag.gone;
}

/** 1 for an open flag of a detector that the project's reviewers demoted, which is shown last; else 0. */
export function faint(flag) {
  return flag?.demoted && flag.state === "open" ? 1 : 0;
}

/** The text with the flag's words replaced, the `codes` among them kept. What removal leaves double or at the ends goes too. */
export function replaced(text, flag, suggestion, codes = null) {
  let before = text.slice(0, flag.from);
  let after = text.slice(flag.to);
  // The detector of codes means the code itself.
  const [lead, rest] = flag.detector === "codes" ? ["", ""] : around(codes, text.slice(flag.from, flag.to));
  if (lead || rest) return before + lead + suggestion + rest + after;
  if (suggestion === "") {
    if (/^\s|^$/.test(after) && /\s$/.test(before)) before = before.replace(/[ \t]+$/, "");
    if (!before) after = after.replace(/^\s+/, "");
    if (before && !after) before = before.replace(/\s+$/, "");
  }
  return before + suggestion + after;
}

/** True where the flagged words are all there is. */
export function isWhole(segment, flag) {
  return flag.side !== "source" && bare(segment.codes, replaced(segment.text, flag, "", segment.codes)).trim() === "";
}

/** Open flags of the same detector on the same words with the same suggestion, everywhere in the article. */
export function same(segments, flag, suggestion) {
  const found = [];
  for (const segment of segments) {
    if (segment.deleted || segment.locked) continue;
    const flags = segment.flags.filter((other) => isOpen(other) && other.side !== "source"
      && other.detector === flag.detector && other.surface === flag.surface
      && other.suggestions.includes(suggestion));
    if (flags.length) found.push({ segment, flags });
  }
  return found;
}

export function isLeftover(flag) {
  return isOpen(flag) && flag.side !== "source" && flag.category === "design and markup"
    && (flag.subcategory === "leftover" || flag.detector.includes("leftover"));
}

/** The words of a flag as its rail shows them: the surface, and what to put there. */
export function advice(flag) {
  if (!flag.suggestions.length) return "";
  return flag.suggestions[0] === "" ? "remove" : flag.suggestions[0];
}

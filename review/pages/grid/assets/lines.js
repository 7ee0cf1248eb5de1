// A text field knows one line end, \n. A segment may hold \r\n or \r: its own text stays the model's, and only
// the field shows it with \n. Indexes are UTF-16, converted between the two texts here and nowhere else.

import { change } from "./paragraph.js";

const PAIRS = /\r\n/g;

/** `text` as a text field holds it. */
export function shown(text) {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** Where index `at` of `text` stands in what is shown. */
export function toShown(text, at) {
  if (!text.includes("\r")) return at;
  let pairs = 0;
  for (const { index } of text.matchAll(PAIRS)) if (index + 2 <= at) pairs += 1;
  return at - pairs;
}

/** Where index `at` of what is shown stands in `text`. */
export function toOwn(text, at) {
  if (!text.includes("\r")) return at;
  let own = at;
  for (const { index } of text.matchAll(PAIRS)) if (index < own) own += 1;
  return own;
}

/** The line end that `texts` use: the first that is found. */
function lineEnd(texts) {
  for (const text of texts) {
    const found = /\r\n?|\n/.exec(text ?? "");
    if (found) return found[0];
  }
  return "\n";
}

/** The segment's text once the field shows `value`: line ends not touched stay, new ones are the segment's own. */
export function edited({ text, saved, hypothesis }, value) {
  if (shown(text) === value) return text;
  const end = lineEnd([text, saved, hypothesis]);
  if (end === "\n" && !text.includes("\r")) return value;
  const { start, end: stop, text: typed } = change(shown(text), value);
  const made = text.slice(0, toOwn(text, start)) + typed.replaceAll("\n", end) + text.slice(toOwn(text, stop));
  // A \r and a \n that came to stand side by side would be one line end.
  return shown(made) === value ? made : value.replaceAll("\n", end);
}

// Inline codes of the file in a text: <1> and </1> about something, <2/> alone. The rule of what a text may not lose
// or invent is the server's (review/text/codes.py); tests hold both against one table of cases.

import { h, isolated } from "./dom.js";

const TOKEN = /<(\/?)(\d{1,5})(\/?)>/g;

/** Where codes ([[token, shown, fixed], ...]) stand in a text, in order: [{from, to, token, shown, fixed}], UTF-16. */
export function places(codes, text) {
  if (!codes?.length || !text?.includes("<")) return [];
  const known = new Map(codes.map((code) => [code[0], code]));
  return [...text.matchAll(TOKEN)].filter((match) => known.has(match[0])).map((match) => {
    const [token, shown, fixed] = known.get(match[0]);
    return { from: match.index, to: match.index + token.length, token, shown: shown ?? "", fixed: fixed !== false };
  });
}

/** The text without its codes. */
export function bare(codes, text) {
  return cut(text, places(codes, text));
}

function cut(text, spots) {
  let left = "";
  let at = 0;
  for (const { from, to } of spots) {
    left += text.slice(at, from);
    at = to;
  }
  return left + text.slice(at);
}

function counts(codes, text) {
  const found = new Map();
  for (const { token } of places(codes, text)) found.set(token, (found.get(token) ?? 0) + 1);
  return (token) => found.get(token) ?? 0;
}

/** Why `after` may not take the place of `before`, in one sentence, or "". */
export function lacking(codes, before, after, source = null) {
  if (!codes?.length) return "";
  const [was, now, given] = [before, after, source ?? ""].map((text) => counts(codes, text));
  for (const [token, shown, fixed] of codes) {
    const named = shown ? `${token} (${shown})` : token;
    if (fixed !== false && now(token) < Math.min(was(token), given(token) || was(token))) {
      return `The inline code ${named} is missing; put it back where it belongs.`;
    }
    if (now(token) > Math.max(was(token), given(token))) {
      const again = was(token) || given(token) ? "stands there too often" : "has no place in this segment";
      return `The inline code ${named} ${again}; take it out.`;
    }
  }
  const wrong = crossing(codes, after);
  if (wrong && !crossing(codes, before)) {
    return `The inline code ${wrong} is out of order; each pair must enclose its text, inside other pairs or apart.`;
  }
  return "";
}

/** The first token that closes what is not open, or not what was opened last, where both its halves are there. */
export function crossing(codes, text) {
  const found = places(codes, text).map(({ token }) => token);
  const open = [];
  for (const token of found) {
    if (token.startsWith("</")) {
      const opening = `<${token.slice(2)}`;
      if (found.includes(opening) && open.pop() !== opening) return token;
    } else if (!token.endsWith("/>") && found.includes(`</${token.slice(1)}`)) open.push(token);
  }
  return "";
}

/** The codes that a segment's text should have and `text` has not, in their order: as [token, ...]. */
export function absent({ codes, source, hypothesis, saved }, text) {
  const now = counts(codes, text);
  const seen = new Map();
  const wanted = places(codes, source ?? "");
  const rest = places(codes, saved ?? "");
  const had = wanted.length || rest.length ? rest : places(codes, hypothesis ?? "");
  const list = [];
  for (const { token } of wanted) {
    seen.set(token, (seen.get(token) ?? 0) + 1);
    if (seen.get(token) > now(token)) list.push(token);
  }
  const twice = new Map();
  for (const { token, fixed } of had) {
    twice.set(token, (twice.get(token) ?? 0) + 1);
    if (fixed && !seen.has(token) && twice.get(token) > now(token)) list.push(token);
  }
  return list;
}

/** `text` with just the codes that may stand in the segment's place: none too often, those that lack at its ends. */
export function fitted(segment, text) {
  const { codes, saved, source } = segment;
  if (!codes?.length) return text;
  const [was, given] = [saved, source ?? ""].map((one) => counts(codes, one));
  const seen = new Map();
  const surplus = places(codes, text).filter(({ token }) => {
    seen.set(token, (seen.get(token) ?? 0) + 1);
    return seen.get(token) > Math.max(was(token), given(token));
  });
  for (const base of [cut(text, surplus), bare(codes, text)]) {
    const made = completed(codes, saved, base, (token, fixed) => (fixed ? Math.min(was(token), given(token) || was(token)) : 0));
    if (!lacking(codes, saved, made, source)) return made;
  }
  return text;
}

/** What `saved` had before its first word goes to the start, the rest to the end. */
function completed(codes, saved, text, needed) {
  const now = counts(codes, text);
  const seen = new Map();
  let [head, tail] = ["", ""];
  for (const { from, token, fixed } of places(codes, saved)) {
    seen.set(token, (seen.get(token) ?? 0) + 1);
    if (seen.get(token) <= now(token) || seen.get(token) > needed(token, fixed)) continue;
    if (bare(codes, saved.slice(0, from)).trim()) tail += token;
    else head += token;
  }
  return head + text + tail;
}

/** The codes of words that are replaced: [before, after] what is put there instead. */
export function around(codes, words) {
  const tokens = places(codes, words).map(({ token }) => token);
  const first = tokens.findIndex((token) => shape(token) !== "open");
  const lead = first === -1 ? tokens.length : first;
  return [tokens.slice(0, lead).join(""), tokens.slice(lead).join("")];
}

export function shape(token) {
  return token.startsWith("</") ? "close" : token.endsWith("/>") ? "alone" : "open";
}

const NAMES = { open: "opening code", close: "closing code", alone: "code" };

/** A code in words: "opening code 1: <b>". */
export function described({ token, shown }) {
  return `${NAMES[shape(token)]} ${token.replace(/\D/g, "")}${shown ? `: ${shown}` : ""}`;
}

/** Spans for paint(), one a code; `base` is where the text begins in what is drawn. */
export function codeSpans(codes, text, base = 0) {
  return places(codes, text).map((spot) => ({
    from: base + spot.from, to: base + spot.to, kind: `code ${shape(spot.token)}`, label: described(spot), token: spot.token,
  }));
}

export function chip(code) {
  const label = described(code);
  return h("span", { class: `code ${shape(code.token)}`, role: "img", "aria-label": label, title: label }, code.token);
}

/** A text as a list of strings and chips. */
export function pieces(codes, text) {
  const spots = places(codes, text);
  if (!spots.length) return [text];
  const list = [];
  let at = 0;
  for (const spot of spots) {
    list.push(text.slice(at, spot.from), chip(spot));
    at = spot.to;
  }
  return [...list, text.slice(at)];
}

/** A text with chips in its own direction and language. */
export function coded(codes, text, isolation) {
  const line = isolated("", isolation);
  line.append(...pieces(codes, text));
  return line;
}

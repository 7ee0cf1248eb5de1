// What the translation memory has for the segment that is worked on: asked for after a rest, kept, put in at a key.

import { fitted } from "./codes.js";
import { h, isolated, keycap } from "./dom.js";

const REST = 180;
const KEPT = 200;
const SHOWN = 3;

export class Memory {
  constructor(grid) {
    this.grid = grid;
    this.cache = new Map();
    this.shown = null;
  }

  stop() {
    clearTimeout(this.timer);
    this.abort?.abort();
  }

  /** Another segment is worked on: what is under way for the last one is given up. */
  moved() {
    const { segment } = this.grid.cursor;
    if (segment?.id === this.shown?.segment) return;
    this.stop();
    this.shown = null;
    if (!segment || segment.deleted) return;
    const known = this.cache.get(segment.id);
    if (known) this.show(segment.id, known);
    else this.timer = setTimeout(() => this.ask(segment.id), REST);
  }

  /** Something was stored: what is remembered of other segments may be old. */
  stored() {
    this.cache.clear();
  }

  async ask(id) {
    const { grid } = this;
    this.abort = new AbortController();
    const { signal } = this.abort;
    try {
      const { matches, building } = await grid.server.post("/memory", { article: grid.model.article.id, segment: id }, { signal });
      if (this.cache.size >= KEPT) this.cache.clear();
      if (!building) this.cache.set(id, matches);
      if (!signal.aborted && grid.cursor.id === id) this.show(id, matches);
    } catch {
      // The memory is a help; nothing of the reviewer's is at stake.
    }
  }

  show(segment, matches) {
    this.shown = { segment, matches };
    const { row } = this.grid.cursor;
    row?.details.sync();
    if (row) this.grid.view.settle(row);
  }

  matches(segment) {
    return this.shown?.segment === segment.id ? this.shown.matches.slice(0, SHOWN) : [];
  }

  /** Put a match in the place of the text: an edit, which one undo takes back. */
  insert(index) {
    const { grid } = this;
    const { segment } = grid.cursor;
    const match = segment && this.matches(segment)[index];
    if (!match) return grid.live.tell(this.shown?.matches.length ? `There is no match ${index + 1}.` : "The memory has nothing like this segment.");
    if (grid.acts.locked([segment.id])) return undefined;
    grid.flush();
    if (grid.acts.held([segment.id])) return undefined;
    const { typing } = grid.cursor;
    // The memory knows nothing of this segment's inline codes: they are kept, at the ends of the text.
    const text = fitted(segment, match.target);
    if (text === segment.text) return grid.live.tell("The text reads so already.");
    if (grid.acts.breaks([segment.id], [text])) return undefined;
    grid.model.act("edit", [segment.id], { texts: [text], origin: "typed" });
    if (typing) grid.cursor.row.edit(segment.id, text.length, text.length);
    return grid.live.tell(`Put in: match ${index + 1}, ${Math.round(match.score)}%`);
  }

  /** Show the place that the best match comes from, in a tab of its own. */
  open() {
    const { segment } = this.grid.cursor;
    const match = segment && this.matches(segment).find((one) => one.article);
    if (!match) return this.grid.live.tell("No match comes from an article.");
    window.open(place(match), "_blank", "noopener");
    return undefined;
  }

  /** The lines under a segment. */
  lines(segment) {
    const { article } = this.grid.model;
    const target = { lang: article.targetLanguage, dir: article.targetDir };
    const source = { lang: article.sourceLanguage, dir: article.sourceDir };
    // Without a source the texts themselves were compared.
    const compared = segment.source ? source : target;
    return this.matches(segment).map((match, index) => h("div", { class: "line memory" },
      h("button", { type: "button", class: "link", "aria-label": `Put in match ${index + 1}, ${Math.round(match.score)}%`, onclick: () => this.insert(index) },
        `Memory ${Math.round(match.score)}%`, keycap(this.grid.keys.hint(`insert${index + 1}`))),
      isolated(match.target, target),
      match.score < 100 ? h("div", { class: "from" }, difference(match.difference, compared), from(match)) : from(match)));
  }
}

/** Where a match or a hit comes from: a link, where it is an article here. */
export function from(found) {
  const { articleName, by, origin } = found;
  const words = [articleName, by].filter(Boolean).join(", ") || origin;
  return found.article ? h("a", { class: "place", href: place(found), target: "_blank", rel: "noopener" }, words || "open") : h("span", { class: "place" }, words ?? "");
}

function place({ article, segment }) {
  const url = new URL(window.location.href);
  url.search = new URLSearchParams({ article, segment });
  return url.href;
}

/** From the match's source to this one's: what it has besides is struck out, what it lacks is put in. */
function difference(parts, isolation) {
  const line = isolated("", isolation, { class: "changes" });
  for (const [tag, here, there] of parts ?? []) {
    if (tag === "equal") line.append(here);
    else {
      if (there) line.append(h("del", {}, h("span", { class: "unseen" }, "[-"), isolated(there, isolation), h("span", { class: "unseen" }, "-]")));
      if (here) line.append(h("ins", {}, h("span", { class: "unseen" }, "{+"), isolated(here, isolation), h("span", { class: "unseen" }, "+}")));
    }
  }
  return line;
}

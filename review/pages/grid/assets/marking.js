// What the reviewer says about the text: errors, terms, comments, ratings.

import { askComment, askError, askRating, askTerm } from "./dialogs.js";
import { toPoints } from "./offsets.js";
import { uuid } from "./storage.js";

export class Marking {
  constructor(grid) {
    this.grid = grid;
  }

  /** What is selected: in the text, in the source, in the original; or the current flag's words. */
  selection() {
    const { cursor } = this.grid;
    const row = cursor.row;
    const typed = row?.selection();
    if (typed && row.focused) return typed;
    return this.#shown(row) ?? typed ?? this.#flagged();
  }

  #flagged() {
    const flag = this.grid.cursor.current;
    return flag && flag.from < flag.to ? { side: flag.side ?? "target", from: flag.from, to: flag.to, text: flag.surface } : null;
  }

  /** A selection in the source cell; selections in a shadow root are seen by getComposedRanges alone. */
  #shown(row) {
    if (!row?.source || row.unit.ids.length > 1) return null;
    const selection = document.getSelection();
    const root = row.source.getRootNode();
    const [range] = root instanceof ShadowRoot && selection.getComposedRanges
      ? composed(selection, root) : selection.rangeCount ? [selection.getRangeAt(0)] : [];
    if (!range || !row.source.contains(range.startContainer) || !row.source.contains(range.endContainer)) return null;
    const from = offset(row.source, range.startContainer, range.startOffset);
    const to = offset(row.source, range.endContainer, range.endOffset);
    const text = row.current.source ?? "";
    return from < to ? { side: "source", from, to: Math.min(to, text.length), text: text.slice(from, to) } : null;
  }

  async mark() {
    const { grid } = this;
    grid.flush();
    const id = grid.cursor.id;
    if (grid.acts.held([id])) return;
    const segment = grid.model.get(id);
    const picked = this.selection();
    const side = picked?.side ?? "target";
    const full = side === "source" ? segment.source : segment.text;
    const answer = await askError(grid, { text: picked?.text ?? "", missing: !picked, source: side === "source" });
    if (!answer) return;
    const span = {
      id: uuid(), side, start: picked ? toPoints(full, picked.from) : 0, end: picked ? toPoints(full, picked.to) : 0,
      ...answer, missing: !picked, text: full,
    };
    grid.model.act("mark", [id], { span });
    grid.live.tell(`Marked: ${answer.subcategory || answer.category}, ${answer.severity}`);
  }

  async comment() {
    const { grid } = this;
    grid.flush();
    const id = grid.cursor.id;
    if (grid.acts.held([id])) return;
    const segment = grid.model.get(id);
    const picked = grid.cursor.row?.selection();
    const text = await askComment(grid, picked?.text ?? "");
    if (!text) return;
    const at = picked ? { start: toPoints(segment.text, picked.from), end: toPoints(segment.text, picked.to) } : { start: null, end: null };
    grid.model.act("comment", [id], { comment: { id: uuid(), text, author: grid.user.name, ...at } });
    grid.live.tell("Comment added");
  }

  async rate() {
    const { grid } = this;
    const id = grid.cursor.id;
    const value = await askRating(grid, grid.model.get(id).rating);
    if (value === null) return;
    grid.model.act("rate", [id], { value });
    grid.live.tell(`Rated ${value}`);
  }

  async term() {
    const { grid } = this;
    grid.flush();
    const picked = this.selection();
    const source = picked?.side === "source" ? picked.text : "";
    await askTerm(grid, { wrong: source ? "" : picked?.text ?? "", source }, async (answer) => {
      const body = await grid.server.post("/terms", { ...answer, article: grid.model.article.id })
        .catch((error) => { throw new Error(`The term was not added: ${error.message}`); });
      grid.model.setFlags(body.flags ?? {}, grid.model.versions());
      grid.live.tell(`Term added: ${answer.preferred}. The article is flagged again.`);
    });
  }
}

function composed(selection, root) {
  try {
    return selection.getComposedRanges({ shadowRoots: [root] });
  } catch {
    return selection.getComposedRanges(root);
  }
}

/** UTF-16 offset of a position within `element`'s text. */
function offset(element, node, at) {
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, at);
  return range.toString().replace(/\u200b$/, "").length;
}

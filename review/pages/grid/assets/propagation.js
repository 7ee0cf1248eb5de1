// A correction followed elsewhere: the preview, the act itself, and taking it back. The server does it, in one act.

import { plural } from "./dom.js";
import { Preview } from "./preview.js";
import { uuid } from "./storage.js";

const PATIENCE = 8000;
const POLL = 400;
const ENDED = new Set(["done", "failed", "cancelled"]);

export class Propagation {
  constructor(grid) {
    this.grid = grid;
    this.busy = false;
  }

  stop() {
    this.stopped = true;
    this.preview?.close();
  }

  tell(text) {
    this.grid.live.tell(text);
  }

  /** Show what a rule would do: the rule that is offered, else one for the words that are selected. */
  open(index = 0) {
    const { grid } = this;
    if (this.busy) return this.tell("The last act is still under way.");
    grid.flush();
    const { shown } = grid.offers;
    const picked = grid.marking.selection();
    const find = picked && picked.side !== "source" ? picked.text.trim() : "";
    const own = { find, replace: "", kind: "words", inflected: true, case: false, keep_case: true, source: "", source_kind: "words" };
    this.preview = new Preview(grid, {
      rules: shown ? shown.offers.map((offer) => offer.rule) : [own], index: shown ? index : 0, like: shown?.before ?? null,
      apply: (body, progress) => this.apply(body, progress), done: (outcome) => this.say(outcome), undo: () => grid.acts.undo(),
    });
    return this.preview.open();
  }

  /** Follow a rule. Resolves to what was done; throws an Error whose message can be shown. */
  async apply(body, progress) {
    const { grid } = this;
    const { model } = grid;
    const text = JSON.stringify(body);
    // Asked again after an answer was lost, the server knows the act by its id.
    if (this.sent?.text !== text) this.sent = { text, id: uuid() };
    const outcome = await this.#run("/propagations", { id: this.sent.id, article: model.article.id, ...body }, progress);
    this.sent = null;
    if (outcome.event) {
      grid.offers.done();
      model.history.follow(outcome);
      await grid.server.changed();
    }
    return outcome;
  }

  /** What was done, and how it is taken back. */
  say(outcome) {
    const { skipped = [] } = outcome;
    this.tell(`${this.count(outcome)} changed. ${this.grid.keys.hint("undo")} takes all back.${skipped.length ? ` ${plural(skipped.length, "segment")} left alone.` : ""}`);
  }

  count({ segments, articles }) {
    return articles ? `${plural(segments, "segment")} in ${plural(articles, "article")}` : plural(segments, "segment");
  }

  /** Undo or redo an act that reached beyond the article. */
  async turn(entry, direction) {
    if (this.busy) return this.tell("The last act is still under way.");
    const { grid } = this;
    const { history } = grid.model;
    const redo = direction === "redo";
    if (entry.turning?.redo !== redo) entry.turning = { redo, id: uuid() };
    try {
      const body = { id: entry.turning.id, article: grid.model.article.id, event: entry.id, redo };
      const outcome = await this.#run("/propagations/turn", body, () => {});
      history.turned(entry, direction);
      entry.turning = null;
      await grid.server.changed();
      const many = this.count({ ...outcome, articles: outcome.articles || entry.articles });
      const { skipped = [] } = outcome;
      const left = skipped.length ? `; ${plural(skipped.length, "segment")} left alone: ${skipped[0].reason}` : "";
      return this.tell(`${redo ? "Did again" : "Undid"}: ${entry.label} of ${many}${left}`);
    } catch (error) {
      // What is refused will be refused again; the acts before it can be undone.
      if (error.status >= 400 && error.status < 500 && error.status !== 401) history.drop(entry.id);
      return this.tell(`Not ${redo ? "done again" : "undone"}: ${error.message}`);
    }
  }

  /** Send an act once all edits are stored, and wait until it is done, at once or as a job. */
  async #run(path, body, progress) {
    const { grid } = this;
    if (this.busy) throw new Error("The last act is still under way.");
    this.busy = true;
    try {
      grid.flush();
      if (!(await grid.outbox.emptied(PATIENCE))) throw new Error("Some edits are not saved yet, so nothing was changed. Try again when they are.");
      const answer = await grid.server.post(path, body);
      return answer.job === undefined ? answer : await this.#follow(answer.job, progress);
    } finally {
      this.busy = false;
    }
  }

  /** Wait for a job, telling `progress` how far it is. The server's silence is borne: the job goes on without us. */
  async #follow(job, progress) {
    const cancel = () => this.grid.server.post(`/jobs/${job}/cancel`, {}).catch(() => {});
    for (;;) {
      const state = await this.grid.server.get(`/jobs/${job}`).catch((error) => {
        if (error.status === 404) throw new Error("The server does not know this act any more; look whether it was done.");
        return null;
      });
      if (this.stopped) throw new Error("The page was left; the act goes on.");
      if (state) progress({ ...state, cancel });
      if (ENDED.has(state?.state)) {
        if (state.state === "cancelled") throw new Error("Stopped; nothing was changed.");
        if (state.state === "failed") throw new Error(state.error || "The act failed; nothing was changed.");
        return state.result ?? {};
      }
      await new Promise((resolve) => { setTimeout(resolve, POLL); });
    }
  }
}

// Between the model and the server: what came back for events, new flags, the article again.

import { isStructural } from "./apply.js";

const FLAGS_AFTER = 300;
const AGAIN_AFTER = 2000;
const ASK_AGAIN = 3000;
const TEXTS = new Set(["edit", "accept", "undo", "redo", "propagate", "restore", "dismiss", "delete"]);

/** Articles in which something was stored since the page was loaded: a script run may hand out an older view. */
const touched = new Set();

export class Server {
  constructor(grid) {
    this.grid = grid;
    this.unsure = false;
    this.held = [];
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.flagTimer);
    clearTimeout(this.again);
  }

  get place() {
    return `${this.grid.data.route} ${this.grid.model.article.id}`;
  }

  /** A grid that begins on a page where something was stored asks whether its view holds that. */
  start() {
    if (touched.has(this.place)) this.soon();
  }

  /** Events are stored: flags are made again for new text, the article is fetched where only the server knows it. */
  stored(events) {
    for (const { id } of events) this.grid.model.acknowledged.add(id);
    touched.add(this.place);
    this.grid.offers.stored(events);
    this.grid.memory.stored();
    const turned = events.some(({ kind }) => kind === "undo" || kind === "redo");
    if (events.some(isStructural) || (this.unsure && turned)) this.refetch();
    if (!events.some((event) => TEXTS.has(event.kind) || isStructural(event))) return;
    clearTimeout(this.flagTimer);
    this.flagTimer = setTimeout(() => this.flags(), FLAGS_AFTER);
  }

  /** Events were refused: their texts stay in sight, the segments show what the server has. */
  refused(refusals) {
    const { grid } = this;
    grid.bar.refuse(grid.outbox.refused());
    if (grid.composing) {
      this.held.push(...refusals);
      return;
    }
    grid.flush();
    for (const { event, current } of refusals) {
      if (event) grid.model.history.drop(event.id);
      if (current) grid.model.replace(current);
    }
    grid.bar.refuse(grid.outbox.refused());
    grid.live.tell(`Not saved: ${refusals[0].reason}`);
    this.refetch();
  }

  /** Composition is over: what was refused meanwhile is acted upon. */
  release() {
    if (this.held.length) this.refused(this.held.splice(0));
  }

  /** Let the page's script run again: it hands over a new token. */
  askToken() {
    if (Date.now() - (this.asked ?? 0) < ASK_AGAIN) return;
    this.asked = Date.now();
    this.grid.trigger("token", this.asked);
  }

  async get(path) {
    const { data, outbox } = this.grid;
    const response = await fetch(`${data.route}${path}`, { headers: { "X-Rendition-Token": outbox.token }, credentials: "same-origin" });
    if (response.status === 401) this.askToken();
    if (!response.ok) throw Object.assign(new Error(String(response.status)), { status: response.status });
    return response.json();
  }

  /** Throws an Error whose message can be shown; `status` is the answer's, where there was one. */
  async post(path, body, { signal = null } = {}) {
    const { data, outbox } = this.grid;
    const response = await fetch(`${data.route}${path}`, {
      method: "POST", credentials: "same-origin", body: JSON.stringify(body), signal,
      headers: { "Content-Type": "application/json", "X-Rendition-Token": outbox.token },
    }).catch(() => { throw new Error("the server does not answer."); });
    if (response.status === 401) this.askToken();
    const answer = await response.json().catch(() => null);
    if (!response.ok || !answer) {
      throw Object.assign(new Error(answer?.error ?? "the server did not take it; try again."), { status: response.status });
    }
    return answer;
  }

  /** An act of the server's own changed the article, and perhaps others. */
  async changed() {
    touched.add(this.place);
    await this.refetch();
    await this.flags();
  }

  async flags() {
    const { model, outbox } = this.grid;
    if (outbox.pending().length) return;
    const versions = model.versions();
    try {
      const { flags, revision } = await this.get(`/articles/${model.article.id}/flags`);
      model.revision = Math.max(model.revision, revision ?? 0);
      model.setFlags(flags, versions);
    } catch {
      // Flags come again with the next change; nothing of the reviewer's is at stake.
    }
  }

  /** Somebody, or another tab, may have changed the article. */
  soon() {
    clearTimeout(this.again);
    this.again = setTimeout(() => this.refetch(), FLAGS_AFTER);
  }

  async refetch() {
    this.unsure = false;
    clearTimeout(this.again);
    try {
      const { outbox } = this.grid;
      const waiting = outbox.pending().length;
      const { answers } = outbox;
      const { model } = this.grid;
      const held = [...model.acknowledged];
      const article = await this.get(`/articles/${model.article.id}`);
      for (const id of held) model.acknowledged.delete(id);
      this.grid.take(article, !waiting && !outbox.pending().length && answers === outbox.answers);
      if (model.article !== article) for (const id of held) model.acknowledged.add(id);
    } catch {
      if (!this.stopped) this.again = setTimeout(() => this.refetch(), AGAIN_AFTER);
    }
  }
}

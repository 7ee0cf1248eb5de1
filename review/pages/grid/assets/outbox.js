// Every act waits here, in localStorage, until the server says by name that it is stored.

import { uuid } from "./storage.js";

const AT_ONCE = 50;
const PATIENCE = 15_000;
const WAITS = [400, 800, 1500, 2000];

export class Outbox {
  /**
   * `on.stored(events)`, `on.refused(refusals)`, `on.state({state, pending, reason})`, `on.token()`,
   * `on.elsewhere()` (another tab got something stored) are told.
   * `owner` names the user and the database: what waits for one database is never sent to another.
   * States: saved, saving, waiting (with the reason: nothing is lost, sending goes on by itself).
   */
  constructor({ owner, batch, route, token, storage, tab, on, fetch = window.fetch.bind(window), locks = navigator.locks }) {
    Object.assign(this, { batch, route, token, storage, tab, on, fetch, locks });
    this.prefix = `rendition/outbox/${owner}/${batch}/`;
    this.refusals = `rendition/refused/${owner}/${batch}/`;
    this.lockName = `rendition-${owner}-${batch}`;
    this.count = 0;
    this.answers = 0;
    this.failures = 0;
    this.stamp = 0;
    this.mine = new Map();
    this.stopped = false;
    this.hear = (event) => this.#heard(event);
    this.retry = () => { if (document.visibilityState !== "hidden") this.drain(); };
    window.addEventListener("storage", this.hear);
    window.addEventListener("online", this.retry);
    document.addEventListener("visibilitychange", this.retry);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    window.removeEventListener("storage", this.hear);
    window.removeEventListener("online", this.retry);
    document.removeEventListener("visibilitychange", this.retry);
  }

  /** Keep an event and send it as soon as may be. */
  add(event) {
    this.stamp = Math.max(Date.now(), this.stamp);
    this.count += 1;
    const key = `${this.prefix}${String(this.stamp).padStart(15, "0")}-${String(this.count).padStart(6, "0")}-${this.tab}-${uuid().slice(0, 4)}`;
    this.storage.set(key, event);
    this.mine.set(key, event);
    this.#tell();
    queueMicrotask(() => this.drain());
  }

  /** Events that nobody has acknowledged, oldest first: [[key, event], ...]. */
  entries() {
    return this.storage.keys(this.prefix).flatMap((key) => {
      const event = this.storage.get(key);
      return event?.id ? [[key, event]] : [];
    });
  }

  pending() {
    return this.entries().map(([, event]) => event);
  }

  /** Take on what an earlier life of the page, or another tab, left: the model has it, so the answers are for us. */
  adopt() {
    const entries = this.entries();
    for (const [key, event] of entries) this.mine.set(key, event);
    return entries.map(([, event]) => event);
  }

  /** Wait until nothing waits any more: true then, false where that takes longer than `patience` milliseconds. */
  async emptied(patience) {
    const until = Date.now() + patience;
    this.drain();
    while (this.pending().length) {
      if (this.stopped || Date.now() > until) return false;
      await new Promise((resolve) => { setTimeout(resolve, 40); });
    }
    return true;
  }

  /** Refused events that the user has not put away: [{event, code, reason, current}, ...]. */
  refused() {
    return this.storage.keys(this.refusals).map((key) => this.storage.get(key)).filter(Boolean);
  }

  /** How many events wait in this browser for other batches of the same owner. */
  elsewhere() {
    const all = this.prefix.slice(0, this.prefix.lastIndexOf("/", this.prefix.length - 2) + 1);
    return this.storage.keys(all).filter((key) => !key.startsWith(this.prefix)).length;
  }

  putAway(id) {
    this.storage.remove(this.refusals + id);
  }

  setToken(token) {
    if (!token || token === this.token) return;
    this.token = token;
    this.failures = 0;
    this.drain();
  }

  setRoute(route) {
    this.route = route;
  }

  /** Send what waits, one request at a time, one tab at a time. */
  async drain() {
    if (this.stopped) return;
    if (this.sending) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.timer = null;
    this.sending = true;
    try {
      if (this.locks?.request) await this.locks.request(this.lockName, () => this.#work());
      else await this.#work();
    } finally {
      this.sending = false;
    }
    if (this.again) {
      this.again = false;
      if (!this.timer) this.drain();
    }
  }

  async #work() {
    let size = AT_ONCE;
    for (;;) {
      this.#compare();
      const entries = this.entries().slice(0, size);
      if (!entries.length) {
        this.reason = "";
        this.#tell();
        return;
      }
      this.reason = "";
      this.#tell();
      const outcome = await this.#post(entries);
      if (this.stopped) return;
      if (outcome === "stored") {
        this.failures = 0;
        size = AT_ONCE;
      } else if (outcome === "unfit" && entries.length > 1) {
        size = 1;
      } else if (outcome === "unfit") {
        this.#refuse(entries[0][0], { id: entries[0][1].id, code: "invalid", reason: this.reason, current: null });
      } else {
        this.#wait();
        return;
      }
    }
  }

  /** One request. Only a JSON body that names stored or refused ids counts as an answer. */
  async #post(entries) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    try {
      const response = await this.fetch(`${this.route}/events`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Rendition-Token": this.token },
        body: JSON.stringify({ batch: this.batch, events: entries.map(([, event]) => event) }),
        credentials: "same-origin",
        redirect: "manual",
        signal: abort.signal,
      });
      const body = await response.json().catch(() => null);
      return this.#judge(response, body, entries);
    } catch {
      this.reason = "the server does not answer";
      return "wait";
    } finally {
      clearTimeout(timer);
    }
  }

  #judge(response, body, entries) {
    if (response.status === 401 && body?.error) {
      this.reason = "asking for permission again";
      this.on.token();
      return "wait";
    }
    if ([400, 413, 422].includes(response.status) && body?.error) {
      this.reason = body.error;
      return "unfit";
    }
    if (!response.ok || !Array.isArray(body?.stored)) {
      this.reason = body?.error?.replace(/[.\s]+$/, "") ?? (response.type === "opaqueredirect" || response.ok
        ? "something other than the server answered; you may have to sign in again"
        : `the server answered with error ${response.status}`);
      return "wait";
    }
    const sent = new Map(entries.map(([key, event]) => [event.id, [key, event]]));
    const stored = body.stored.filter((id) => sent.has(id)).map((id) => sent.get(id));
    const refused = (body.refused ?? []).filter((refusal) => sent.has(refusal.id));
    const own = stored.filter(([key]) => this.mine.has(key)).map(([, event]) => event);
    for (const [key] of stored) this.#forget(key);
    if (own.length && !this.stopped) this.on.stored(own);
    if (own.length < stored.length && !this.stopped) this.on.elsewhere();
    for (const refusal of refused) this.#refuse(sent.get(refusal.id)[0], refusal);
    if (stored.length + refused.length) return "stored";
    this.reason = "the server did not say that it stored anything";
    return "wait";
  }

  #forget(key) {
    this.answers += 1;
    this.storage.remove(key);
    this.mine.delete(key);
    this.#tell();
  }

  #refuse(key, refusal) {
    const event = this.storage.get(key) ?? this.mine.get(key);
    const record = { ...refusal, event };
    const own = this.mine.has(key);
    this.storage.set(this.refusals + refusal.id, record);
    this.#forget(key);
    if (own && !this.stopped) this.on.refused([record]);
  }

  #wait() {
    const pause = WAITS[Math.min(this.failures, WAITS.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.drain();
    }, pause);
    this.#tell();
  }

  /** Another tab of this browser sent one of ours, or left one for whoever is free. */
  #heard({ key, newValue }) {
    if (!key?.startsWith(this.prefix)) return;
    if (newValue === null && !this.mine.has(key)) this.on.elsewhere();
    if (newValue === null && this.mine.has(key)) this.#answered(key);
    this.#tell();
    if (newValue !== null) this.drain();
  }

  /** An earlier grid of this page, whose request was under way when it ended, may have had the answer to one of ours. */
  #compare() {
    for (const key of [...this.mine.keys()]) if (this.storage.get(key) === null) this.#answered(key);
  }

  /** One of ours was answered, though not to us. */
  #answered(key) {
    const event = this.mine.get(key);
    this.answers += 1;
    this.mine.delete(key);
    const refusal = this.storage.get(this.refusals + event.id);
    if (refusal) this.on.refused([refusal]);
    else this.on.stored([event]);
  }

  #tell() {
    if (this.stopped) return;
    const pending = this.storage.keys(this.prefix).length;
    const state = !pending ? "saved" : this.failures ? "waiting" : "saving";
    if (this.reason) this.told = this.reason;
    this.on.state({ state, pending, reason: this.told ?? "", volatile: this.storage.volatile && pending > 0 });
  }
}

// A person's own time and keystrokes, by segment. Made only where they switched it on: else there is no Effort at all,
// so nothing listens, counts or is sent. What is counted: how many keys, never which; and the time from one act to the
// next while the page is seen and has the focus, 30 seconds of it at most.

export const IDLE = 30_000;
const SEND_AFTER = 20_000;
const ACTS = ["keydown", "pointerdown", "wheel", "input"];

export class Effort {
  /** `segment()` says which segment is being worked on, `post(segments)` sends and may be refused. */
  constructor({ root, segment, post, every = SEND_AFTER }) {
    Object.assign(this, { root, segment, post });
    this.spent = new Map();
    this.at = null;
    this.last = null;
    this.act = (event) => this.acted(event.type === "keydown" && !event.repeat ? 1 : 0);
    this.away = () => this.rest();
    this.seen = () => (document.visibilityState === "hidden" ? this.rest() : this.acted(0));
    this.back = () => this.acted(0);
    for (const type of ACTS) root.addEventListener(type, this.act, { capture: true, passive: true });
    window.addEventListener("blur", this.away);
    window.addEventListener("focus", this.back);
    window.addEventListener("pagehide", this.away);
    document.addEventListener("visibilitychange", this.seen);
    this.timer = setInterval(() => this.send(), every);
    this.acted(0);
  }

  /** Something was done: the time since the last act belongs to the segment that was worked on until now. */
  acted(keys) {
    this.credit();
    this.last = document.visibilityState === "hidden" || !document.hasFocus() ? null : Date.now();
    this.at = this.segment();
    if (keys && this.at !== null) this.of(this.at).keystrokes += keys;
  }

  /** The cursor is on another segment. */
  moved() {
    if (this.last !== null && this.segment() !== this.at) this.acted(0);
  }

  /** Nobody works here now: the time until now counts, what comes after does not. */
  rest() {
    this.credit();
    this.last = null;
    this.send(true);
  }

  credit() {
    if (this.last === null || this.at === null) return;
    const passed = Math.min(IDLE, Math.max(0, Date.now() - this.last));
    if (passed) this.of(this.at).time += passed;
  }

  of(segment) {
    if (!this.spent.has(segment)) this.spent.set(segment, { segment, time: 0, keystrokes: 0 });
    return this.spent.get(segment);
  }

  /** Sent once: what does not arrive is lost rather than counted twice. A refusal ends it. */
  async send(leaving = false) {
    const segments = [...this.spent.values()].filter(({ time, keystrokes }) => time || keystrokes);
    this.spent.clear();
    if (!segments.length) return;
    if (await this.post(segments, leaving) === false) this.stop();
  }

  stop() {
    if (this.stopped) return;
    this.stopped = true;
    clearInterval(this.timer);
    for (const type of ACTS) this.root.removeEventListener(type, this.act, { capture: true });
    window.removeEventListener("blur", this.away);
    window.removeEventListener("focus", this.back);
    window.removeEventListener("pagehide", this.away);
    document.removeEventListener("visibilitychange", this.seen);
  }
}

/** The grid's own, or null where the person has it off. */
export function effortOf(grid) {
  if (!grid.data.effort) return null;
  const post = async (segments, leaving) => {
    const body = JSON.stringify({ article: grid.model.article.id, segments });
    const headers = { "Content-Type": "application/json", "X-Rendition-Token": grid.outbox.token };
    const response = await fetch(`${grid.data.route}/effort`, {
      method: "POST", credentials: "same-origin", keepalive: leaving, headers, body,
    }).catch(() => null);
    return response === null || response.status !== 400;
  };
  return new Effort({ root: grid.root, segment: () => grid.cursor.id, post });
}

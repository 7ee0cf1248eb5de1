// What a rule would do, before it does it: a dialog with the rule, its hits with a tick each, and one button.

import { h, plural, say, set } from "./dom.js";
import { Hits } from "./hits.js";
import { show } from "./keys.js";
import { RuleForm } from "./ruleform.js";

const PAGE = 50;

export class Preview {
  /** `rules` are those offered, `like` the text before the correction; `apply(body, progress)` does it, `done(outcome)` says so, `undo()` takes it back. */
  constructor(grid, { rules, index, like, apply, done, undo }) {
    Object.assign(this, { grid, rules, like, apply, done, undo });
    this.offered = Boolean(rules[index].replace);
    this.form = new RuleForm(grid.model.article, () => this.load());
    this.form.show(rules[index]);
    this.form.scope.value = "batch";
    this.hits = new Hits(grid, () => this.sync());
    this.state = "loading";
    this.build();
  }

  build() {
    this.sum = h("p", { class: "sum", role: "status" });
    this.trouble = h("p", { class: "trouble", role: "alert" });
    this.again = h("button", { type: "button", hidden: true, onclick: () => this.retry() }, "Try again");
    this.progress = h("progress", { "aria-label": "Progress", hidden: true });
    this.button = h("button", { type: "button", class: "main", onclick: () => this.press() }, "");
    this.side = h("button", { type: "button", onclick: () => this.aside() }, "Cancel");
    this.help = h("span", { class: "quiet keys" });
    this.more = h("p", { class: "quiet more", hidden: true }, "Loading more…");
    this.list = h("div", { class: "list", role: "group", "aria-label": "Hits", tabindex: "0" }, this.hits.element, this.more);
    this.others = this.rules.length > 1 ? h("p", { class: "others" }, this.rules.map((rule, index) => h("button", {
      type: "button", onclick: () => this.choose(index),
    }, h("kbd", { "aria-hidden": "true" }, `Alt+${index + 1}`), `“${rule.find}” → “${rule.replace}”`))) : null;
    this.element = h("dialog", { class: "preview", "aria-labelledby": "preview-title" },
      h("h2", { id: "preview-title" }, this.offered ? "The same correction elsewhere" : "Find and replace"), this.others, this.form.element, this.sum, this.list,
      h("div", { class: "foot" }, this.trouble, this.progress, h("div", { class: "acts" }, this.button, this.side, this.again,
        this.help)));
    this.element.addEventListener("keydown", (event) => this.keydown(event));
    this.element.addEventListener("cancel", (event) => { if (this.hits.editing) event.preventDefault(); });
    this.element.addEventListener("close", () => this.closed());
    this.sight = new IntersectionObserver((entries) => { if (entries.some((one) => one.isIntersecting)) this.page(); },
      { root: this.list, rootMargin: "400px 0px" });
  }

  open() {
    const { cursor } = this.grid;
    this.back = this.grid.focused();
    // The text may be drawn anew meanwhile: the caret is remembered by its segment.
    this.caret = cursor.typing ? { id: cursor.id, at: cursor.row.caret() } : null;
    this.grid.root.append(this.element);
    this.element.showModal();
    (this.offered ? this.button : this.form.find.value ? this.form.replace : this.form.find).focus();
    this.sight.observe(this.more);
    this.load();
  }

  close() {
    if (this.element.open) this.element.close();
  }

  closed() {
    this.form.stop();
    this.sight.disconnect();
    this.wanted = null;
    this.element.remove();
    const row = this.caret && this.grid.view.row(this.caret.id);
    if (row?.area) row.edit(this.caret.id, this.caret.at, this.caret.at);
    else if (this.back?.isConnected) this.back.focus({ preventScroll: true });
    this.then?.();
  }

  choose(index) {
    if (!this.rules[index] || this.state === "applying") return;
    this.form.show(this.rules[index]);
    this.load();
    this.button.focus();
  }

  /** Find anew, from the start. */
  async load() {
    if (this.state === "applying" || this.state === "done") return;
    this.eager = false;
    this.totals = null;
    this.next = null;
    this.hits.clear();
    this.enter(this.form.find.value.trim() ? "loading" : "blank");
    if (this.state === "loading") await this.#take(null);
  }

  /** The next page, when its place comes into sight. */
  async page() {
    if (this.state !== "ready" || this.next === null || this.paging) return;
    this.paging = true;
    await this.#take(this.next);
    this.paging = false;
    this.sight.unobserve(this.more);
    this.sight.observe(this.more);
  }

  async #take(after) {
    const wanted = after === null ? {} : this.wanted;
    this.wanted = wanted;
    const { server, model } = this.grid;
    try {
      const found = await server.post("/hits", {
        article: model.article.id, rule: this.form.rule, scope: this.form.scope.value, after, limit: PAGE, like: after === null ? this.like : null,
      });
      if (this.wanted !== wanted) return;
      this.hits.add(found.rows);
      this.next = found.next;
      if (after === null) {
        this.totals = found;
        this.similar = found.similar;
      }
      if (this.next === null) this.hits.addSimilar(this.similar ?? [], this.like);
      this.enter("ready");
      if (this.eager) this.press();
    } catch (error) {
      if (this.wanted === wanted) this.enter("error", error);
    }
  }

  retry() {
    this.again.hidden = true;
    const { failed } = this;
    if (failed !== "loading") this.enter("ready");
    if (failed === "applying") this.press();
    else if (failed === "ready") this.page();
    else this.load();
    this.button.focus();
  }

  enter(state, error = null) {
    if (error) this.failed = this.state;
    this.state = state;
    say(this.trouble, error ? sentence(error.message) : "");
    this.again.hidden = !error || (error.status >= 400 && error.status < 500 && error.status !== 401);
    this.sync();
  }

  /** Bring words and buttons in line with the state. */
  sync() {
    const { state, totals, hits } = this;
    const whole = this.next === null;
    const count = totals ? hits.count(totals, whole) : 0;
    const empty = totals && !totals.segments && !this.similar?.length;
    say(this.sum, state === "loading" ? "Looking…" : state === "blank" ? "Write what to find." : state === "done" ? this.outcome
      : !totals ? "" : totals.segments ? hits.sum(totals) : empty ? "No other place has these words." : "No other place has these words, but some are similar.");
    this.more.hidden = !(state === "ready" && !whole);
    this.progress.hidden = state !== "applying";
    const ready = state === "ready" && count > 0 && this.form.replace.value !== "";
    set(this.button, "aria-disabled", ready || state === "done" || state === "loading" ? null : "true");
    say(this.button, state === "applying" ? "Changing…" : state === "done" ? "Close" : count ? `Change ${plural(count, "segment")}` : "Change");
    this.side.hidden = state === "done" && !this.undoable;
    say(this.side, state === "applying" ? (this.job ? "Stop" : "Go on in the background") : state === "done" ? "Take all back" : "Cancel");
    say(this.help, state === "done" ? "" : state === "applying" ? "Esc: work on meanwhile" : `Space ticks · e writes a text anew · ${show("Mod+A")} all or none`);
    this.form.element.disabled = state === "applying" || state === "done";
    if (this.others) this.others.hidden = state === "applying" || state === "done";
  }

  /** The button: follow the rule, or put the result away. */
  async press() {
    if (this.state === "done") return this.close();
    // What the offer said is known before the list is there.
    if (this.state === "loading") this.eager = this.offered;
    const count = this.totals && this.hits.count(this.totals, this.next === null);
    if ((this.state !== "ready" && this.state !== "error") || !count || this.form.replace.value === "") return undefined;
    this.eager = false;
    this.job = null;
    this.enter("applying");
    const body = { rule: this.form.rule, scope: this.form.scope.value, ...this.hits.choice() };
    try {
      const outcome = await this.apply(body, (job) => this.tell(job));
      if (!this.element.open) return outcome.event ? this.done(outcome) : undefined;
      if (!outcome.event || outcome.skipped?.length) return this.finish(outcome);
      // The focus is back in the text when the keys are named.
      this.then = () => this.done(outcome);
      return this.close();
    } catch (error) {
      if (!this.element.open) return this.grid.live.tell(sentence(error.message));
      this.state = "applying";
      return this.enter("ready", error);
    }
  }

  /** How far a job is. */
  tell(job) {
    this.job = job;
    if (job.total) Object.assign(this.progress, { max: job.total, value: job.progress });
    else this.progress.removeAttribute("value");
    if (job.state === "queued") return say(this.sum, "Waiting for its turn…");
    say(this.sum, `${job.progress.toLocaleString("en")} of ${(job.total || this.totals.segments).toLocaleString("en")}${job.note ? ` · ${job.note}` : ""}`);
    return say(this.side, "Stop");
  }

  /** Done, and something was left alone: it is listed. */
  finish({ event, segments, articles, skipped = [] }) {
    this.undoable = Boolean(event);
    this.outcome = event
      ? `${plural(segments, "segment")} in ${plural(articles, "article")} changed. ${this.grid.keys.hint("undo")} takes all back. ${skipped.length.toLocaleString("en")} left alone:`
      : "Nothing was changed.";
    const names = new Map([...this.hits.rows.values()].map((row) => [row.segment, `${row.articleName}, segment ${row.number}`]));
    this.list.replaceChildren(h("ul", { class: "left" }, skipped.map(({ segment, reason }) => h("li", {}, `${names.get(segment) ?? `Segment ${segment}`}: ${reason}`))));
    this.enter("done");
    this.button.focus();
  }

  aside() {
    if (this.state === "applying" && this.job) {
      this.job.cancel();
      return say(this.side, "Stopping…");
    }
    if (this.state === "done") this.then = () => this.undo();
    return this.close();
  }

  keydown(event) {
    event.stopPropagation();
    const { hits } = this;
    const focused = this.grid.focused();
    const mod = event.ctrlKey || event.metaKey;
    const { editing } = hits;
    const inText = focused?.tagName === "TEXTAREA" || (focused?.tagName === "INPUT" && focused.type === "text") || focused?.tagName === "SELECT";
    const act = this.#act(event, { mod, editing, inText, focused, plain: !mod && !event.altKey });
    if (!act) return;
    event.preventDefault();
    act();
  }

  #act(event, { mod, editing, inText, focused, plain }) {
    const { hits } = this;
    const { key } = event;
    if (editing && key === "Escape") return () => hits.keep(editing, true);
    if (editing && key === "Enter") return () => { hits.keep(editing); if (mod) this.press(); };
    if (mod && key === "Enter") return () => this.press();
    if (event.altKey && !mod && /^Digit[1-9]$/.test(event.code) && this.others) return () => this.choose(Number(event.code.slice(5)) - 1);
    if (plain && key === "Enter" && inText && focused.tagName === "INPUT") return () => this.press();
    if (inText) return null;
    if (mod && event.code === "KeyA") return () => hits.all();
    if (this.state === "done" && ((plain && key === "u") || (mod && key === "z"))) return () => this.aside();
    const row = hits.current(focused);
    if (row && plain && (key === "Enter" || key === "e")) return () => hits.edit(row);
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[plain ? key : ""];
    if (by && (row || focused === this.button || focused === this.list)) return () => { if (!hits.step(row, by)) this.button.focus(); };
    return null;
  }
}

/** An error's message as a sentence. */
function sentence(text) {
  const whole = text[0].toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

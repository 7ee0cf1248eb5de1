// What a screen reader is told, politely, one thing at a time.

import { h } from "./dom.js";

export class Live {
  constructor() {
    const region = () => h("div", { class: "unseen", role: "status", "aria-live": "polite", "aria-atomic": "true" });
    this.acts = region();
    this.saves = region();
    this.shown = h("div", { class: "toast", "aria-hidden": "true" });
    this.elements = [this.acts, this.saves, this.shown];
    this.told = 0; // how often something was said
  }

  /** Say it, and show it for a while to those who see. `quiet`: only say it. */
  tell(text, quiet = false) {
    this.told += 1;
    // The same words twice in a row would not be read twice; a no-break space makes them differ.
    this.acts.textContent = this.acts.textContent === text ? `${text}\u00a0` : text;
    if (!quiet) this.show(text);
  }

  /** Show it and say nothing: how far something is, which changes while it is read. */
  show(text) {
    this.shown.textContent = text;
    this.shown.classList.add("up");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.shown.classList.remove("up"), 4000);
  }

  /** Saved, or not: said once things have come to rest, so that it does not cut off what an act said. */
  saved(text) {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      if (this.saves.textContent !== text) this.saves.textContent = text;
    }, 800);
  }

  stop() {
    clearTimeout(this.timer);
    clearTimeout(this.rest);
  }
}

// What a screen reader is told, politely, one thing at a time.

import { h } from "./dom.js";

export class Live {
  constructor() {
    this.element = h("div", { class: "unseen", role: "status", "aria-live": "polite", "aria-atomic": "true" });
    this.shown = h("div", { class: "toast", "aria-hidden": "true" });
  }

  /** Say it, and show it for a while to those who see. `quiet`: only say it. */
  tell(text, quiet = false) {
    // The same words twice in a row would not be read twice; a no-break space makes them differ.
    this.element.textContent = this.element.textContent === text ? `${text}\u00a0` : text;
    if (quiet) return;
    this.shown.textContent = text;
    this.shown.classList.add("up");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.shown.classList.remove("up"), 4000);
  }
}

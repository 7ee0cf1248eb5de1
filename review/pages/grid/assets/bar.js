// The line at the top: how far along, what is flagged, what is shown, and whether all is saved.

import { h, plural, say, set } from "./dom.js";
import { SEVERITIES, isLeftover, isOpen } from "./flags.js";
import { STATUSES } from "./filter.js";
import { WORDS } from "./history.js";

export class Bar {
  constructor(grid) {
    this.grid = grid;
    const button = (text, command, kind = "") => h("button", { type: "button", class: kind, onclick: () => grid.run(command) }, text);
    this.progress = h("span", { class: "progress", role: "progressbar", "aria-valuemin": "0", "aria-label": "Confirmed words" }, h("span", {}));
    this.words = h("span", { class: "words" });
    this.flags = h("span", { class: "flags" });
    this.saved = h("span", { class: "saved" });
    this.kind = this.select("Kind of flag", "kind");
    this.severity = this.select("Severity", "severity");
    this.status = this.select("Status", "status");
    this.search = h("input", { type: "search", placeholder: "Search", "aria-label": "Search the article", autocomplete: "off" });
    this.search.addEventListener("input", () => this.changed());
    this.search.addEventListener("keydown", (event) => this.searchKey(event));
    this.clear = h("button", { type: "button", class: "link", onclick: () => this.reset() }, "Show all");
    this.count = h("span", { class: "quiet" });
    this.leftovers = button("Delete page leftovers", "leftovers");
    this.layout = button("", "layout");
    this.refusals = h("div", { class: "refusals" });
    this.waiting = h("p", { class: "elsewhere", hidden: true });
    this.done = h("p", { class: "finished", hidden: true });
    // Where the window is narrow, the filters stand behind one button.
    this.fold = h("button", { type: "button", class: "fold", "aria-expanded": "false", onclick: () => this.unfold(!this.unfolded) }, "Filter");
    this.element = h("div", { class: "bar" },
      h("div", { class: "first" }, this.progress, this.words, this.flags, h("span", { class: "space" }), this.saved),
      h("div", { class: "second" }, this.fold, this.kind, this.severity, this.status, this.search, this.count, this.clear,
        h("span", { class: "space" }), this.leftovers, this.layout, button("Copy clean article", "copy"), button("Keys ?", "help")));
    set(this.element, "role", "region");
    set(this.element, "aria-label", "Progress and filters");
  }

  get unfolded() {
    return this.element.classList.contains("unfolded");
  }

  unfold(open) {
    this.element.classList.toggle("unfolded", open);
    set(this.fold, "aria-expanded", String(open));
  }

  find() {
    this.unfold(true);
    this.search.focus();
  }

  select(label, name) {
    const element = h("select", { "aria-label": label });
    element.addEventListener("change", () => this.changed());
    element.dataset.name = name;
    return element;
  }

  sync() {
    const { model, filter } = this.grid;
    const sum = model.totals();
    const share = sum.words ? sum.done / sum.words : 0;
    this.progress.firstElementChild.style.inlineSize = `${(share * 100).toFixed(1)}%`;
    set(this.progress, "aria-valuemax", sum.words);
    set(this.progress, "aria-valuenow", sum.done);
    set(this.progress, "aria-valuetext", `${sum.done} of ${sum.words} words confirmed`);
    say(this.words, `${sum.done.toLocaleString("en")} of ${sum.words.toLocaleString("en")} words confirmed`);
    say(this.flags, sum.flags ? plural(sum.flags, "open flag") : "no open flags");
    this.options();
    const leftovers = model.list().reduce((total, segment) => total + (segment.deleted ? 0 : segment.flags.filter(isLeftover).length), 0);
    this.leftovers.hidden = !leftovers;
    say(this.leftovers, `Delete ${plural(leftovers, "page leftover")}`);
    say(this.layout, this.grid.layout === "paragraph" ? "By sentence" : "By paragraph");
    this.clear.hidden = !filter.on;
    say(this.fold, filter.on ? "Filter (on)" : "Filter");
    say(this.count, filter.on ? `${this.grid.view.shown} of ${this.grid.view.rows.size} shown` : "");
    const finished = sum.segments > 0 && sum.confirmed === sum.segments;
    this.done.hidden = !finished;
    if (finished) say(this.done, `Every segment is confirmed${sum.flags ? `; ${plural(sum.flags, "flag")} still open` : ""}.`);
  }

  /** The filters offer only what the article has. */
  options() {
    const kinds = new Map();
    const severities = new Set();
    for (const segment of this.grid.model.segments.values()) {
      for (const flag of segment.flags) {
        if (!isOpen(flag)) continue;
        kinds.set(flag.detector, flag.title || flag.detector);
        severities.add(flag.severity);
      }
    }
    fill(this.kind, "All kinds", [...kinds].sort((a, b) => a[1].localeCompare(b[1])));
    fill(this.severity, "All severities", SEVERITIES.filter((name) => severities.has(name)).map((name) => [name, name]));
    fill(this.status, "All statuses", Object.entries(STATUSES).map(([id, { label }]) => [id, label]));
  }

  changed() {
    const { filter, view } = this.grid;
    const searched = filter.search !== this.search.value.trim();
    Object.assign(filter, { kind: this.kind.value, severity: this.severity.value, status: this.status.value, search: this.search.value.trim() });
    view.filter();
    if (searched) for (const row of view.rows.values()) if (row.area && !row.element.hidden) row.paint();
    view.resized();
    this.sync();
    this.grid.live.tell(filter.on ? `${view.shown} of ${view.rows.size} shown` : "All shown", true);
  }

  reset() {
    this.kind.value = "";
    this.severity.value = "";
    this.status.value = "";
    this.search.value = "";
    this.changed();
    this.grid.cursor.row?.element.focus({ preventScroll: true });
  }

  searchKey(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.search.value = "";
      this.changed();
      this.grid.cursor.row?.element.focus({ preventScroll: true });
    } else if (event.key === "Enter") {
      event.preventDefault();
      const id = this.grid.model.order.find((one) => this.grid.filter.fits(this.grid.model.get(one)));
      if (id !== undefined) this.grid.cursor.move(id, null, { focus: "row" });
    }
  }

  /** {state, pending, reason, volatile} of the outbox, in words. */
  save({ state, pending, reason, volatile }) {
    const text = state === "saved" ? "All changes saved"
      : state === "saving" ? `Saving ${pending}…`
        : `Not saved: ${reason}. ${plural(pending, "change")} kept ${volatile ? "while this page stays open" : "in this browser"}; trying again.`;
    say(this.saved, text);
    set(this.saved, "data-state", state);
    this.grid.live.saved(state === "saving" ? "Saving" : text);
  }

  /** Text that breaks an inline code is not sent until it is mended. */
  hold(number, reason, volatile) {
    const text = `Not saved, segment ${number}: ${reason} It is kept ${volatile ? "while this page stays open" : "in this browser"}.`;
    say(this.saved, text);
    set(this.saved, "data-state", "waiting");
    this.grid.live.saved(text);
  }

  /** Events of another batch can only be sent from its own page. */
  elsewhere(count) {
    this.waiting.hidden = !count;
    const [are, them] = count === 1 ? ["is", "it"] : ["are", "them"];
    say(this.waiting, `${plural(count, "change")} in another batch ${are} not saved yet: open an article of that batch to send ${them}.`);
  }

  /** Acts that the server refused stay here until they are put away. */
  refuse(list) {
    const { grid } = this;
    this.refusals.replaceChildren(...list.map(({ event, id, reason }) => {
      const texts = (event?.payload?.texts ?? [event?.payload?.text ?? event?.payload?.comment?.text]).filter(Boolean).join("\n");
      const number = grid.model.number(event?.targets?.[0]?.segment);
      return h("div", { class: "refusal", role: "group", "aria-label": "Refused change" },
        h("p", {}, h("strong", {}, "Not saved"), ` (${WORDS[event?.kind] ?? "act"}${number ? `, segment ${number}` : ""}): ${reason || "the server refused it."}`),
        texts ? h("blockquote", {}, h("bdi", {}, texts)) : null,
        h("div", { class: "acts" },
          texts ? h("button", { type: "button", onclick: () => grid.copyText(texts) }, "Copy text") : null,
          grid.acts.canRepeat(event) ? h("button", { type: "button", onclick: () => grid.acts.repeat(id, event) }, "Put my text in") : null,
          h("button", { type: "button", onclick: () => grid.putAway(id) }, "Put away")));
    }));
  }
}

function fill(select, all, options) {
  const chosen = select.value;
  const list = options.some(([value]) => value === chosen) || !chosen ? options : [...options, [chosen, chosen]];
  const signature = JSON.stringify(list);
  if (select.dataset.list === signature) return;
  select.dataset.list = signature;
  select.replaceChildren(...[["", all], ...list].map(([value, label]) => h("option", { value }, label)));
  select.value = chosen;
}

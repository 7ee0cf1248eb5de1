// The hits of one page: a tick for each, before and after with the change marked, "after" to be written otherwise.
// The table keeps what it was told and tells all of it at every change, so that no change can be lost on the way.

const tables = new WeakMap();

export default function (component) {
  const { parentElement, data, setStateValue } = component;
  if (!data) return undefined;
  const known = tables.get(parentElement);
  if (known && known.serves(data)) {
    known.tell = setStateValue;
    return undefined;
  }
  const table = new Table(parentElement, data, setStateValue);
  tables.set(parentElement, table);
  return () => {
    if (tables.get(parentElement) === table) {
      tables.delete(parentElement);
      table.root.remove();
    }
  };
}

class Table {
  constructor(place, data, tell) {
    this.data = data;
    this.tell = tell;
    this.ticks = new Map(data.rows.map((row) => [row.segment, row.ticked]));
    this.own = new Map(data.rows.filter((row) => row.own !== null).map((row) => [row.segment, row.own]));
    this.rows = new Map();
    place.querySelector(".hits")?.remove();
    this.root = made("div", { className: "hits" });
    this.root.addEventListener("keydown", (event) => {
      // Single letters are the frame's own keys; nothing typed here is meant for it.
      if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    });
    this.root.append(this.draw());
    place.append(this.root);
    this.showAll();
  }

  serves(data) {
    return data.key === this.data.key && data.revision === this.data.revision && data.print === this.data.print;
  }

  draw() {
    const table = made("table", { className: this.data.rows.some((row) => row.source) ? "" : "bare" });
    table.append(made("caption", { hidden: true, textContent: "Hits" }));
    const columns = made("colgroup");
    for (const name of ["tick", "where", "source", "before", "after"]) columns.append(made("col", { className: name }));
    this.all = made("input", { type: "checkbox" });
    this.all.setAttribute("aria-label", "All on this page that are not confirmed");
    this.all.addEventListener("change", () => this.tickAll(this.all.checked));
    const head = made("tr");
    for (const [name, text] of [["where", "Article, segment"], ["source", "Source"], ["before", "Before"], ["after", "After"]]) {
      head.append(made("th", { className: name, textContent: text, scope: "col" }));
    }
    const first = made("td", { className: "tick" });
    first.append(this.all);
    head.prepend(first);
    const top = made("thead");
    top.append(head);
    const body = made("tbody");
    for (const row of this.data.rows) body.append(this.drawRow(row));
    table.append(columns, top, body);
    return table;
  }

  drawRow(row) {
    const line = made("tr");
    const box = made("input", { type: "checkbox", disabled: Boolean(row.skipped) });
    box.setAttribute("aria-label", `Replace in ${row.article}, segment ${row.number}`);
    box.addEventListener("change", () => this.tick(row, box.checked));
    const tick = made("td", { className: "tick" });
    tick.append(box);
    const where = made("td", { className: "where" });
    where.append(made("a", { href: row.link, target: "_blank", rel: "noopener", textContent: `${row.article} · ${row.number}` }));
    where.append(made("span", { className: "status", textContent: [row.status, row.system].filter(Boolean).join(" · ") }));
    if (row.skipped) where.append(made("span", { className: "why", textContent: `Cannot be changed: ${row.skipped}.` }));
    const source = made("td", { className: "source", textContent: row.source, lang: this.data.from, dir: "auto" });
    const before = made("td", { className: "before", lang: this.data.to, dir: "auto" });
    before.append(...marked(row.before, "del"));
    const after = made("td", { className: "after", lang: this.data.to, dir: "auto" });
    line.append(tick, where, source, before, after);
    this.rows.set(row.segment, { row, line, box, after });
    return line;
  }

  showAll() {
    for (const { row } of this.rows.values()) this.show(row);
    this.showHead();
  }

  show(row) {
    const { line, box, after } = this.rows.get(row.segment);
    const ticked = this.ticks.get(row.segment);
    const own = this.own.get(row.segment);
    box.checked = ticked;
    line.className = ticked ? "" : "off";
    after.replaceChildren();
    if (row.skipped) {
      after.append(...marked(row.after, "ins"));
      return;
    }
    const text = made("div", { tabIndex: 0 });
    text.setAttribute("role", "button");
    text.setAttribute("aria-label", `Edit: ${own ?? whole(row.after)}`);
    text.append(...(own === undefined ? marked(row.after, "ins") : [document.createTextNode(own)]));
    text.addEventListener("click", () => this.edit(row));
    text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "F2") return;
      event.preventDefault();
      this.edit(row);
    });
    after.append(text);
    if (own === undefined) return;
    line.classList.add("moved");
    const note = made("div", { className: "note", textContent: "Edited for this segment alone. " });
    const back = made("button", { type: "button", textContent: "As proposed" });
    back.addEventListener("click", () => this.write(row, whole(row.after)));
    note.append(back);
    after.append(note);
  }

  showHead() {
    const free = [...this.rows.values()].filter(({ row }) => !row.skipped && !row.protected);
    const ticked = free.filter(({ row }) => this.ticks.get(row.segment)).length;
    this.all.checked = free.length > 0 && ticked === free.length;
    this.all.indeterminate = ticked > 0 && ticked < free.length;
    this.all.disabled = free.length === 0;
  }

  tick(row, on) {
    this.ticks.set(row.segment, on);
    this.show(row);
    this.showHead();
    this.said();
  }

  tickAll(on) {
    for (const { row } of this.rows.values()) {
      if (!row.skipped && !row.protected) this.ticks.set(row.segment, on);
    }
    this.showAll();
    this.said();
  }

  edit(row) {
    const { after } = this.rows.get(row.segment);
    const area = made("textarea", { value: this.own.get(row.segment) ?? whole(row.after), spellcheck: true });
    area.setAttribute("aria-label", `The text of ${row.article}, segment ${row.number}`);
    area.rows = 2;
    let open = true;
    const leave = (keep, stay) => {
      if (!open) return;
      open = false;
      if (keep) this.write(row, area.value);
      else this.show(row);
      if (stay) this.rows.get(row.segment).after.querySelector("[role=button]").focus();
    };
    area.addEventListener("blur", () => leave(true, false));
    area.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") leave(false, true);
      else if (event.key === "Enter") {
        event.preventDefault();
        leave(true, true);
      }
    });
    after.replaceChildren(area);
    area.focus();
  }

  /** An empty text is none; the proposed one, or the one before, needs no keeping. */
  write(row, text) {
    const one = text.replace(/[\r\n]+/g, " ");
    const was = this.own.get(row.segment);
    if (!one.trim() || one === whole(row.after)) this.own.delete(row.segment);
    else if (one === whole(row.before)) {
      this.own.delete(row.segment);
      this.ticks.set(row.segment, false);
    } else if (one !== was) {
      this.own.set(row.segment, one);
      this.ticks.set(row.segment, true);
    }
    this.show(row);
    this.showHead();
    this.said();
  }

  said() {
    this.tell("choice", {
      key: this.data.key,
      revision: this.data.revision,
      ticks: Object.fromEntries(this.ticks),
      own: Object.fromEntries(this.own),
    });
  }
}

function made(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

function whole(parts) {
  return parts.map(([text]) => text).join("");
}

function marked(parts, name) {
  return parts.filter(([text, changed]) => text || changed).map(([text, changed]) => {
    if (!changed) return document.createTextNode(text);
    return made(name, { textContent: text, className: text ? "" : "empty" });
  });
}

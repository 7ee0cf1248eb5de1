// Questions in a native dialog: it holds the focus, Esc closes it, and the focus goes back where it was.

import { named } from "./backdrop.js";
import { h, say, set } from "./dom.js";

export const CATEGORIES = {
  terminology: ["inconsistent use of terminology", "wrong term"],
  accuracy: ["mistranslation", "omission", "addition", "untranslated text", "do not translate", "source error", "non-translation"],
  "linguistic conventions": ["grammar", "punctuation", "spelling", "duplication", "register", "encoding"],
  style: ["awkward", "inconsistent style", "organization"],
  "locale conventions": ["number format", "date format", "name format", "currency", "time format"],
  "audience appropriateness": ["culture-specific reference"],
  "design and markup": ["leftover", "markup", "layout"],
};
export const SEVERITIES = ["neutral", "minor", "major", "critical"];
/** How far a dismissal reaches; `kind` is the flag's title. */
const scopes = (kind) => [
  ["place", "Here only"], ["text", "These words anywhere in the project"], ["article", `This kind (${kind}) in the article`],
  ["batch", `This kind (${kind}) in the batch`], ["project", `This kind (${kind}) in the project`],
];

/**
 * Show a dialog with `fields` and resolve to `read()` when it is submitted, to null when it is left. With `send`,
 * an async function of what was read, it stays open until that has gone well, and shows in words what has not.
 */
export function ask(grid, { title, fields, read, submit, first = null, send = null }) {
  return new Promise((resolve) => {
    const back = grid.focused();
    const trouble = h("p", { class: "trouble", role: "alert" });
    const button = h("button", { type: "submit", class: "main" }, submit);
    const form = h("form", { method: "dialog" }, h("h2", { id: "dialog-title" }, title), fields, trouble,
      h("div", { class: "acts" }, button,
        h("button", { type: "button", onclick: () => dialog.close() }, "Cancel")));
    const dialog = h("dialog", { "aria-labelledby": "dialog-title" }, form);
    let answer = null;
    let sending = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const given = read();
      if (given === null || sending) return;
      try {
        sending = true;
        set(button, "aria-disabled", "true");
        await send?.(given);
        answer = given;
        dialog.close();
      } catch (error) {
        say(trouble, error.message);
      } finally {
        sending = false;
        set(button, "aria-disabled", null);
      }
    });
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      form.requestSubmit();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (back?.isConnected) back.focus({ preventScroll: true });
      resolve(answer);
    });
    grid.root.append(dialog);
    dialog.showModal();
    (first ?? form.querySelector("input, select, textarea, button")).focus();
  });
}

function field(name, control) {
  return h("label", { class: "question" }, h("span", {}, name), control);
}

/** Radio buttons in a group, chosen by arrow keys or by their digits. */
function choice(name, legend, options, chosen) {
  const inputs = options.map(([value, label], index) => h("label", { class: "option" },
    h("input", { type: "radio", name, value, checked: value === chosen }),
    h("span", {}, label), h("kbd", { "aria-hidden": "true" }, `${index + 1}`)));
  const group = h("fieldset", {}, h("legend", {}, legend), inputs);
  group.addEventListener("keydown", (event) => {
    const input = /^[1-9]$/.test(event.key) && group.querySelectorAll("input")[Number(event.key) - 1];
    if (!input) return;
    event.preventDefault();
    input.checked = true;
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return { set: group, get value() { return group.querySelector("input:checked")?.value ?? ""; } };
}

export async function askDismissal(grid, flag) {
  const scope = choice("scope", "How far", scopes(flag.title || flag.category), "place");
  const reason = h("input", { type: "text", maxlength: 300, autocomplete: "off" });
  return ask(grid, {
    title: `Dismiss “${named(flag.surface ?? "") || flag.title}”`, submit: "Dismiss", fields: [scope.set, field("Reason (optional)", reason)],
    first: scope.set.querySelector("input"), read: () => ({ scope: scope.value, reason: reason.value.trim() }),
  });
}

/** Category, then severity; digits choose in each and lead on. */
export async function askError(grid, { text, missing, source = false }) {
  const omitted = missing || source;
  const names = Object.keys(CATEGORIES).map((name) => [name, name[0].toUpperCase() + name.slice(1)]);
  const category = choice("category", "Category", names, omitted ? "accuracy" : "terminology");
  const detail = h("select", {});
  const fill = () => detail.replaceChildren(h("option", { value: "" }, "—"),
    ...CATEGORIES[category.value].map((name) => h("option", { value: name }, name)));
  fill();
  if (omitted) detail.value = "omission";
  const severity = choice("severity", "Severity", SEVERITIES.map((name) => [name, name[0].toUpperCase() + name.slice(1)]), "minor");
  category.set.addEventListener("change", fill);
  category.set.addEventListener("keydown", (event) => {
    if (/^[1-7]$/.test(event.key)) severity.set.querySelector("input:checked").focus();
  });
  const note = h("input", { type: "text", maxlength: 500, autocomplete: "off" });
  return ask(grid, {
    title: missing ? "Mark missing words" : `Mark “${text}” as an error`, submit: "Mark",
    fields: [category.set, field("More exactly", detail), severity.set, field("Note (optional)", note)],
    first: category.set.querySelector("input:checked"),
    read: () => ({ category: category.value, subcategory: detail.value, severity: severity.value, note: note.value.trim() }),
  });
}

export async function askTerm(grid, { wrong, source }, send) {
  const { hasSource } = grid.model.article;
  const wrongField = h("input", { type: "text", value: wrong, required: true, autocomplete: "off" });
  const preferred = h("input", { type: "text", required: true, autocomplete: "off" });
  const { sourceLanguage } = grid.model.article;
  const sourceField = hasSource ? h("input", { type: "text", value: source, autocomplete: "off", lang: sourceLanguage }) : null;
  const note = h("input", { type: "text", autocomplete: "off" });
  // Asked for only once the term was refused: a lead may add it with a reason.
  const reason = h("input", { type: "text", maxlength: 300, autocomplete: "off" });
  const allTheSame = field("As a lead, add it all the same, because", reason);
  allTheSame.hidden = true;
  return ask(grid, {
    title: "Add a term", submit: "Add and flag again", first: wrong ? preferred : wrongField,
    send: (given) => send(given).catch((error) => {
      allTheSame.hidden = false;
      throw error;
    }),
    fields: [sourceField && field("Source", sourceField), field("Wrong rendering", wrongField),
      field("Preferred rendering", preferred), field("Note (optional)", note), allTheSame],
    read: () => (preferred.value.trim()
      ? { source: sourceField?.value.trim() ?? "", wrong: wrongField.value.trim(), preferred: preferred.value.trim(),
        note: note.value.trim(), override: reason.value.trim() }
      : null),
  });
}

export async function askComment(grid, about) {
  const text = h("textarea", { rows: 3, required: true });
  return ask(grid, {
    title: about ? `Comment on “${about}”` : "Comment on the segment", submit: "Add comment", first: text,
    fields: [field("Comment", text)], read: () => text.value.trim() || null,
  });
}

export async function askRating(grid, value) {
  const number = h("input", { type: "number", min: 0, max: 100, step: 1, required: true, value: value ?? "" });
  return ask(grid, {
    title: "Rate the segment", submit: "Rate", first: number, fields: [field("0 (useless) to 100 (perfect)", number)],
    read: () => (number.value === "" ? null : Math.max(0, Math.min(100, Number(number.value)))),
  });
}

// All acts with their keys, each of them a button; keys are changed here too.

import { COMMANDS, GROUPS, PRESETS } from "./commands.js";
import { h, say } from "./dom.js";
import { combination, show } from "./keys.js";

export function openHelp(grid) {
  const back = grid.focused();
  const { keys } = grid;
  const find = h("input", { type: "search", placeholder: "Find an act", "aria-label": "Find an act", autocomplete: "off" });
  const list = h("div", { class: "commands" });
  const preset = h("select", { "aria-label": "Keys of" }, Object.entries(PRESETS).map(([id, name]) => h("option", { value: id }, name)));
  preset.value = keys.preset;
  const letters = h("input", { type: "checkbox", checked: keys.letters });
  const note = h("p", { class: "quiet", role: "status" }, "To change a key, choose it and press another.");
  let run = null;

  const save = () => {
    grid.saveKeys();
    draw();
  };
  const told = (command, { refused, taken }) => {
    const now = keys.of(command.id).map(show).join(" or ") || "no key";
    say(note, refused ?? [`${command.label}: ${now}.`, taken].filter(Boolean).join(" "));
  };
  const change = (command, button) => {
    say(button, "Press keys…");
    const take = (event) => {
      const key = combination(event);
      event.preventDefault();
      event.stopPropagation();
      if (!key) return;
      button.removeEventListener("keydown", take);
      told(command, key === "Escape" ? { refused: "Not changed." } : keys.assign(command.id, key));
      save();
      list.querySelector(`[data-command="${command.id}"] .key`)?.focus();
    };
    button.addEventListener("keydown", take);
  };
  const draw = () => {
    const needle = find.value.trim().toLowerCase();
    list.replaceChildren(...GROUPS.map((group) => {
      const rows = COMMANDS.filter((command) => command.group === group && command.label.toLowerCase().includes(needle)
        && (!/^choose[2-9]/.test(command.id) || needle));
      if (!rows.length) return "";
      return h("section", {}, h("h3", {}, group), rows.map((command) => {
        const typed = keys.of(command.id);
        return h("div", { class: "command", "data-command": command.id },
          h("button", { type: "button", class: "do", onclick: () => { run = command.id; dialog.close(); } }, command.label),
          keys.letters && command.letter.length ? h("kbd", {}, command.letter.map(show).join(" ")) : h("span", {}),
          h("button", { type: "button", class: "key", "aria-label": `Key of ${command.label}: ${typed.map(show).join(" or ") || "none"}. Change it.`,
            onclick: (event) => change(command, event.currentTarget) }, typed.map(show).join("  ") || "–"),
          keys.own[command.id] ? h("button", { type: "button", class: "link reset", "aria-label": `Reset the key of ${command.label}`,
            onclick: () => { told(command, keys.reset(command.id)); save(); list.querySelector(`[data-command="${command.id}"] .key`)?.focus(); } },
          "reset") : null);
      }));
    }));
  };
  find.addEventListener("input", draw);
  preset.addEventListener("change", () => { keys.set({ preset: preset.value, letters: keys.letters, own: {} }); save(); });
  letters.addEventListener("change", () => {
    say(note, keys.setLetters(letters.checked) || (letters.checked ? "Single letters act outside the text." : "Single letters do nothing now."));
    letters.checked = keys.letters;
    save();
  });
  const dialog = h("dialog", { class: "help", "aria-labelledby": "help-title" },
    h("header", {}, h("h2", { id: "help-title" }, "Acts and keys"), find,
      h("label", {}, "Keys of ", preset), h("label", {}, letters, " single letters outside the text"),
      h("button", { type: "button", onclick: () => dialog.close() }, "Close")),
    note, list);
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" && event.target === find) {
      event.preventDefault();
      list.querySelector(".do")?.click();
    }
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (back?.isConnected) back.focus({ preventScroll: true });
    if (run) grid.run(run);
  });
  draw();
  grid.root.append(dialog);
  dialog.showModal();
  find.focus();
}

// From a key press to a command, by preset, the user's own keys, and where the caret is.

import { COMMANDS, PRESETS, RESERVED } from "./commands.js";

const APPLE = /Mac|iPhone|iPad/.test(navigator.platform ?? "");
const CODES = { Slash: "/", Equal: "=", Minus: "-", BracketLeft: "[", BracketRight: "]", Period: ".", Comma: ",", Semicolon: ";" };
const SHOWN = {
  ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", Delete: "Del", PageDown: "PgDn", PageUp: "PgUp",
  Enter: "Enter", Insert: "Ins",
};

/** The name of a combination, "Mod+Shift+Z"; "" for a bare modifier or a character typed with AltGr. */
export function combination(event) {
  if (["Control", "Shift", "Alt", "Meta", "AltGraph", "Dead", "Process", "Unidentified", "CapsLock"].includes(event.key)) return "";
  if (event.getModifierState?.("AltGraph")) return "";
  const mods = [];
  if (APPLE ? event.metaKey : event.ctrlKey) mods.push("Mod");
  if (APPLE ? event.ctrlKey : event.metaKey) mods.push(APPLE ? "Ctrl" : "Meta");
  if (event.altKey) mods.push("Alt");
  if (event.shiftKey) mods.push("Shift");
  return [...mods, keyName(event)].join("+");
}

/** Letters and digits go by their place where the layout, or Option, makes them something else. */
function keyName(event) {
  const { key, code } = event;
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const place = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(code ?? "");
  if (place && (event.altKey || event.shiftKey || event.ctrlKey || event.metaKey || key.length === 1)) return place[1] ?? place[2];
  if (CODES[code] && event.altKey) return CODES[code];
  return key.length === 1 ? key.toUpperCase() : key;
}

/** The name of a key pressed outside the text: "j", "Shift+A", "?", "1"; "" with a modifier. */
export function letter(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  const { key, code } = event;
  const place = /^Key([A-Z])$/.exec(code ?? "");
  const latin = /^[a-z]$/i.test(key) ? key : key.length === 1 && place && !/^[!-~]$/.test(key) ? place[1] : "";
  if (latin) return event.shiftKey ? `Shift+${latin.toUpperCase()}` : latin.toLowerCase();
  return key === "Enter" && event.shiftKey ? "" : key;
}

/** Acts that must have a key. */
const VITAL = new Set(["undo", "confirm"]);

export class Keys {
  /** `saved` is {preset, letters, own: {command: [combinations]}}. */
  constructor(saved) {
    this.version = 0;
    this.set(saved ?? {});
  }

  set(saved) {
    this.preset = PRESETS[saved.preset] ? saved.preset : "rendition";
    this.letters = saved.letters !== false;
    this.own = { ...saved.own };
    this.version += 1;
    this.byKey = new Map();
    this.byLetter = new Map();
    for (const command of COMMANDS) {
      for (const key of this.of(command.id)) if (!this.byKey.has(key)) this.byKey.set(key, command.id);
      for (const one of command.letter) this.byLetter.set(one, command.id);
    }
    for (const id of Object.keys(this.own)) for (const key of this.own[id]) this.byKey.set(key, id);
  }

  get settings() {
    return { preset: this.preset, letters: this.letters, own: this.own };
  }

  /** The combinations of a command: the user's own, or the preset's, or Rendition's. */
  of(id) {
    return this.own[id] ?? this.standard(id);
  }

  standard(id) {
    const { keys } = COMMANDS.find((command) => command.id === id);
    return keys[this.preset] ?? keys.rendition ?? [];
  }

  /**
   * Give a command one key of its own. Returns {refused} or {taken}: a sentence on why that cannot be, or on
   * which act lost the key ("" where none did).
   */
  assign(id, key) {
    if (RESERVED.has(key)) return { refused: `${show(key)} belongs to the browser or the system.` };
    if (/^(Shift\+)?.$/.test(key)) return { refused: "A key that types something needs Ctrl or Alt." };
    const holder = this.byKey.get(key);
    return this.#settle({ ...this.own, [id]: [key] }, holder === id ? null : holder, key);
  }

  /** Give a command the preset's keys again; returns as assign does. */
  reset(id) {
    const { [id]: mine, ...own } = this.own;
    const preset = this.standard(id);
    const other = COMMANDS.find((command) => command.id !== id && this.of(command.id).some((key) => preset.includes(key)));
    return this.#settle(own, other?.id ?? null, ...preset);
  }

  /** Take `keys` from `holder` and put `own` in force. */
  #settle(own, holder, ...keys) {
    if (!holder) {
      this.set({ ...this.settings, own });
      return { taken: "" };
    }
    const { label } = COMMANDS.find((command) => command.id === holder);
    const lost = this.of(holder).filter((key) => keys.includes(key)).map(show).join(" and ");
    const left = this.of(holder).filter((key) => !keys.includes(key));
    if (!left.length && this.bare(holder)) return { refused: `${label} would be left without a key. Give it another one first.` };
    this.set({ ...this.settings, own: { ...own, [holder]: left } });
    return { taken: `${lost} was ${label}'s; ${label} has ${left.length ? left.map(show).join(" or ") : "no key"} now.` };
  }

  /** True where an act that nobody can do without has no letter to be done by. */
  bare(id) {
    return !this.letters && VITAL.has(id);
  }

  /** Turn single letters on or off. Returns a sentence where that cannot be. */
  setLetters(letters) {
    const lost = letters ? null : COMMANDS.find(({ id }) => VITAL.has(id) && !this.of(id).length);
    if (lost) return `${lost.label} has no key but its letter. Give it one first.`;
    this.set({ ...this.settings, letters });
    return "";
  }

  command(event, typing) {
    if (event.isComposing || event.keyCode === 229) return null;
    const key = combination(event);
    const found = /^(Shift\+)?.$/.test(key) ? null : this.byKey.get(key);
    if (found) return found;
    const pressed = typing ? "" : letter(event);
    return this.letters || pressed === "Enter" ? this.byLetter.get(pressed) ?? null : null;
  }

  /** What to print on a button: the letter outside the text, the combination within. */
  hint(id) {
    const command = COMMANDS.find((one) => one.id === id);
    const key = this.typing || !this.letters || !command.letter.length ? this.of(id)[0] : command.letter[0];
    return key ? show(key) : "";
  }
}

/** A combination as it is printed on the keys. */
export function show(key) {
  return key.split(/\+(?=.)/).map((part) => {
    if (part === "Mod") return APPLE ? "⌘" : "Ctrl";
    if (part === "Alt") return APPLE ? "⌥" : "Alt";
    if (part === "Shift") return "⇧";
    return SHOWN[part] ?? part;
  }).join(APPLE ? "" : "+").replace("⇧+", "⇧");
}

// From a key press in the grid to the act it asks for.

import { openHelp } from "./help.js";

const REPEATING = /segment|flag|undo|redo|code(Left|Right)/;

/** In the search field and the dialogs' fields these keys do what they do everywhere. */
const NATIVE = new Set(["leave", "undo", "redo"]);

export class Dispatch {
  constructor(grid) {
    this.grid = grid;
    this.table = table(grid);
  }

  /** A key pressed anywhere in the grid, or on the bare page. The page around never sees those in the grid. */
  keydown(event) {
    const { grid } = this;
    const target = event.composedPath()[0];
    const inText = target.tagName === "TEXTAREA" && Boolean(target.closest(".field"));
    const inOther = !inText && ["INPUT", "SELECT", "TEXTAREA"].includes(target.tagName);
    if (target !== document.body) event.stopPropagation();
    if (grid.root.querySelector("dialog[open]")) return;
    const command = grid.keys.command(event, inText || inOther);
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    const pressing = plain && target.tagName === "BUTTON" && (event.key === "Enter" || event.key === " ");
    if (!command || pressing || (inOther && NATIVE.has(command))) {
      if (inText && plain && event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) event.preventDefault();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat || REPEATING.test(command)) this.run(command);
  }

  run(command) {
    const { grid } = this;
    if (grid.cursor.id === null && !["help", "copy", "search"].includes(command)) return undefined;
    const choice = /^choose([1-9])$/.exec(command);
    if (choice) return this.table.choose(Number(choice[1]) - 1);
    return this.table[command]?.();
  }
}

function table(grid) {
  const { cursor, acts, structure, marking } = grid;
  const onFlag = (act) => {
    const found = acts.flag();
    return found ? act(...found) : undefined;
  };
  return {
    segmentNext: () => cursor.step(1),
    segmentPrevious: () => cursor.step(-1),
    flagNext: () => cursor.stepFlag(1),
    flagPrevious: () => cursor.stepFlag(-1),
    unconfirmedNext: () => cursor.nextUnconfirmed() || grid.live.tell("Every segment is confirmed"),
    edit: () => grid.edit(),
    leave: () => grid.leaveText(),
    confirm: () => acts.confirm(),
    confirmParagraph: () => acts.confirmParagraph(),
    undo: () => acts.undo(),
    redo: () => acts.redo(),
    original: () => grid.toggleCompare(),
    revert: () => acts.revert(),
    lock: () => acts.lock(),
    approve: () => acts.status("approved"),
    reject: () => acts.status("rejected"),
    choose: (index) => onFlag((id, flag) => acts.accept(id, flag, index)),
    accept: () => onFlag((id, flag) => acts.accept(id, flag)),
    acceptAll: () => onFlag((id, flag) => acts.acceptEverywhere(id, flag)),
    dismiss: () => onFlag((id, flag) => acts.dismiss(id, flag)),
    dismissNow: () => onFlag((id, flag) => acts.dismissNow(id, flag)),
    leftovers: () => acts.leftovers(),
    strike: () => structure.strike(),
    strikeRange: () => structure.strikeRange(),
    insertAfter: () => structure.insert(false),
    insertBefore: () => structure.insert(true),
    merge: () => structure.merge(),
    split: () => structure.split(),
    sourceUp: () => structure.moveSource(-1),
    sourceDown: () => structure.moveSource(1),
    mark: () => marking.mark(),
    term: () => marking.term(),
    comment: () => marking.comment(),
    codeInsert: () => cursor.row?.chips.insert(),
    codeLeft: () => cursor.row?.chips.move(-1),
    codeRight: () => cursor.row?.chips.move(1),
    lookUp: () => grid.lookUp.ask(),
    concordance: () => grid.concordance.ask(),
    insert1: () => grid.memory.insert(0),
    insert2: () => grid.memory.insert(1),
    insert3: () => grid.memory.insert(2),
    openMatch: () => grid.memory.open(),
    propagate: () => grid.propagation.open(),
    rate: () => marking.rate(),
    layout: () => grid.setLayout(grid.layout === "paragraph" ? "segment" : "paragraph"),
    search: () => grid.bar.find(),
    copy: () => grid.copyAll(),
    help: () => openHelp(grid),
  };
}

// Every act with its keys: one table. `keys` work anywhere, also while typing; `letter` outside the text.
// "Mod" is Ctrl, on Apple keyboards Command. No key here is one that a browser keeps for itself.

const suggestion = (number) => ({
  id: `choose${number}`, label: `Take suggestion ${number}`, group: "Flags", letter: [`${number}`],
  keys: { rendition: [`Alt+${number}`], memoq: [`Mod+${number}`, `Alt+${number}`], phrase: [`Mod+${number}`, `Alt+${number}`] },
});

export const COMMANDS = [
  { id: "segmentNext", label: "Next segment", group: "Move", letter: ["j"], keys: { rendition: ["Mod+ArrowDown"] } },
  { id: "segmentPrevious", label: "Previous segment", group: "Move", letter: ["k"], keys: { rendition: ["Mod+ArrowUp"] } },
  { id: "flagNext", label: "Next flag", group: "Move", letter: ["n"], keys: { rendition: ["Alt+ArrowDown", "F8"] } },
  { id: "flagPrevious", label: "Previous flag", group: "Move", letter: ["p"], keys: { rendition: ["Alt+ArrowUp", "Shift+F8"] } },
  { id: "unconfirmedNext", label: "Next segment that is not confirmed", group: "Move", letter: ["."],
    keys: { rendition: ["Alt+PageDown"], memoq: ["Mod+G"], trados: ["Alt+PageDown"] } },
  { id: "edit", label: "Edit the text", group: "Move", letter: ["e", "Enter"], keys: { rendition: ["Mod+Shift+F2"] } },
  { id: "leave", label: "Leave the text (it is kept)", group: "Move", letter: [], keys: { rendition: ["Escape"] } },

  { id: "confirm", label: "Confirm and go to the next unconfirmed", group: "Segment", letter: ["c"], keys: { rendition: ["Mod+Enter"] } },
  { id: "confirmParagraph", label: "Confirm the whole paragraph", group: "Segment", letter: ["Shift+C"], keys: { rendition: ["Mod+Shift+Enter"] } },
  { id: "undo", label: "Undo", group: "Segment", letter: ["u"], keys: { rendition: ["Mod+Z"] } },
  { id: "redo", label: "Redo", group: "Segment", letter: ["Shift+U"], keys: { rendition: ["Mod+Y", "Mod+Shift+Z"] } },
  { id: "original", label: "Original and differences", group: "Segment", letter: ["o"], keys: { rendition: ["F2"] } },
  { id: "revert", label: "Put the original back", group: "Segment", letter: [], keys: { rendition: ["Shift+F6"] } },
  { id: "comment", label: "Comment on the selection or the segment", group: "Segment", letter: ["r"],
    keys: { rendition: ["Shift+F2"], memoq: ["Mod+M"] } },
  { id: "codeInsert", label: "Put in the next missing code; the pair about a selection", group: "Segment", letter: [], keys: { rendition: ["Alt+I"] } },
  { id: "codeLeft", label: "Move the code at the caret a word back", group: "Segment", letter: [], keys: { rendition: ["Alt+,"] } },
  { id: "codeRight", label: "Move the code at the caret a word on", group: "Segment", letter: [], keys: { rendition: ["Alt+."] } },
  { id: "lookUp", label: "Look up the Chinese words of the source", group: "Segment", letter: ["l"], keys: { rendition: ["Shift+F7"] } },
  { id: "propagate", label: "The same correction elsewhere", group: "Segment", letter: ["f"], keys: { rendition: ["Alt+F", "Alt+Shift+F"] } },
  { id: "rate", label: "Rate the segment, 0 to 100", group: "Segment", letter: ["g"], keys: { rendition: ["Shift+F9"] } },
  { id: "lock", label: "Lock or unlock", group: "Segment", letter: [], keys: { rendition: ["Alt+F9"] } },
  { id: "approve", label: "Approve", group: "Segment", letter: ["Shift+Y"], keys: { rendition: ["Alt+F2"] } },
  { id: "reject", label: "Reject", group: "Segment", letter: [], keys: { rendition: ["Alt+Shift+F2"] } },

  { id: "accept", label: "Accept the suggestion", group: "Flags", letter: ["a"], keys: { rendition: ["Alt+Enter"] } },
  { id: "acceptAll", label: "Accept everywhere in the article", group: "Flags", letter: ["Shift+A"], keys: { rendition: ["Alt+Shift+Enter"] } },
  { id: "dismiss", label: "Dismiss, with scope and reason", group: "Flags", letter: ["d"], keys: { rendition: ["Alt+Delete", "Alt+0"] } },
  { id: "dismissNow", label: "Dismiss here at once", group: "Flags", letter: ["Shift+D"], keys: { rendition: ["Alt+Shift+0"] } },
  { id: "mark", label: "Mark the selection as an error", group: "Flags", letter: ["m"], keys: { rendition: ["F9"] } },
  { id: "term", label: "Add the selection as a term", group: "Flags", letter: ["t"],
    keys: { rendition: ["F4"], memoq: ["Mod+E"], trados: ["Mod+F2", "F4"] } },
  { id: "leftovers", label: "Delete all page leftovers", group: "Flags", letter: ["Shift+X"], keys: { rendition: ["Shift+F4"] } },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(suggestion),

  { id: "insert1", label: "Put in match 1", group: "Memory", letter: [], keys: { rendition: ["Alt+Shift+1"] } },
  { id: "insert2", label: "Put in match 2", group: "Memory", letter: [], keys: { rendition: ["Alt+Shift+2"] } },
  { id: "insert3", label: "Put in match 3", group: "Memory", letter: [], keys: { rendition: ["Alt+Shift+3"] } },
  { id: "openMatch", label: "Open the place of the best match", group: "Memory", letter: [], keys: { rendition: ["Alt+Shift+O"] } },
  { id: "concordance", label: "Concordance of the selected words", group: "Memory", letter: ["h"],
    keys: { rendition: ["F3"], memoq: ["Mod+K", "F3"], phrase: ["Mod+K", "F3"] } },

  { id: "strike", label: "Delete or restore the segment", group: "Structure", letter: ["x"], keys: { rendition: ["Alt+Shift+Delete"] } },
  { id: "strikeRange", label: "Delete or restore a range", group: "Structure", letter: ["Shift+R"], keys: { rendition: ["Alt+Shift+F9"] } },
  { id: "insertAfter", label: "Insert a sentence after", group: "Structure", letter: ["i"], keys: { rendition: ["Alt+=", "Alt+Insert"] } },
  { id: "insertBefore", label: "Insert a sentence before", group: "Structure", letter: ["Shift+I"], keys: { rendition: ["Alt+Shift+=", "Alt+Shift+Insert"] } },
  { id: "merge", label: "Merge with the next", group: "Structure", letter: ["Shift+M"],
    keys: { rendition: ["Alt+Shift+ArrowDown"], memoq: ["Mod+J"], phrase: ["Mod+J"] } },
  { id: "split", label: "Split at the caret", group: "Structure", letter: ["s"],
    keys: { rendition: ["Alt+/"], phrase: ["Mod+E"], trados: ["Alt+Shift+T"] } },
  { id: "sourceUp", label: "Move the source up", group: "Structure", letter: ["["], keys: { rendition: ["Alt+Shift+PageUp"] } },
  { id: "sourceDown", label: "Move the source down", group: "Structure", letter: ["]"], keys: { rendition: ["Alt+Shift+PageDown"] } },

  { id: "layout", label: "Sentences or whole paragraphs", group: "Page", letter: ["v"], keys: { rendition: ["Alt+Shift+F8"] } },
  { id: "search", label: "Search", group: "Page", letter: ["/"], keys: { rendition: ["Mod+Shift+F"], memoq: ["Mod+F"], trados: ["Mod+F"] } },
  { id: "copy", label: "Copy clean article", group: "Page", letter: ["y"], keys: { rendition: ["Alt+Shift+F4"] } },
  { id: "help", label: "All acts and their keys", group: "Page", letter: ["?"], keys: { rendition: ["Mod+/", "F1"] } },
];

export const PRESETS = { rendition: "Rendition", memoq: "memoQ", trados: "Trados", phrase: "Phrase" };
export const GROUPS = ["Move", "Segment", "Flags", "Memory", "Structure", "Page"];

/** Combinations that a browser or the system takes before a page sees them; they cannot be assigned. */
export const RESERVED = new Set(["Mod+N", "Mod+T", "Mod+W", "Mod+Q", "Mod+Shift+N", "Mod+Shift+T", "Mod+Shift+W", "Mod+Shift+Q",
  "Mod+Shift+P", "Mod+Tab", "Mod+Shift+Tab", "Alt+Tab", "Alt+F4", "Mod+PageUp", "Mod+PageDown", "F11", "F12", "Mod+R", "F5", "Tab",
  "Shift+Tab", "Mod+C", "Mod+V", "Mod+X", "Mod+A", "Mod+L"]);

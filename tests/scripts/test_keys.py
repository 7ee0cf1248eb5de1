"""The grid's table of acts is read whole, or not at all."""

from __future__ import annotations

import pytest

from scripts.keys import acts, shown, table

SCRIPT = """
const suggestion = (number) => ({
  id: `choose${number}`, label: `Take suggestion ${number}`, group: "Flags", letter: [`${number}`],
  keys: { rendition: [`Alt+${number}`], memoq: [`Mod+${number}`] },
});
export const COMMANDS = [
  { id: "up", label: "Move up", group: "Move", letter: ["[", "k"],
    keys: { memoq: ["Mod+K"], rendition: ["Mod+ArrowUp", "Alt+="] } },
  { id: "edit", label: "Edit", group: "Move", letter: [], keys: {} },
];
export const GROUPS = ["Move", "Flags"];
"""


def test_the_table_gives_rendition_s_keys_by_group() -> None:
    assert table(SCRIPT).splitlines()[2:] == [
        "| **Move** | | |",
        "| Move up | `[`, `k` | `Ctrl+↑`, `Alt+=` |",
        "| Edit |  |  |",
        "| **Flags** | | |",
        "| Take suggestion 1 to 9 | `1` … `9` | `Alt+1` … `9` |",
    ]


def test_an_entry_that_is_not_understood_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not understand"):
        acts(SCRIPT.replace("letter: [], keys: {} }", "keys: {} }"))


def test_a_plus_is_a_key_too() -> None:
    assert shown("Mod++") == "`Ctrl++`"

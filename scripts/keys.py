"""README's table of keys, made from the grid's own table: ``python -m scripts.keys`` writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMANDS = ROOT / "review" / "pages" / "grid" / "assets" / "commands.js"
README = ROOT / "README.md"
MARKS = re.compile(r"(<!-- keys\b.*?-->\n).*?(<!-- /keys -->)", re.DOTALL)

_ENTRY = re.compile(
    r'\bid: "(?P<id>[^"]+)",\s+label: "(?P<label>[^"]+)",\s+group: "(?P<group>\w+)",\s+'
    r'letter: \[(?P<letters>(?:"[^"]*"(?:, )?)*)\],\s+keys: \{(?P<keys>[^}]*)\}',
)
_SHOWN = {"Mod": "Ctrl", "ArrowDown": "↓", "ArrowUp": "↑", "Escape": "Esc", "Delete": "Del"}


@dataclass(frozen=True)
class Act:
    """What a reviewer can do, and Rendition's own keys for it: outside the text, and anywhere."""

    label: str
    group: str
    letters: list[str]
    keys: list[str]


def acts(script: str) -> list[Act]:
    """The entries of commands.js, in its order. Raises ValueError where one is not understood."""
    plain = script.replace("${number}", "#").replace("`", '"')
    found = []
    for entry in _ENTRY.finditer(plain):
        rendition = re.search(r'rendition: \[((?:"[^"]*"(?:, )?)*)\]', entry["keys"])
        letters, keys = (
            re.findall(r'"([^"]+)"', entry["letters"]),
            re.findall(r'"([^"]+)"', rendition[1] if rendition else ""),
        )
        found.append(Act(entry["label"], entry["group"], letters, keys))
    if len(found) != len(re.findall(r'\bid: "', plain)):
        raise ValueError("commands.js holds an entry that scripts/keys.py does not understand.")
    return found


def shown(key: str) -> str:
    """A combination as it is printed on keys: ``Mod+ArrowDown`` is Ctrl+↓."""
    if "#" in key:
        return f"{shown(key.replace('#', '1'))} … `9`"
    parts = [_SHOWN.get(part, part) for part in re.split(r"\+(?=.)", key)]
    return f"`{'+'.join(parts)}`"


def table(script: str) -> str:
    """The Markdown table, grouped as the grid groups its acts."""
    found = acts(script)
    groups = sorted({act.group for act in found}, key=lambda group: _place(script, group))
    lines = ["| act | outside the text | anywhere, also while typing |", "|---|---|---|"]
    for group in groups:
        lines.append(f"| **{group}** | | |")
        for act in found:
            if act.group == group:
                lines.append(f"| {act.label.replace('#', '1 to 9')} | {_cell(act.letters)} | {_cell(act.keys)} |")
    return "\n".join(lines) + "\n"


def _place(script: str, group: str) -> int:
    """Where the group stands on the grid's own help."""
    stated = re.search(r"GROUPS = \[(.*?)\]", script)
    if stated is None:
        raise ValueError("commands.js does not list its GROUPS.")
    return re.findall(r'"(\w+)"', stated[1]).index(group)


def _cell(keys: list[str]) -> str:
    return ", ".join(shown(key).replace("|", "\\|") for key in keys)


def main() -> None:
    """Put the table of the present commands.js into README."""
    text = README.read_text("utf-8")
    made = table(COMMANDS.read_text("utf-8"))
    README.write_text(MARKS.sub(lambda found: f"{found[1]}\n{made}\n{found[2]}", text), "utf-8")


if __name__ == "__main__":
    main()

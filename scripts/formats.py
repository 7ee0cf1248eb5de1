"""README's table of formats, made from the registry: ``python -m scripts.formats`` writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from review.formats.base import GROUPS, HELD, Format

README = Path(__file__).parents[1] / "README.md"
MARKS = re.compile(r"(<!-- formats\b.*?-->\n).*?(<!-- /formats -->)", re.DOTALL)
SHORT = {"machine": "machine text"}
"""What is called otherwise than in HELD."""


def table(found: Iterable[Format]) -> str:
    """The Markdown table: grouped by what files are for, by name within a group."""
    lines = ["| format | what it is | in | out | what it can tell of a review |", "|---|---|---|---|---|"]
    kinds = sorted(found, key=lambda item: item.name)
    for group, title in GROUPS.items():
        members = [item for item in kinds if item.use == group]
        lines += [f"| **{title}** | | | | |"] * bool(members)
        for item in members:
            what = f"{item.title} ({', '.join(f'`{suffix}`' for suffix in item.suffixes)})"
            cells = (f"`{item.name}`", what, "yes" if item.read else "", ways_out(item), held(item))
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def ways_out(item: Format) -> str:
    """Whether it is written over originals (of which formats) and from scratch."""
    own = [f"over `{name}`" for name in ((item.name,) if item.read and item.rewrite else ()) + item.over]
    return ", ".join([*own, *(["new"] if item.build else [])])


def held(item: Format) -> str:
    """What a file from scratch can tell, or one over its original where it is never written from scratch."""
    words = {key: SHORT.get(key, key) for key in HELD}
    if len(item.holds) > len(words) - 3:
        lacking = [word for key, word in words.items() if key not in item.holds]
        return "everything" + (f" but {', '.join(lacking)}" if lacking else "")
    return ", ".join(word for key, word in words.items() if key in item.holds) or "the text alone"


def main() -> None:
    """Put the table of the present formats into README."""
    from review.formats import formats

    text = README.read_text("utf-8")
    made = table(formats().values())
    README.write_text(MARKS.sub(lambda found: f"{found[1]}\n{made}\n{found[2]}", text), "utf-8")


if __name__ == "__main__":
    main()

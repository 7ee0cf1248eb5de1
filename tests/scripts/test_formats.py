"""README's table of formats says what a format can do, and what it can tell."""

from __future__ import annotations

from typing import Any

from review.formats.base import HELD, Format
from scripts.formats import held, table, ways_out


def nothing(*_: Any) -> Any:
    return []


def test_a_format_stands_in_its_group_with_what_it_can() -> None:
    both = Format("b", "Both | ways", (".b",), read=nothing, rewrite=nothing, build=nothing, group="tools")
    out = Format("a", "Out", (".a", ".aa"), build=nothing, holds=frozenset({"machine"}), group="text")
    assert table([both, out]).splitlines()[2:] == [
        "| **Clean text** | | | | |",
        "| `a` | Out (`.a`, `.aa`) |  | new | machine text |",
        "| **For other tools** | | | | |",
        "| `b` | Both \\| ways (`.b`) | yes | over `b`, new | the text alone |",
    ]


def test_a_writer_over_others_originals_names_them() -> None:
    assert ways_out(Format("clean", "Clean", (".docx",), rewrite=nothing, over=("docx",))) == "over `docx`"


def test_what_nearly_everything_can_tell_is_said_by_what_is_lacking() -> None:
    assert held(Format("x", "X", (), holds=frozenset(HELD))) == "everything"
    assert held(Format("x", "X", (), holds=frozenset(HELD) - {"history"})) == "everything but history"

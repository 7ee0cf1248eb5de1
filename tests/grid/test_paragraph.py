"""A paragraph edited as one text, and which segment each change belongs to."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser

Modules = Callable[..., Any]


def edit(modules: Modules, texts: list[str], start: int, end: int, text: str) -> list[str]:
    """The segments' texts after the joined text's [start, end) became ``text``."""
    joined = modules("paragraph", "join", texts)
    after = joined["text"][:start] + text + joined["text"][end:]
    change = modules("paragraph", "change", joined["text"], after, start + len(text))
    bounds = modules("paragraph", "rebound", joined["bounds"], change)
    return [after[slice(*bound)] for bound in bounds]


def test_sentences_are_joined_by_a_space_and_chinese_by_nothing(modules: Modules) -> None:
    assert modules("paragraph", "join", ["One.", "Two."]) == {"text": "One. Two.", "bounds": [[0, 4], [5, 9]]}
    assert modules("paragraph", "join", ["一。", "二。"])["text"] == "一。二。"
    assert modules("paragraph", "join", ["One.", "", "Two."])["text"] == "One. Two."


@pytest.mark.parametrize(
    ("start", "end", "text", "after"),
    [
        (3, 3, "x", ["Onex.", "Two.", "Six."]),
        (4, 4, " More.", ["One. More.", "Two.", "Six."]),
        (5, 5, "So ", ["One.", "So Two.", "Six."]),
        (5, 10, "", ["One.", "", "Six."]),
        (0, 5, "", ["", "Two.", "Six."]),
        (2, 7, "e and t", ["One and t", "o.", "Six."]),
        (2, 12, "-", ["On-", "", "x."]),
        (14, 14, "!", ["One.", "Two.", "Six.!"]),
        (0, 14, "All", ["All", "", ""]),
        (4, 5, "", ["One.", "Two.", "Six."]),
    ],
)
def test_a_change_belongs_to_the_segment_it_stands_in(
    modules: Modules, start: int, end: int, text: str, after: list[str]
) -> None:
    assert edit(modules, ["One.", "Two.", "Six."], start, end, text) == after


def test_no_typed_character_is_lost_or_doubled(modules: Modules) -> None:
    chance = random.Random(11)
    for _ in range(200):
        texts = ["".join(chance.choices("ab 一😀.", k=chance.randrange(1, 6))) for _ in range(4)]
        joined = modules("paragraph", "join", texts)["text"]
        start = chance.randrange(len(joined) + 1)
        end = chance.randrange(start, len(joined) + 1)
        typed = "".join(chance.choices("XY", k=chance.randrange(4)))
        after = edit(modules, texts, start, end, typed) if all(ord(c) < 0x10000 for c in joined) else None
        if after is None:
            continue
        whole = joined[:start] + typed + joined[end:]
        rest = iter(whole)
        assert all(letter in rest for part in after for letter in part), "segments hold text out of order"
        lost = len(whole) - sum(map(len, after))
        assert 0 <= lost <= 3
        assert sum(part.count("X") + part.count("Y") for part in after) == len(typed)


def test_doubled_letters_are_placed_by_the_caret(modules: Modules) -> None:
    assert modules("paragraph", "change", "aab", "aaab", 1) == {"start": 0, "end": 0, "text": "a"}
    assert modules("paragraph", "change", "aab", "aaab", 3) == {"start": 2, "end": 2, "text": "a"}


def test_a_deleted_segment_stands_alone_between_the_runs_of_its_paragraph(modules: Modules) -> None:
    segments = [{"id": n, "paragraph": 0, "deleted": n == 2} for n in (1, 2, 3, 4)]
    found = modules("paragraph", "units", segments, "paragraph")
    assert [(unit["ids"], unit["deleted"]) for unit in found] == [([1], False), ([2], True), ([3, 4], False)]
    assert [unit["ids"] for unit in modules("paragraph", "units", segments, "segment")] == [[1], [2], [3], [4]]

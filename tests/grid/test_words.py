"""What acts, flags and rows are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.grid.driver import Grid

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]


def test_confirming_what_is_confirmed_moves_on_and_records_nothing(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("c", "k", "c")
    grid.told("Already confirmed, 5 segments to go")
    assert grid.focus()["label"].startswith("Segment 2,")
    grid.saved()
    assert grid.kinds() == ["status"]


def test_a_dismissal_says_of_which_kind_it_is(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("n", "d")
    expect(grid.page.get_by_label("This kind (Name order) in the article")).to_have_count(1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\u200b", "zero-width space (U+200B)"),
        ("\ufeff", "byte order mark (U+FEFF)"),
        ("\u200b\u00ad", "zero-width space (U+200B), soft hyphen (U+00AD)"),
        ("a\u200b", "a\u200b"),
        ("", ""),
        (" ", " "),
    ],
)
def test_characters_that_nobody_sees_are_named(modules: Callable[..., Any], text: str, said: str) -> None:
    assert modules("backdrop", "named", text) == said


def test_a_deleted_row_speaks_of_no_flags(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("x")
    assert grid.focus()["label"] == "Segment 1, deleted"


def test_a_range_that_waits_for_its_end_marks_its_rows(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("j", "Shift+R", "j", "j")
    expect(grid.page.locator(".row.ranged")).to_have_count(3)
    grid.press("k")
    expect(grid.page.locator(".row.ranged")).to_have_count(2)
    grid.press("Escape")
    grid.told("No range")
    expect(grid.page.locator(".row.ranged")).to_have_count(0)

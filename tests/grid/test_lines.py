"""Line ends other than the one that a text field knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.grid.driver import Grid

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]

WINDOWS = "One line.\r\nThe Kaos platform 😀\r\nand the Kaos platform."


def opened(open_grid: Open, text: str) -> Grid:
    """An article whose first segment holds ``text``."""
    grid = open_grid("pairs")
    grid.fake.view["segments"][0].update(text=text, hypothesis=text)
    grid.load()
    return grid


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_typing_leaves_the_line_ends_that_were_there(open_grid: Open, end: str) -> None:
    text = WINDOWS.replace("\r\n", end)
    grid = opened(open_grid, text)
    assert grid.texts()[0] == text.replace(end, "\n")
    grid.saved()
    grid.caret(0, text.replace(end, "\n").index("platform"))
    grid.type("old ")
    grid.saved()
    assert grid.stored()[0] == text.replace("platform", "old platform", 1)
    grid.press("Shift+Enter")
    grid.saved()
    assert grid.stored()[0] == text.replace("platform", f"old {end}platform", 1)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_flags_stand_on_their_words_and_are_accepted_there(open_grid: Open, end: str) -> None:
    text = WINDOWS.replace("\r\n", end)
    grid = opened(open_grid, text)
    assert grid.page.locator(".backdrop").first.locator(".flag").all_inner_texts() == ["Kaos", "Kaos"]
    grid.caret(0, 0)
    grid.press("Alt+ArrowDown", "Alt+ArrowDown")
    selected = grid.area(0).evaluate("a => [a.selectionStart, a.value.slice(a.selectionStart, a.selectionEnd)]")
    assert selected[1] == "Kaos"
    assert selected[0] > 20
    grid.press("Alt+Enter")
    grid.saved()
    assert grid.stored()[0] == text[: text.rindex("Kaos")] + "COSMOPlat platform."


def test_marks_and_splits_count_in_the_segment_s_own_text(open_grid: Open) -> None:
    grid = opened(open_grid, WINDOWS)
    at = WINDOWS.replace("\r\n", "\n").index("and the") + 1  # in UTF-16: there is an emoji before it
    grid.caret(0, at, at + 3)
    grid.press("F9", "2", "3", "Enter")
    grid.told("Marked: accuracy, major")
    grid.saved()
    mark = grid.fake.view["segments"][0]["marks"][0]
    assert mark["text"][mark["start"] : mark["end"]] == "and"
    assert grid.page.locator(".backdrop .error").inner_text() == "and"
    grid.caret(0, at)
    grid.press("Alt+/")
    grid.told("Split")
    grid.saved()
    expect(grid.area(1)).to_have_value("and the Kaos platform.")
    assert grid.stored()[:2] == ["One line.\r\nThe Kaos platform 😀", "and the Kaos platform."]


@pytest.mark.parametrize(
    ("text", "value", "after"),
    [
        ("a\r\nb\nc\rd", "a\nb\nc\ndx", "a\r\nb\nc\rdx"),
        ("a\r\nb", "a\n\nb", "a\r\n\r\nb"),
        ("a\r\nb", "ab", "ab"),
        ("a\rx\nb", "a\n\nb", "a\r\rb"),
        ("a\nb", "a\nbc", "a\nbc"),
    ],
)
def test_an_edit_of_what_is_shown_is_made_in_the_text(
    modules: Callable[..., Any], text: str, value: str, after: str
) -> None:
    segment = {"text": text, "saved": text, "hypothesis": text}
    assert modules("lines", "edited", segment, value) == after

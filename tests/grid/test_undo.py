"""What undo takes back first, and where the focus stands after it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.grid.driver import Grid

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]


def rated(grid: Grid, value: str) -> None:
    grid.press("g", "Control+a")
    grid.type(value)
    grid.press("Enter")
    grid.told(f"Rated {value}")


def test_undo_takes_back_a_rating_and_not_what_was_done_before_it(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("c", "k")
    rated(grid, "80")
    rated(grid, "60")
    grid.press("u")
    grid.told("Undid: rating, segment 1")
    grid.saved()
    assert grid.fake.view["segments"][0]["rating"] == 80
    assert grid.fake.view["segments"][0]["status"] == "confirmed"
    grid.press("Shift+U")
    grid.saved()
    assert grid.fake.view["segments"][0]["rating"] == 60
    grid.press("u", "u")
    grid.told("A first rating is not taken back.")
    grid.saved()
    assert grid.fake.view["segments"][0]["status"] == "confirmed"
    grid.press("u")
    grid.told("Undid: confirmation, segment 1")
    grid.saved()
    assert grid.fake.view["segments"][0]["status"] == "new"


def test_a_removed_mark_comes_back_and_goes_again(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(0, 0, 12)
    grid.press("F9", "2", "3", "Enter")
    grid.told("Marked")
    grid.page.get_by_role("button", name="Remove the mark").click()
    grid.told("Mark removed")
    grid.press("u")
    grid.told("Undid: removed mark")
    grid.saved()
    marks = grid.fake.view["segments"][0]["marks"]
    assert [(mark["start"], mark["end"], mark["severity"]) for mark in marks] == [(0, 12, "major")]
    made = [event["payload"]["span"]["id"] for event in grid.fake.events.values() if event["kind"] == "mark"]
    assert len(set(made)) == 2, "the server takes each name once"
    grid.press("u")
    grid.told("Undid: marked error")
    grid.saved()
    assert grid.fake.view["segments"][0]["marks"] == []
    grid.press("Shift+U", "Shift+U")
    grid.saved()
    assert grid.fake.view["segments"][0]["marks"] == []
    assert grid.kinds() == ["mark", "unmark", "mark", "unmark", "mark", "unmark"]


def test_a_dismissal_taken_back_is_made_again_by_undo(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("n", "Shift+D")
    grid.told("Dismissed")
    grid.page.get_by_role("button", name="Undo: dismissed").click()
    grid.told("Restored")
    grid.press("u")
    grid.told("Undid: restored flag")
    grid.saved()
    assert len(grid.fake.dismissed) == 1
    grid.press("u")
    grid.told("Undid: dismissal")
    grid.saved()
    assert grid.fake.dismissed == {}
    assert grid.kinds() == ["dismiss", "restore", "dismiss", "restore"]


def test_a_removed_comment_comes_back(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("r")
    grid.type("Who?")
    grid.press("Control+Enter")
    grid.told("Comment added")
    grid.page.get_by_role("button", name="Remove this comment").click()
    grid.told("Comment removed")
    grid.press("u")
    grid.told("Undid: removed comment")
    grid.saved()
    assert [one["text"] for one in grid.fake.view["segments"][0]["comments"]] == ["Who?"]


def test_the_focus_stays_on_the_row_when_a_deletion_is_undone_and_done_again(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("j", "x", "u")
    assert grid.focus()["label"].startswith("Segment 2, new")
    grid.press("Shift+U")
    assert grid.focus()["label"].startswith("Segment 2, deleted")
    grid.told("Did again: deletion, segment 2")


def test_the_caret_returns_to_the_text_in_which_a_segment_was_deleted(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(1, 4)
    grid.press("Alt+Shift+Delete", "Control+z")
    assert grid.focus()["label"] == "Translation of segment 2"
    grid.press("Control+Shift+Z")
    assert grid.focus()["label"].startswith("Segment 2, deleted")


def test_an_undone_range_is_counted(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("Shift+R", "j", "j", "Shift+R", "u")
    grid.told("Undid: deletion of 3 segments")

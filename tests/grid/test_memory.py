"""The translation memory beside the segment: matches, put in at a key; and where selected words stood before."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.grid.driver import Grid
from tests.grid.test_access import findings

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]

MATCHES = [
    {"source": "陈岚上午到海尔集团调研。", "target": "Chen Lan visited Haier Group this morning.", "score": 100,
     "difference": [["equal", "陈岚上午到海尔集团调研。", "陈岚上午到海尔集团调研。"]],
     "article": 77, "articleName": "Quay", "segment": 901, "by": "Wang Wei", "at": 0, "origin": "correction"},
    {"source": "陈岚下午到海尔集团调研。", "target": "Chen Lan visited Haier Group this afternoon.", "score": 91,
     "difference": [["equal", "陈岚", "陈岚"], ["replace", "上", "下"], ["equal", "午到调研。", "午到调研。"]],
     "article": None, "articleName": "", "segment": None, "by": "", "at": 0, "origin": "house.tmx"},
]  # fmt: skip
PLACES = [
    {"source": "海尔集团", "target": "Haier Group grew.", "start": 0, "end": 5, "article": 77, "articleName": "Quay",
     "segment": 901, "origin": "correction"},
]  # fmt: skip


def lines(grid: Grid) -> Locator:
    return grid.page.locator(".details .memory")


@pytest.fixture
def remembering(open_grid: Open) -> Grid:
    """The sample "pairs" with two matches for whatever is asked, gone to its second segment."""
    grid = open_grid("pairs")
    grid.fake.beyond.matches = MATCHES
    grid.fake.beyond.places = PLACES
    grid.press("j")
    expect(lines(grid)).to_have_count(2)
    return grid


def test_matches_stand_under_the_active_segment_with_score_and_difference(remembering: Grid) -> None:
    first, second = lines(remembering).nth(0), lines(remembering).nth(1)
    expect(first).to_contain_text("Memory 100%")
    expect(first.get_by_role("link", name="Quay, Wang Wei")).to_have_attribute(
        "href", re.compile("article=77&segment=901$")
    )
    expect(first.locator(".changes")).to_have_count(0)
    expect(second).to_contain_text("Memory 91%")
    expect(second.locator(".changes")).to_have_text("陈岚[-下-]{+上+}午到调研。")
    expect(second).to_contain_text("house.tmx")


def test_a_key_puts_a_match_in_and_one_undo_takes_it_back(remembering: Grid) -> None:
    grid = remembering
    before = grid.area(1).input_value()
    grid.caret(1, 3)
    grid.press("Alt+Shift+2")
    expect(grid.area(1)).to_have_value("Chen Lan visited Haier Group this afternoon.")
    grid.told("Put in: match 2, 91%")
    assert grid.focus()["from"] == len("Chen Lan visited Haier Group this afternoon.")
    grid.press("Control+z")
    expect(grid.area(1)).to_have_value(before)
    grid.saved()
    assert grid.kinds() == ["edit", "undo"]


def test_a_match_that_is_not_there_is_said_to_be_missing(remembering: Grid) -> None:
    remembering.press("Alt+Shift+3")
    remembering.told("There is no match 3.")


def test_the_best_match_s_place_opens_in_a_tab_of_its_own(remembering: Grid) -> None:
    with remembering.page.context.expect_page() as waiting:
        remembering.press("Alt+Shift+o")
    assert "article=77&segment=901" in waiting.value.url
    waiting.value.close()


def test_going_back_to_a_segment_asks_nothing_again(remembering: Grid) -> None:
    grid = remembering
    grid.press("j")
    expect(lines(grid)).to_have_count(2)
    asked = len(grid.fake.beyond.of("memory"))
    grid.press("k")
    expect(lines(grid)).to_have_count(2)
    assert grid.page.locator(".row.active .details .memory").count() == 2
    assert len(grid.fake.beyond.of("memory")) == asked


def test_segments_that_are_only_passed_are_not_asked_about(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.beyond.matches = MATCHES
    grid.press("j", "j", "j", "j")
    expect(lines(grid)).to_have_count(2)
    asked = [body["segment"] for body in grid.fake.beyond.of("memory")]
    assert asked[-1] == 205
    assert not {202, 203, 204} & set(asked)


def test_while_the_memory_is_away_nothing_is_shown_or_said(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.mute["memory"] = (503, "away")
    with grid.page.expect_response("**/memory"):
        grid.press("j")
    expect(lines(grid)).to_have_count(0)
    grid.press("Alt+Shift+1")
    grid.told("The memory has nothing like this segment.")


def test_the_concordance_of_selected_words_is_a_note_of_the_segment(remembering: Grid) -> None:
    grid = remembering
    grid.caret(1, 0, 3)
    grid.press("F3")
    note = grid.page.get_by_role("group", name="Concordance")
    expect(note.locator("mark")).to_have_text("Haier")
    expect(note).to_contain_text("海尔集团")
    grid.told("Concordance: 1 place")
    (body,) = grid.fake.beyond.of("concordance")
    assert (body["text"], body["side"]) == ("She", "target")
    assert findings(grid) == []
    grid.press("Escape", "j")
    expect(note).to_have_count(0)


def test_the_concordance_of_nothing_asks_for_a_selection(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("j", "j", "j", "j", "h")
    grid.told("Select words in the translation or the source first.")


def test_words_that_the_memory_does_not_have_are_said_to_be_missing(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(0, 0, 4)
    grid.press("F3")
    grid.told("The memory does not have “This”.")
    grid.page.get_by_role("button", name="Close the concordance").click()
    expect(grid.page.get_by_role("group", name="Concordance")).to_have_count(0)

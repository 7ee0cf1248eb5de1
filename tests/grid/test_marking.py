"""What a reviewer says about a text: errors, terms, comments, ratings, a look at the original."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.grid.driver import Grid

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]


def test_the_original_is_one_key_away_with_differences_in_words(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("n", "a", "o")
    line = grid.page.locator(".details .original")
    expect(line.locator("del")).to_have_text(["[-the-]", "[- Haier-]"])
    grid.press("o")
    expect(line).to_have_count(0)
    expect(grid.page.locator(".details .reference")).to_contain_text("Chen Lan visited Haier Group")


def test_marking_an_error_by_keys(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(0, 0, 12)
    grid.press("F9", "2", "3", "Enter")
    grid.told("Marked: accuracy, major")
    grid.saved()
    mark = grid.fake.view["segments"][0]["marks"][0]
    assert (mark["start"], mark["end"], mark["category"], mark["severity"], mark["side"]) == (
        0,
        12,
        "accuracy",
        "major",
        "target",
    )
    assert grid.focus()["tag"] == "TEXTAREA"
    grid.caret(0, 5)
    grid.press("F9")
    expect(grid.page.get_by_role("heading", name="Mark missing words")).to_be_visible()
    grid.press("Enter")
    grid.told("Marked: omission, minor")
    grid.saved()
    assert grid.fake.view["segments"][0]["marks"][1]["missing"] is True


def test_marking_a_selection_in_the_source(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.page.locator(".source").first.dblclick(position={"x": 30, "y": 12})
    grid.press("m", "2", "Enter")
    grid.told("Marked: accuracy, minor")
    grid.saved()
    mark = grid.fake.view["segments"][0]["marks"][0]
    assert mark["side"] == "source"
    assert mark["text"][mark["start"] : mark["end"]]


def test_adding_a_term_asks_the_server_and_renews_the_flags(open_grid: Open) -> None:
    grid = open_grid("pairs")
    text = grid.texts()[5]
    grid.caret(5, text.index("Participants"), text.index("Participants") + 12)
    grid.press("F4")
    assert grid.page.get_by_label("Wrong rendering").input_value() == "Participants"
    grid.type("Those present")
    grid.press("Enter")
    grid.told("Term added: Those present")
    assert grid.fake.terms[0]["wrong"] == "Participants"  # type: ignore[attr-defined]


def test_comments_and_ratings(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("r")
    grid.type("Check the name")
    grid.press("Control+Enter")
    expect(grid.page.get_by_role("group", name="Comment")).to_contain_text("Check the name")
    grid.press("g")
    grid.type("80")
    grid.press("Enter")
    grid.told("Rated 80")
    grid.saved()
    assert grid.kinds() == ["comment", "rate"]

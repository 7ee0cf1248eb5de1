"""What a reviewer says about a text: errors, terms, comments, ratings, a look at the original."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    grid.press("m", "Enter")
    grid.told("Marked: omission, minor")
    grid.saved()
    mark = grid.fake.view["segments"][0]["marks"][0]
    assert (mark["side"], mark["category"]) == ("source", "accuracy")
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


def test_a_refused_term_can_be_added_all_the_same_with_a_reason(open_grid: Open) -> None:
    grid = open_grid("pairs")
    text = grid.texts()[5]
    grid.caret(5, text.index("Participants"), text.index("Participants") + 12)
    grid.press("F4")
    reason = grid.page.get_by_label("As a lead, add it all the same, because")
    expect(reason).to_be_hidden()
    grid.type("Those present")
    grid.fake.mode = "refuse"
    grid.press("Enter")
    expect(grid.page.get_by_role("alert")).to_contain_text("forbidden by another term")
    grid.fake.mode = "ok"
    reason.fill("The ministry writes so")
    grid.press("Enter")
    grid.told("Term added: Those present")
    assert grid.fake.terms[0]["override"] == "The ministry writes so"  # type: ignore[attr-defined]


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


def commented(open_grid: Open) -> Grid:
    """The first segment with a comment on "Chen Lan"."""
    grid = open_grid("pairs")
    grid.caret(0, 14, 22)
    grid.press("Shift+F2")
    grid.type("Who?")
    grid.press("Control+Enter")
    grid.told("Comment added")
    grid.saved()
    assert remark(grid) == ["Chen Lan"]
    return grid


def remark(grid: Grid) -> list[str]:
    return grid.page.locator(".backdrop .remark").all_inner_texts()


def test_a_comment_stays_on_its_words_when_text_changes_around_them(open_grid: Open) -> None:
    grid = commented(open_grid)
    grid.caret(0, 0)
    grid.type("😀 Now: ")
    assert remark(grid) == ["Chen Lan"]
    grid.caret(0, 25)
    grid.type("x")
    assert "".join(remark(grid)) == "Chexn Lan"
    grid.press("Escape", "u")
    assert remark(grid) == ["Chen Lan"]
    grid.saved()
    assert grid.stored()[0].startswith("This morning")


def test_a_comment_whose_words_are_gone_stays_with_the_segment_and_undo_brings_them_back(open_grid: Open) -> None:
    grid = commented(open_grid)
    grid.caret(0, 10, 24)
    grid.press("Delete")
    assert remark(grid) == []
    expect(grid.page.get_by_role("group", name="Comment")).to_contain_text("Who?")
    grid.press("Escape", "u")
    assert remark(grid) == ["Chen Lan"]


def test_undo_of_typing_puts_flags_back_on_their_words_at_once(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.mode = "down"
    grid.caret(0, 0)
    grid.type("Now: ")
    grid.press("Escape", "u")
    assert grid.page.locator(".backdrop").first.locator(".flag").all_inner_texts() == ["the Group Haier"]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ("aa BB cc", "BB"),
        ("xxaa BB cc", "BB"),
        ("aa BB cc!", "BB"),
        ("aa BxB cc", "BxB"),
        ("aa B cc", "B"),
        ("aB cc", "B"),
        ("aa Bc", "B"),
        ("aa  cc", None),
        ("ac", None),
        ("", None),
    ],
)
def test_a_span_follows_a_change(modules: Callable[..., Any], after: str, words: str | None) -> None:
    moved = modules("apply", "carried", {"id": "c", "start": 3, "end": 5}, "aa BB cc", after)
    assert (None if moved["start"] is None else after[moved["start"] : moved["end"]]) == words


@pytest.mark.parametrize(
    ("mode", "words"), [("refuse", "is forbidden by another term."), ("full", "The disk is full.")]
)
def test_a_term_that_is_refused_stays_in_its_form_with_the_reason(open_grid: Open, mode: str, words: str) -> None:
    grid = open_grid("pairs")
    grid.fake.mode = mode
    grid.press("n", "t")
    grid.type("Haier")
    grid.press("Enter")
    dialog = grid.page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text(
        f"The term was not added: {'“dual' if mode == 'refuse' else ''}"
    )
    expect(dialog.get_by_role("alert")).to_contain_text(words)
    expect(dialog.get_by_label("Preferred rendering")).to_have_value("Haier")
    grid.fake.mode = "ok"
    grid.press("Enter")
    grid.told("Term added: Haier")
    expect(dialog).to_have_count(0)


def test_a_segment_is_approved_by_a_letter(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("Shift+Y")
    grid.told("Approved")
    grid.saved()
    assert grid.fake.view["segments"][0]["status"] == "approved"

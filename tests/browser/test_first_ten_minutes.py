"""README's first ten minutes, done as it says, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@pytest.fixture
def first(server: Served, page: Page) -> Page:
    """The first screen, the caret outside the text."""
    page.goto(server.url)
    page.locator(".row textarea").first.click()
    page.keyboard.press("Escape")
    return page


def walk_to(page: Page, surface: str) -> None:
    """Press n until the note on ``surface`` is open."""
    note = page.get_by_text(f"“{surface}”").first
    for _ in range(60):
        page.keyboard.press("n")
        if note.is_visible():
            return
    pytest.fail(f"no flag on {surface!r} came by")


def texts(page: Page) -> list[str]:
    return [area.input_value() for area in page.locator(".row textarea").all()]


def wait_saved(page: Page) -> None:
    page.get_by_text("All changes saved").first.wait_for()


def row(page: Page, text: str) -> Locator:
    return page.locator(".row").filter(has_text=text).first


def test_the_sample_s_flags_are_walked_accepted_and_taken_back(first: Page) -> None:
    walk_to(first, "41 million")
    assert first.get_by_text("4.1亿").first.is_visible(), "the note shows the arithmetic"
    first.keyboard.press("a")
    wait_saved(first)
    assert sum("cargo throughput of 410 million tons" in text for text in texts(first)) == 1

    walk_to(first, "people-run enterprises")
    first.keyboard.press("Shift+A")
    wait_saved(first)
    assert not any("people-run" in text.lower() for text in texts(first)), "accepted everywhere in the article"

    first.keyboard.press("u")
    wait_saved(first)
    assert sum("people-run" in text.lower() for text in texts(first)) == 2, "one undo for both"

    first.reload()
    first.locator(".row textarea").first.wait_for()
    assert sum("cargo throughput of 410 million tons" in text for text in texts(first)) == 1


def test_typing_and_ctrl_enter_confirm_a_sentence_and_go_on(first: Page) -> None:
    area = first.locator(".row textarea").nth(12)
    area.click()
    first.keyboard.press("Control+A")
    first.keyboard.type("Rail links bring the port more partners.")
    first.keyboard.press("Control+Enter")
    wait_saved(first)
    first.reload()
    first.locator(".row textarea").first.wait_for()
    assert texts(first)[12] == "Rail links bring the port more partners."
    assert "confirmed" in (first.locator(".rows .row").nth(12).text_content() or "")


def test_the_scraped_article_is_cleaned_in_one_act(server: Served, page: Page) -> None:
    page.goto(server.url)
    page.locator(".row textarea").first.wait_for()
    for name in ("weifang-tractors", "zaozhuang-lithium"):
        page.get_by_role("button", name="›").click()
        page.get_by_role("table", name=f"Segments of {name}").wait_for()
    page.get_by_role("button", name="Delete 7 page leftovers").click()
    wait_saved(page)
    page.get_by_role("button", name="Copy clean article").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('Ludian New Materials'))")
    clean = page.evaluate("navigator.clipboard.readText()")
    for leftover in (
        "[ad_1]",
        "[ad_2]",
        "Original title",
        "Share to",
        "Responsible editor",
        "Click here",
        "_Lunan Online",
    ):
        assert leftover not in clean

"""A window of 320 px, as at 400 % zoom, and one of 1920."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.grid.driver import Grid

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]


@pytest.fixture
def narrow(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 560})
    return page


@pytest.mark.parametrize("sample", ["pairs", "flow"])
def test_the_note_of_a_chosen_flag_is_brought_into_sight(open_grid: Open, narrow: Page, sample: str) -> None:
    grid = open_grid(sample, page=narrow)
    for _ in range(6):
        grid.press("n")
        box = narrow.locator(".note.open.active").bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 560


def test_filters_stand_behind_one_button(open_grid: Open, narrow: Page) -> None:
    grid = open_grid("pairs", page=narrow)
    expect(narrow.get_by_label("Severity")).to_be_hidden()
    narrow.get_by_role("button", name="Filter").click()
    expect(narrow.get_by_label("Severity")).to_be_visible()
    narrow.get_by_role("button", name="Filter").click()
    grid.page.locator(".row").first.focus()
    grid.press("/")
    expect(narrow.get_by_label("Search the article")).to_be_focused()
    bar = narrow.evaluate("document.documentElement.scrollWidth")
    assert bar <= 320


def test_names_and_keys_of_acts_do_not_overprint(open_grid: Open, narrow: Page) -> None:
    grid = open_grid("pairs", page=narrow)
    grid.press("?")
    overlaps = narrow.locator(".command").evaluate_all(
        """list => list.filter((row) => {
             const [name, ...rest] = [...row.children].map((one) => one.getBoundingClientRect());
             return rest.some((one) => one.width && one.height && one.top < name.bottom - 1 && one.left < name.right);
           }).length"""
    )
    assert overlaps == 0
    assert narrow.locator("dialog").evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")


def test_running_text_and_its_bar_stand_in_the_middle_of_a_wide_window(
    open_grid: Open, context: BrowserContext
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 1920, "height": 900})
    open_grid("flow", page=page)
    bar, table = page.locator(".bar").bounding_box(), page.locator(".table").bounding_box()
    assert bar is not None
    assert table is not None
    assert (bar["x"], bar["width"]) == (table["x"], table["width"])
    assert abs(bar["x"] * 2 + bar["width"] - 1920) < 2

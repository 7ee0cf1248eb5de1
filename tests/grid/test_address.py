"""The place in the address, with Back and Forward."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.grid.driver import Grid

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]


def test_the_address_of_another_article_is_left_alone(open_grid: Open) -> None:
    grid = open_grid("pairs", article=2)
    grid.press("j")
    grid.page.wait_for_function("location.search.includes('segment=202')")
    grid.page.clock.install()
    grid.page.evaluate("history.pushState(null, '', '?article=9&segment=55')")
    grid.press("j")
    grid.page.clock.run_for(5000)
    assert grid.page.evaluate("location.search") == "?article=9&segment=55"


def test_the_address_follows_within_that_time(open_grid: Open) -> None:
    """So that the test above could fail."""
    grid = open_grid("pairs", article=2)
    grid.page.clock.install()
    grid.press("j")
    grid.page.clock.run_for(5000)
    assert "segment=202" in grid.page.evaluate("location.search")


def test_back_goes_to_the_segment_of_the_entry(open_grid: Open) -> None:
    grid = open_grid("pairs", article=2)
    grid.press("j")
    grid.page.wait_for_function("location.search.includes('segment=202')")
    grid.page.evaluate("history.pushState(null, '', location.href)")
    grid.press("j", "j")
    grid.page.wait_for_function("location.search.includes('segment=204')")
    grid.page.evaluate("history.back()")
    grid.page.wait_for_function("location.search.includes('segment=202')")
    assert grid.focus()["label"].startswith("Segment 2,")

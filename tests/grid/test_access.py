"""The grid for everyone: roles and names, contrast, zoom, and the loop by the accessibility tree alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.grid.driver import Grid

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]


def findings(grid: Grid) -> list[str]:
    """What axe-core finds that is serious or critical."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    results = axe.Axe().run(
        grid.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]} {one['nodes'][0].get('failureSummary', '')[:300]}"
        for one in results.response["violations"]
        if one["impact"] in ("serious", "critical", "moderate")
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sample", ["flow", "pairs", "arabic"])
def test_axe_finds_nothing_serious(open_grid: Open, sample: str, theme: str) -> None:
    grid = open_grid(sample, theme=theme)
    grid.press("n", "a", "n", "o")
    assert findings(grid) == []


@pytest.mark.parametrize("key", ["?", "d", "m", "t", "r", "g"])
def test_axe_finds_nothing_serious_in_the_dialogs(open_grid: Open, key: str) -> None:
    grid = open_grid("pairs")
    grid.press("n", key)
    expect(grid.page.get_by_role("dialog")).to_be_visible()
    assert findings(grid) == []


def test_axe_finds_nothing_serious_where_saving_fails(open_grid: Open) -> None:
    grid = open_grid("pairs", theme="dark")
    grid.fake.mode = "refuse"
    grid.press("n", "a")
    expect(grid.page.get_by_role("group", name="Refused change")).to_be_visible()
    grid.fake.mode = "down"
    grid.press("n", "a", "x")
    expect(grid.page.locator(".saved")).to_contain_text("Not saved")
    assert findings(grid) == []


def test_the_loop_by_the_accessibility_tree_alone(open_grid: Open) -> None:
    """Everything is found by role and name, and done by focus and key."""
    grid = open_grid("flow")
    page = grid.page
    table = page.get_by_role("table", name="Segments of Harbour")
    expect(table.get_by_role("row", name=re.compile("^Segment"))).to_have_count(6)
    expect(page.get_by_role("progressbar", name="Confirmed words")).to_have_attribute("aria-valuenow", "0")
    expect(table.get_by_role("row", name="Segments 3–5, new, 3 open flags")).to_have_count(1)
    row = table.get_by_role("row", name=re.compile("^Segments 3–5"))
    flag = row.get_by_role("group", name=re.compile("^Flag: double cycle"))
    flag.get_by_role("button", name=re.compile("double cycle")).focus()
    page.keyboard.press("Enter")
    expect(flag.get_by_role("button", expanded=True)).to_be_focused()
    flag.get_by_role("button", name=re.compile("^Accept")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Accepted “dual circulation”, 9 flags left")).to_have_count(1)
    expect(flag).to_contain_text("accepted")
    assert grid.focus()["flag"], "after accepting the focus is on the flag's own note"
    field = table.get_by_role("textbox", name="Translation of segments 3–5")
    expect(field).to_have_value(re.compile("dual circulation"))
    field.focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").filter(has_text="Confirmed, 11 segments to go")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.get_by_role("status").filter(has_text="Undid: confirmation")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="All changes saved")).to_have_count(1)
    page.get_by_role("button", name="Keys ?").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Acts and keys")
    dialog.get_by_role("button", name="Delete or restore the segment", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Deleted 1 segment")).to_have_count(1)
    grid.saved()
    assert grid.kinds() == ["accept", "status", "undo", "delete"]


def test_controls_are_at_least_24_pixels_high(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("n")
    small = grid.page.evaluate(
        """() => [...document.getElementById('host').shadowRoot.querySelectorAll('button, select, input')]
          .filter((one) => one.offsetParent && (one.offsetHeight < 24 || one.offsetWidth < 24))
          .map((one) => one.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize("sample", ["flow", "pairs", "arabic"])
def test_at_four_times_the_size_everything_stands_in_one_column(open_grid: Open, sample: str) -> None:
    grid = open_grid(sample)
    grid.press("n")
    grid.page.set_viewport_size({"width": 320, "height": 256})
    assert grid.page.evaluate("document.documentElement.scrollWidth") <= 320
    boxes = [grid.page.locator(f".row[aria-current] .{part}").bounding_box() for part in ("target", "rail")]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"] - 1


def test_each_text_says_its_language_and_direction(open_grid: Open) -> None:
    grid = open_grid("arabic")
    area = grid.area(0)
    assert (area.get_attribute("lang"), area.get_attribute("dir")) == ("ar", "rtl")
    source = grid.page.locator(".source").first
    assert (source.get_attribute("lang"), source.get_attribute("dir")) == ("zh", "ltr")
    assert grid.page.locator(".note bdi[lang=ar][dir=rtl]").count() > 0


@pytest.mark.parametrize("sample", ["flow", "pairs", "arabic"])
def test_the_backdrop_breaks_lines_where_the_field_does(open_grid: Open, sample: str) -> None:
    grid = open_grid(sample)
    for width in (1280, 900, 500):
        grid.page.set_viewport_size({"width": width, "height": 900})
        heights = grid.page.evaluate(
            """() => [...document.getElementById('host').shadowRoot.querySelectorAll('.field:has(textarea)')]
              .map((field) => ['.backdrop', 'textarea'].map((part) => field.querySelector(part).scrollHeight))"""
        )
        assert all(abs(back - area) <= 1 for back, area in heights), heights


def test_forced_colours_keep_flags_and_the_active_row_visible(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.page.emulate_media(forced_colors="active", reduced_motion="reduce")
    grid.press("n")
    line = grid.page.locator(".flag.current").first.evaluate("(one) => getComputedStyle(one).textDecorationLine")
    assert line == "underline"
    assert grid.page.locator(".toast").evaluate("(one) => getComputedStyle(one).transitionDuration") in ("0s", "")

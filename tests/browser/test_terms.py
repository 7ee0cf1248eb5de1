"""The Terms page in a real browser: a concept is found, changed after a look at what that flags, and put back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from scripts.serving import Served
from tests.browser.desk import run, serious

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ROWS = (
    ("The Kaos platform grew.", "卡奥斯成长了。"),
    ("The old quay is long.", "旧码头很长。"),
    ("A quay was built.", "码头建成了。"),
)
HEADER, ROW, TICKS = 35, 35, 38
"""Pixels of a table's header, of its rows, and of the column of ticks."""


@pytest.fixture
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with one article."""
    folder = tmp_path_factory.mktemp("terms")
    file = folder / "port.jsonl"
    rows = [
        {"article": "port", "segment": str(at), "source": source, "hypothesis": text, "source_language": "zh",
         "target_language": "en"}
        for at, (text, source) in enumerate(ROWS, 1)
    ]  # fmt: skip
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    served = Served(folder / "review.sqlite3", samples=False)
    assert run(served, "import", str(file), "--batch", "port").returncode == 0
    with served:
        yield served


def settled(page: Page) -> None:
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def opened(served: Served, page: Page) -> Page:
    page.goto(f"{served.url}/terms")
    page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    settled(page)
    return page


def choose(page: Page, row: int, column: float) -> None:
    """Click into a row of the list, from 0, ``column`` pixels from its left."""
    page.locator("[data-testid=stDataFrame]").first.click(position={"x": column, "y": HEADER + ROW * (row + 0.5)})
    settled(page)


def write(page: Page, label: str, text: str) -> None:
    field = page.get_by_role("textbox", name=label, exact=True)
    field.fill(text)
    field.press("Tab")
    settled(page)


def notes(page: Page, served: Served) -> Locator:
    """The notes beside the article, once it is there."""
    page.goto(f"{served.url}/")
    page.locator(".field textarea").first.wait_for()
    return page.locator(".note .what")


def test_a_concept_is_found_changed_seen_to_flag_and_put_back(served: Served, page: Page) -> None:
    from playwright.sync_api import expect

    opened(served, page)
    page.get_by_role("textbox", name="Search").fill("码头")
    page.keyboard.press("Enter")
    expect(page.get_by_text(" of 771 concepts")).not_to_contain_text("771 of 771")
    settled(page)
    page.get_by_role("textbox", name="Search").fill("卡奥斯")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 771 concepts")).to_be_visible()
    settled(page)
    choose(page, 0, 90)
    expect(page.get_by_role("heading", name="卡奥斯")).to_be_visible()
    assert "concept=cosmoplat" in page.url
    write(page, "Rendering 1", "COSMOPlat Cloud")
    expect(page.get_by_text("1 place in all articles")).to_be_visible()
    page.get_by_text("When", exact=True).first.click()
    expect(page.get_by_role("textbox", name="Language")).to_have_value("en")
    expect(page.get_by_role("textbox", name="Not near one of")).to_have_value("pilot|festival|comics")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved 卡奥斯")).to_be_visible()
    assert "termbase=project" in page.url
    said = notes(page, served)
    expect(said.filter(has_text="COSMOPlat Cloud").first).to_be_visible()
    page.goto(f"{served.url}/terms?concept=cosmoplat&termbase=project")
    page.get_by_text("History (1)").click()
    page.get_by_role("button", name="Undo this").click()
    expect(page.get_by_text("Undone: version 1")).to_be_visible()
    said = notes(page, served)
    expect(said.filter(has_text="COSMOPlat").first).to_be_visible()
    expect(said.filter(has_text="Cloud")).to_have_count(0)


def test_a_concept_is_added_by_keys_and_flags_the_article_that_its_preview_led_to(served: Served, page: Page) -> None:
    from playwright.sync_api import expect

    opened(served, page)
    page.locator("h1").click()
    page.keyboard.press("a")
    page.get_by_role("textbox", name="Source term 1").wait_for()
    settled(page)
    write(page, "Source term 1", "码头")
    write(page, "Rendering 1", "wharf")
    write(page, "Rendering 2", "quay")
    expect(page.get_by_text("2 new")).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("s")
    expect(page.get_by_text("Saved 码头")).to_be_visible()
    place = page.url
    assert "concept=added-" in place
    expect(notes(page, served).filter(has_text="wharf")).to_have_count(2)
    page.goto(place)
    page.get_by_role("heading", name="码头").wait_for()
    settled(page)
    page.locator("h1").click()
    page.keyboard.press("x")
    expect(page.get_by_text("Removed 码头.")).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("u")
    expect(page.get_by_text("Undone: Removed 码头.")).to_be_visible()
    expect(notes(page, served).filter(has_text="wharf")).to_have_count(2)


def test_ticked_concepts_are_merged_and_come_back(served: Served, page: Page) -> None:
    from playwright.sync_api import expect

    opened(served, page)
    for row in (0, 1):
        choose(page, row, TICKS / 2)
    expect(page.get_by_role("heading", name="2 concepts ticked")).to_be_visible()
    page.locator(".st-key-terms-merge button").click()
    expect(page.get_by_text("Merged 2 concepts")).to_be_visible()
    expect(page.get_by_text("770 of 770 concepts")).to_be_visible()
    page.locator(".st-key-terms-undo button").click()
    expect(page.get_by_text("771 of 771 concepts")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_while_a_concept_is_edited(served: Served, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{served.url}/terms?concept=cosmoplat&termbase=zh-en-news")
    page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    settled(page)
    write(page, "Rendering 1", "COSMOPlat Cloud")
    page.get_by_text("1 place in all articles").wait_for()
    assert serious(page) == []
    for tab in ("Proposals", "Termbases"):
        page.get_by_role("tab", name=tab).click()
        settled(page)
        assert serious(page) == []

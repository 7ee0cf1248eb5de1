"""The Scores page in a real browser: three systems compared, read down to the segment, kept up with the reviewer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from scripts.serving import Served
from tests.browser.desk import run, serious

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Position

REFERENCE = (
    "The port moved more coal than in any earlier month.",
    "Its cranes were built at the wharf in 1998.",
    "Two of them will be replaced before the winter.",
    "The harbour master expects no delay for the ships.",
)
BAD = "{} was by the in harbour, and so on."
SYSTEMS = ("careful", "hasty", "absent")
ARTICLES = ("cranes", "tides", "tolls")
HEADER, ROW = 35, 35
"""Pixels of a table's header and of its rows."""


def hypothesis(system: str, reference: str, number: int) -> str:
    if system == "careful":
        return reference
    return reference.replace(" the ", " this ") if system == "hasty" else BAD.format(number)


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with one batch: three systems' outputs of three articles."""
    folder = tmp_path_factory.mktemp("scores")
    file = folder / "port.jsonl"
    rows = [
        {
            "article": article, "segment": str(at), "system": system, "references": [reference],
            "hypothesis": hypothesis(system, reference, at), "target_language": "en",
        }
        for system in SYSTEMS for article in ARTICLES for at, reference in enumerate(REFERENCE, 1)
    ]  # fmt: skip
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    served = Served(folder / "review.sqlite3", samples=False)
    made = run(served, "import", str(file), "--batch", "port")
    assert made.returncode == 0, made.stderr
    with served:
        yield served


@pytest.fixture
def scores(compared: Served, page: Page) -> Page:
    """The page, with all of its parts drawn."""
    page.goto(f"{compared.url}/scores")
    page.get_by_text("The scores follow").wait_for()
    settled(page)
    page.locator(".vega-embed svg").first.wait_for()
    return page


def settled(page: Page) -> None:
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def table(page: Page, column: str) -> Locator:
    """The first table that has the column; its cells stand behind its picture for those who listen to it."""
    found = page.locator("[data-testid=stDataFrame]").filter(has_text=column).first
    found.locator("tbody tr").first.wait_for(state="attached")
    return found


def download(page: Page, button: Locator) -> bytes:
    with page.expect_download() as waiting:
        button.click()
    return Path(waiting.value.path()).read_bytes()


def test_systems_are_ranked_and_every_pair_stands_in_a_heat_map_that_can_be_taken_away(scores: Page) -> None:
    ranks = table(scores, "Cluster").locator("tbody tr")
    assert [row.locator("td").nth(2).text_content() for row in ranks.all()] == list(SYSTEMS)
    assert [row.locator("td").nth(0).text_content() for row in ranks.all()] == ["1", "2", "3"]
    drawn = scores.locator(".vega-embed svg").first
    assert drawn.locator("text", has_text="worse, p < 0.001").count() == 1
    assert drawn.locator("text", has_text="0.001").count() > len(SYSTEMS)
    saved = ElementTree.fromstring(download(scores, scores.get_by_role("button", name="SVG").first))
    assert saved.tag == "{http://www.w3.org/2000/svg}svg"
    assert set(SYSTEMS) <= {"".join(text.itertext()) for text in saved.iter("{http://www.w3.org/2000/svg}text")}


def test_the_files_hold_every_score(scores: Page) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(download(scores, scores.get_by_role("button", name="scores.csv").first).decode("utf-8-sig"))
        )
    )
    against = {
        (row["system"], row["name"], row["text"], row["metric"]) for row in rows if row["against"] == "reference"
    }
    assert against == {
        (system, name, text, metric)
        for system in SYSTEMS
        for name in ("", *ARTICLES)
        for text in ("machine output", "after review")
        for metric in ("BLEU", "chrF2")
    }
    assert all(row["signature"] for row in rows if row["metric"] in ("BLEU", "chrF2"))
    listed = download(scores, scores.get_by_role("button", name="segment-scores.csv")).decode("utf-8-sig")
    segments = [row for row in csv.DictReader(io.StringIO(listed)) if row["level"] == "segment"]
    assert len({(row["system"], row["name"]) for row in segments}) == len(SYSTEMS) * len(ARTICLES) * len(REFERENCE)


def test_a_segment_leads_to_its_place_on_the_review_page(scores: Page) -> None:
    scores.get_by_role("tab", name="Segments").click()
    from playwright.sync_api import TimeoutError as TooLong

    listed = table(scores, "Machine output")
    listed.scroll_into_view_if_needed()
    link: Position = {"x": 25, "y": HEADER + 2.5 * ROW}
    # The table is a picture that may still be drawing when the click comes: click until a page opens.
    pages: list[Page] = []
    scores.context.on("page", lambda one: pages.append(one))
    for _ in range(10):
        listed.click(position=link)
        with suppress(TooLong):
            if pages or scores.context.wait_for_event("page", timeout=2000):
                break
    [opened] = pages
    opened.locator(".row.active textarea").first.wait_for()
    assert opened.locator(".row.active textarea").first.input_value() == REFERENCE[2]


def test_a_correction_shows_without_reload_and_takes_neither_focus_nor_place(scores: Page, compared: Served) -> None:
    from playwright.sync_api import expect

    after = table(scores, "BLEU after")
    before = after.text_content() or ""
    scores.get_by_role("textbox", name="Label").fill("half a wo")
    scores.evaluate("document.querySelector('.vega-embed svg').setAttribute('data-mine', 'yes')")
    place = scores.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
    assert place > 0
    desk = scores.context.new_page()
    desk.goto(f"{compared.url}/")
    field = desk.locator(".field textarea").first
    field.fill("A sentence of another kind.")
    desk.locator(".saved", has_text="All changes saved").wait_for()
    desk.close()
    expect(after).not_to_have_text(before)
    settled(scores)
    scores.keyboard.type("rd")
    assert scores.get_by_role("textbox", name="Label").input_value() == "half a word"
    assert scores.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == place
    assert scores.locator(".vega-embed svg[data-mine=yes]").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_where_systems_are_compared(scores: Page, scheme: str) -> None:
    scores.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    settled(scores)
    assert serious(scores) == []

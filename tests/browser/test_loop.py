"""The review loop in a real browser: an article comes in, is corrected by keyboard, and goes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scripts.serving import Served
from tests.browser.desk import Desk, events, run

if TYPE_CHECKING:
    from playwright.sync_api import Page

SEED = "seed/qingdao-haier.en.txt"

SCRAPED = """Washing machines that talk to the loom

[ad_1]

In a hall outside Qingdao, looms and washing machines now share one order book. The Kaos platform of Haier passes each \
order on, and Kaos reports back when the cloth is cut.

Workers were wary at first. "We thought Kaos would watch us," says a fitter, "but it mostly saves us walking." The \
city wants to scientifically formulate a plan for a hundred such halls.

Smaller workshops are still waiting. They will join Kaos once the fees are known.

[ad_2]
"""


@pytest.fixture(params=["", "desk/rendition"], ids=["at the root", "under a base path"])
def desk(request: pytest.FixtureRequest, serve: Callable[..., Served], page: Page) -> Desk:
    return Desk(page, serve(base=request.param, samples=False))


@pytest.mark.real_data
def test_the_seed_article_is_reviewed_by_keyboard_and_exported(desk: Desk, shared_data: Path) -> None:
    original = (shared_data / SEED).read_text("utf-8")
    desk.bring_in(shared_data / SEED)
    assert desk.text().count("Kaos") == 4
    desk.accept_everywhere("Kaos")
    assert desk.text().count("COSMOPlat") == 4
    desk.dismiss("scientifically formulate")
    desk.retype("Companies are the pillar", "Businesses are the pillar")
    desk.reload()

    exported = desk.export("As it came").decode("utf-8")
    expected = original.replace("Kaos", "COSMOPlat").replace("Companies are the pillar", "Businesses are the pillar")
    assert exported == expected
    assert sum("Kaos" in str(row) for row in desk.report("qingdao-haier.en")) >= 4


def test_a_scraped_article_is_reviewed_by_keyboard_and_exported(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "looms.txt"
    file.write_text(SCRAPED, "utf-8")
    desk.bring_in(file)
    desk.accept_everywhere("Kaos")
    assert desk.text().count("COSMOPlat") == 4
    desk.dismiss("scientifically formulate")
    desk.page.get_by_role("button", name="Delete 2 page leftovers").click()
    desk.saved()
    desk.retype("Smaller workshops are", "Small workshops are")
    desk.reload()

    expected = SCRAPED.replace("Kaos", "COSMOPlat").replace("Smaller workshops", "Small workshops")
    exported = desk.export("As it came").decode("utf-8")
    assert exported.split() == expected.replace("[ad_1]", "").replace("[ad_2]", "").split()
    assert exported.startswith("Washing machines that talk to the loom\n\nIn a hall")
    assert sum("Kaos" in str(row) for row in desk.report("looms")) == 3, "four times in three sentences"


def test_the_server_killed_during_edits_loses_nothing(serve: Callable[..., Served], page: Page) -> None:
    """Acknowledged edits are on disk; those typed while it was down wait in the browser and go out afterwards."""
    served = serve(samples=True)
    desk = Desk(page, served)
    page.goto(served.url)
    desk.ready()
    first = page.locator(".field textarea").nth(1)
    first.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Acknowledged.")
    desk.saved()
    stored = events(served)
    assert stored >= 1

    served.kill()
    page.keyboard.type(" Queued one.")
    second = page.locator(".field textarea").nth(2)
    second.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Queued two.")
    page.locator(".saved", has_text="Not saved").wait_for()
    assert events(served) == stored

    served.start()
    desk.saved()
    assert events(served) > stored
    page.reload()
    desk.ready()
    assert " Acknowledged. Queued one." in desk.text()
    assert " Queued two." in desk.text()
    assert run(served, "replay").returncode == 0


def test_fifty_acts_in_one_tick_are_fifty_stored(server: Served, page: Page) -> None:
    desk = Desk(page, server)
    page.goto(server.url)
    desk.ready()
    before = events(server)
    page.evaluate(
        """() => {
          const roots = [...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean);
          const root = roots.find(r => r.querySelector('.field textarea'));
          const area = root.querySelectorAll('.field textarea')[0];
          area.focus();
          for (let number = 0; number < 50; number++) {
            area.value += ` ${number}`;
            area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
            area.blur(); area.focus();
          }
        }"""
    )
    desk.saved()
    assert events(server) - before == 50

"""The same review loop on a text made here, so that it runs where there is no other data."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.serving import Served
from tests.browser.test_loop import Desk, run

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRAPED = """Washing machines that talk to the loom

[ad_1]

In a hall outside Qingdao, looms and washing machines now share one order book. The Kaos platform of Haier passes each \
order on, and Kaos reports back when the cloth is cut.

Workers were wary at first. "We thought Kaos would watch us," says a fitter, "but it mostly saves us walking." The \
city wants to scientifically formulate a plan for a hundred such halls.

Smaller workshops are still waiting. They will join Kaos once the fees are known.

[ad_2]
"""


def test_a_scraped_article_is_reviewed_by_keyboard_and_exported(
    serve: Callable[..., Served], page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "looms.txt"
    file.write_text(SCRAPED, "utf-8")
    desk = Desk(page, serve(samples=False))
    desk.bring_in(file)
    assert desk.text().count("Kaos") == 4

    desk.to_flag("Kaos")
    page.keyboard.press("Shift+A")
    page.wait_for_function(
        "() => !JSON.stringify([...document.querySelectorAll('*')].flatMap(e => e.shadowRoot ? "
        "[...e.shadowRoot.querySelectorAll('.field textarea')].map(t => t.value) : [])).includes('Kaos')"
    )
    desk.saved()
    assert desk.text().count("COSMOPlat") == 4

    desk.to_flag("scientifically formulate")
    page.keyboard.press("Shift+D")
    desk.saved()
    page.locator(".note.dismissed").first.wait_for()

    page.get_by_role("button", name="Delete 2 page leftovers").click()
    desk.saved()

    field = desk.field("Smaller workshops")
    field.evaluate("(area) => { area.focus(); area.setSelectionRange(0, 'Smaller'.length); }")
    page.keyboard.type("Small")
    desk.saved()
    assert "Small workshops are still waiting" in desk.text()
    page.keyboard.press("Control+z")
    desk.saved()
    assert "Smaller workshops are still waiting" in desk.text()
    page.keyboard.press("Control+y")
    desk.saved()
    assert "Small workshops are still waiting" in desk.text()

    before = desk.text()
    page.reload()
    desk.ready()
    assert desk.text() == before
    assert page.locator(".note.dismissed").count() == 1

    expected = SCRAPED.replace("Kaos", "COSMOPlat").replace("Smaller workshops", "Small workshops")
    exported = desk.export("As it came").decode("utf-8")
    assert exported.split() == expected.replace("[ad_1]", "").replace("[ad_2]", "").split()
    assert exported.startswith("Washing machines that talk to the loom\n\nIn a hall")

    report = run(desk.served, "export", "--batch", "looms", "--format", "report", "--output", "-")
    assert report.returncode == 0, report.stderr
    rows = list(csv.DictReader(io.StringIO(report.stdout.decode("utf-8-sig"))))
    assert sum("Kaos" in str(row) for row in rows) == 3, "four times in three sentences"
    proof = run(desk.served, "replay")
    assert proof.returncode == 0, proof.stderr

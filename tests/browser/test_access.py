"""axe-core finds nothing serious on any page, light or dark; the grid's own tests go deeper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

SETTLED = {
    "": ".field textarea",
    "articles": "[data-testid=stDataFrame] canvas",
    "import": "[data-testid=stFileUploader]",
    "export": "[data-testid=stDownloadButton]",
    "scores": "[data-testid=stDataFrame] canvas",
    "terms": "[data-testid=stDataFrame] canvas",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", list(SETTLED), ids=lambda path: path or "review")
def test_axe_finds_nothing_serious(server: Served, page: Page, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{server.url}/{path}")
    page.locator(SETTLED[path]).first.wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    found = Axe().run(page).response
    assert len(found["passes"]) > 5
    serious = [
        (rule["id"], rule["nodes"][0]["html"][:200])
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
    assert serious == []

"""axe-core finds nothing serious on any page, light or dark; the grid's own tests go deeper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.serving import Served
from tests.browser.desk import serious

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
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{server.url}/{path}")
    page.locator(SETTLED[path]).first.wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    assert serious(page) == []

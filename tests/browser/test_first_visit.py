"""The first visit to a fresh server: every page's address leads to that page, and nothing is asked of other hosts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from scripts.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize("base", ["", "desk/rendition"], ids=["at the root", "under a base path"])
def test_the_first_visit_to_an_inner_page_shows_that_page(serve: Callable[..., Served], page: Page, base: str) -> None:
    """Nobody has opened the front page yet; the link came by mail."""
    served = serve(base=base)
    page.goto(f"{served.url}/articles")
    page.get_by_role("heading", name="Articles").wait_for()
    page.get_by_text("3 articles").wait_for()
    assert page.get_by_text("Page not found").count() == 0
    assert page.locator("[data-testid=stSidebarNav]").count() == 0


def test_the_first_screen_is_a_review_of_a_sample(server: Served, page: Page) -> None:
    page.goto(server.url)
    page.locator(".row textarea").first.wait_for()
    assert page.locator(".rows .row").count() >= 18
    assert page.locator(".row").filter(has_text="日照").count() > 0


def test_the_pages_ask_nothing_of_other_hosts(server: Served, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("", "articles", "import", "export", "scores", "terms"):
        page.goto(f"{server.url}/{path}")
        page.get_by_role("heading").or_(page.locator(".row textarea")).first.wait_for()
    assert asked
    assert {urlsplit(url).hostname for url in asked if urlsplit(url).scheme.startswith("http")} == {"127.0.0.1"}

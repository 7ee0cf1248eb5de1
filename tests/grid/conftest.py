"""A browser with the grid in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

pytest.importorskip("playwright", reason="playwright (requirements-test.txt) is not installed")

from playwright.sync_api import Browser, BrowserContext, Page

from tests.grid.driver import Grid
from tests.grid.harness import Harness, serving

NUMBERS = count(1)


@pytest.fixture(scope="session")
def harness() -> Iterator[Harness]:
    with serving() as served:
        yield served


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.fixture
def open_grid(context: BrowserContext, harness: Harness) -> Iterator[Callable[..., Grid]]:
    """Open a fresh article by the name of its sample; a script error on the page fails the test."""
    errors: list[str] = []

    def start(sample: str, page: Page | None = None, **query: Any) -> Grid:
        name = f"{sample}-{next(NUMBERS)}"
        page = page or context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{error}\n{error.stack}"))
        return Grid(page, harness, name, query)

    yield start
    assert errors == []


@pytest.fixture(scope="session")
def modules(chromium: Browser, harness: Harness) -> Iterator[Callable[..., Any]]:
    """Call a function of a module: ``modules("diff", "diff", before, after)``."""
    page = chromium.new_page()
    page.goto(f"{harness.url}/loader.js")

    def call(module: str, function: str, *arguments: Any) -> Any:
        from review.pages.grid import fingerprint

        return page.evaluate(
            "async ([address, name, list]) => { const m = await import(address); return m[name](...list); }",
            [f"{harness.url}/assets/{fingerprint()}/{module}.js", function, list(arguments)],
        )

    yield call
    page.close()

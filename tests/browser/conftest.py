"""What browser tests share: a page, and real servers with databases of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scripts.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """``serve(base="", samples=True)`` starts a server; all are stopped when the test ends."""
    started: list[Served] = []

    def start(*, base: str = "", samples: bool = True) -> Served:
        served = Served(tmp_path / f"{len(started)}.sqlite3", base=base, samples=samples)
        started.append(served)
        return served.start()

    yield start
    for served in started:
        served.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server with the sample articles, shared by the tests of a file."""
    with Served(tmp_path_factory.mktemp("served") / "review.sqlite3") as served:
        yield served


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page in a context of its own. A script error that nobody caught fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []

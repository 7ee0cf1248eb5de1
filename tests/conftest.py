"""What tests share: the real data where it is present, a store of their own, one browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scripts.browsing import find_chromium, launch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from review.store import Store

ROOT = Path(__file__).parents[1]
# Compiled code is kept from run to run, in no folder of the user's.
os.environ.setdefault("REVIEW_CACHE", str(ROOT / ".pytest_cache" / "rendition"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and put it last: Playwright keeps an event loop in this thread from then on."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session", autouse=True)
def kernels_work() -> Iterator[None]:
    """Compiled code that fails would be replaced by sacrebleu, and compared with itself: here it is an error."""
    from review.metrics import kernels

    def failed(error: Exception) -> None:
        raise AssertionError("a kernel does not work") from error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernels, "failed", failed)
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium for the whole run; a second Playwright in one thread is refused."""
    if find_chromium() is None:
        pytest.skip("no chromium, chromium-browser or google-chrome on PATH")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout. Nothing of it belongs to the project."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data (../shared/data) is not on this machine")
    return folder


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, made once; copying it is quicker than migrating again."""
    from review.store import Store

    path = tmp_path_factory.mktemp("store") / "empty.sqlite3"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty_store: Path) -> Iterator[Store]:
    """An empty, migrated store in a file of its own."""
    from review.store import Store

    shutil.copy(empty_store, tmp_path / "test.sqlite3")
    opened = Store.open(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    yield opened
    opened.close()

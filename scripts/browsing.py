"""A real Chromium, found on PATH, that talks to nobody but the page under test."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome, or None where there is none."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium. Raises RuntimeError where none is installed."""
    path = find_chromium()
    if path is None:
        raise RuntimeError(f"No browser: put one of {', '.join(NAMES)} on PATH, or run scripts/chromium.")
    return playwright.chromium.launch(executable_path=path, args=list(QUIET), headless=True)

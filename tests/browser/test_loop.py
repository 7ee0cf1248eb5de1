"""The review loop in a real browser: an article comes in, is corrected by keyboard, and goes out."""

from __future__ import annotations

import csv
import io
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scripts.serving import ROOT, Served

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SEED = "seed/qingdao-haier.en.txt"


class Desk:
    """The app as a reviewer works in it."""

    def __init__(self, page: Page, served: Served) -> None:
        self.page, self.served = page, served

    def bring_in(self, file: Path) -> None:
        """Upload a file, look at the preview, import it, open it."""
        self.page.goto(f"{self.served.url}/import")
        self.page.locator("input[type=file]").first.set_input_files(str(file))
        self.page.get_by_role("button", name="Import ", exact=False).click()
        self.page.get_by_role("button", name="Review it").click()
        self.ready()

    def ready(self) -> None:
        self.page.locator(".field textarea").first.wait_for()
        self.saved()

    def saved(self) -> None:
        self.page.locator(".saved", has_text="All changes saved").wait_for()

    def text(self) -> str:
        """What stands in the text fields."""
        return "\n".join(self.page.locator(".field textarea").evaluate_all("all => all.map(one => one.value)"))

    def field(self, part: str) -> Locator:
        """The text field that holds ``part``."""
        number = self.page.locator(".field textarea").evaluate_all(
            "(all, part) => all.findIndex(one => one.value.includes(part))", part
        )
        assert number >= 0, f"no field holds {part!r}"
        return self.page.locator(".field textarea").nth(number)

    def to_flag(self, surface: str, most: int = 60) -> None:
        """Press n until the flag on ``surface`` is the chosen one."""
        chosen = self.page.locator(".note.active .what")
        for _ in range(most):
            self.page.keyboard.press("n")
            if chosen.count() and surface in (chosen.first.text_content() or ""):
                return
        raise AssertionError(f"no flag on {surface!r} was reached")

    def export(self, kind: str) -> bytes:
        """Download from the Export page, as a reviewer would."""
        self.page.get_by_role("button", name="Export…").click()
        self.page.get_by_role("radiogroup", name="Format").get_by_text(kind, exact=False).click()
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name="Download ", exact=False).click()
        return Path(waiting.value.path()).read_bytes()


def run(served: Served, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """A command on the same database, beside the server."""
    return subprocess.run(
        [sys.executable, "-m", "review", *arguments], cwd=ROOT, env=served.environment, capture_output=True, check=False
    )


def events(served: Served) -> int:
    with sqlite3.connect(f"file:{served.database}?mode=ro", uri=True) as connection:
        return int(connection.execute("SELECT count(*) FROM event").fetchone()[0])


@pytest.fixture(params=["", "desk/rendition"], ids=["at the root", "under a base path"])
def desk(request: pytest.FixtureRequest, serve: Callable[..., Served], page: Page) -> Desk:
    return Desk(page, serve(base=request.param, samples=False))


@pytest.mark.real_data
def test_the_seed_article_is_reviewed_by_keyboard_and_exported(desk: Desk, shared_data: Path) -> None:
    original = (shared_data / SEED).read_text("utf-8")
    desk.bring_in(shared_data / SEED)
    page = desk.page
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

    field = desk.field("Companies are the pillar")
    field.evaluate(
        "(area) => { const at = area.value.indexOf('Companies are the pillar'); area.focus();"
        " area.setSelectionRange(at, at + 'Companies'.length); }"
    )
    page.keyboard.type("Businesses")
    desk.saved()
    assert "Businesses are the pillar" in desk.text()
    page.keyboard.press("Control+z")
    desk.saved()
    assert "Companies are the pillar" in desk.text()
    page.keyboard.press("Control+y")
    desk.saved()
    assert "Businesses are the pillar" in desk.text()

    before = desk.text()
    page.reload()
    desk.ready()
    assert desk.text() == before
    assert page.locator(".note.dismissed").count() == 1

    exported = desk.export("As it came").decode("utf-8")
    expected = original.replace("Kaos", "COSMOPlat").replace("Companies are the pillar", "Businesses are the pillar")
    assert exported == expected

    report = run(desk.served, "export", "--batch", "qingdao-haier.en", "--format", "report", "--output", "-")
    assert report.returncode == 0, report.stderr
    rows = list(csv.DictReader(io.StringIO(report.stdout.decode("utf-8-sig"))))
    assert sum("Kaos" in str(row) for row in rows) >= 4
    proof = run(desk.served, "replay")
    assert proof.returncode == 0, proof.stderr


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

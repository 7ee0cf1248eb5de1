"""The app as a reviewer works in it, and the same database from the command line."""

from __future__ import annotations

import csv
import io
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.serving import ROOT, Served

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


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

    def accept_everywhere(self, surface: str) -> None:
        """Take the suggestion for ``surface`` in the whole article, and wait until it is stored."""
        self.to_flag(surface)
        self.page.keyboard.press("Shift+A")
        self.page.wait_for_function(
            "surface => !JSON.stringify([...document.querySelectorAll('*')].flatMap(e => e.shadowRoot ? "
            "[...e.shadowRoot.querySelectorAll('.field textarea')].map(t => t.value) : [])).includes(surface)",
            arg=surface,
        )
        self.saved()

    def dismiss(self, surface: str) -> None:
        """Dismiss the flag on ``surface``, here at once."""
        self.to_flag(surface)
        self.page.keyboard.press("Shift+D")
        self.saved()
        self.page.locator(".note.dismissed").first.wait_for()

    def retype(self, before: str, after: str) -> None:
        """Type over the first word of ``before`` so that it reads ``after``; undo it, and redo it."""
        old, new = before.split()[0], after.split()[0]
        self.field(before).evaluate(
            "(area, [part, word]) => { const at = area.value.indexOf(part); area.focus();"
            " area.setSelectionRange(at, at + word.length); }",
            [before, old],
        )
        self.page.keyboard.type(new)
        for key, expected in (("", after), ("Control+z", before), ("Control+y", after)):
            if key:
                self.page.keyboard.press(key)
            self.saved()
            assert expected in self.text()

    def reload(self) -> None:
        """Load the page again; all is as it was."""
        before, dismissed = self.text(), self.page.locator(".note.dismissed").count()
        self.page.reload()
        self.ready()
        assert self.text() == before
        assert self.page.locator(".note.dismissed").count() == dismissed

    def report(self, batch: str) -> list[dict[str, str]]:
        """The rows of the change report, by command line; and the proof that state equals events."""
        made = run(self.served, "export", "--batch", batch, "--format", "report", "--output", "-")
        assert made.returncode == 0, made.stderr
        proof = run(self.served, "replay")
        assert proof.returncode == 0, proof.stderr
        return list(csv.DictReader(io.StringIO(made.stdout.decode("utf-8-sig"))))

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


def serious(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds on a page that is serious or worse: the rule and where."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response
    assert len(found["passes"]) > 5
    return [
        (rule["id"], rule["nodes"][0]["html"][:200])
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]

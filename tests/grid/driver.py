"""The grid as a test sees it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.grid.fake import Fake
from tests.grid.harness import Harness

DEEP = """() => {
  let a = document.activeElement;
  while (a?.shadowRoot?.activeElement) a = a.shadowRoot.activeElement;
  return a;
}"""


class Grid:
    def __init__(self, page: Page, harness: Harness, name: str, query: dict[str, Any]) -> None:
        self.page, self.harness, self.name = page, harness, name
        self.fake: Fake = harness.fake(name)
        parts = "&".join(f"{key}={value}" for key, value in query.items())
        self.address = f"{harness.url}/page/{name}?{parts}"
        self.load()

    def load(self) -> None:
        self.page.goto(self.address)
        self.page.wait_for_function("window.ready")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def saved(self) -> None:
        """Wait until the status line says that all is stored."""
        expect(self.page.locator(".saved")).to_have_text("All changes saved")

    def told(self, text: str) -> None:
        """Wait until the live region says so."""
        expect(self.page.locator(".rendition [role=status]").first).to_contain_text(text)

    def area(self, number: int) -> Locator:
        """The text field number ``number`` from 0."""
        return self.page.locator(".field textarea").nth(number)

    def caret(self, number: int, at: int, to: int | None = None) -> None:
        """Put the caret into a text field."""
        self.area(number).evaluate(
            "(a, [from, to]) => { a.focus(); a.setSelectionRange(from, to); }", [at, at if to is None else to]
        )
        self.page.keyboard.press("Shift")

    def focus(self) -> dict[str, Any]:
        """What has the focus: its tag, text, accessible label, selection."""
        return self.page.evaluate(
            f"""() => {{ const a = ({DEEP})();
              return {{ tag: a.tagName, text: a.textContent, label: a.getAttribute('aria-label'), value: a.value,
                role: a.getAttribute('role'), flag: a.dataset.flag, from: a.selectionStart, to: a.selectionEnd }}; }}"""
        )  # type: ignore[no-any-return]

    def texts(self) -> list[str]:
        """What the text fields show."""
        return self.page.locator(".field textarea").evaluate_all("list => list.map(a => a.value)")  # type: ignore[no-any-return]

    def stored(self) -> list[str]:
        """The segments' texts as the server has them, deleted ones left out."""
        return [one["text"] for one in self.fake.view["segments"] if not one["deleted"]]

    def kinds(self) -> list[str]:
        return [event["kind"] for event in self.fake.events.values()]

    def outbox(self) -> int:
        return self.page.evaluate(
            "Object.keys(localStorage).filter((key) => key.startsWith('rendition/outbox/')).length"
        )  # type: ignore[no-any-return]

"""Flags of a detector that reviewers demoted: last, faint, and recorded as the detector made them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.grid import fake, samples
from tests.grid.driver import Grid

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]


@pytest.fixture(autouse=True)
def demoted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's flags that suggest COSMOPlat are demoted."""

    def flags(segment: int, text: str) -> list[dict[str, Any]]:
        found = samples.flags(segment, text)
        for flag in found:
            if flag["suggestions"] == ["COSMOPlat"]:
                made = {name: flag[name] for name in ("severity", "confidence")}
                flag |= {"severity": "neutral", "confidence": 0.1, "demoted": "47 of 50 dismissed", "made": made}
        return found

    monkeypatch.setattr(fake, "flags", flags)


def test_they_come_last_among_the_notes_and_on_the_walk(open_grid: Open) -> None:
    grid = open_grid("flow")
    notes = grid.page.locator(".row").filter(has_text="double cycle").locator(".note")
    assert [text.split(" ")[0] for text in notes.all_inner_texts()] == ["double", "Kaos", "Kaos"]
    expect(grid.page.locator(".note.demoted")).to_have_count(4)
    walked = []
    for _ in range(grid.page.locator(".note.open").count()):
        grid.press("n")
        walked.append("Kaos" in grid.focus()["text"])
    assert walked == [False] * (len(walked) - 4) + [True] * 4


def test_an_open_note_says_why_and_a_dismissal_records_the_flag_as_it_was_made(open_grid: Open) -> None:
    grid = open_grid("flow")
    grid.press("n", "p")
    note = grid.page.locator(".note.active")
    expect(note).to_contain_text("10% sure · demoted: 47 of 50 dismissed")
    grid.press("Shift+D")
    grid.saved()
    flag = next(iter(grid.fake.events.values()))["payload"]["flag"]
    assert (flag["severity"], flag["confidence"], flag["surface"]) == ("major", 0.96, "Kaos")
    assert not {"demoted", "made"} & flag.keys()

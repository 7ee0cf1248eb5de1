"""The dialog that attaches a source to an article that is already under review."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scripts.serving import Served
from tests.browser.desk import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

SOURCE = "枣庄老煤城跑出新加速度。\n\n本报枣庄6月21日讯。这是一段原文。"


@pytest.fixture
def desk(server: Served, page: Page) -> Desk:
    """The sample article that has no source."""
    desk = Desk(page, server)
    page.goto(f"{server.url}/articles")
    page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    page.goto(f"{server.url}/?article=3")
    desk.ready()
    return desk


def test_a_text_that_cannot_be_used_is_said_and_changes_nothing(desk: Desk) -> None:
    page, before = desk.page, desk.text()
    page.get_by_role("button", name="Attach source…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Layout").click()
    page.get_by_role("option", name="one line a segment").click()
    dialog.get_by_label("or pasted text").fill("一\n二\n三")
    dialog.get_by_label("or pasted text").press("Control+Enter")
    dialog.get_by_role("button", name="Attach", exact=True).click()
    dialog.get_by_role("alert").filter(has_text="3 lines").wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    page.reload()
    desk.ready()
    assert desk.text() == before
    assert page.get_by_role("columnheader", name="Text").count() == 1
    assert page.get_by_role("columnheader", name="Source").count() == 0
    page.get_by_role("button", name="Attach source…").wait_for()


def test_an_attached_source_stands_beside_the_corrected_text(desk: Desk) -> None:
    page = desk.page
    area = page.locator(".field textarea").first
    area.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Corrected.")
    desk.saved()
    page.get_by_role("button", name="Attach source…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("or pasted text").fill(SOURCE)
    dialog.get_by_label("or pasted text").press("Control+Enter")
    dialog.get_by_role("button", name="Attach", exact=True).click()
    page.get_by_text(re.compile(r"of 22 segments have their part")).wait_for()
    page.get_by_role("columnheader", name="Source").wait_for()
    page.locator(".row", has_text="枣庄老煤城跑出新加速度。").first.wait_for()
    assert " Corrected." in desk.text()

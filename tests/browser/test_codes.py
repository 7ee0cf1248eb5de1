"""A file with inline codes, from the upload to the file that goes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from scripts.serving import Served
from tests.browser.desk import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
 <file original="help.html" source-language="zh" target-language="en" datatype="html"><body>
  <trans-unit id="1"><source>打开<g id="1" ctype="bold">设置</g>，选语言<x id="2"/>。</source>
   <target>Open <g id="1" ctype="bold">Settings</g> and choose a language<x id="2"/>.</target>
   <note>A button of at most 40 letters</note></trans-unit>
  <trans-unit id="2"><source>港口扩大了。</source><target>The port grew.</target></trans-unit>
 </body></file>
</xliff>
"""
TEXT = "Open <1>Settings</1> and choose a language<2/>."


@pytest.fixture
def desk(server: Served, page: Page, tmp_path: Path) -> Desk:
    file = tmp_path / "help.xlf"
    file.write_text(FILE, "utf-8")
    desk = Desk(page, server)
    desk.bring_in(file)
    return desk


def test_codes_come_in_are_moved_and_go_back(desk: Desk) -> None:
    page = desk.page
    field = page.locator(".field textarea").first
    expect(field).to_have_value(TEXT)
    expect(page.locator(".source .code")).to_have_text(["<1>", "</1>", "<2/>"])
    expect(page.locator(".details .filenote")).to_contain_text("A button of at most 40 letters")

    at = TEXT.index(" and")
    field.evaluate("(a, at) => { a.focus(); a.setSelectionRange(at, at); }", at)
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    expect(page.locator(".codeline").first).to_contain_text("Missing: </1>")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".saved")).to_contain_text("Not saved, segment 1: The inline code </1>")
    page.reload()
    page.locator(".field textarea").first.wait_for()
    expect(field).to_have_value(TEXT.replace("</1>", ""))

    field.evaluate("(a, at) => { a.focus(); a.setSelectionRange(at, at); }", TEXT.index(" choose") - len("</1>"))
    page.keyboard.press("Alt+i")
    desk.saved()
    moved = "Open <1>Settings and</1> choose a language<2/>."
    expect(field).to_have_value(moved)
    exported = desk.export("As it came").decode("utf-8")
    assert exported == FILE.replace(
        '<target>Open <g id="1" ctype="bold">Settings</g> and',
        '<target state="needs-review-translation">Open <g id="1" ctype="bold">Settings and</g>',
    )

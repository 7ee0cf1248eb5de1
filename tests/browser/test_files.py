"""The doors for files, in a browser: an upload in another encoding, several files, cancel, and the export page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

CHINESE = "港口很繁忙，工人说明年就能使用。\n\n我们在这里看到三座新码头。"


def file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def upload(page: Page, served: Served, *files: FilePayload) -> None:
    page.goto(f"{served.url}/import")
    page.locator("input[type=file]").first.set_input_files(list(files))


def test_an_encoding_is_asked_for_and_the_file_comes_out_in_it(page: Page, server: Served, tmp_path: Path) -> None:
    upload(page, server, file("harbour.txt", CHINESE.encode("gb18030")))
    page.get_by_text("Choose how it reads rightly").wait_for()
    assert page.get_by_role("button", name="Import 2 segments").count() == 0
    page.get_by_text("Chinese, simplified (GB18030, GBK, GB2312)").click()
    page.get_by_role("button", name="Import 2 segments").click()
    page.get_by_role("button", name="Review it").wait_for()
    page.goto(f"{server.url}/export")
    page.get_by_text("As it came, corrected (Article, plain text)").wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download harbour.txt").click()
    waiting.value.save_as(tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == CHINESE.encode("gb18030")


def test_one_bad_file_does_not_keep_the_others_out(page: Page, server: Served) -> None:
    good = (file("one.txt", b"The port is busy."), file("two.csv", b"mt,src\nIt is good.,x\n"))
    upload(page, server, good[0], file("bad.jsonl", b'{"article": "b"}\n'), good[1])
    page.get_by_text("bad.jsonl, line 1: the line has no hypothesis.").wait_for()
    page.get_by_role("button", name="Import 2 files").click()
    page.get_by_role("button", name="Review it").wait_for()
    page.goto(f"{server.url}/articles")
    page.get_by_text("2 files").first.wait_for(state="attached")


def test_a_cancelled_import_leaves_nothing(page: Page, serve: Callable[..., Served]) -> None:
    served = serve(samples=False)
    rows = b"".join(b'{"article":"a%d","hypothesis":"Text %d is here."}\n' % (n // 100, n) for n in range(120_000))
    upload(page, served, file("many.jsonl", rows))
    page.get_by_role("button", name=re.compile(r"^Import more than [\d,]+ segments$")).click()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_text("Cancelled; nothing of it was stored.").wait_for()
    page.goto(f"{served.url}/export")
    page.get_by_text("There is nothing to export yet.").wait_for()


def test_the_export_page_says_what_would_be_lost(page: Page, server: Served) -> None:
    upload(page, server, file("lost.csv", b"mt,src,ref\nThe port is busy.,x,y\n"))
    page.get_by_role("button", name="Import 1 segment").click()
    page.get_by_role("button", name="Review it").wait_for()
    page.goto(f"{server.url}/export")
    page.get_by_role("radio", name="Clean text").click()
    page.get_by_text("cannot hold the source of 1 segment").wait_for()
    page.get_by_role("radio", name="For other tools").click()
    page.get_by_text("JSON Lines, one segment a line").click()
    page.get_by_role("button", name="Download lost.jsonl").wait_for()
    assert page.get_by_text("cannot hold").count() == 0

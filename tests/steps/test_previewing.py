"""A look at a file: what it was taken for and how it begins, without reading what is not needed."""

from __future__ import annotations

import json

import pytest

from review.errors import FormatError
from review.formats import Source
from review.steps.importing import previewing
from review.steps.importing.previewing import preview

ROW = json.dumps({"hypothesis": "The port is busy."}).encode() + b"\n"


def test_of_a_large_file_of_lines_the_beginning_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewing, "HEAD", len(ROW) * 30 + 5)
    found = preview(ROW * 50 + b'{"hypothesis": \n', "many.jsonl")
    assert (found.partial, found.segments, len(found.shown)) == (True, 30, 20)
    whole = preview(ROW * 30, "few.jsonl")
    assert (whole.partial, whole.segments) == (False, 30)


def test_a_table_whose_beginning_ends_within_a_cell_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewing, "HEAD", 20)
    found = preview(b'mt,src\n"one\ntwo\nthree",x\nfour,y\n', "t.csv")
    assert (found.partial, [item.segment.hypothesis for item in found.shown]) == (False, ["one\ntwo\nthree", "four"])


def test_a_mistake_in_the_beginning_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewing, "HEAD", len(ROW) * 2)
    with pytest.raises(FormatError, match="line 2: this is not JSON"):
        preview(ROW + b'{"hypothesis": \n' + ROW * 9, "bad.jsonl")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("news.docx", b"Plain words.", "news.docx is plain text, not what .docx files hold; it is read as article."),
        ("a/b.csv", ROW, ""),
        ("data.xlsx", ROW, "data.xlsx is read as JSON Lines, one segment a line, which it holds"),
        ("news.txt", b"Plain words.", ""),
        ("news.zh", b"Plain words.", ""),
        ("rows.txt", ROW, ""),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_told(name: str, data: bytes, sentence: str) -> None:
    if name == "a/b.csv":
        data = b"mt,src\na,b\n"
    found = preview(data, name)
    assert [warning[: len(sentence)] for warning in found.warnings] == ([sentence] if sentence else [])


def test_a_source_s_own_encoding_holds_for_it_alone() -> None:
    side = Source("s.txt", data="港口很繁忙。".encode("gb18030"), encoding="gb18030")
    found = preview("Größe ist alles.".encode("cp1252"), "mt.txt", {"source": side, "encoding": "cp1252"})
    assert (found.shown[0].segment.source, found.shown[0].segment.hypothesis) == ("港口很繁忙。", "Größe ist alles.")

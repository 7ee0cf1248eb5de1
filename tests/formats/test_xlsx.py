"""XLSX workbooks in and out."""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from review import formats
from review.errors import ColumnError, FormatError, ReviewError
from review.formats.base import Options, Source
from review.formats.xlsx._values import decoded, encoded, number
from review.model import Article, ReadingHeader, Segment
from tests.formats.helpers import HOSTILE, again, at, corrected, deleted, edit, inserted, read, written

SHEET = "xl/worksheets/sheet1.xml"
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def book(*sheets: Sequence[Sequence[Any]], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook of sheets of rows; strings are text, whatever they begin with."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in enumerate(sheets, 1):
        sheet = made.create_sheet(f"S{name}")
        for y, row in enumerate(rows, 1):
            for x, value in enumerate(row, 1):
                cell = sheet.cell(y, x)
                if isinstance(value, str) and not value.startswith("=="):
                    cell._value, cell.data_type = encoded(value)[0], "s"
                elif value is not None:
                    cell.value = value[1:] if isinstance(value, str) else value
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def patched(data: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one member's content changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == member else old.read(name))
    return out.getvalue()


def texts(data: bytes, **options: Any) -> list[str]:
    return [segment.text for article in read(data, "xlsx", **options)[1] for segment in article.segments]


TABLE = [
    ["doc", "source", "mt", "post_edit"],
    ["a", "甲", "one", None],
    ["a", "乙", "two", None],
    ["b", "丙", "3", "x"],
]


def test_a_sheet_is_read_by_the_names_of_its_columns() -> None:
    header, articles = read(book(TABLE))
    assert header.format == "xlsx"
    assert [(a.name, [(s.source, s.hypothesis, s.text) for s in a.segments]) for a in articles] == [
        ("a", [("甲", "one", "one"), ("乙", "two", "two")]),
        ("b", [("丙", "3", "x")]),
    ]
    assert articles[0].segments[1].locators == ("s1:3:4",)


def test_leading_zeros_and_na_stay_text_and_numbers_are_read_as_shown() -> None:
    def formatted(made: Workbook) -> None:
        made.active["A5"].number_format = "00000"
        made.active["A6"].number_format = "#,##0.0"
        made.active["A7"].number_format = "0%"

    rows = [["mt"], ["007"], ["NA"], [1.1], [42], [41000.25], [0.255], [True], [-3]]
    assert texts(book(rows, change=formatted)) == ["007", "NA", "1.1", "00042", "41,000.3", "26%", "TRUE", "-3"]


@pytest.mark.parametrize(
    ("raw", "code", "shown"),
    [
        ("1E+3", "General", "1000"),
        ("0.1", "General", "0.1"),
        ("123456789012345678", "General", "123456789012345678"),
        ("2.5", "0", "3"),
        ("-7", "000", "-007"),
        ("5", "0.00", "5.00"),
        ("5", '0 "kg"', None),
        ("x", "0", None),
        ("1E+300", "0", None),
        ("NaN", "0", None),
    ],
)
def test_a_number_is_what_its_format_shows(raw: str, code: str, shown: str | None) -> None:
    assert number(raw, code) == shown


def formula(made: Workbook) -> None:
    made.active["A2"] = "=1+1"


def day(made: Workbook) -> None:
    made.active["A2"] = date(2026, 9, 21)


def error(made: Workbook) -> None:
    made.active["A2"].value, made.active["A2"].data_type = "#REF!", "e"


def money(made: Workbook) -> None:
    made.active["A2"], made.active["A2"].number_format = 5, '0 "kg"'


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (formula, "cell A2 holds a formula where the translation is to be written"),
        (day, "cell A2 holds a date, not text"),
        (error, "cell A2 shows the error #REF!"),
        (money, "cell A2 holds a number in a format of its own"),
    ],
)
def test_what_cannot_be_told_as_text_is_refused_by_its_cell(change: Callable[[Workbook], None], part: str) -> None:
    with pytest.raises(FormatError, match=part):
        read(book([["mt"], ["one"]], change=change))


def test_a_formula_elsewhere_counts_by_its_saved_value_and_is_told() -> None:
    data = patched(
        book([["source", "mt"], ["==A1", "one"]]), SHEET, lambda xml: re.sub(b"<v></v>|<v ?/>", b"<v>7</v>", xml)
    )
    reading = formats.read(data)
    assert [s.source for a in reading.articles for s in a.segments] == ["7"]
    assert "read by the value they had when saved: A2" in reading.warnings[0]
    with pytest.raises(FormatError, match="A2 holds a formula whose value is not in the file"):
        read(book([["source", "mt"], ["==A1", "one"]]))


def test_a_date_may_name_an_article() -> None:
    (article,) = read(book([["doc", "mt"], [date(2026, 9, 21), "one"]]))[1]
    assert article.name == "2026-09-21"


def test_titles_may_stand_above_the_header() -> None:
    data = book([["Quarterly delivery"], [None], ["Source", "Target"], ["甲", "one"]])
    assert texts(data) == ["one"]
    assert load_workbook(io.BytesIO(edit(data, at(0, "uno"))[0])).active["B4"].value == "uno"


def test_sheets_with_the_same_header_are_articles_and_others_are_named() -> None:
    data = book([["source", "mt"], ["甲", "one"]], [["notes"], ["x"]], [["source", "mt"], ["乙", "two"]])
    reading = formats.read(data, filename="job.xlsx")
    assert [(a.name, a.segments[0].text) for a in reading.articles] == [("S1", "one"), ("S3", "two")]
    assert "Not read" in reading.warnings[0]
    assert "“S2”" in reading.warnings[0]
    out, _ = written(*read(data)[:1], [_changed(a, "new") for a in read(data)[1]], data)
    assert [load_workbook(io.BytesIO(out))[name]["B2"].value for name in ("S1", "S3")] == ["new", "new"]


def _changed(article: Article, text: str) -> Article:
    return Article(article.name, tuple(corrected(segment, text) for segment in article.segments))


def test_one_sheet_or_column_can_be_named() -> None:
    data = book([["source", "mt"], ["甲", "one"]], [["zh", "en"], ["乙", "two"]])
    assert texts(data, columns={"sheet": "S2", "hypothesis": "en"}) == ["two"]
    assert texts(data, columns={"hypothesis": "A"}) == ["甲"]
    assert texts(data, columns={"hypothesis": "2"})[:2] == ["mt", "one"]
    with pytest.raises(FormatError, match=r"no sheet 'S9' .there are: S1, S2"):
        read(data, "xlsx", columns={"sheet": "S9"})
    with pytest.raises(ColumnError, match=r"sheet S2.*zh, en.*sheet=NAME") as caught:
        read(data, "xlsx", columns={"sheet": "S2"})
    assert caught.value.columns == ("zh", "en")


def test_hidden_and_merged_cells_are_read_and_told() -> None:
    def hide(made: Workbook) -> None:
        sheet = made.active
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.merge_cells("A2:A3")

    data = book([["doc", "source", "mt"], ["a", "甲", "one"], [None, "乙", "two"], ["b", "丙", "three"]], change=hide)
    reading = formats.read(data)
    assert [(a.name, len(a.segments)) for a in reading.articles] == [("a", 2), ("b", 1)]
    told = " ".join(reading.warnings)
    assert "hidden rows were read too: 3." in told
    assert "hidden columns were read too: source." in told
    assert "A2:A3" in told


def test_writing_changes_the_cell_alone_and_keeps_the_chart() -> None:
    def furnish(made: Workbook) -> None:
        sheet = made.active
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=5, min_row=1, max_row=3))
        sheet.add_chart(chart, "G2")
        sheet["C2"].comment = Comment("look", "Li Wei")

    data = book([[*row, 1] for row in TABLE], change=furnish)
    assert again(data) == data
    out, warnings = edit(data, at(1, "zwei & <drei>"))
    assert warnings == []
    old, new = (zipfile.ZipFile(io.BytesIO(item)) for item in (data, out))
    assert new.testzip() is None
    assert old.namelist() == new.namelist()
    assert [name for name in old.namelist() if old.read(name) != new.read(name)] == [SHEET]
    before, after = old.read(SHEET), new.read(SHEET)
    cell = b'<c r="D3" t="inlineStr"><is><t xml:space="preserve">zwei &amp; &lt;drei&gt;</t></is></c>'
    assert cell in after
    place = after.index(cell)
    assert before[:place] == after[:place]
    assert before.endswith(after[place + len(cell) :])
    sheet = load_workbook(io.BytesIO(out)).active
    assert sheet["D3"].value == "zwei & <drei>"
    assert len(sheet._charts) == 1


def test_new_text_never_becomes_a_formula() -> None:
    out, _ = edit(book(TABLE), at(0, "=1+1"))
    assert load_workbook(io.BytesIO(out)).active["D2"].data_type == "s"


def test_a_missing_cell_is_put_where_it_belongs() -> None:
    data = patched(
        book([["mt", "post_edit", "note"], ["one", None, "n"]]),
        SHEET,
        lambda xml: xml.replace(b'<c r="B2" t="inlineStr"></c>', b"").replace(b'<c r="B2" t="inlineStr"/>', b""),
    )
    assert b'r="B2"' not in zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    out, _ = edit(data, at(0, "uno"))
    assert [cell.value for cell in load_workbook(io.BytesIO(out)).active[2]] == ["one", "uno", "n"]
    assert texts(out) == ["uno"]


def test_prefixed_names_stay_prefixed() -> None:
    """Some writers call every element x:."""
    sheet = (
        b'<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<x:sheetData><x:row><x:c t="str"><x:v>mt</x:v></x:c></x:row><x:row><x:c t="str"><x:v>one</x:v></x:c></x:row>'
        b"</x:sheetData></x:worksheet>"
    )
    data = patched(book([["mt"], ["one"]]), SHEET, lambda _: sheet)
    assert texts(data) == ["one"]
    out, _ = edit(data, at(0, "uno"))
    assert b'<x:c r="A2" t="inlineStr"><x:is><x:t' in zipfile.ZipFile(io.BytesIO(out)).read(SHEET)
    assert texts(out) == ["uno"]


def test_formatting_inside_a_text_is_told_when_it_goes() -> None:
    rich = CellRichText("plain ", TextBlock(InlineFont(b=True), "bold"))
    data = book([["mt"], ["x"]], change=lambda made: made.active.__setitem__("A2", rich))
    assert texts(data) == ["plain bold"]
    assert "A2 had formatting" in edit(data, at(0, "new"))[1][0]


def test_a_status_column_takes_the_status_and_deletion() -> None:
    data = book([["mt", "status"], ["one", "new"], ["two", "new"], ["three", "theirs"]])
    out, warnings = edit(data, lambda segments: [corrected(segments[0], "uno"), deleted(segments[1]), segments[2]])
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(out)).active.iter_rows(min_row=2)]
    assert rows == [["uno", "draft"], [None, "deleted"], ["three", "theirs"]]
    assert "left empty to keep the count: row 3" in warnings[0]


def test_new_text_longer_than_a_cell_is_refused_by_name() -> None:
    with pytest.raises(FormatError, match="cell D2 has more than the 32,767"):
        edit(book(TABLE), at(0, "x" * 32_768))
    article = Article("port", (Segment("x" * 32_768, name="7"),))
    with pytest.raises(FormatError, match="segment 7 of port"):
        written(ReadingHeader("xlsx"), [article])


ROW = st.tuples(TEXT, TEXT)


@given(st.lists(ROW, min_size=1, max_size=5), st.integers(0, 9), TEXT)
def test_any_text_comes_back_and_one_edit_changes_one_cell(rows: list[tuple[str, str]], place: int, new: str) -> None:
    data = book([["source", "mt"], *rows])
    kept = [row for row in rows if any(row)]
    if not kept:
        return
    _, articles = read(data)
    assert [(s.source, s.hypothesis) for a in articles for s in a.segments] == kept
    place %= len(kept)
    out, _ = edit(data, at(place, new))
    wanted = [(source, new if number == place else text) for number, (source, text) in enumerate(kept)]
    if all(any(row) for row in wanted):
        assert [(s.source, s.hypothesis) for a in read(out)[1] for s in a.segments] == wanted


@given(TEXT)
def test_every_character_is_read_as_it_was_written(text: str) -> None:
    assert decoded(encoded(text)[0]) == text


@given(st.lists(st.tuples(TEXT, TEXT.filter(bool), st.none() | TEXT.filter(bool)), min_size=1, max_size=4))
def test_a_new_workbook_reads_as_what_it_was_made_from(rows: list[tuple[str, str, str | None]]) -> None:
    segments = [Segment(mt, name=str(n), source=source) for n, (source, mt, _) in enumerate(rows, 1)]
    segments = [s if new is None else corrected(s, new) for s, (_, _, new) in zip(segments, rows, strict=True)]
    data, _ = written(ReadingHeader("xlsx"), [Article("port", tuple(segments))])
    found = [segment for article in read(data)[1] for segment in article.segments]
    assert [(s.source, s.hypothesis, s.text) for s in found] == [(s.source, s.hypothesis, s.text) for s in segments]


def made() -> bytes:
    lines = [
        Segment(text, name=str(n), source="源", alternatives=("a",) * (n % 3)) for n, text in enumerate(HOSTILE, 1)
    ]
    segments = (*lines, deleted(Segment("007", name="z")), inserted("NA"), corrected(Segment("x", name="c"), "\x07"))
    data, warnings = written(ReadingHeader("xlsx"), [Article("port", segments)])
    assert warnings == ["Characters that XML cannot hold are written _xHHHH_: U+0007."]
    return data


def test_openpyxl_reads_what_is_written_and_finds_no_formula() -> None:
    sheet = load_workbook(io.BytesIO(made())).active
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]][-2:] == ["alternative_1", "alternative_2"]
    rows = list(sheet.iter_rows(min_row=2))
    assert [decoded(row[4].value or "") for row in rows[: len(HOSTILE)]] == list(HOSTILE)
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} == {"s"}
    assert all(row[4].quotePrefix == row[4].value.startswith("=") for row in rows[: len(HOSTILE)])
    assert [cell.value for cell in rows[len(HOSTILE)]][4:7] == ["007", None, "deleted"]


def test_the_same_texts_are_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made()
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 1, 1, 0, 0, 0, 0, 1, 0))
    assert made() == first


@pytest.mark.parametrize("kind", ["made", "rewritten"])
def test_libreoffice_shows_every_text_as_it_is(tmp_path: Path, kind: str) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    if kind == "made":
        data, wanted = made(), [text for text in HOSTILE if "\0" not in text]
    else:
        data, _ = edit(book([["mt"], *([f"old {n}"] for n in range(len(HOSTILE)))]), _all(HOSTILE))
        wanted = list(HOSTILE)
    (tmp_path / "in.xlsx").write_bytes(data)
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", str(tmp_path), str(tmp_path / "in.xlsx")],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    if not (tmp_path / "in.csv").exists() and "Error: source file could not be loaded" in done.stderr + done.stdout:
        pytest.skip("LibreOffice Calc is not installed")
    rows = list(csv.reader(io.StringIO((tmp_path / "in.csv").read_text("utf-8"), newline="")))
    column = rows[0].index("hypothesis" if kind == "made" else "mt")
    assert [row[column] for row in rows[1 : len(wanted) + 1]] == wanted


def _all(new: Sequence[str]) -> Callable[[list[Segment]], list[Segment]]:
    return lambda segments: [corrected(segment, text) for segment, text in zip(segments, new, strict=True)]


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "with a password, or of the old kind"),
        (book(TABLE)[:900], "damaged or cut off"),
        (book(TABLE)[7:], "damaged or cut off"),
        (b"PK\x03\x04" + bytes(80), "damaged or cut off"),
        (patched(book(TABLE), "xl/workbook.xml", lambda _: b"<x"), "XML breaks"),
        (patched(book(TABLE), SHEET, lambda xml: xml[:300]), "XML breaks"),
        (
            patched(book(TABLE), SHEET, lambda x: b'<!DOCTYPE a [<!ENTITY b "c">]>' + x[x.index(b"<worksheet") :]),
            "entities",
        ),
        (patched(book(TABLE), SHEET, lambda xml: xml.replace(b'r="A2"', b'r="A9"')), "A9 is out of order"),
        (patched(book(TABLE), SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="1"')), "row 1 is out of order"),
        (
            patched(book(TABLE), SHEET, lambda x: x.replace(b'r="A2" t="inlineStr"', b'r="A2" t="s"')),
            "A2 points to no text",
        ),
        (patched(book(TABLE), SHEET, lambda xml: b"<a>" * 200 + xml), "deep"),
        (
            patched(book(TABLE), "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"sheet1", b"sheet8")),
            "no xl/work",
        ),
        (
            patched(
                book(TABLE),
                "xl/_rels/workbook.xml.rels",
                lambda xml: xml.replace(b'Target="/xl/worksheets', b'TargetMode="External" Target="/xl/worksheets'),
            ),
            "kept outside the file",
        ),
        (book([["mt"]]), "no row follows"),
        (book([[None]]), "no text in it"),
        (book([["a", "b"], ["1", "2"]]), "no column holds the translation"),
    ],
)
def test_bad_workbooks_are_refused_by_a_sentence(data: bytes, part: str) -> None:
    with pytest.raises(FormatError, match=part):
        read(data, "xlsx")


def test_a_member_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_UPLOAD_MEGABYTES", "1")
    from review.settings import settings

    settings.cache_clear()
    try:
        bomb = patched(book(TABLE), SHEET, lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b" " * (3 << 20)))
        with pytest.raises(FormatError, match=r"sheet1.xml unpacks to more than 1 MB"):
            read(bomb, "xlsx")
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_a_workbook_is_told_by_its_content() -> None:
    assert formats.recognise(Source("upload", data=book(TABLE)), Options()).name == "xlsx"
    assert formats.recognise(Source("a.xls", data=b"\xd0\xcf\x11\xe0" + bytes(600)), Options()).name == "xlsx"
    with pytest.raises(FormatError, match="no workbook in this archive"):
        read(patched(book(TABLE), "none", bytes).replace(b"xl/workbook", b"xx/workbook"), "xlsx")


def test_damage_anywhere_gives_a_sentence_or_a_reading() -> None:
    """Bytes of the parts are changed, cut and doubled; nothing but ReviewError comes out."""
    data, dice = book(TABLE, [["mt"], ["one"]]), random.Random(6)
    members = [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "docProps" not in name]

    def damage(xml: bytes) -> bytes:
        start = dice.randrange(len(xml))
        end = min(len(xml), start + dice.choice([1, 1, 4, 40]))
        return xml[:start] + dice.choice([b"", b"<", b'"', b"9", xml[start:end] * 2, b"r", b">"]) + xml[end:]

    for _ in range(300):
        bad = patched(data, dice.choice(members), damage)
        try:
            read(bad, "xlsx")
        except ReviewError:
            continue

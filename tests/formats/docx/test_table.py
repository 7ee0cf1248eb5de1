"""The bilingual table: a row a segment, languages set, changes marked without colour alone."""

from __future__ import annotations

import io
from dataclasses import replace

import docx

from review.model import Article, Code, Comment, Segment
from tests.formats.helpers import AT, corrected, deleted, read, write

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMMENT = Comment("c", "Is this so?", "Zhang Min", AT)
BY = "Li Wei, 2026-09-21T14:13:20Z"
ROWS = (
    replace(corrected(Segment("Kaos works."), "COSMOPlat works.", comments=(COMMENT,)), source="卡奥斯运行。"),
    replace(deleted(Segment("[ad]")), source="", notes=("From the file.",)),
    Segment("It <1>grows</1>.", source="增长。", codes=(Code("<1>"), Code("</1>"))),
)


def table(*segments: Segment, **languages: str) -> docx.table.Table:
    header, _ = read(b"x.", "article")
    data = write(header, [Article("port", segments, **languages)], None, "docx-table")  # type: ignore[arg-type]
    (found,) = docx.Document(io.BytesIO(data)).tables
    return found


def test_each_segment_is_a_row_beside_its_source_with_its_remarks() -> None:
    found = table(*ROWS, source_language="zh", target_language="en")
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        ["No.", "Source", "Machine translation", "Corrected", "Remarks"],
        ["1", "卡奥斯运行。", "Kaos works.", "KaosCOSMOPlat works.", f"{BY}\nZhang Min: Is this so?"],
        ["2", "", "[ad]", "[ad]", f"From the file.\nDeleted\n{BY}"],
        ["3", "增长。", "It <1>grows</1>.", "It <1>grows</1>.", ""],
    ]  # fmt: skip


def test_changes_are_struck_through_and_underlined_and_languages_are_set() -> None:
    found = table(*ROWS, source_language="zh", target_language="en")
    runs = found.rows[1].cells[3].paragraphs[0].runs
    assert [(run.text, run.font.strike, run.font.underline) for run in runs] == [
        ("Kaos", True, None),
        ("COSMOPlat", None, True),
        (" works.", None, None),
    ]
    (language,) = {node.get(f"{W}eastAsia") for node in found.rows[1].cells[1]._tc.iter(f"{W}lang")}
    assert language == "zh"
    assert {node.get(f"{W}val") for node in found.rows[1].cells[2]._tc.iter(f"{W}lang")} == {"en"}


def test_columns_that_would_be_empty_are_left_out_and_the_script_s_direction_is_kept() -> None:
    found = table(Segment("جملة."), target_language="ar")
    assert [cell.text for cell in found.rows[0].cells] == ["No.", "Machine translation", "Corrected"]
    assert found.rows[1].cells[1]._tc.find(f".//{W}bidi") is not None

"""A bilingual table as a Word document: source, machine translation, corrected text with its changes, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from review.formats.base import Format
from review.formats.changes import DELETED, INSERTED, KEPT, Piece, iso, pieces, touched
from review.formats.docx import MIME
from review.formats.docx.building import element, sound
from review.model import Article, ReadingHeader, Segment
from review.text.scripts import direction

if TYPE_CHECKING:
    from docx.table import _Cell

WIDTHS = (1.0, 7.5, 7.5, 7.5, 4.0)
"""Centimetres of: number, source, machine translation, corrected text, remarks."""
HEADS = ("No.", "Source", "Machine translation", "Corrected", "Remarks")


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write a table for each article, one row a segment; a column that would be empty is left out."""
    import docx
    from docx.enum.section import WD_ORIENT

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    title = sound(str(header.extra.get("title") or header.name or "Corrected translation"))
    document.core_properties.title, document.core_properties.author = title[:255], ""
    document.core_properties.comments = ""
    for article in articles:
        document.add_heading(sound(f"{article.name} by {article.system}" if article.system else article.name), 1)
        _table(document, article)
    document.save(out)
    return []


def _table(document: Any, article: Article) -> None:
    from docx.shared import Cm

    rows = [_row(segment, article, number) for number, segment in enumerate(article.segments, 1)]
    shown = [place for place in range(len(HEADS)) if place in (0, 2, 3) or any(row[place] for row in rows)]
    table = document.add_table(rows=len(rows) + 1, cols=len(shown))
    table.style = "Table Grid"
    table.autofit = False
    languages = ("", article.source_language, article.target_language, article.target_language, "")
    lines = [list(row.cells) for row in table.rows]
    for column, place in enumerate(shown):
        width = Cm(WIDTHS[place])
        table.columns[column].width = width
        lines[0][column].paragraphs[0].add_run(HEADS[place]).bold = True
        for line in lines:
            line[column].width = width
        for line, row in zip(lines[1:], rows, strict=True):
            _fill(line[column], row[place], languages[place])
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(element("w:tblHeader"))


def _row(segment: Segment, article: Article, place: int) -> list[Sequence[Piece]]:
    number = [Piece(KEPT, segment.name or str(place))]
    source = [Piece(KEPT, segment.source)] if segment.source else []
    machine = [Piece(KEPT, segment.hypothesis)] if segment.hypothesis else []
    remarks = "\n".join(_remarks(segment))
    return [
        number,
        source,
        machine,
        pieces(segment, article.target_language),
        [Piece(KEPT, remarks)] if remarks else [],
    ]


def _remarks(segment: Segment) -> list[str]:
    found = list(segment.notes)
    given = segment.correction
    if given is not None:
        if segment.deleted:
            found.append("Deleted")
        elif given.inserted and not segment.hypothesis:
            found.append("Inserted")
        if touched(segment) and given.author:
            found.append(f"{given.author}, {iso(given.at)}")
        found += [f"{comment.actor}: {comment.text}" for comment in given.comments]
    return found


def _fill(cell: _Cell, found: Sequence[Piece], language: str) -> None:
    """Deleted text struck through and red, inserted text underlined and green: no colour alone says it."""
    from docx.shared import RGBColor

    paragraph = cell.paragraphs[0]
    rtl = bool(language) and direction(language) == "rtl"
    if rtl:
        paragraph._p.get_or_add_pPr().append(element("w:bidi"))
    for piece in found:
        run = paragraph.add_run(sound(piece.text))
        if piece.kind == DELETED:
            run.font.strike = True
            run.font.color.rgb = RGBColor(0xB0, 0x1E, 0x1E)
        elif piece.kind == INSERTED:
            run.font.underline = True
            run.font.color.rgb = RGBColor(0x1B, 0x6E, 0x2E)
        properties = run._r.get_or_add_rPr()
        if rtl:
            properties.append(element("w:rtl"))
        if language:
            name = "w:eastAsia" if language.split("-")[0].lower() in ("zh", "ja", "ko") else "w:val"
            properties.append(element("w:lang", **{"w:bidi" if rtl else name: language}))


FORMAT = Format(
    "docx-table",
    "Word document, bilingual table",
    (".docx",),
    MIME,
    build=build,
    holds=frozenset(
        (
            "source",
            "machine",
            "comments",
            "history",
            "inserted",
            "deleted",
            "merges",
            "splits",
            "notes",
            "codes",
            "systems",
        )
    ),
    group="changes",
    about="to check or to file: source, machine translation and corrected text beside each other, segment by segment",
)

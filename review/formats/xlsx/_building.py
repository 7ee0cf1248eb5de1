"""A workbook from scratch: one row a segment, every cell a string, none of them a formula."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from review.errors import FormatError
from review.formats import states
from review.formats.formulas import dangerous
from review.formats.table_writing import NAMES
from review.formats.xlsx._values import LONGEST, ROWS, encoded
from review.model import Article, ReadingHeader
from review.text import codes

SHEET = "Translation"
WIDTHS = {"source": 60, "hypothesis": 60, "post_edit": 60, "article": 20}
"""Of columns, in characters; others have ``NARROW``, references and alternatives ``WIDE``."""
NARROW, WIDE = 12, 60


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write a workbook; from ``ROWS`` rows on it goes on in another sheet.

    Raises FormatError, naming the segment, for text longer than a cell holds.
    """
    signs: set[str] = set()
    most = [0, 0]
    with tempfile.TemporaryFile() as spool:
        for article in articles:
            for segment in article.segments:
                plain = [segment.source or "", segment.hypothesis, "" if segment.deleted else segment.text]
                texts = [codes.bare(segment.codes, text) for text in plain]
                sides = [
                    [codes.bare(segment.codes, text) for text in side]
                    for side in (segment.references, segment.alternatives)
                ]
                most = [max(count, len(side)) for count, side in zip(most, sides, strict=True)]
                cells = [article.name, segment.name, article.system, *texts, states.written(segment)]
                row = [[_fit(header, article, segment.name, text, signs) for text in part] for part in (cells, *sides)]
                spool.write(json.dumps(row).encode("ascii") + b"\n")
        spool.seek(0)
        _save(header, most, (json.loads(line) for line in spool), out)
    if signs:
        return [f"Characters that XML cannot hold are written _xHHHH_: {', '.join(sorted(signs))}."]
    return []


def _fit(header: ReadingHeader, article: Article, segment: str, text: str, signs: set[str]) -> str:
    fit, found = encoded(text)
    signs.update(found)
    if len(fit.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST:
        what = f"segment {segment} of {article.name} has a text of {len(text):,} characters; a cell holds {LONGEST:,}"
        raise FormatError(header.name or "export", None, what, "Split the segment, or export as csv or jsonl.")
    return fit


def _save(header: ReadingHeader, most: Sequence[int], rows: Iterable[list[list[str]]], out: BinaryIO) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    book.properties.creator = "Rendition"
    names = [*NAMES, *(f"reference_{n + 1}" for n in range(most[0])), *(f"alternative_{n + 1}" for n in range(most[1]))]
    wrap, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    sheet: Any = None
    written = ROWS
    for row in rows:
        if written == ROWS:
            sheet = _sheet(book, names, bold)
            written = 1
        texts = [*row[0], *(text for side, count in zip(row[1:], most, strict=True) for text in _filled(side, count))]
        cells = []
        for text in texts:
            cell: Any = WriteOnlyCell(sheet, "")
            cell._value, cell.data_type = text, "s"
            cell.alignment = wrap
            if dangerous(text):
                cell.quotePrefix = True
            cells.append(cell if text else None)
        sheet.append(cells)
        written += 1
    if sheet is None:
        _sheet(book, names, bold)
    with tempfile.TemporaryFile() as made:
        book.save(made)
        _undated(made, out)


_DATES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)


def _undated(made: BinaryIO, out: BinaryIO) -> None:
    """Copy a workbook without the time of writing, so that the same texts are the same file."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            fresh = zipfile.ZipInfo(info.filename)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            if info.filename == "docProps/core.xml":
                new.writestr(fresh, _DATES.sub(b"", old.read(info)))
                continue
            with old.open(info) as member, new.open(fresh, "w") as copy:
                shutil.copyfileobj(member, copy)


def _sheet(book: Any, names: Sequence[str], bold: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(SHEET if not book.worksheets else f"{SHEET} {len(book.worksheets) + 1}")
    sheet.freeze_panes = "A2"
    for number, name in enumerate(names, 1):
        usual = WIDE if name[-1].isdecimal() else NARROW
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(name, usual)
    cells: list[Any] = []
    for name in names:
        cell: Any = WriteOnlyCell(sheet, name)
        cell.font = bold
        cells.append(cell)
    sheet.append(cells)
    return sheet


def _filled(texts: Sequence[str], count: int) -> list[str]:
    return [*texts, *[""] * count][:count]

"""Writing over a workbook: changed cells get their text as inline strings; all else keeps its bytes, charts too."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable
from itertools import groupby
from typing import BinaryIO

from review.errors import FormatError
from review.formats.folding import Line, numbered
from review.formats.table_writing import changed
from review.formats.xlsx._package import replaced
from review.formats.xlsx._values import LONGEST, encoded, letters
from review.formats.xlsx._workbook import Row, Sheet, Workbook
from review.formats.xml import Splices, escaped, quoted
from review.model import Article, ReadingHeader


def rewrite(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the original with the new text (and status, where it has such a column) in its cells; return warnings.

    Raises FormatError, naming the cell, for text longer than a cell holds.
    """
    sheets: list[list[str]] = header.extra["sheets"]
    warnings: list[str] = []
    found: dict[int, dict[int, Line]] = {}
    last = 1

    def sheet_of(article: Article) -> int:
        nonlocal last
        places = (place for segment in article.segments for place in segment.locators if place.startswith("s"))
        last = int(next(places, f"s{last}").split(":")[0][1:])
        return last

    for number, group in groupby(articles, sheet_of):
        shown = "row" if len(sheets) == 1 else f"row of “{sheets[number - 1][0]}”"
        lines, told = numbered((article.segments for article in group), f"s{number}", shown)
        found.setdefault(number, {}).update(lines)
        warnings += told
    book = Workbook(header.name, original)
    members: dict[str, bytes] = {}
    for number, lines in sorted(found.items()):
        name, part = sheets[number - 1]
        data = _sheet(book, Sheet(name, part, False), header, lines, warnings) if lines else None
        if data is not None:
            members[book.package.find(part)] = data
    original.seek(0)
    if members:
        replaced(original, members, out)
    else:
        shutil.copyfileobj(original, out)
    return warnings


def _sheet(
    book: Workbook, sheet: Sheet, header: ReadingHeader, lines: dict[int, Line], warnings: list[str]
) -> bytes | None:
    """A sheet's XML with its new texts, None where nothing changes."""
    document = book.document(sheet)
    splices = Splices(document)
    styled: list[str] = []
    computed: list[str] = []
    signs: set[str] = set()
    width = len(header.extra["names"])
    for row in book.rows(document):
        if row.number not in lines:
            continue
        texts = [row.cells[column].text if column in row.cells else "" for column in range(1, width + 1)]
        new = changed(header.extra["columns"], texts, lines[row.number], bool(header.extra.get("own")))
        for place, text in sorted(new.items()):
            name = f"{letters(place + 1)}{row.number}"
            if len(text.encode("utf-16-le")) > 2 * LONGEST:
                what = f"the new text of cell {name} has more than the {LONGEST:,} characters that a cell can hold"
                raise FormatError(header.name, None, what, "Shorten it, or export as csv or jsonl.")
            cell = row.cells.get(place + 1)
            if cell and cell.formula:
                computed.append(name)
                continue
            styled += [name] if cell and cell.rich else []
            _put(splices, row, place + 1, text, signs)
    for names, what in (
        (styled, "had formatting inside the text; the new text has the cell's own"),
        (computed, "holds a formula and was left as it is"),
    ):
        if names:
            shown = ", ".join(names[:10]) + (", ..." if len(names) > 10 else "")
            warnings.append(f"Sheet “{sheet.name}”: {shown} {what}.")
    if signs:
        warnings.append(f"Characters that XML cannot hold are written _xHHHH_: {', '.join(sorted(signs))}.")
    if not len(splices):
        return None
    made = io.BytesIO()
    splices.write(made)
    return made.getvalue()


def _put(splices: Splices, row: Row, column: int, text: str, signs: set[str]) -> None:
    """Write a cell, in the place of the old one or where it belongs among the others."""
    cell = row.cells.get(column)
    prefix = row.node.tag.rpartition(":")[0]
    colon = f"{prefix}:" if prefix else ""
    kept = dict(cell.node.attributes) if cell else {}
    kept["r"] = f"{letters(column)}{row.number}"
    said = b"".join(
        b" " + name.encode() + b'="' + quoted(kept[name]) + b'"' for name in ("r", "s", "ph") if name in kept
    )
    fit, found = encoded(text)
    signs.update(found)
    tag = f"{colon}c"
    if text:
        opening, closing = f'<{colon}is><{colon}t xml:space="preserve">', f"</{colon}t></{colon}is></{tag}>"
        data = f"<{tag}".encode() + said + b' t="inlineStr">' + opening.encode() + escaped(fit) + closing.encode()
    else:
        data = f"<{tag}".encode() + said + b"/>"
    if cell:
        splices.replace(cell.node.start, cell.node.end, data)
        return
    after = next((other.node for place, other in sorted(row.cells.items()) if place > column), None)
    if after is not None:
        splices.before(after, data)
    else:
        splices.append(row.node, data)

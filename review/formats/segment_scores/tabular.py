"""Scores in a table: a column ``score``, and perhaps ``system``, ``segment`` or ``line``, and ``document``."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from review.formats.segment_scores.base import DOCUMENT, SCORE, SEGMENT, SYSTEM, Rows


def recognise(text: str) -> bool:
    """True where the first line names a column of scores."""
    return _place(_header(text)[0], SCORE) is not None


def _header(text: str) -> tuple[list[str], str]:
    """The names of the columns, and what parts them."""
    line = text.lstrip("\n").split("\n", 1)[0].rstrip("\r")
    delimiter = next((sign for sign in "\t,;" if sign in line), ",")
    return [cell.strip().strip('"').lower() for cell in line.split(delimiter)], delimiter


def _place(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def read(text: str, rows: Rows) -> None:
    """Read every row under the header; quotes mean something in CSV alone. Raises FormatError."""
    header, delimiter = _header(text)
    score, system, segment, document = (_place(header, names) for names in (SCORE, SYSTEM, SEGMENT, DOCUMENT))
    assert score is not None
    lines = io.StringIO(text, newline="\n")
    if delimiter == "\t":
        reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=delimiter)
    begun = False
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells) and len(cells) < len(header):
                continue
            if not begun:
                begun = True
                continue
            if len(cells) != len(header):
                what = f"the row has {len(cells)} cells under {len(header)} columns"
                rows.refuse(reader.line_num, what, "Give each row as many cells as the header has.")
            rows.add(
                "" if system is None else cells[system].strip(),
                reader.line_num,
                cells[score],
                None if segment is None else cells[segment],
                "" if document is None else cells[document].strip(),
            )
    except csv.Error as error:
        rows.refuse(reader.line_num, f"this is not a table ({error})", "Write it as CSV or TSV again.")

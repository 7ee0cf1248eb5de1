"""Which line of a text each segment of an MQM file is: a table of line, document and segment."""

from __future__ import annotations

from collections.abc import Sequence

from review.errors import FormatError, InputError
from review.formats import Source
from review.steps.scoring.files import read_lines

_MOST = 10**8
_COLUMNS = (("line",), ("doc", "document", "article"), ("segment", "seg", "seg_id", "doc_id"))


def read_places(
    given: str | Source, keys: Sequence[tuple[str, str]], count: int | None = None
) -> dict[tuple[str, str], int]:
    """The line, from 0, of each of ``keys``: document, and segment as "doc_id:seg_id".

    ``count`` is how many lines there are, where that is known. Raises InputError where the table lacks a segment or
    gives two of them one line, FormatError for a header or a row that does not say where it belongs.
    """
    path = given.name if isinstance(given, Source) else given
    table = _table(given, path, count)
    # An MQM file numbers segments within the document (doc_id), or within the whole test set (seg_id).
    for part in (0, -1):
        found = {key: table[at] for key in keys if (at := (key[0], key[1].split(":")[part])) in table}
        if len(found) == len(set(keys)):
            break
    else:
        document, segment = next(key for key in keys if key not in found)
        raise InputError(f"{path} does not list segment {segment} of {document}; give the table of these documents.")
    lines: dict[int, tuple[str, str]] = {}
    for key, line in found.items():
        if lines.setdefault(line, key) != key:
            both = f"segment {lines[line][1]} of {lines[line][0]} and segment {key[1]} of {key[0]}"
            raise InputError(f"{path} gives line {line + 1} to {both}; give each its own.")
    return found


def _table(given: str | Source, path: str, count: int | None) -> dict[tuple[str, str], int]:
    header, *rows = [line.split("\t") for line in read_lines(given)]
    columns = {name.strip().lower(): at for at, name in enumerate(header)}
    wanted = [next((columns[name] for name in names if name in columns), None) for names in _COLUMNS]
    if None in wanted:
        raise FormatError(path, 1, "the header does not name line, document and segment", "Name the three columns.")
    line_at, document_at, segment_at = (int(at) for at in wanted if at is not None)
    table: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows, 2):
        if len(row) <= max(line_at, document_at, segment_at) or not _whole(row[line_at]):
            raise FormatError(path, number, "the row does not give line, document and segment", "Fill in all three.")
        line = int(row[line_at])
        if not 1 <= line <= (count or _MOST):
            among = f"among the {count} lines" if count else "a line of any text"
            raise FormatError(path, number, f"line {row[line_at]} is not {among}", "Count from 1.")
        table[row[document_at], row[segment_at]] = line - 1
    return table


def _whole(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20

"""Segment scores as mt-metrics-eval writes them (.seg.score): the bridge from human scores to automatic ones."""

from __future__ import annotations

import math
from collections.abc import Sequence

from review.errors import FormatError, InputError
from review.formats import Source
from review.metrics.mqm import Ratings
from review.steps.scoring.files import read_lines

_COLUMNS = (("line",), ("doc", "document", "article"), ("segment", "seg", "seg_id", "doc_id"))


def segment_scores(ratings: Ratings, documents: str | Source = "", lines: int | None = None) -> str:
    """A line "system, tab, score" for each segment of each system, in the order of the text's lines.

    Scores are penalties below zero, so that higher is better, as that format wants it; "None" where nobody rated.
    ``documents`` is a table of line, document and segment, and ``lines`` how many lines the text has (by default up
    to the last one in the table); without a table a line is a segment, documents in the order of the rows and
    segments by number. Raises InputError and FormatError.
    """
    spaced = next((name for name in ratings.systems if len(name.split()) != 1), None)
    if spaced is not None:
        raise InputError(f"The system {spaced!r} has a space in its name, which .seg.score cannot hold; rename it.")
    places = _by_table(ratings, documents, lines) if documents else _by_number(ratings)
    means = ratings.means()
    written = []
    for name, row in zip(ratings.systems, means, strict=True):
        values = [math.nan if at is None else float(row[at]) for at in places]
        written += [f"{name}\t{'None' if math.isnan(value) else 0.0 - value}\n" for value in values]
    return "".join(written)


def _by_number(ratings: Ratings) -> list[int | None]:
    documents = {name: at for at, name in enumerate(dict.fromkeys(name for name, _ in ratings.items))}

    def place(at: int) -> tuple[int, list[tuple[int, int, str]]]:
        document, segment = ratings.items[at]
        return documents[document], [_number(part) for part in segment.split(":")]

    return [*sorted(range(len(ratings.items)), key=place)]


def _number(text: str) -> tuple[int, int, str]:
    return (0, int(text), "") if text.isascii() and text.isdecimal() else (1, 0, text)


def _by_table(ratings: Ratings, given: str | Source, lines: int | None) -> list[int | None]:
    path = given.name if isinstance(given, Source) else given
    header, *rows = [line.split("\t") for line in read_lines(given)]
    columns = {name.strip().lower(): at for at, name in enumerate(header)}
    found = [next((columns[name] for name in names if name in columns), None) for names in _COLUMNS]
    wanted = [at for at in found if at is not None]
    if len(wanted) < len(_COLUMNS):
        raise FormatError(path, 1, "the header does not name line, document and segment", "Name the three columns.")
    table: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows, 2):
        if len(row) <= max(wanted) or not row[wanted[0]].isdecimal():
            raise FormatError(path, number, "the row does not give line, document and segment", "Fill in all three.")
        line = int(row[wanted[0]])
        if not 1 <= line <= (lines or line):
            raise FormatError(path, number, f"line {line} is not among the {lines} lines", "Count from 1.")
        table[row[wanted[1]], row[wanted[2]]] = line - 1
    places: list[int | None] = [None] * (lines or max(table.values(), default=-1) + 1)
    for item, line_at in zip(range(len(ratings.items)), _lines(ratings.items, table, path), strict=True):
        places[line_at] = item
    return places


def _lines(items: Sequence[tuple[str, str]], table: dict[tuple[str, str], int], path: str) -> list[int]:
    # An MQM file numbers segments within the document (doc_id), or within the whole test set (seg_id).
    for part in (0, -1):
        found = [table.get((document, segment.split(":")[part])) for document, segment in items]
        if None not in found and len(set(found)) == len(found):
            return [at for at in found if at is not None]
    document, segment = next((one for one in items if (one[0], one[1].split(":")[0]) not in table), items[0])
    raise InputError(f"{path} does not give each segment a line, such as {segment} of {document}; give its own table.")

"""Delimited text in exact places: records, cells, and the very characters each cell takes up.

Quoting is RFC 4180's: a cell that begins with ``"`` ends at the next ``"`` that is not doubled. With quoting off
(many TSV files) a quote is a character like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from review.settings import settings

Raw = TypeVar("Raw")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are parted and whether quotes mean anything."""

    delimiter: str = ","
    quoting: bool = True


class Cell(NamedTuple):
    """The range of a cell in its record (quotes included, code points) and its value."""

    start: int
    end: int
    value: str


class Unclosed(Exception):
    """A quote is opened and not closed in the text at hand."""


class Malformed(Exception):
    """Something other than a delimiter follows a closing quote."""


def scan(record: str, dialect: Dialect) -> list[Cell]:
    """The cells of one record, line end excluded.

    Raises Unclosed where more lines may be needed, Malformed where none will help.
    """
    end = len(record) - (2 if record.endswith("\r\n") else 1 if record.endswith("\n") else 0)
    if not dialect.quoting or '"' not in record:
        cells, start = [], 0
        for value in record[:end].split(dialect.delimiter):
            cells.append(Cell(start, start + len(value), value))
            start += len(value) + 1
        return cells
    cells, place = [], 0
    while True:
        if place < len(record) and record[place] == '"':
            close = _closing(record, place + 1)
            stop = close + 1
            after = record[stop : stop + 1]
            if stop < end and after != dialect.delimiter:
                raise Malformed
            cells.append(Cell(place, stop, record[place + 1 : close].replace('""', '"')))
        else:
            stop = record.find(dialect.delimiter, place)
            stop = end if stop < 0 or stop > end else stop
            cells.append(Cell(place, stop, record[place:stop]))
        if stop >= end:
            return cells
        place = stop + 1


def _closing(record: str, place: int) -> int:
    """Where the quote that opened before ``place`` is closed."""
    while True:
        found = record.find('"', place)
        if found < 0:
            raise Unclosed
        if record[found + 1 : found + 2] != '"':
            return found
        place = found + 2


def records(lines: Iterable[tuple[Raw, str]], dialect: Dialect) -> Iterator[tuple[list[Raw], str, list[Cell] | None]]:
    """Put lines together to records: (what came with each line, text, cells).

    Cells are None for a record that is malformed or never closed; an unclosed one stops growing at
    ``line_megabytes`` or at the end of the file.
    """
    raws: list[Raw] = []
    text = ""
    limit = settings().line_bytes
    for raw, line in lines:
        raws.append(raw)
        text += line
        if len(raws) > 1 and '"' not in line and len(text) <= limit:
            continue
        try:
            cells: list[Cell] | None = scan(text, dialect)
        except Unclosed:
            if len(text) <= limit:
                continue
            cells = None
        except Malformed:
            cells = None
        yield raws, text, cells
        raws, text = [], ""
    if raws:
        yield raws, text, None


def quoted(value: str, dialect: Dialect, was: str = "") -> str:
    """A value as a cell, quoted where it must be or where the cell it replaces was.

    Without quoting, delimiters and line ends become blanks: there is no other way to write them.
    """
    if not dialect.quoting:
        return re.sub(rf"[{re.escape(dialect.delimiter)}\r\n]+", " ", value)
    if was.startswith('"') or re.search(rf'[{re.escape(dialect.delimiter)}"\r\n]', value):
        return '"' + value.replace('"', '""') + '"'
    return value

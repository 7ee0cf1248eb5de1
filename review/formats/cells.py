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
    growing = _Growing(dialect)
    if not growing.add(record):
        raise Unclosed
    return growing.cells


class _Growing:
    """A record that takes line after line and looks at no character twice."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.cells: list[Cell] = []
        self.size = 0
        self._opened = -1  # where the cell begins whose quote is open
        self._held: list[str] = []  # what stands in that cell on the lines before

    def add(self, line: str) -> bool:
        """Take a line; True where the record is whole with it. Raises Malformed."""
        base, delimiter = self.size, self.dialect.delimiter
        self.size += len(line)
        end = len(line) - (2 if line.endswith("\r\n") else 1 if line.endswith("\n") else 0)
        if self._opened < 0 and (not self.dialect.quoting or '"' not in line):
            start = 0
            for value in line[:end].split(delimiter):
                self.cells.append(Cell(start, start + len(value), value))
                start += len(value) + 1
            return True
        place = 0
        while True:
            if self._opened < 0 and line[place : place + 1] == '"':
                self._opened, self._held = base + place, []
                place += 1
            if self._opened >= 0:
                close = _closing(line, place)
                if close < 0:
                    self._held.append(line[place:])
                    return False
                stop = close + 1
                if stop < end and line[stop] != delimiter:
                    raise Malformed
                value = "".join((*self._held, line[place:close])).replace('""', '"')
                self.cells.append(Cell(self._opened, base + stop, value))
                self._opened = -1
            else:
                stop = line.find(delimiter, place)
                stop = end if stop < 0 or stop > end else stop
                self.cells.append(Cell(base + place, base + stop, line[place:stop]))
            if stop >= end:
                return True
            place = stop + 1


def _closing(line: str, place: int) -> int:
    """Where a quote that is open at ``place`` is closed, or -1."""
    while True:
        found = line.find('"', place)
        if found < 0 or line[found + 1 : found + 2] != '"':
            return found
        place = found + 2


def records(lines: Iterable[tuple[Raw, str]], dialect: Dialect) -> Iterator[tuple[list[Raw], str, list[Cell] | None]]:
    """Put lines together to records: (what came with each line, text, cells).

    Cells are None for a record that is malformed or never closed; an unclosed one stops growing at
    ``line_megabytes`` or at the end of the file.
    """
    raws: list[Raw] = []
    texts: list[str] = []
    limit = settings().line_bytes
    growing = _Growing(dialect)
    for raw, line in lines:
        raws.append(raw)
        texts.append(line)
        try:
            whole = growing.add(line)
            if not whole and growing.size <= limit:
                continue
            cells = growing.cells if whole else None
        except Malformed:
            cells = None
        yield raws, "".join(texts), cells
        raws, texts, growing = [], [], _Growing(dialect)
    if raws:
        yield raws, "".join(texts), None


def quoted(value: str, dialect: Dialect, was: str = "") -> str:
    """A value as a cell, quoted where it must be or where the cell it replaces was.

    Without quoting, delimiters and line ends become blanks: there is no other way to write them.
    """
    if not dialect.quoting:
        return re.sub(rf"[{re.escape(dialect.delimiter)}\r\n]+", " ", value)
    if was.startswith('"') or re.search(rf'[{re.escape(dialect.delimiter)}"\r\n]', value):
        return '"' + value.replace('"', '""') + '"'
    return value

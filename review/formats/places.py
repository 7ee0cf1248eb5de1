"""Where the words of a segment stand in the file that it came from: line and column, and how to write others there.

Lines end in ``\\n``; lines and columns count from 1, columns and offsets are code points, a byte order mark is none.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from review.formats import plain
from review.formats.article import whole
from review.formats.base import Source
from review.formats.cells import Dialect, quoted, records
from review.formats.formulas import bare
from review.model import ReadingHeader, Segment

EVERY = 128
"""Lines between two whose place in the file is kept."""


@dataclass(frozen=True, slots=True)
class Place:
    """A span in a file; its end is exclusive. ``offset`` counts from the file's beginning, or is None.

    ``kind`` is how the file writes text there: plain, json (in a string), or quoted (in a cell); wider is the whole
    sentence, where line ends in it hide more exact places. ``dialect`` is the table's where the cell has no quotes.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    offset: int | None = None
    length: int = 0
    kind: str = "plain"
    dialect: Dialect | None = None

    def written(self, text: str) -> str | None:
        """The text as it must be written at this place; None where more than the words would have to change."""
        if self.kind == "json":
            return json.dumps(text, ensure_ascii=False)[1:-1]
        if self.kind == "wider":
            return None
        if self.kind == "quoted":
            return text.replace('"', '""')
        if self.dialect is not None and quoted(text, self.dialect) != text:
            return None
        return text


class Places:
    """Finds spans in one file of a format that the program reads. ``encoding`` is what the file was read with."""

    def __init__(self, source: Source, header: ReadingHeader, encoding: str = "") -> None:
        self.header = header
        self._opened = plain.open_text(source, encoding)
        self._marks = array("q", [0])
        self._at = (1, 0)
        self._text = ""
        self._starts: list[int] = []
        if header.format == "article":
            self._text = whole(self._opened)
            self._starts = [0, *(at + 1 for at, sign in enumerate(self._text) if sign == "\n")]

    def find(self, segment: Segment, start: int, end: int, side: str = "target") -> Place | None:
        """Where ``[start, end)`` of the segment's hypothesis (or source) stands; None where that cannot be told."""
        if not segment.locators:
            return None
        kind, _, rest = segment.locators[0].partition(":")
        if self.header.format == "article":
            return self._in_article(segment, start, end) if side == "target" else None
        if kind == "line" and self.header.format == "jsonl":
            return self._in_json(int(rest), "hypothesis" if side == "target" else "source", start, end)
        if kind == "line" and side == "target":
            return self.in_line(int(rest), start, end)
        if kind == "row":
            return self._in_cell(int(rest.split(":")[0]), "hypothesis" if side == "target" else "source", start, end)
        return None

    def in_line(self, number: int, start: int, end: int) -> Place:
        """A span of a file whose lines are the texts."""
        return Place(number, start + 1, number, end + 1)

    def _in_article(self, segment: Segment, start: int, end: int) -> Place | None:
        first, last = (int(part) for part in segment.locators[0].split(":"))
        kind = "plain"
        if last - first != len(segment.hypothesis):
            kind, start, end = "wider", 0, last - first
        start, end = first + start, first + end
        line, end_line = (bisect_right(self._starts, at) for at in (start, end))
        columns = (start - self._starts[line - 1] + 1, end - self._starts[end_line - 1] + 1)
        return Place(line, columns[0], end_line, columns[1], start, end - start, kind)

    def _in_json(self, number: int, key: str, start: int, end: int) -> Place | None:
        text = self._line(number)
        value = _value_of(text, key)
        if value is None or text[value] != '"':
            return None
        at = list(_inside(text, value))
        if end >= len(at):
            return None
        return Place(number, at[start] + 1, number, at[end] + 1, kind="json")

    def _in_cell(self, number: int, role: str, start: int, end: int) -> Place | None:
        extra = self.header.extra
        columns = extra.get("columns", {}).get(role)
        if not columns:
            return None
        dialect = Dialect(extra["delimiter"], extra["quoting"])
        _, text, cells = next(records(self._lines(number), dialect))
        if cells is None:
            return None
        cell = cells[columns[0]]
        marked = dialect.quoting and text[cell.start : cell.start + 1] == '"'
        at = list(_unquoted(text, cell.start + 1)) if marked else list(range(cell.start, cell.end + 1))
        shift = len(cell.value) - len(bare(cell.value)) if extra.get("own") else 0
        first, last = at[start + shift], at[end + shift]
        ends = (_position(text, number, place) for place in (first, last))
        (line, column), (end_line, end_column) = ends
        if marked:
            return Place(line, column, end_line, end_column, kind="quoted")
        return Place(line, column, end_line, end_column, dialect=dialect)

    def _line(self, number: int) -> str:
        return next(self._lines(number))[1]

    def _lines(self, number: int) -> Iterator[tuple[int, str]]:
        """Lines from one on; quick where each asked for stands behind the one before."""
        at, offset = self._at
        if at > number or number - at > EVERY:
            mark = min((number - 1) // EVERY, len(self._marks) - 1)
            if mark * EVERY + 1 > at or at > number:
                at, offset = mark * EVERY + 1, self._marks[mark]
        file = self._opened.file
        file.seek(self._opened.base + offset)
        while at < number and (raw := file.readline()):
            offset += len(raw)
            at += 1
            if at == len(self._marks) * EVERY + 1:
                self._marks.append(offset)
        self._at = (at, offset)
        return plain.lines(self._opened, offset, at)


def _position(text: str, number: int, at: int) -> tuple[int, int]:
    """Line and column of a place in a record that begins on line ``number``."""
    return number + text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1) + 1


def _value_of(line: str, key: str) -> int | None:
    """Where the value of a key begins in a line that holds one JSON object."""
    decoder = json.JSONDecoder()
    place, found = line.index("{") + 1, None
    while True:
        while line[place] in " \t\r\n,":
            place += 1
        if line[place] == "}":
            return found
        name, place = decoder.raw_decode(line, place)
        while line[place] in " \t\r\n:":
            place += 1
        if name == key:
            found = place  # of keys written twice, the last one holds
        _, place = decoder.raw_decode(line, place)


def _inside(line: str, start: int) -> Iterator[int]:
    """Where each code point of a JSON string stands in its line; last, where its closing quote does."""
    place = start + 1
    while line[place] != '"':
        yield place
        if line[place] != "\\":
            place += 1
        elif line[place + 1] != "u":
            place += 2
        else:
            high = 0xD800 <= int(line[place + 2 : place + 6], 16) < 0xDC00
            place += 12 if high and line[place + 6 : place + 8] == "\\u" else 6
    yield place


def _unquoted(text: str, start: int) -> Iterator[int]:
    """Where each code point of a quoted cell stands in its record; last, where its closing quote does."""
    place = start
    while True:
        yield place
        if text[place] == '"':
            if text[place + 1 : place + 2] != '"':
                return
            place += 1
        place += 1

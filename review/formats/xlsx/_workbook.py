"""A workbook opened: its sheets, its strings, its number formats; and the rows of a sheet as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from review.errors import FormatError
from review.formats.xlsx._package import Package, beside
from review.formats.xlsx._values import COLUMNS, ROWS, day, decoded, letters, number, place
from review.formats.xml import Document, Node, scan

STRINGS = 5_000_000
"""Shared strings of a workbook."""
MERGES = 100_000

TEXT, NUMBER, BOOLEAN, DATE, ERROR, UNTOLD = "text", "a number", "a boolean", "a date", "an error", "untold"

_DAYS = {*range(27, 37), *range(50, 59)}
"""Built-in formats that are dates in East Asian and Thai locales (18.8.30)."""
_YES = ("1", "true", "on")


class Sheet(NamedTuple):
    """A worksheet: its name, its member, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


class Cell(NamedTuple):
    """A cell: its place from 1, what it shows, and what it is. ``empty``: a formula without a remembered value."""

    row: int
    column: int
    text: str
    kind: str
    node: Node
    formula: bool = False
    empty: bool = False
    rich: bool = False

    @property
    def name(self) -> str:
        return f"{letters(self.column)}{self.row}"


class Row(NamedTuple):
    """A row with its cells by column."""

    number: int
    cells: dict[int, Cell]
    node: Node
    hidden: bool


@dataclass(slots=True)
class Layout:
    """What stands around a sheet's rows: hidden columns and merged ranges as (row, column, last row, last column)."""

    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


class Workbook:
    """An open workbook. Raises FormatError where its parts are missing, broken or too large."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        self.name = name
        self.package = Package(name, file)
        part = self._start()
        related = self._related(part)
        self.since_1904 = False
        self.sheets: list[Sheet] = []
        self.links = any(kind == "externalLink" for kind, _ in related.values())
        self._sheets(part, related)
        self.strings: list[str] = []
        self.rich: set[int] = set()
        self._formats: list[tuple[int, str]] = []
        for kind, target in related.values():
            if kind == "sharedStrings":
                self._strings(target)
            elif kind == "styles":
                self._styles(target)

    def _start(self) -> str:
        package = self.package
        for kind, target in self._related("").values() if package.find("_rels/.rels") else ():
            if kind == "officeDocument":
                if target.endswith(".bin"):
                    raise FormatError(self.name, None, "this is a binary workbook (.xlsb)", "Save it as .xlsx.")
                if package.find(target):
                    return target
        if package.find("xl/workbook.xml"):
            return "xl/workbook.xml"
        raise FormatError(self.name, None, "there is no workbook in this archive", "Choose an .xlsx file.")

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationships of a part: id to (last word of its type, member)."""
        folder, _, last = part.rpartition("/")
        member = f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels"
        if not self.package.find(member):
            return {}
        found = {}
        for event, node in scan(self.package.document(member), frozenset({"Relationship"})):
            if event != "whole":
                continue
            kind = node.get("Type").rpartition("/")[2]
            if node.get("TargetMode").lower() == "external":
                if kind in ("worksheet", "sharedStrings", "styles", "officeDocument"):
                    what = "a part of the workbook is kept outside the file"
                    raise FormatError(self.name, None, what, "Save the workbook again as .xlsx, whole.")
                continue
            found[node.get("Id")] = (kind, beside(part, node.get("Target")))
        return found

    def _sheets(self, part: str, related: dict[str, tuple[str, str]]) -> None:
        for event, node in scan(self.package.document(part), frozenset({"sheet", "workbookPr"})):
            if event != "whole":
                continue
            if node.name == "workbookPr":
                self.since_1904 = node.get("date1904") in _YES
                continue
            link = next((value for key, value in node.attributes.items() if key.endswith("}id")), "")
            kind, target = related.get(link, ("", ""))
            if kind == "worksheet":
                self.sheets.append(Sheet(node.get("name"), target, node.get("state") in ("hidden", "veryHidden")))
            elif not kind:
                what = f"the sheet “{node.get('name')}” is missing"
                raise FormatError(self.name, None, what, "Save the workbook again as .xlsx.")
        if not self.sheets:
            raise FormatError(self.name, None, "the workbook has no sheet of cells", "Choose one with a table.")

    def _strings(self, part: str) -> None:
        for event, node in scan(self.package.document(part), frozenset({"si"})):
            if event == "whole":
                if len(self.strings) >= STRINGS:
                    what = f"the workbook has more than {STRINGS:,} texts"
                    raise FormatError(self.name, None, what, "Split it.")
                if node.first("r"):
                    self.rich.add(len(self.strings))
                self.strings.append(_string(node))

    def _styles(self, part: str) -> None:
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        own: dict[str, str] = {}
        for event, node in scan(self.package.document(part), frozenset({"numFmts", "cellXfs"})):
            if event != "whole":
                continue
            if node.name == "numFmts":
                own |= {item.get("numFmtId"): item.get("formatCode") for item in node.elements("numFmt")}
            else:
                for item in node.elements("xf"):
                    key = item.get("numFmtId", "0")
                    known = int(key) if key.isdecimal() and len(key) < 9 else 0
                    self._formats.append((known, own.get(key, BUILTIN_FORMATS.get(known, "General"))))

    def document(self, sheet: Sheet) -> Document:
        """A sheet's XML."""
        return self.package.document(sheet.part)

    def rows(self, document: Document, layout: Layout | None = None) -> Iterator[Row]:
        """The rows of a sheet that hold anything, in order; ``layout`` is filled on the way.

        Raises FormatError for a cell that points to no string, is written twice or is out of order.
        """
        last = 0
        for event, node in scan(document, frozenset({"row", "col", "mergeCell"})):
            if event != "whole":
                continue
            if node.name == "row":
                said = node.get("r")
                at = int(said) if said.isdecimal() and len(said) < 9 else 0 if said else last + 1
                if not last < at <= ROWS:
                    raise self._broken(document, node, f"row {said} is out of order")
                last = at
                cells = self._cells(document, node, at)
                if cells:
                    yield Row(at, cells, node, node.get("hidden") in _YES)
            elif layout is not None:
                _note(layout, node)

    def _cells(self, document: Document, row: Node, at: int) -> dict[int, Cell]:
        found: dict[int, Cell] = {}
        last = 0
        for node in row.elements("c"):
            said = node.get("r")
            spot = place(said) if said else (at, last + 1)
            if spot is None or spot[0] != at or not last < spot[1] <= COLUMNS:
                raise self._broken(document, node, f"the cell {said[:20]} is out of order")
            last = spot[1]
            found[last] = self._cell(document, node, *spot)
        return found

    def _cell(self, document: Document, node: Node, row: int, column: int) -> Cell:
        kind = node.get("t", "n")
        value = node.first("v")
        raw = value.text if value else ""
        formula = node.first("f") is not None
        rich = False
        if kind == "s":
            key = int(raw) if re.fullmatch(r"\s*\d{1,9}\s*", raw) else -1
            if not 0 <= key < len(self.strings):
                raise self._broken(document, node, f"the cell {letters(column)}{row} points to no text")
            text, what, rich = self.strings[key], TEXT, key in self.rich
        elif kind == "inlineStr":
            inside = node.first("is")
            text, what = _string(inside) if inside else "", TEXT
            rich = bool(inside and inside.first("r"))
        elif kind == "str":
            text, what = decoded(raw), TEXT
        elif kind == "b":
            text, what = "TRUE" if raw.strip() in _YES else "FALSE", BOOLEAN
        elif kind == "e":
            text, what = raw, ERROR
        elif kind == "d":
            text, what = raw, DATE
        elif not raw.strip():
            text, what = "", TEXT
        else:
            text, what = self._number(node, raw)
        unsaid = formula and (value is None or (not raw.strip() and kind == "n"))
        return Cell(row, column, text, what, node, formula, unsaid, rich)

    def _number(self, node: Node, raw: str) -> tuple[str, str]:
        from openpyxl.styles.numbers import is_date_format

        style = node.get("s", "0")
        known, code = 0, "General"
        if style.isdecimal() and len(style) < 9 and int(style) < len(self._formats):
            known, code = self._formats[int(style)]
        if known in _DAYS or is_date_format(code[:255]):
            return day(raw, self.since_1904), DATE
        shown = number(raw, code)
        return (raw, UNTOLD) if shown is None else (shown, NUMBER)

    def _broken(self, document: Document, node: Node, what: str) -> FormatError:
        return FormatError(document.name, node.line, what, "Save the workbook again as .xlsx.")


def _string(node: Node) -> str:
    """The text of a string: its own, or that of its runs; how it is read aloud (rPh) is none of it."""
    parts: list[str] = []
    for child in node.elements():
        if child.name == "t":
            parts.append(child.text)
        elif child.name == "r":
            parts += [item.text for item in child.elements("t")]
    return decoded("".join(parts))


def _note(layout: Layout, node: Node) -> None:
    if node.name == "col":
        first, last = (int(text) if (text := node.get(key)).isdecimal() else 0 for key in ("min", "max"))
        if node.get("hidden") in _YES and 0 < first <= last:
            layout.hidden.update(range(first, min(last, COLUMNS) + 1))
        return
    first_cell, _, last_cell = node.get("ref").partition(":")
    begin, end = place(first_cell), place(last_cell)
    if begin and end and len(layout.merged) < MERGES:
        layout.merged.append((*begin, *end))

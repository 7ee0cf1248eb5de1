"""Reading a workbook: which sheets hold the translation, under which header, and what each row says.

A locator is ``sN:R:C``: the Nth sheet that was read, row R and column C of it, all from 1.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from review.errors import ColumnError, FormatError
from review.formats.base import Options, Source
from review.formats.columns import guess, mapping
from review.formats.grouping import Index, Row
from review.formats.table import is_headless, made
from review.formats.table_writing import is_own
from review.formats.xlsx._values import index, letters
from review.formats.xlsx._workbook import DATE, ERROR, UNTOLD, Cell, Layout, Sheet, Workbook
from review.formats.xlsx._workbook import Row as SheetRow
from review.model import Article, Reading, ReadingHeader

SEARCHED = 10
"""Rows in which the header is looked for: titles may stand above it."""

TEXTS = ("hypothesis", "post_edit", "source", "reference", "alternative")
"""Roles whose cells are text to review; the others name things."""

FILLED = ("article", "system", "paragraph")
"""Roles of which a merged cell counts for all its rows."""


@dataclass(slots=True)
class _Plan:
    """How a sheet is read: the row of its header (0: none), the columns' names, and role to columns."""

    sheet: Sheet
    header: int
    names: list[str]
    columns: dict[str, list[int]]


@dataclass(slots=True)
class _Seen:
    """What the user should know of a sheet."""

    formulas: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def read(source: Source, options: Options) -> Reading:
    """Read the sheets whose header names the translation; all rows are checked before the first article comes.

    Of several such sheets those with the first one's header are read, each as articles of its own. ``columns`` may
    name one sheet, as ``sheet``. Raises ColumnError where no column is known to hold the translation, and FormatError
    for a cell that cannot be told as text.
    """
    with source.open() as file:
        book = Workbook(source.name, file)
        given = {role: column for role, column in options.columns.items() if role != "sheet"}
        plans, warnings = _plans(book, replace(options, columns=given), options.columns.get("sheet", ""))
        first = plans[0]
        own = is_own(first.names)
        indices = [_index(book, plan, number, options, own, warnings) for number, plan in enumerate(plans, 1)]
    if not any(found.count for found in indices):
        what = f"no row follows the header of “{first.sheet.name}”"
        raise FormatError(source.name, None, what, "Choose a workbook with text in it.")
    if book.links:
        warnings.append("The workbook links to other files; they were not opened, and the links are kept.")
    names = [options.name or source.stem] if len(plans) == 1 else [plan.sheet.name for plan in plans]
    cut = options.article_lines
    streams: list[Iterator[Article]] = [found.articles(name, cut) for found, name in zip(indices, names, strict=True)]
    header = ReadingHeader(
        "xlsx",
        source.name,
        extra={
            "sheets": [[plan.sheet.name, plan.sheet.part] for plan in plans],
            "names": first.names,
            "columns": first.columns,
            "own": own,
            "count": sum(found.count for found in indices),
        },
    )
    return Reading(header, chain.from_iterable(streams), tuple(warnings))


def _plans(book: Workbook, options: Options, wanted: str) -> tuple[list[_Plan], list[str]]:
    """The sheets to read, and what is said about the others."""
    named = [sheet for sheet in book.sheets if sheet.name == wanted]
    if wanted and not named:
        shown = ", ".join(sheet.name for sheet in book.sheets[:12])
        raise FormatError(book.name, None, f"there is no sheet {wanted!r} (there are: {shown})", "Choose one of them.")
    visible = [sheet for sheet in book.sheets if not sheet.hidden] or book.sheets
    first: _Plan | None = None
    problem: FormatError | None = None
    plans: list[_Plan] = []
    others: list[Sheet] = [] if named else [sheet for sheet in book.sheets if sheet not in visible]
    for sheet in named or visible:
        try:
            plan = _plan(book, sheet, options)
        except FormatError as error:
            problem = problem or (error if isinstance(error, ColumnError) or named else None)
            if not isinstance(error, ColumnError) and not options.columns:
                raise
            problem = problem or error
            others.append(sheet)
            continue
        if plan is None:
            continue
        first = first or plan
        if plan.names == first.names and plan.columns == first.columns:
            plans.append(plan)
        else:
            others.append(sheet)
    if not plans:
        raise problem or FormatError(book.name, None, "the workbook has no text in it", "Choose one with a table.")
    if not others:
        return plans, []
    told = ", ".join(f"“{sheet.name}”{' (hidden)' if sheet.hidden else ''}" for sheet in others[:10])
    return plans, [
        f"Not read, for their header is another or they are hidden: {told}{', ...' if len(others) > 10 else ''}. "
        "Name one to read it (--columns sheet=NAME)."
    ]


def _plan(book: Workbook, sheet: Sheet, options: Options) -> _Plan | None:
    """How to read a sheet; None where it is empty. Raises ColumnError and FormatError as ``mapping`` does."""
    rows: list[SheetRow] = []
    for row in book.rows(book.document(sheet)):
        if any(cell.text.strip() for cell in row.cells.values()):
            rows.append(row)
            if len(rows) == SEARCHED:
                break
    if not rows:
        return None
    wanted = [name for columns in options.columns.values() for name in columns.split("|") if name]
    languages = (options.source_language, options.target_language)

    def fit(row: SheetRow) -> tuple[int, int]:
        texts = [cell.text.strip() for cell in row.cells.values()]
        found = guess(texts, *languages)
        return sum(name in texts for name in wanted), len(found) if "hypothesis" in found else 0

    best = max(rows, key=fit)
    chosen = best if any(fit(best)) else rows[0]
    width = max(column for row in rows for column in row.cells) if chosen is rows[0] else max(chosen.cells)
    names = [chosen.cells[c].text.strip() if c in chosen.cells else "" for c in range(1, width + 1)]
    headless = is_headless(options, names)
    names = [str(c) for c in range(1, width + 1)] if headless else [n or letters(c) for c, n in enumerate(names, 1)]
    given = {role: _by_letter(columns, names) for role, columns in options.columns.items()}
    where = f"{book.name} (sheet {sheet.name})"
    try:
        columns = mapping(where, names, given, *languages)
    except ColumnError as error:
        remedy = error.remedy.replace("hypothesis=NAME)", "hypothesis=NAME; sheet=NAME for another sheet)")
        raise ColumnError(where, error.what, remedy, error.columns) from None
    return _Plan(sheet, 0 if headless else chosen.number, names, columns)


def _by_letter(columns: str, names: list[str]) -> str:
    """Columns named by letters, as spreadsheets do, as numbers; names go first."""
    return "|".join(
        str(index(name))
        if name not in names and re.fullmatch("[A-Z]{1,3}", name) and index(name) <= len(names)
        else name
        for name in columns.split("|")
    )


def _index(book: Workbook, plan: _Plan, number: int, options: Options, own: bool, warnings: list[str]) -> Index:
    """The rows of a sheet kept in a temporary file, a line each, and where each article's rows begin in it."""
    spool = tempfile.SpooledTemporaryFile(max_size=8 << 20)  # noqa: SIM115  closed when its last reader lets go
    seen, layout = _Seen(), Layout()
    roles = {column: role for role, columns in plan.columns.items() for column in columns}
    written = plan.columns.get("post_edit", plan.columns["hypothesis"])[0]
    for row in book.rows(book.document(plan.sheet), layout):
        if row.number <= plan.header:
            continue
        texts = {
            column: _text(book.name, plan, row.cells[column + 1], role, column == written, seen)
            for column, role in roles.items()
            if column + 1 in row.cells
        }
        if any(texts.values()):
            spool.write(json.dumps([row.number, texts]).encode("ascii") + b"\n")
            seen.hidden += [str(row.number)] if row.hidden else []
    fills = _fills(spool, plan, layout)

    def rows(offset: int, line: int) -> Iterator[Row]:
        spool.seek(offset)
        while raw := spool.readline():
            at, found = json.loads(raw)
            texts = [found.get(str(column), "") for column in range(len(plan.names))]
            for column, first, last, text in fills:
                if first <= at <= last:
                    texts[column] = text
            key, segment = made(options, plan.columns, texts, own, f"s{number}:{at}:{written + 1}")
            yield Row(offset, at, key, segment)
            offset += len(raw)
            spool.seek(offset)

    warnings += _told(plan, seen, layout)
    return Index(rows)


def _text(name: str, plan: _Plan, cell: Cell, role: str, written: bool, seen: _Seen) -> str:
    """What a cell says for its role. Raises FormatError, naming the cell, where that cannot be told."""

    def refuse(what: str, remedy: str) -> FormatError:
        return FormatError(f"{name} (sheet {plan.sheet.name})", None, f"cell {cell.name} {what}", remedy)

    if cell.formula and (written or cell.empty):
        why = "where the translation is to be written" if written else "whose value is not in the file"
        raise refuse(f"holds a formula {why}", "Copy the column, paste it as values, and save.")
    if cell.kind == ERROR:
        raise refuse(f"shows the error {cell.text[:20]}", "Repair it, or empty the cell.")
    if cell.kind == UNTOLD or (cell.kind == DATE and role in TEXTS):
        what = "a date" if cell.kind == DATE else "a number in a format of its own"
        raise refuse(f"holds {what}, not text", "Format the column as text, and enter what it shows.")
    if "\0" in cell.text:
        raise refuse("holds a NUL character", "Remove it.")
    if cell.formula:
        seen.formulas.append(cell.name)
    return cell.text


def _fills(spool: Any, plan: _Plan, layout: Layout) -> list[tuple[int, int, int, str]]:
    """Merged cells that name an article, system or paragraph: (column, first row, last row, text)."""
    wanted = {plan.columns[role][0] for role in FILLED if role in plan.columns}
    ranges: Mapping[tuple[int, int], int] = {
        (first, column - 1): last
        for first, column, last, _ in layout.merged
        if column - 1 in wanted and first > plan.header and last > first
    }
    found: list[tuple[int, int, int, str]] = []
    if ranges:
        spool.seek(0)
        for raw in spool:
            at, texts = json.loads(raw)
            found += [
                (column, at, ranges[at, column], texts[str(column)])
                for column in wanted
                if (at, column) in ranges and texts.get(str(column))
            ]
    return found[:10_000]


def _told(plan: _Plan, seen: _Seen, layout: Layout) -> list[str]:
    def some(items: list[str]) -> str:
        return ", ".join(items[:10]) + (", ..." if len(items) > 10 else "")

    sheet, found = f"Sheet “{plan.sheet.name}”", []
    read_ones = {column for columns in plan.columns.values() for column in columns}
    if seen.formulas:
        found.append(f"{sheet}: formulas were read by the value they had when saved: {some(seen.formulas)}.")
    if seen.hidden:
        found.append(f"{sheet}: hidden rows were read too: {some(seen.hidden)}.")
    if columns := [plan.names[column] for column in sorted(read_ones) if column + 1 in layout.hidden]:
        found.append(f"{sheet}: hidden columns were read too: {some(columns)}.")
    merged = [
        f"{letters(left)}{top}:{letters(right)}{bottom}"
        for top, left, bottom, right in layout.merged
        if bottom > plan.header and any(left <= column + 1 <= right for column in read_ones)
    ]
    if merged:
        found.append(
            f"{sheet}: of merged cells the text counts for the first row (a merged article, system or paragraph for "
            f"all its rows): {some(merged)}."
        )
    return found

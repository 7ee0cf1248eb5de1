"""Tables written: over the original cell by cell, or from scratch; and what tells one from scratch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import BinaryIO

from review.formats import plain, states
from review.formats.cells import Cell, Dialect, quoted, records
from review.formats.folding import Line, numbered
from review.formats.formulas import dangerous, safe
from review.model import Article, ReadingHeader
from review.text import codes, encodings

NAMES = ("article", "segment", "system", "source", "hypothesis", "post_edit", "status")
"""The columns of a table from scratch; those for references and alternatives follow."""

HOLDS = frozenset(
    {"source", "references", "alternatives", "machine", "status", "deleted", "inserted", "merges", "splits", "systems"}
)
"""What a table from scratch tells of a review."""


def is_own(names: Sequence[str]) -> bool:
    """True for the header of a table that ``build`` made."""
    more = names[len(NAMES) :]
    return tuple(names[: len(NAMES)]) == NAMES and all(re.fullmatch(r"(reference|alternative)_\d+", n) for n in more)


def edited_in(value: str, status: str, own: bool) -> str | None:
    """A row's post-edit or None: an empty one is none, save in a table by ``build`` in a row that was reviewed."""
    return value if value or (own and status in states.OURS and status != "new") else None


def rewrite(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the original with the changed cells in their places, each quoted as it was.

    Text is written as it is, even where a spreadsheet would run it (``build`` made the table: with an apostrophe);
    rows in which it would and did not before are named in a warning.
    """
    found, warnings = numbered((article.segments for article in articles), "row")
    dialect = Dialect(header.extra["delimiter"], header.extra["quoting"])
    formulas: list[int] = []
    unsaid: list[int] = []
    line = 1
    lines = (((mark, raw), text) for mark, raw, text in plain.raw_lines(original, header))
    for raws, text, cells in records(lines, dialect):
        raw = b"".join(part for _, part in raws)
        if line in found and cells is not None:
            new = _changed(header, cells, found[line])
            for place, value in sorted(new.items(), reverse=True):
                cell = cells[place]
                text = text[: cell.start] + quoted(value, dialect, text[cell.start : cell.end]) + text[cell.end :]
                formulas += [line] * (dangerous(value) and not dangerous(cell.value))
            if new:
                raw = plain.encode(text, header, f"Line {line}")
            unsaid += [line] * _unsaid(header, cells, found[line])
        out.write(raws[0][0] + raw)
        line += len(raws)
    return [*warnings, *_warnings(unsaid, formulas, "csv" if header.format == "tsv" else "tsv")]


def _changed(header: ReadingHeader, cells: list[Cell], now: Line) -> dict[int, str]:
    """The cells of a row that are others now: place to new value."""
    own = bool(header.extra.get("own"))
    now = now._replace(text=safe(now.text)) if own else now
    return changed(header.extra["columns"], [cell.value for cell in cells], now, own)


def changed(columns: Mapping[str, list[int]], values: Sequence[str], now: Line, own: bool) -> dict[int, str]:
    """What is to be written in a row that holds ``values``: place to new value. ``own``: of a table by ``build``."""
    written, status = int(now.column) - 1, columns.get("status", [None])[0]
    machine = values[columns["hypothesis"][0]]
    before = values[status].strip() if status is not None else ""
    edited = edited_in(values[written], before, own)
    was = "" if before == states.DELETED else machine if edited is None else edited
    found = {written: now.text} if now.text != was else {}
    if status is not None:
        gone = bool(machine) and not now.text and not own
        state = states.kept(before, states.DELETED if gone else now.status)
        if state != before:
            found[status] = state
    return found


def _unsaid(header: ReadingHeader, cells: list[Cell], now: Line) -> bool:
    """True where an emptied row will be read as not edited: its machine text stands, and no status says more."""
    columns = header.extra["columns"]
    apart = int(now.column) - 1 != columns["hypothesis"][0]
    return apart and "status" not in columns and not now.text and bool(cells[columns["hypothesis"][0]].value)


def _warnings(unsaid: list[int], formulas: list[int], other: str) -> list[str]:
    def rows(numbers: list[int]) -> str:
        return ", ".join(map(str, numbers[:10])) + (", ..." if len(numbers) > 10 else "")

    found = []
    if unsaid:
        found.append(
            f"An empty post-edit also means not edited, so the machine's text will be back when the table is read "
            f"again: row {rows(unsaid)}. Export as jsonl, or add a column status and write deleted in it."
        )
    if formulas:
        found.append(
            f"The new text begins as a formula does and is written as it is; a spreadsheet may run it: "
            f"row {rows(formulas)}. Export as {other}, which is made safe, to open it there."
        )
    return found


def build(articles: Iterable[Article], out: BinaryIO, delimiter: str, sides: Sequence[int] | None = None) -> list[str]:
    """Write a table from scratch, in UTF-8 with a byte order mark, which spreadsheets ask for.

    Cells that a spreadsheet would take for a formula get an apostrophe before them; reading takes it away again.
    ``sides`` is how many columns there are for references and for alternatives; without it as many as the first
    article has, and what has no column is counted in a warning. Inline codes of the file are left out.
    """
    dialect, end = Dialect(delimiter), "\r\n" if delimiter == "," else "\n"
    stream = iter(articles)
    first = next(stream, None)
    counts = list(sides or ()) or [
        max((len(getattr(segment, side)) for segment in first.segments), default=0) if first else 0
        for side in ("references", "alternatives")
    ]
    left_out = 0

    def write(values: Iterable[str]) -> None:
        out.write((delimiter.join(quoted(safe(value), dialect) for value in values) + end).encode("utf-8"))

    out.write(encodings.mark_of("utf-8"))
    write(
        [*NAMES]
        + [f"reference_{place + 1}" for place in range(counts[0])]
        + [f"alternative_{place + 1}" for place in range(counts[1])]
    )
    for article in chain([first] if first else [], stream):
        for segment in article.segments:
            now = "" if segment.deleted else segment.text
            texts = (segment.source or "", segment.hypothesis, now)
            others = (*_filled(segment.references, counts[0]), *_filled(segment.alternatives, counts[1]))
            source, machine, now, *rest = (codes.bare(segment.codes, text) for text in (*texts, *others))
            write((article.name, segment.name, article.system, source, machine, now, states.written(segment), *rest))
            left_out += max(len(segment.references) - counts[0], 0) + max(len(segment.alternatives) - counts[1], 0)
    if left_out:
        return [f"References and other translations that had no column were left out: {left_out}. Export as jsonl."]
    return []


def _filled(texts: tuple[str, ...], count: int) -> list[str]:
    return [*texts, *[""] * count][:count]

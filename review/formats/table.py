"""Tables with a header row, as CSV and TSV: told, and read by column role.

A locator is ``row:N:C``: the row that begins on line N of the file, and column C, both from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from review.errors import FormatError, InputError
from review.formats import plain, states
from review.formats.base import Options, Source
from review.formats.cells import Cell, Dialect, records
from review.formats.columns import guess, mapping
from review.formats.formulas import bare
from review.formats.grouping import Index, Key, Row
from review.formats.table_writing import edited_in, is_own
from review.model import Reading, ReadingHeader, Segment

_SAMPLE = 1 << 16
_QUOTES = (
    "Close it, and double the quotes inside a quoted cell; "
    "or switch quoting off (--quoting none) if quotes mean nothing here."
)


class _Record(NamedTuple):
    line: int
    offset: int
    cells: list[Cell]


def read(source: Source, options: Options, name: str) -> Reading:
    """Read a table; all rows are checked before the first article comes.

    Raises FormatError for a missing column, a quote that is never closed, a row of another length.
    """
    opened = plain.open_text(source, options.encoding)
    if opened.newline == "\r":
        raise FormatError(source.name, 1, "its lines end in carriage returns alone", "Save it with usual line ends.")
    dialect = _dialect(opened, options, name)
    first = next(_records(opened, dialect, 0, 1), None)
    if first is None:
        raise FormatError(source.name, None, "the file holds blank lines only", "Choose a table with a header row.")
    names = [cell.value.strip() for cell in first.cells]
    own = is_own(names)
    headless = is_headless(options, names)
    if headless:
        names = [str(place + 1) for place in range(len(names))]
    columns = mapping(source.name, names, options.columns, options.source_language, options.target_language)

    def rows(offset: int, line: int) -> Iterator[Row]:
        for record in _records(opened, dialect, offset, line):
            if record.line == first.line and not headless:
                continue
            if len(record.cells) != len(names):
                raise FormatError(
                    source.name,
                    record.line,
                    f"the row has {len(record.cells)} cells, the header has {len(names)}",
                    "Put cells that hold a delimiter or a line end in double quotes.",
                )
            yield _row(options, columns, record, own)

    index = Index(rows)
    if not index.count:
        raise FormatError(source.name, first.line, "no row follows the header", "Choose a table with text in it.")
    header = opened.header(
        name,
        delimiter=dialect.delimiter,
        quoting=dialect.quoting,
        names=names,
        columns=columns,
        own=own,
        count=index.count,
        adjacent=index.adjacent,
    )
    return Reading(header, index.articles(options.name or source.stem, options.article_lines))


def is_headless(options: Options, names: Sequence[str]) -> bool:
    """True where the user numbered all columns, and the numbers are no names: then the first row is text."""
    given = [column for columns in options.columns.values() for column in columns.split("|") if column]
    return bool(given) and all(column.isdecimal() and column not in names for column in given)


def _records(opened: plain.Opened, dialect: Dialect, offset: int, line: int) -> Iterator[_Record]:
    """The records that are not blank, from ``offset`` on. Raises FormatError for one that cannot be understood."""
    for numbers, text, cells in records(plain.lines(opened, offset, line), dialect):
        if cells is None:
            raise FormatError(opened.source.name, numbers[0], "a quote is opened here and not closed rightly", _QUOTES)
        if text.strip("\r\n"):
            yield _Record(numbers[0], offset, cells)
        offset += len(text.encode("utf-8"))


def _row(options: Options, columns: dict[str, list[int]], record: _Record, own: bool) -> Row:
    """One row. ``own``: of a table that ``build`` made."""
    texts = [bare(cell.value) if own else cell.value for cell in record.cells]
    written = columns.get("post_edit", columns["hypothesis"])[0]
    key, segment = made(options, columns, texts, own, f"row:{record.line}:{written + 1}")
    return Row(record.offset, record.line, key, segment)


def made(
    options: Options, columns: Mapping[str, list[int]], texts: Sequence[str], own: bool, locator: str
) -> tuple[Key, Segment]:
    """What a row of texts says, by the column of each role, and the article it belongs to."""

    def value(role: str) -> str:
        return texts[columns[role][0]] if role in columns else ""

    hypothesis, status = value("hypothesis"), value("status").strip()
    edited = edited_in(value("post_edit"), status, own)
    paragraph = value("paragraph").strip()
    segment = Segment(
        hypothesis=hypothesis,
        name=value("segment").strip(),
        source=value("source") if "source" in columns else None,
        references=tuple(texts[index] for index in columns.get("reference", ())),
        alternatives=tuple(texts[index] for index in columns.get("alternative", ())),
        paragraph=int(paragraph) if paragraph.isdecimal() and len(paragraph) < 10 else -1,
        locators=(locator,),
        correction=states.correction(hypothesis, edited, status),
    )
    key = Key(
        value("article").strip(),
        value("system").strip() or options.system,
        options.source_language,
        options.target_language,
    )
    return key, segment


def _dialect(opened: plain.Opened, options: Options, name: str) -> Dialect:
    """The delimiter and quoting: as the user says; else a tab for TSV, the commonest sign of the header for CSV.

    Quotes in a TSV mean something only where cells begin with them and rows come out even by them.
    """
    if options.quoting not in ("", "minimal", "none"):
        raise InputError(f"Quoting is {options.quoting!r}; give minimal or none.")
    opened.file.seek(opened.base)
    sample = opened.file.read(_SAMPLE).decode("utf-8", "ignore")
    head = sample.split("\n", 1)[0]
    delimiter = {"tab": "\t", "\\t": "\t"}.get(options.delimiter, options.delimiter)
    if not delimiter:
        delimiter = "\t" if name == "tsv" else max(",;\t|", key=head.count)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise InputError(f"The delimiter is {options.delimiter!r}; give one character, or tab.")
    quoting = options.quoting != "none"
    if name == "tsv" and not options.quoting and not is_own(head.strip().split(delimiter)):
        whole = sample[: sample.rfind("\n") + 1] or sample
        used = re.search(rf'(?:^|{re.escape(delimiter)})"', whole, re.MULTILINE)
        quoting = bool(used) and (_even(whole, Dialect(delimiter)) or not _even(whole, Dialect(delimiter, False)))
    return Dialect(delimiter, quoting)


def _even(sample: str, dialect: Dialect) -> bool:
    """True where every record of the sample that is whole has as many cells as the first."""
    lines = ((None, line) for line in re.findall(r"[^\n]*\n|[^\n]+", sample) if line.strip())
    found = list(records(lines, dialect))
    if len(found) > 1 and found[-1][2] is None and len(found[-1][0]) > 1 and len(sample) > _SAMPLE // 2:
        found.pop()  # cut off by the sample's end
    return all(cells is not None and len(cells) == len(found[0][2] or ()) for _, _, cells in found)


def sniff(source: Source, options: Options, delimiters: str, suffixes: tuple[str, ...]) -> float:
    """Sure by suffix; else by a first line in which a column for the translation is named."""
    if source.suffix in suffixes:
        return 0.8
    first = plain.first_line(source, options.encoding)
    for delimiter in delimiters:
        if delimiter in first and "hypothesis" in guess(first.replace('"', "").split(delimiter)):
            return 0.7 if any(options.columns) or len(first.split(delimiter)) > 1 else 0.0
    return 0.0


def preview_columns(header: ReadingHeader) -> dict[str, Any]:
    """The column names and which was taken for what: ``{"names": [...], "columns": {role: [name, ...]}}``."""
    names = header.extra.get("names", [])
    columns = header.extra.get("columns", {})
    return {"names": names, "columns": {role: [names[index] for index in found] for role, found in columns.items()}}

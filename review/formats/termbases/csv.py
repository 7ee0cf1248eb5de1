"""Termbases as CSV: a row is a concept, as ``notation`` says. Commas, semicolons or tabs part the cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from review.errors import FormatError, InputError
from review.formats.base import Source
from review.formats.formulas import bare, safe
from review.formats.termbases.base import Entry, Found, Given, Termbase, problem
from review.formats.termbases.notation import COLUMNS, concept_of, row_of
from review.model import Concept


def load_csv(
    file: str | Path | bytes, *, name: str = "", source_language: str = "zh", target_language: str = "en"
) -> list[Concept]:
    """Read a termbase from a path or from a file's bytes; ``name`` stands for it in errors.

    Raises FormatError (file, line, remedy) for what cannot be read, InputError for a file that is not there.
    """
    source = Source.of(file, name or ("termbase" if isinstance(file, bytes) else ""))
    concepts: list[Concept] = []
    for entry in read(Given(source.bytes(), source.name, source_language, target_language), Found()):
        if not isinstance(entry, Concept):
            raise entry
        concepts.append(entry)
    return concepts


def read(given: Given, found: Found) -> Iterator[Entry]:
    """Each row's concept, or why it has none. Raises FormatError where the rest cannot be read either."""
    place = given.place
    termbase = Path(place).stem
    lines: dict[str, int] = {}
    for line, row in _rows(given.data, place):
        if isinstance(row, str):
            yield FormatError(place, line, row, "Put quotes around cells that hold a comma.")
            continue
        try:
            concept = concept_of(row, termbase, f"{termbase}-{line}", (given.source_language, given.target_language))
        except InputError as error:
            yield problem(place, line, error)
            continue
        if concept.id in lines:
            what = f"the id {concept.id!r} stands on line {lines[concept.id]} already"
            yield FormatError(place, line, what, "Give each concept its own id.")
            continue
        lines[concept.id] = line
        yield concept


def _rows(data: bytes, place: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Each row by column name, or what is wrong with it, with the line it begins on."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FormatError(place, line, "the text is not UTF-8", "Save the file as UTF-8.") from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise FormatError(place, line, "the line holds a NUL byte", "Save the termbase as CSV text in UTF-8.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text))
    header: list[str] | None = None
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            what = "a quote is opened and never closed" if "unexpected end" in str(error) else f"{error}"
            raise FormatError(place, before + 1, what, "Double each quote inside a quoted cell.") from error
        line, before = before + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = [cell.strip().lower() for cell in cells]
            if "preferred" not in header:
                what = f"there is no column 'preferred' among {', '.join(header)[:120]}"
                raise FormatError(place, line, what, f"Name the columns as follows: {', '.join(COLUMNS)}.")
            continue
        if len(cells) > len(header):
            yield line, f"the row has {len(cells)} cells under {len(header)} columns"
            continue
        yield line, dict(zip(header, (bare(cell.strip()) for cell in cells), strict=False))
    if header is None:
        raise FormatError(place, None, "the file is empty", f"Begin it with the columns {', '.join(COLUMNS)}.")


def _delimiter(text: str) -> str:
    """What parts the columns of the first line: the sign that leaves one called "preferred"."""
    first = next((line for line in text.splitlines() if line.strip()), "").lower()
    names = {sign: [cell.strip(' "') for cell in first.split(sign)] for sign in ",;\t"}
    return next((sign for sign, cells in names.items() if "preferred" in cells and len(cells) > 1), ",")


def dump_csv(concepts: Iterable[Concept]) -> bytes:
    """The concepts as CSV in UTF-8, safe in a spreadsheet; one that no row can hold is left out.

    ``load_csv`` reads them back as they were (languages and termbase apart).
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    seen: set[str] = set()
    for concept in concepts:
        row = row_of(concept)
        try:
            concept_of(row, concept.termbase, "", ("", "x"))
        except InputError:
            continue
        if row["id"] not in seen or not row["id"]:
            writer.writerow({name: safe(cell) for name, cell in row.items()})
        seen.add(row["id"])
    return out.getvalue().encode("utf-8", "replace")


def _write(concepts: Sequence[Concept]) -> bytes:
    return dump_csv(concepts)


TERMBASE = Termbase(
    name="csv",
    title="CSV",
    suffixes=(".csv", ".tsv", ".txt"),
    mime="text/csv",
    recognise=lambda head: bool(head) and not head.startswith("<"),
    read=read,
    write=_write,
)

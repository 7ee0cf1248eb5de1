"""The rows of an Appraise export, by a header or by their places."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from review.errors import FormatError
from review.formats.base import Options, Source, unpacked
from review.formats.formulas import bare
from review.text import encodings

WANTED = "Give a file of Appraise's ExportSystemScoresToCSV."
TYPES = ("TGT", "CHK", "BAD", "REF")
JUDGED = ("TGT", "CHK", "")
"""Items of these types are systems' own outputs; the others were made to check the raters."""

PLACES = ("user", "system", "item", "type", "from", "to", "score", "document", "complete", "spans", "start", "end")
OWN = (*PLACES, "segment", "source", "target", "reference")
_PLAIN = {
    9: (*PLACES[:7], "start", "end"),
    11: (*PLACES[:9], "start", "end"),
    12: PLACES,
    14: (*PLACES, "batch", "key"),
    16: OWN,
}
"""Columns by how many there are: direct assessment, of documents, with spans, with the batch, with texts."""

_NAMES = {
    "user": "user username user_id userid login annotator annotatorid annotator_id rater",
    "system": "system systemid system_id model",
    "item": "item itemid item_id segmentid segment_id seg_id",
    "type": "type itemtype item_type is_bad",
    "from": "from sourcelanguage source_language source_lang srclang",
    "to": "to targetlanguage target_language target_lang tgtlang",
    "score": "score rating",
    "document": "document documentid document_id doc doc_id docid",
    "spans": "spans mqm span_errors error_spans esa_spans errors",
    "start": "start start_time starttime",
    "end": "end end_time endtime",
    "segment": "segment",
    "source": "source sourcetext source_text src source_segment",
    "target": "target targettext target_text tgt hypothesis translation mt",
    "reference": "reference referencetext reference_text ref",
    "batch": "batch batchno batch_no",
}
_UNKEPT = re.compile("[\ud800-\udfff\0]|\\\\u0000")
_ROLES = {name: role for role, names in _NAMES.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells by what they are; what the file does not have is ""."""

    line: int
    cells: dict[str, str]

    def get(self, name: str) -> str:
        return self.cells.get(name, "")


def rows(source: Source, options: Options) -> tuple[set[str], list[Row]]:
    """What columns there are, and all rows. Raises FormatError where the file is no such table."""
    text = _text(source, unpacked(source), options.encoding)
    table = _table(source, text)
    first = next(table, None)
    if first is None:
        raise FormatError(source.name, None, "the file is empty", WANTED)
    header = _header(first[1])
    names: Sequence[str] = header or _places(source, *first)
    found: list[Row] = []
    for line, cells in ([] if header else [first]) + list(table):
        if not any(cells):
            continue
        if len(cells) != len(names):
            what = f"the row has {len(cells)} cells, and the first {len(names)}"
            raise FormatError(source.name, line, what, WANTED)
        values = dict(zip(names, cells, strict=True))
        if names == OWN:
            values = {name: bare(value) for name, value in values.items()}
        found.append(Row(line, values))
    if not found:
        raise FormatError(source.name, None, "there is no row under the header", WANTED)
    return set(names), found


def _text(source: Source, data: bytes, encoding: str) -> str:
    found, mark = encodings.mark(data[:4])
    kind = found or (encodings.known(encoding) if encoding else "utf-8")
    try:
        text = data[mark:].decode(kind)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FormatError(source.name, line, f"the text is not {kind.upper()}", "Save the file as UTF-8.") from error
    if "\0" in text:
        raise FormatError(source.name, None, "the file holds a NUL character", "Remove it.")
    return text


def _table(source: Source, text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    sign = "\t" if first.count("\t") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise FormatError(source.name, line, f"the table breaks here ({error})", WANTED) from error


def _header(cells: Sequence[str]) -> tuple[str, ...]:
    """The roles of the columns where the first row names them; () where it names none."""
    names = [re.sub(r"[\s-]+", "_", cell.strip().lower()) for cell in cells]
    roles = [_ROLES.get(name, _ROLES.get(name.replace("_", ""), "")) for name in names]
    if not {"user", "system", "score"} <= set(roles) and not {"user", "system", "spans"} <= set(roles):
        return ()
    # A role counts once, for its first column.
    return tuple(role if role and roles.index(role) == place else f"column {place}" for place, role in enumerate(roles))


def _places(source: Source, line: int, cells: list[str]) -> tuple[str, ...]:
    names = _PLAIN.get(len(cells), ())
    if not names or cells[3].upper() not in TYPES:
        raise FormatError(source.name, line, "this is no row of Appraise", WANTED)
    return names


def spans(source: Source, row: Row) -> list[dict[str, Any]]:
    """The spans of a row. Raises FormatError."""
    cell = row.get("spans").strip()
    if not cell:
        return []
    found: Any = cell
    try:
        for _ in range(3):  # some exports hold JSON in JSON
            found = json.loads(found) if isinstance(found, str) else found
    except (ValueError, RecursionError) as error:
        raise FormatError(source.name, row.line, "the spans are not JSON", WANTED) from error
    if unkept(json.dumps(found, ensure_ascii=False)):
        what = "the spans hold a character that cannot be kept"
        raise FormatError(source.name, row.line, what, "Take it out of the file.")
    found = found.get("payload") if isinstance(found, dict) else found
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise FormatError(source.name, row.line, "the spans are no list of objects", WANTED)
    return found


def unkept(text: str) -> bool:
    """Whether a text holds half of a surrogate pair, or NUL, also as JSON writes it."""
    return bool(_UNKEPT.search(text))


def sniff(source: Source, options: Options) -> float:
    """Sure of a row of twelve cells with an item's type in the fourth, or of a header that names score and spans."""
    try:
        text = source.head(16384).decode("utf-8-sig", "replace")
        _, cells = next(_table(source, text), (1, []))
    except FormatError:
        return 0.0
    if header := _header(cells):
        return 0.97 if {"score", "spans"} <= set(header) else 0.0
    return 0.97 if len(cells) in _PLAIN and cells[3].upper() in TYPES and re.fullmatch(r"-?[\d.]*", cells[6]) else 0.0

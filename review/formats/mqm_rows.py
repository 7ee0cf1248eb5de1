"""The rows of an MQM file as Marot and the WMT releases write it: who marked which error in whose translation.

Columns by name: system, doc, doc_id, seg_id, rater, source, target, category, severity (and comment); Marot's newer
names docSegId and globalSegId stand for doc_id and seg_id. Rows are read one at a time, packed or not.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from review.errors import FormatError, InputError, ReviewError
from review.formats.base import Source
from review.settings import settings

NEEDED = ("system", "doc", "seg_id", "rater", "source", "target", "category", "severity")
NO_ERROR = "no-error"
_BOM = b"\xef\xbb\xbf"
_ALIASES = {"docsegid": "doc_id", "globalsegid": "seg_id"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``segment`` is "doc_id:seg_id"; source and target still hold their marks (<v>, </v>).

    ``severity`` is in lower case, "no-error" where the rater found nothing.
    """

    line: int
    system: str
    document: str
    segment: str
    rater: str
    source: str
    target: str
    category: str
    severity: str
    comment: str


def without_marks(text: str) -> str:
    """The text as it was before anybody marked words in it."""
    return text.replace("<v>", "").replace("</v>", "")


def columns(given: str | Path | Source) -> list[str]:
    """The columns' names, in lower case. Raises InputError, and FormatError where the first line is not UTF-8."""
    source = Source.of(given)
    with _opened(source) as file:
        return [_column(name) for name in _text(source.name, 1, file.readline().removeprefix(_BOM)).split("\t")]


def sniff(source: Source) -> float:
    """Sure of a first line that names the columns, in UTF-16 too: reading then says that UTF-8 is wanted."""
    head = source.head(16384)
    if head[:2] == b"\x1f\x8b":
        try:
            return 0.98 if set(NEEDED) <= set(columns(source)) else 0.0
        except ReviewError:
            return 0.0
    first = head.removeprefix(_BOM).replace(b"\0", b"").split(b"\n", 1)[0].decode("utf-8", "ignore")
    return 0.98 if set(NEEDED) <= {_column(name) for name in first.split("\t")} else 0.0


def rows(given: str | Path | Source, *, everything: bool = False) -> Iterator[Row]:
    """Each row in the file's order; gzip is unpacked, lines end at the line feed alone and quotes mean nothing.

    Rows without rater, category and severity say nothing about errors (Marot puts automatic scores there) and are
    passed over, unless ``everything`` is wanted. Raises InputError and FormatError, while reading too, and FormatError
    where there is no row.
    """
    source = Source.of(given)
    path, found, number = source.name, False, 1
    with _opened(source) as file:
        header = [_column(name) for name in _text(path, 1, file.readline().removeprefix(_BOM)).split("\t")]
        missing = [name for name in NEEDED if name not in header]
        if missing:
            what = f"the header does not name the column {missing[0]}"
            raise FormatError(path, 1, what, f"Give a tab-separated table with {', '.join(NEEDED)}.")
        least = len(header) - ("comment" in header)
        for number, line in enumerate(file, 2):
            text = _text(path, number, line)
            if not text.strip():
                continue
            cells = text.split("\t")
            if len(cells) < least:
                what = f"the row has {len(cells)} cells under {len(header)} columns"
                raise FormatError(path, number, what, "Separate the cells by tabs.")
            row = dict(zip(header, cells, strict=False))
            if everything or any(row[name].strip() for name in ("rater", "category", "severity")):
                found = True
                yield _row(number, row)
    if not found:
        raise FormatError(path, number, "there is no annotation under the header", "Give a file with one row an error.")


def _row(number: int, row: dict[str, str]) -> Row:
    severity = row["severity"].strip().lower().replace("_", "-")
    if not severity and row["category"].strip().lower().replace("_", "-") == NO_ERROR:
        severity = NO_ERROR
    key = f"{row.get('doc_id', '')}:{row['seg_id']}"
    texts = (row["source"], row["target"])
    return Row(
        number, row["system"], row["doc"], key, row["rater"], *texts, row["category"], severity, row.get("comment", "")
    )


def _column(name: str) -> str:
    lower = name.strip().lower()
    return _ALIASES.get(lower, lower)


def _text(path: str, number: int, line: bytes) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text and (number == 1 or text == "\0"):
        advice = "Save the file as UTF-8; an MQM table is read in no other encoding."
        raise FormatError(path, number, "this is not UTF-8 text", advice)
    return text.removesuffix("\n").rstrip("\r")


class _Limited:
    """The lines of an unpacked file, up to ``upload_megabytes`` of them."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.file, self.name, self.left = file, name, settings().upload_bytes

    def readline(self) -> bytes:
        line = self.file.readline(self.left + 1)
        self.left -= len(line)
        if self.left < 0:
            size = settings().upload_megabytes
            raise InputError(
                f"{self.name} unpacks to more than {size} MB; split it, or set REVIEW_UPLOAD_MEGABYTES higher."
            )
        return line

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")


@contextmanager
def _opened(source: Source) -> Iterator[_Limited]:
    packed = source.head(2) == b"\x1f\x8b"
    with source.open() as file:
        try:
            yield _Limited(cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file, source.name)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise InputError(f"{source.name} is not a whole gzip file; pack it again.") from None

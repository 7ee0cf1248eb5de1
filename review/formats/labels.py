"""What else a table or JSON Lines file says of each segment: the value of any of its columns, by place in the file.

The store keeps the columns that it knows; the others are read from the original when they are asked for.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from review.formats import bundle, plain
from review.formats.cells import Dialect, records
from review.model import ReadingHeader, Segment


def names(header: ReadingHeader, original: bytes) -> list[str]:
    """The columns (JSON Lines: the keys) of a file, or of all files of a bundle, in the order of their appearance.

    None of other formats. Keys whose values are lists or objects are no columns.
    """
    return list(dict.fromkeys(name for _, record in _records(header, original) for name in record))


def values(header: ReadingHeader, original: bytes, name: str) -> dict[str, str]:
    """The value of a column by place (see ``place``); "" where it is empty, and no entry where the file has none."""
    return {where: record[name] for where, record in _records(header, original) if name in record}


def place(segment: Segment) -> str:
    """Where a segment stands in its file: the part of its first locator that names a row or line; "" for none."""
    return ":".join(segment.locators[0].split(":")[:2]) if segment.locators else ""


def _records(header: ReadingHeader, original: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    if not original:
        return
    if header.format == bundle.FORMAT_NAME:
        for number, one in enumerate(bundle.headers(header), 1):
            for where, record in _records(one, bundle.unpack(io.BytesIO(original), number).read()):
                yield f"{number}/{where}", record
    elif header.format in ("csv", "tsv"):
        yield from _rows(header, original)
    elif header.format == "jsonl":
        for number, (_, _, line) in enumerate(plain.raw_lines(io.BytesIO(original), header), 1):
            if line.strip():
                yield f"line:{number}", {key: _text(value) for key, value in json.loads(line).items() if _plain(value)}


def _rows(header: ReadingHeader, original: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    columns = header.extra["names"]
    dialect = Dialect(header.extra["delimiter"], header.extra["quoting"])
    number = 1
    lines = ((None, text) for _, _, text in plain.raw_lines(io.BytesIO(original), header))
    for raws, _, cells in records(lines, dialect):
        # The header's own row is in no segment's locator; shorter rows are blank lines.
        if cells is not None and len(cells) == len(columns):
            yield f"row:{number}", {name: cell.value.strip() for name, cell in zip(columns, cells, strict=True)}
        number += len(raws)


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def _text(value: Any) -> str:
    return "" if value is None else value.strip() if isinstance(value, str) else json.dumps(value)

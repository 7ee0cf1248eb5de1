"""Parquet by row groups: small ones together, a large one in several parts, only the columns that are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from review.errors import ColumnError, FormatError, MissingError
from review.formats.partitions.base import Columns, File, Partition, filled, no_reference

_MOST_PARTS = 8
"""Of one row group: whoever reads a part decodes what stands before it too."""

_NAMES = ("article", "segment", "system")


def look(name: str, path: str, size: int) -> File:
    with _opened(name, path) as opened:
        _columns(name, opened.schema_arrow)
        rows = opened.metadata.num_rows
    if not rows:
        raise FormatError(name, None, "the file holds no segments", "Choose a file with rows.")
    return File(name, path, size, rows)


def cut(file: File, rows: int) -> list[Partition]:
    with _opened(file.name, file.path) as opened:
        sizes = [opened.metadata.row_group(number).num_rows for number in range(opened.metadata.num_row_groups)]
    found: list[Partition] = []
    groups: list[int] = []
    for number in range(len(sizes)):
        groups.append(number)
        total = sum(sizes[group] for group in groups)
        if total < rows and number + 1 < len(sizes):
            continue
        parts = min(_MOST_PARTS, max(1, total // rows)) if len(groups) == 1 else 1
        edges = [total * part // parts for part in range(parts + 1)]
        found += [
            Partition(file, start, stop, stop - start, tuple(groups)) for start, stop in pairwise(edges) if stop > start
        ]
        groups = []
    return found


def read(partition: Partition, size: int) -> Iterator[Columns]:
    name = partition.file.name
    with _opened(name, partition.file.path) as opened:
        columns = _columns(name, opened.schema_arrow)
        first = sum(opened.metadata.row_group(number).num_rows for number in range(partition.groups[0]))
        batches = opened.iter_batches(
            batch_size=size, row_groups=list(partition.groups), columns=list(columns.values()), use_threads=False
        )
        place = 0
        for batch in _sound(name, batches):
            start, stop = max(partition.start - place, 0), min(partition.stop - place, batch.num_rows)
            if stop > start:
                yield _made(name, columns, batch.slice(start, stop - start), first + place + start + 1)
            place += batch.num_rows
            if place >= partition.stop:
                return


def _made(name: str, columns: dict[str, str], batch: Any, row: int) -> Columns:
    """``row`` is the first one's number in the file, from 1."""

    def names(role: str) -> list[str]:
        if role not in columns:
            return [""] * batch.num_rows
        return ["" if value is None else str(value) for value in batch.column(columns[role]).to_pylist()]

    try:
        hypotheses = batch.column(columns["hypothesis"]).to_pylist()
        texts = batch.column(columns["references"]).to_pylist()
        found = Columns(names("article"), names("segment"), names("system"))
    except UnicodeDecodeError:
        raise FormatError(
            name, None, f"a text from row {row} on is not UTF-8", "Write the file anew from sound text."
        ) from None
    for number, value in enumerate(texts, row):
        some = (value,) if isinstance(value, str) else tuple(text for text in value or () if text)
        references = filled(some)
        if not references:
            raise no_reference(name, None, f"row {number}")
        found.references.append(references)
    if None in hypotheses:
        number = row + hypotheses.index(None)
        raise FormatError(name, None, f"row {number} has no hypothesis", 'Write "" for an empty translation.')
    found.hypotheses = hypotheses
    return found


def _columns(name: str, schema: Any) -> dict[str, str]:
    """The column of each role that the file has, of a type that can be read."""
    import pyarrow.types as types

    def text(kind: Any) -> bool:
        if types.is_dictionary(kind):
            return text(kind.value_type)
        return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))

    def texts(kind: Any) -> bool:
        if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
            return text(kind.value_type)
        return text(kind)

    def label(kind: Any) -> bool:
        return text(kind) or bool(types.is_integer(kind) or types.is_null(kind))

    roles: list[tuple[str, Callable[[Any], bool], str]] = [
        ("hypothesis", text, "text"), ("references", texts, "text or lists of text"),
        *((each, label, "names or whole numbers") for each in _NAMES),
    ]  # fmt: skip
    found = {}
    for role, fits, wanted in roles:
        column = "reference" if role == "references" and "references" not in schema.names else role
        if column not in schema.names:
            if role in _NAMES:
                continue
            raise ColumnError(
                name, f"there is no column {role!r}; there are {', '.join(schema.names)}", "Rename one.", schema.names
            )
        kind = schema.field(column).type
        if not fits(kind):
            raise FormatError(name, None, f"the column {column!r} is of type {kind}", f"Make it {wanted}.")
        found[role] = column
    return found


def _opened(name: str, path: str) -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        raise MissingError(f"{name} is Parquet, which needs the package pyarrow; pip install pyarrow") from None
    try:
        return pyarrow.parquet.ParquetFile(path)
    except (pyarrow.ArrowException, OSError):
        raise FormatError(name, None, "this is no whole Parquet file", "Write it again.") from None


def _sound(name: str, batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow

    try:
        yield from batches
    except (pyarrow.ArrowException, OSError):
        raise FormatError(name, None, "this is no whole Parquet file", "Write it again.") from None

"""JSON Lines as stretches of bytes between line ends; lines end at the line feed alone."""

from __future__ import annotations

from collections.abc import Iterator

from review.errors import FormatError
from review.formats import jsonl
from review.formats.partitions.base import Columns, File, Partition, filled, no_reference
from review.settings import settings

_SAMPLE = 1024 * 1024
_MARK = b"\xef\xbb\xbf"


def look(name: str, path: str, size: int) -> File:
    """The file, with its number of lines as the first megabyte lets one expect."""
    with open(path, "rb") as file:
        sample = file.read(_SAMPLE)
    if not sample.strip():
        raise FormatError(name, None, "the file holds no segments", jsonl.NATIVE)
    lines = max(1, sample.count(b"\n"))
    return File(name, path, size, max(1, size * lines // len(sample)))


def cut(file: File, rows: int) -> list[Partition]:
    step = max(1, file.size * rows // file.rows)
    found, start = [], 0
    with open(file.path, "rb") as opened:
        while start < file.size:
            opened.seek(min(start + step, file.size))
            _line(file, opened, None)
            stop = opened.tell()
            found.append(Partition(file, start, stop, max(1, (stop - start) * file.rows // file.size)))
            start = stop
    return found


def read(partition: Partition, size: int) -> Iterator[Columns]:
    file, found = partition.file, Columns()
    with open(file.path, "rb") as opened:
        opened.seek(partition.start)
        place, number = partition.start, 0
        while place < partition.stop:
            number += 1
            try:
                raw = _line(file, opened, number)
                place += len(raw)
                text = raw.removeprefix(_MARK if place == len(raw) else b"").decode("utf-8")
                if text.strip():
                    _add(found, file.name, number, text)
            except UnicodeDecodeError:
                number += _lines_before(partition)
                raise FormatError(file.name, number, "this is not UTF-8 text", "Save the file as UTF-8.") from None
            except FormatError as error:
                number += _lines_before(partition)
                raise FormatError(file.name, number, error.what, error.remedy) from None
            if len(found) >= size:
                yield found
                found = Columns()
    if len(found):
        yield found


def _line(file: File, opened: object, number: int | None) -> bytes:
    longest = settings().line_bytes
    raw: bytes = opened.readline(longest + 1)  # type: ignore[attr-defined]
    if len(raw) > longest:
        raise FormatError(file.name, number, f"a line is longer than {longest} bytes", "Give one segment a line.")
    return raw


def _add(found: Columns, name: str, number: int, text: str) -> None:
    values = jsonl.parse(name, number, text)
    references = filled(values.texts("references") or values.texts("reference"))
    if not references:
        raise no_reference(name, number, "the line")
    found.references.append(references)
    found.hypotheses.append(values.text("hypothesis") or "")
    found.articles.append(values.label("article"))
    found.segments.append(values.label("segment"))
    found.systems.append(values.label("system"))


def _lines_before(partition: Partition) -> int:
    """How many lines stand before the partition: counted only to say where something is wrong."""
    count, left = 0, partition.start
    with open(partition.file.path, "rb") as opened:
        while left and (part := opened.read(min(left, _SAMPLE))):
            count += part.count(b"\n")
            left -= len(part)
    return count

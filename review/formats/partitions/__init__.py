"""Large files in partitions: each is read by whoever works on it, a thread here or a worker that sees the same path.

    file = look(path)                 what is there, and about how many rows
    for partition in cut(file, rows)  where each partition stands; nothing is read yet
    for columns in read(partition)    its rows, some thousand at a time

The columns are the native file's: hypothesis, references, and system, article and segment where they are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from review.errors import InputError
from review.formats.partitions import lines, parquet
from review.formats.partitions.base import Columns, File, Partition

__all__ = ["SUFFIXES", "Columns", "File", "Partition", "cut", "known", "look", "read"]

_KINDS: dict[str, ModuleType] = {".jsonl": lines, ".ndjson": lines, ".parquet": parquet}
SUFFIXES = tuple(_KINDS)

BATCH = 2000
"""Rows read at a time."""


def known(path: str) -> bool:
    """True for a file that can be read in partitions, by its suffix."""
    return Path(path).suffix.lower() in _KINDS


def look(path: str) -> File:
    """See what a file is. Raises InputError or FormatError where it cannot be read in partitions."""
    whole = Path(path).absolute()
    try:
        size = whole.stat().st_size
        if whole.is_dir():
            raise InputError(f"{path} is a folder; name the files in it.")
        with whole.open("rb"):
            pass
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}; check its name and permissions.") from None
    return _kind(path).look(path, str(whole), size)


def cut(file: File, rows: int) -> list[Partition]:
    """Partitions of about ``rows`` rows, in the file's order."""
    return _kind(file.path).cut(file, rows)


def read(partition: Partition, size: int = BATCH) -> Iterator[Columns]:
    """The partition's rows, at most ``size`` at a time. Raises InputError, or FormatError with the row's place."""
    partition.check()
    yield from _kind(partition.file.path).read(partition, size)


def _kind(path: str) -> ModuleType:
    return _KINDS[Path(path).suffix.lower()]

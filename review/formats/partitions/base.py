"""What a partition is, and what reading one gives."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from pathlib import Path

from review.errors import FormatError, InputError


@dataclass(frozen=True, slots=True)
class File:
    """A file to read in partitions. ``name`` is what the user typed, ``rows`` about how many it has."""

    name: str
    path: str
    size: int
    rows: int


@dataclass(frozen=True, slots=True)
class Partition:
    """Bytes ``start`` up to ``stop`` of JSON Lines, or these rows of the row ``groups`` of Parquet.

    ``rows`` is about how many it has.
    """

    file: File
    start: int
    stop: int
    rows: int
    groups: tuple[int, ...] = ()

    def check(self) -> None:
        """Raise InputError unless the file is here, and as long as it was where it was cut."""
        try:
            size = Path(self.file.path).stat().st_size
        except OSError as error:
            raise InputError(
                f"{self.file.path} cannot be read on {socket.gethostname()} ({error.strerror}); "
                "put it where every worker reads it under the same path."
            ) from None
        if size != self.file.size:
            raise InputError(
                f"{self.file.path} on {socket.gethostname()} is not the file that was asked about, or it was changed "
                "meanwhile; give all workers the same file."
            )


@dataclass(slots=True)
class Columns:
    """Some rows, column by column; a name that is not there is "". ``references`` holds the texts of each row."""

    articles: list[str] = field(default_factory=list)
    segments: list[str] = field(default_factory=list)
    systems: list[str] = field(default_factory=list)
    hypotheses: list[str] = field(default_factory=list)
    references: list[tuple[str, ...]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.hypotheses)


def filled(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The references that say something."""
    return texts if all(map(str.strip, texts)) else tuple(text for text in texts if text.strip())


def no_reference(name: str, line: int | None, place: str) -> FormatError:
    """A row without a reference; ``place`` is "the line", or says which row."""
    return FormatError(name, line, f"{place} has no reference", "Give each segment at least one, or leave it out.")

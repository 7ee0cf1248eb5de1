"""What can go wrong, and what a user is told.

    ReviewError                 the root: one sentence saying what, where, and what to do; exit code 2
    ├── InputError              a file, a text or an argument cannot be used as it is
    │   └── FormatError         a file breaks its format at a known place (path, line)
    │       ├── ColumnError     a table does not say which column holds the translation; carries their names
    │       └── EncodingError   a text is not in the encoding it was read in; its user must say which
    ├── ConflictError           somebody changed the segment first; carries the current state
    ├── RefusedError            an act that is not allowed or makes no sense now
    │   └── AccessError         the actor is not a member, or the token does not hold
    ├── StoreError              the database cannot be opened, is newer, is held by another server
    ├── ClusterError            the Dask cluster cannot be reached, has no workers, runs other versions, or is lost
    └── MissingError            a batch, article, segment, format, detector or metric that does not exist

Whoever catches ReviewError may show ``str(error)`` to the user as it is; anything else is a bug.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class ReviewError(Exception):
    """The root of every error that a user may see. ``str(error)`` is one sentence with its remedy."""

    exit_code = 2


class InputError(ReviewError):
    """A file, a text or an argument that cannot be used as it is."""


class FormatError(InputError):
    """A file that breaks its format. ``line`` counts from 1 and is None where no line applies."""

    def __init__(self, path: str | Path, line: int | None, what: str, remedy: str) -> None:
        self.path, self.line, self.what, self.remedy = str(path), line, what, remedy
        place = f"{self.path}, line {line}" if line else self.path
        super().__init__(f"{place}: {what}. {remedy}")

    def __reduce__(self) -> tuple[type[FormatError], tuple[object, ...]]:
        return type(self), (self.path, self.line, self.what, self.remedy)


class ColumnError(FormatError):
    """A table of which no column is known to hold the translation. ``columns`` are their names, to choose from."""

    def __init__(self, path: str | Path, what: str, remedy: str, columns: Sequence[str]) -> None:
        self.columns = tuple(columns)
        super().__init__(path, 1, what, remedy)

    def __reduce__(self) -> tuple[type[FormatError], tuple[object, ...]]:
        return type(self), (self.path, self.what, self.remedy, self.columns)


class EncodingError(FormatError):
    """A text that is not in the encoding it was read in, or taken for: its user must say which it is."""


class ConflictError(ReviewError):
    """Another act changed the segment first. ``current`` is its state now, as the page shows it."""

    def __init__(self, message: str, current: dict[str, object] | None = None) -> None:
        self.current = current or {}
        super().__init__(message)


class RefusedError(ReviewError):
    """An act that is not allowed, or makes no sense in the present state."""


class AccessError(RefusedError):
    """The actor is not a member of the project, or the token does not hold."""


class StoreError(ReviewError):
    """The database cannot be used: not reachable, newer than this program, or held by another server."""


class ClusterError(ReviewError):
    """The Dask cluster cannot be used: not reachable, without workers, of another version, or lost on the way."""


class MissingError(ReviewError):
    """A name that stands for nothing here: a batch, an article, a format, a detector, a metric."""

"""What a file of scores holds: for each system the numbers of its segments, in the order of the file."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from review.errors import FormatError

REMEDY = (
    "Give one number a line, lines of system and number, a table with a column score, "
    "or JSON such as comet-score --to_json writes."
)
MISSING = {"", "none", "null", "nan", "na"}
"""Words, in any case, that say that there is no score."""

SCORE = ("score", "comet", "prediction")
SYSTEM = ("system", "system_name", "sys")
SEGMENT = ("line", "segment", "segment_id", "seg_id", "seg")
DOCUMENT = ("document", "doc", "article", "doc_id")
"""Names of columns and keys, in lower case; the first one that is there counts."""


class Row(NamedTuple):
    """One score. ``segment`` counts from 1, None where the order says it; ``value`` None is a missing score.

    ``line`` is where it stands in the file, from 1; 0 where it stands in a list of JSON.
    """

    line: int
    value: float | None
    segment: int | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """A file's rows by system, "" where the file names none; ``digest`` is the SHA-256 of its bytes, in hex."""

    name: str
    digest: str
    systems: Mapping[str, tuple[Row, ...]]


class Rows:
    """Rows as they are found, checked: numbers are finite, segments whole and named once for each system."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.systems: dict[str, list[Row]] = {}
        self._seen: set[tuple[str, str, int]] = set()

    def add(
        self, system: str, line: int, value: object, segment: object = None, document: str = "", item: int = 0
    ) -> None:
        """Add one score; ``item`` is its place in a list of JSON. Raises FormatError."""
        found = number(value)
        where = f"item {item}{f' of {system}' if system else ''}: " if item else ""
        if isinstance(found, str):
            self.refuse(line, f"{where}{found!r} is not a number", "Write a number, or None where there is no score.")
        at = None if segment is None else whole(segment)
        if at == 0:
            self.refuse(line, f"{where}{str(segment)[:40]!r} is no segment's number", "Count segments from 1.")
        if at is not None:
            if (system, document, at) in self._seen:
                whose = f" of {system}" if system else ""
                self.refuse(line, f"segment {at}{whose} has a second score", "Keep one of them.")
            self._seen.add((system, document, at))
        self.systems.setdefault(system, []).append(Row(line, found, at, document))

    def refuse(self, line: int | None, what: str, remedy: str = REMEDY) -> NoReturn:
        """Raise FormatError at a line of this file."""
        raise FormatError(self.name, line or None, what, remedy)


def whole(value: object) -> int:
    """A segment's number, from 1; 0 for what is none."""
    text = str(value).strip()
    return int(text) if not isinstance(value, bool) and len(text) < 12 and text.isascii() and text.isdecimal() else 0


def number(value: object) -> float | str | None:
    """A score as a number; None for a missing one; what was written, cut short, where it is neither."""
    if value is None:
        return None
    if isinstance(value, str):
        text = value.strip()
        if text.lower() in MISSING:
            return None
        try:
            found = float(text) if "_" not in text else math.inf
        except ValueError:
            found = math.inf
        return found if math.isfinite(found) else text[:40]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)[:40]
    try:
        found = float(value)
    except OverflowError:
        return f"{str(value)[:20]}..."
    if math.isnan(found):
        return None
    return found if math.isfinite(found) else str(value)

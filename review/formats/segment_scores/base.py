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

    ``line`` is where it stands in the file, from 1; in JSON, its place in its list.
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

    def add(self, system: str, line: int, value: object, segment: object = None, document: str = "") -> None:
        """Add one score. Raises FormatError."""
        number = None if segment is None else self._whole(segment, line)
        if number is not None:
            key = (system, document, number)
            if key in self._seen:
                whose = f" of {system}" if system else ""
                self.refuse(line, f"segment {number}{whose} has a second score", "Keep one of them.")
            self._seen.add(key)
        self.systems.setdefault(system, []).append(Row(line, self._number(value, line), number, document))

    def refuse(self, line: int | None, what: str, remedy: str = REMEDY) -> NoReturn:
        """Raise FormatError at a line of this file."""
        raise FormatError(self.name, line, what, remedy)

    def _number(self, value: object, line: int) -> float | None:
        found = number(value)
        if isinstance(found, str):
            self.refuse(line, f"{found!r} is not a number", "Write a number, or None where there is no score.")
        return found

    def _whole(self, value: object, line: int) -> int:
        text = str(value).strip()
        if isinstance(value, bool) or not (text.isascii() and text.isdecimal() and int(text) > 0):
            self.refuse(line, f"{text!r} is no segment's number", "Count segments from 1.")
        return int(text)


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
    if math.isnan(value):
        return None
    try:
        return float(value) if math.isfinite(value) else str(value)
    except OverflowError:
        return f"{str(value)[:20]}..."

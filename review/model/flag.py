"""Flags, which a machine makes, and error spans, which one rater makes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

SEVERITIES = ("neutral", "minor", "major", "critical")
"""From least to most; the order is used for comparing."""

CATEGORIES: dict[str, tuple[str, ...]] = {
    "terminology": ("inconsistent use of terminology", "wrong term"),
    "accuracy": (
        "addition",
        "mistranslation",
        "omission",
        "untranslated text",
        "do not translate",
        "source error",
        "non-translation",
    ),
    "linguistic conventions": ("grammar", "punctuation", "spelling", "duplication", "register", "encoding"),
    "style": ("awkward", "inconsistent style", "organization"),
    "locale conventions": ("number format", "date format", "name format", "currency", "time format"),
    "audience appropriateness": ("culture-specific reference",),
    "design and markup": ("leftover", "markup", "layout"),
}
"""The MQM dimensions, each with the sub-categories used here (WMT's, and those that articles need)."""


def flag_id(segment: str, detector: str, version: int, side: str, surface: str, occurrence: int) -> str:
    """The identity of a flag, the same each time the flag is made again on the same words.

    ``occurrence`` counts earlier appearances of ``surface`` in the same text, from 0. Returns 16 hex digits.
    """
    parts = "\x1f".join((segment, detector, str(version), side, surface, str(occurrence)))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Flag:
    """What a detector says of the span ``[start, end)`` of a segment's current text (or source).

    Offsets are code points, end-exclusive. ``category`` is a key of CATEGORIES, ``subcategory`` one of its
    values or "". ``confidence`` is the share of such flags that an editor would act on, 0 to 1.
    ``message`` is one sentence that says why. ``evidence`` names who uses the suggested rendering, or the
    arithmetic, or "". An empty span (start == end) stands for the whole segment.
    """

    id: str
    segment: str
    start: int
    end: int
    detector: str
    category: str
    severity: str
    confidence: float
    message: str
    suggestions: tuple[str, ...] = ()
    subcategory: str = ""
    evidence: str = ""
    side: str = "target"
    version: int = 1


@dataclass(frozen=True, slots=True)
class ErrorSpan:
    """The same, marked by one rater on one immutable text version (the hypothesis, unless said otherwise).

    Edits never move it. An omission is a span on the source side, or ``missing`` where there is no source. An empty
    span (start == end) stands for the whole segment. ``category`` and ``subcategory`` are those of CATEGORIES where
    they are known; else the file's words are the sub-category, and the category may be "".
    """

    id: str
    segment: str
    start: int
    end: int
    category: str
    severity: str
    rater: str
    side: str = "target"
    subcategory: str = ""
    note: str = ""
    missing: bool = False
    text_hash: str = ""

    @property
    def error(self) -> str:
        """The error that the span is a part of. One that is marked in several places has the ids X, X..1, X..2."""
        return self.id.partition("..")[0]


@dataclass(frozen=True, slots=True)
class Rating:
    """0 to 100, for a segment or a whole article (``segment`` is then ""), by one rater.

    None: the rater looked at the segment and gave no number; where they marked nothing either, they found no error.
    """

    rater: str
    value: float | None
    segment: str = ""
    article: str = ""

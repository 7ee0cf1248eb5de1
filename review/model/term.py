"""Concepts and terms, after TBX: a concept has terms per language, each with a status."""

from __future__ import annotations

from dataclasses import dataclass

TERM_STATUSES = ("preferred", "admitted", "deprecated", "superseded", "forbidden")
MATCHINGS = ("inflected", "case", "exact", "pattern")
TELLINGS = ("alone", "context", "source", "doubtful")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who uses a term: a named institution or company, where, and when it was looked up (ISO date)."""

    user: str = ""
    url: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """When a term counts.

    ``source`` lists source terms of which one must stand in the source segment, ``not_source`` those of
    which none may. ``near`` are words of which one must stand in the same segment, ``article`` words of
    which one must stand in the article; both are asked only where there is no source. Where a word of
    ``not_near`` stands in the same segment the term is right as it is. ``telling`` says what the term shows
    by itself: "alone" (nothing else looks like it), "context" (it depends), "source" (nothing without the
    source), "doubtful" (the same, and little with it).
    """

    source: tuple[str, ...] = ()
    not_source: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    telling: str = "context"


@dataclass(frozen=True, slots=True)
class Term:
    """One rendering in one language. ``matching``: inflected (case and endings vary), case (letter case
    counts), exact (nothing varies), pattern (``text`` is a regular expression in RE2's syntax, letter case
    aside; for wrong renderings alone). ``instead`` is what to write for this one; empty means the concept's
    preferred term."""

    text: str
    language: str
    status: str = "preferred"
    part_of_speech: str = ""
    matching: str = "inflected"
    condition: Condition | None = None
    evidence: Evidence = Evidence()
    note: str = ""
    accepted: bool = True
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """What the terms stand for. ``example`` is a sentence on which the concept must fire, with its source
    in ``example_source``. Of a ``strict`` concept the preferred term is missed where it is absent.
    ``category`` is the MQM category of its flags."""

    id: str
    terms: tuple[Term, ...]
    subject: str = ""
    definition: str = ""
    example: str = ""
    termbase: str = ""
    example_source: str = ""
    strict: bool = False
    category: str = "terminology"

"""Concepts and terms, after TBX: a concept has terms per language, each with a status."""

from __future__ import annotations

from dataclasses import dataclass

TERM_STATUSES = ("preferred", "admitted", "deprecated", "superseded", "forbidden")
MATCHINGS = ("inflected", "case", "exact")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who uses a term: a named institution or company, where, and when it was looked up (ISO date)."""

    user: str = ""
    url: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """When a term counts. ``source`` lists source terms of which one must stand in the source segment."""

    source: tuple[str, ...] = ()
    not_source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One rendering in one language. ``matching``: inflected (case and endings vary), case (letter case
    counts), exact (nothing varies)."""

    text: str
    language: str
    status: str = "preferred"
    part_of_speech: str = ""
    matching: str = "inflected"
    condition: Condition | None = None
    evidence: Evidence = Evidence()
    note: str = ""
    accepted: bool = True


@dataclass(frozen=True, slots=True)
class Concept:
    """What the terms stand for. ``example`` is a sentence on which the concept must fire."""

    id: str
    terms: tuple[Term, ...]
    subject: str = ""
    definition: str = ""
    example: str = ""
    termbase: str = ""

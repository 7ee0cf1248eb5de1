"""Proposals: term entries that corrections speak for, until somebody decides."""

from __future__ import annotations

from dataclasses import dataclass

PROPOSAL_STATES = ("open", "accepted", "declined", "faint")


@dataclass(frozen=True, slots=True)
class Taught:
    """A correction that a proposal rests on: ``wrong`` became ``right``. ``kind``: edit, accept, propagate, import."""

    segment: int
    article: int
    article_name: str
    wrong: str
    right: str
    kind: str
    event: str
    actor: int
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """``deprecated`` is to be written ``preferred`` where ``source`` ("" for anywhere) stands in the source.

    ``matching``: "inflected" (endings and letter case vary), "name" (letter case varies), "case" (letter case is what
    it is about). ``times`` segments were corrected so, the newest in ``evidence``; ``people`` says how often each
    person did; in ``kept`` segments a person dealt with the text and left the words beside the source term, or wrote
    something else.
    ``state``: open, accepted, declined, or faint: the evidence is too thin to show.
    """

    id: int
    project: int
    source: str
    preferred: str
    deprecated: str
    matching: str
    source_language: str
    target_language: str
    times: int
    kept: int
    evidence: tuple[Taught, ...] = ()
    people: tuple[tuple[str, int], ...] = ()
    state: str = "open"
    together: int = 0
    apart: int = 0
    score: float = 0.0
    made_at: int = 0
    decided_by: str = ""
    decided_at: int = 0
    reason: str = ""
    concept: str = ""
    keys: tuple[str, str] = ("", "")

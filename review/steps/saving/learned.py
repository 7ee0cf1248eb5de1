"""What the terms that a project's reviewers added or accepted do: the flags that they raise."""

from __future__ import annotations

from dataclasses import dataclass

from review.steps.terms.adding import TERMBASE
from review.store import Store, own_flags, terms
from review.text.termbase import TermIndex


@dataclass(frozen=True, slots=True)
class Learned:
    """The reviewers' own terms (concepts in the project's termbase), and the flags on words that they call wrong.

    ``open`` flags wait for a decision, ``hidden`` ones are covered by dismissals; ``accepted`` and ``dismissed`` are
    decisions in force. Words that another termbase calls wrong too count here as well.
    """

    terms: int
    open: int = 0
    hidden: int = 0
    accepted: int = 0
    dismissed: int = 0


def learned(store: Store, project: int, batch: int | None = None) -> Learned:
    """The effect of the reviewers' own terms in a project, or in one batch of it."""
    with store.read() as connection:
        mine = terms.concepts(connection, project, TERMBASE)
        if not mine:
            return Learned(0)
        surfaces = own_flags.surfaces(connection, project, batch)
    index = TermIndex(mine)
    found = [0, 0, 0, 0]
    for one in surfaces:
        if _raised(index, one):
            counts = (one.open, one.hidden, one.accepted, one.dismissed)
            found = [old + new for old, new in zip(found, counts, strict=True)]
    return Learned(len(mine), *found)


def _raised(index: TermIndex, surface: own_flags.Surface) -> bool:
    """Whether one of the terms says something of exactly these words: wrong ones, or a source term not rendered."""
    source = surface.side == "source"
    hits = index.find(surface.words, surface.source_language if source else surface.target_language)
    return any((hit.start, hit.end) == (0, len(surface.words)) and (hit.wrong or source) for hit in hits)

"""One source term: all its renderings in a batch, with counts, by system, and where they stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from review.errors import InputError
from review.model import Rule, Scope
from review.model.status import DONE
from review.steps import finding
from review.steps.consistency.knowing import Knowledge
from review.steps.consistency.sampling import sample
from review.steps.finding import Hit
from review.store import Store
from review.text.renderings import Bitext, Place, renderings

LOOKED_AT = 3000
"""Segments with the term that are looked at, at most."""

BESIDE = 1500
"""Segments that these are measured against."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A segment that has the term, with the places (code points of its text) where a rendering stands."""

    segment: int
    article: int
    article_name: str
    system: str
    number: int
    status: str
    source: str
    text: str
    places: tuple[Place, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether a reviewer confirmed or approved it."""
        return self.status in DONE


@dataclass(frozen=True, slots=True)
class Rendering:
    """One rendering. ``status`` is what the termbase says of it, "" where it says nothing; ``surfaces`` are its
    wordings with how often each stands.
    """

    text: str
    status: str
    surfaces: dict[str, int]
    spots: tuple[Spot, ...]

    @property
    def segments(self) -> int:
        """How many segments have it."""
        return len(self.spots)

    @property
    def confirmed(self) -> int:
        """How many of them are confirmed."""
        return sum(spot.confirmed for spot in self.spots)

    @property
    def systems(self) -> dict[str, int]:
        """Its segments by system."""
        return dict(Counter(spot.system for spot in self.spots))


@dataclass(frozen=True, slots=True)
class Rendered:
    """A term's renderings, the most frequent first. ``segments`` have the term in their source, ``looked`` of them
    were looked at; ``missing`` are those in which no rendering could be found.
    """

    term: str
    batch: int
    segments: int
    looked: int
    renderings: tuple[Rendering, ...] = ()
    missing: tuple[Spot, ...] = ()
    systems: tuple[str, ...] = field(default=())


def look(store: Store, project: int, batch: int, term: str) -> Rendered:
    """How ``term``, words of the source, is rendered in a batch's current translations.

    Of more than LOOKED_AT segments the first are looked at. Raises InputError for an empty term, MissingError for
    an unknown batch.
    """
    term = term.strip()
    if not term:
        raise InputError("Write the words of the source whose renderings you want to see.")
    everything = Rule("(?s).+", "", kind="pattern", source=term)
    found = finding.find(store, Scope(project, batch), everything, limit=LOOKED_AT)
    hits = [hit for hit in found.rows if hit.text.strip()]
    beside = sample(store, batch, BESIDE)
    if not hits:
        return Rendered(term, batch, 0, 0)
    inside = {hit.segment for hit in hits}
    pairs = [(hit.source or "", hit.text) for hit in hits]
    lower = term.lower()
    pairs += [
        (piece.source or "", piece.state.text)
        for piece in beside.pieces
        if piece.id not in inside and lower not in (piece.source or "").lower()
    ]
    knowledge = Knowledge(store, project, beside.source_language, beside.language)
    bitext = Bitext(pairs, beside.language)
    groups = renderings(bitext, term, range(len(hits)), knowledge.about(term))
    made = tuple(
        Rendering(
            group.text,
            group.known,
            dict(group.surfaces.most_common()),
            tuple(_spot(hits[number], tuple(places)) for number, places in sorted(group.places.items())),
        )
        for group in groups
    )
    covered = {number for group in groups for number in group.places}
    missing = tuple(_spot(hit) for number, hit in enumerate(hits) if number not in covered)
    systems = tuple(dict.fromkeys(hit.system for hit in hits))
    return Rendered(term, batch, found.segments, len(hits), made, missing, systems)


def _spot(hit: Hit, places: tuple[Place, ...] = ()) -> Spot:
    return Spot(
        hit.segment, hit.article, hit.article_name, hit.system, hit.number, hit.status, hit.source or "", hit.text,
        places,
    )  # fmt: skip

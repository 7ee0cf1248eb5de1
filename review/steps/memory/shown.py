"""What was found, read from the store: the texts as they are now, and where, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from review.steps.memory.rows import brief
from review.store import Store, memories, remembered


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of the memory as the store has it. ``article`` and ``segment`` are None where it was brought in;
    ``origin`` is the name of the memory, or of the batch; ``status`` is the segment's, "" for what was brought in.
    ``at`` is UTC microseconds, None where it is not known.
    """

    source: str | None
    target: str
    by: str
    at: int | None
    origin: str
    article: int | None = None
    article_name: str = ""
    segment: int | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """An entry that a search came upon: a key of the work (``memory`` 0) or of a memory, with its texts' hashes."""

    memory: int
    key: int
    source: int
    target: int


def read(store: Store, project: int, spots: Iterable[Spot]) -> dict[Spot, Known]:
    """The entries behind spots; those whose text is another now, was erased, or is not to be seen, are left out."""
    wanted = list(spots)
    segments = [spot.key for spot in wanted if not spot.memory]
    keys = [spot.key for spot in wanted if spot.memory]
    with store.read() as connection:
        work = {row.segment: row for row in remembered.of(connection, project, segments)} if segments else {}
        places = remembered.places(connection, work.values()) if work else {}
        units = memories.by_keys(connection, project, keys) if keys else {}
        names = {row.id: row.name for row in memories.rows(connection, project)} if units else {}
    found: dict[Spot, Known] = {}
    for spot in wanted:
        if spot.memory:
            unit = units.get(spot.key)
            if unit is None or unit.memory not in names:
                continue
            known = Known(unit.unit.source, unit.unit.target, unit.unit.by, unit.unit.at, names[unit.memory])
        else:
            row = work.get(spot.key)
            if row is None or row.segment not in places:
                continue
            place = places[row.segment]
            known = Known(
                row.source, row.target, place.by, row.at, place.batch, row.article, place.article, row.segment,
                row.status,
            )  # fmt: skip
        if (brief(known.source), brief(known.target)) == (spot.source, spot.target):
            found[spot] = known
    return found

"""Corrections counted as acts and as segments: by way, over time, by person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from review.store import Store, corrections, people
from review.store.corrections import WAYS, Sum

CAPTIONS = {
    "hand": "by hand",
    "propagation": "by propagation",
    "suggestion": "by accepted suggestion",
    "memory": "from memory",
    "import": "imported with the file",
}
"""What each way is called; imported corrections are nobody's acts here and stand apart."""

AT_ONCE = 500
"""Articles of one act whose counts are written with the lock held once."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Acts in force, and the segments that they corrected; one corrected twice counts twice."""

    acts: int = 0
    segments: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.acts + other.acts, self.segments + other.segments)


@dataclass(frozen=True, slots=True)
class Moment:
    """The counts of one day (UTC), by way."""

    day: date
    ways: dict[str, Counts]


@dataclass(frozen=True, slots=True)
class Counted:
    """What was corrected in a project or a batch: by way, by day, and by person and way.

    An act counts where it was begun, its segments where they lie.
    """

    ways: dict[str, Counts]
    days: list[Moment]
    people: dict[str, dict[str, Counts]]

    @property
    def total(self) -> Counts:
        """All that reviewers did."""
        return sum((self.ways[way] for way in WAYS if way != "import"), Counts())

    @property
    def saved(self) -> int:
        """Corrections that nobody made one by one: segments beyond the acts of propagations and suggestions."""
        return sum(max(0, self.ways[way].segments - self.ways[way].acts) for way in ("propagation", "suggestion"))


def count(store: Store, project: int, batch: int | None = None) -> Counted:
    """Count a project's corrections, or a batch's. Raises StoreError where an act's articles cannot be kept."""
    place(store, project)
    with store.read() as connection:
        sums = corrections.sums(connection, project, batch)
        names = {one.actor.id: one.actor.name for one in people.members(connection, project)}
        for one in sums:
            if one.actor not in names:
                names[one.actor] = people.actor(connection, one.actor).name
    persons: dict[str, dict[str, Counts]] = {}
    for actor, name in sorted(names.items(), key=lambda item: (item[1], item[0])):
        mine = [one for one in sums if one.actor == actor]
        if mine:
            label = name if list(names.values()).count(name) == 1 else f"{name} ({actor})"
            persons[label] = _ways(mine)
    days = [
        Moment(datetime.fromtimestamp(day * 86_400, UTC).date(), _ways(one for one in sums if one.day == day))
        for day in sorted({one.day for one in sums})
    ]
    return Counted(_ways(sums), days, persons)


def _ways(sums: Iterable[Sum]) -> dict[str, Counts]:
    found = dict.fromkeys(WAYS, Counts())
    for one in sums:
        found[one.way] += Counts(one.acts, one.segments)
    return found


def place(store: Store, project: int) -> None:
    """Count by article the segments of acts of several articles, once for each act: large ones take a while."""
    with store.read() as connection:
        waiting = corrections.unplaced(connection, project)
    for event in waiting:
        with store.read() as connection:
            found = corrections.by_article(connection, event)
        rows = sorted(found.items())
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            store.write(partial(corrections.put_places, event=event, found=part), background=True)
        store.write(partial(corrections.set_placed, event=event), background=True)

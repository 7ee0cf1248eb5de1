"""A person's own time and keystrokes: measured only where they switched it on, seen by others only where they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from review.errors import AccessError, InputError, RefusedError
from review.steps.rates import LEADERS
from review.steps.reviewing import check_place
from review.steps.reviewing import checking as check
from review.store import Connection, Store, efforts, people, preferences
from review.store.efforts import Spent

IDLE = 30
"""Seconds after which time without an act is not counted; the browser cuts it (``effort.js`` has the same number)."""

SETTING = "effort"
MOST_SEGMENTS = 1_000
"""Segments that may be sent at once."""
LONGEST = 24 * 3600 * 1000
"""Milliseconds that may be sent of one segment at once."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose: nothing is measured unless ``on``, and only they see it unless ``shared`` with leads."""

    on: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """Of one person: seconds and keys pressed on each article, by its id; ``segments`` of it were worked on."""

    name: str
    articles: dict[int, tuple[int, float, int]] = field(default_factory=dict)

    @property
    def segments(self) -> int:
        return sum(one[0] for one in self.articles.values())

    @property
    def seconds(self) -> float:
        return sum(one[1] for one in self.articles.values())

    @property
    def keystrokes(self) -> int:
        return sum(one[2] for one in self.articles.values())


def settings_of(store: Store, actor: int) -> Choice:
    """What a person chose; off where they never said anything."""
    with store.read() as connection:
        return _choice(connection, actor)


def choose(store: Store, actor: int, *, on: bool | None = None, shared: bool | None = None) -> Choice:
    """Change what a person chose for themselves; None leaves it. Switched off, what was measured stays until
    ``forget``. Returns what holds now.
    """

    def write(connection: Connection) -> Choice:
        held = _choice(connection, actor)
        new = Choice(held.on if on is None else on, held.shared if shared is None else shared)
        preferences.put(connection, actor, SETTING, {"on": new.on, "shared": new.shared})
        return new

    return store.write(write)


def measure(store: Store, actor: int, batch: int, article: int, posted: Any) -> int:
    """Add what a person's browser measured: ``[{"segment", "time" (milliseconds), "keystrokes"}]``, of one article.

    Returns how many segments were taken. Raises RefusedError, and stores nothing, where they have it switched off;
    InputError for anything else than that; AccessError for who is no member.
    """
    spent = [_spent(item) for item in check.listing(posted, "segments", most=MOST_SEGMENTS)]
    if len({one.segment for one in spent}) < len(spent):
        raise InputError("A segment is named twice.")
    check_place(store, actor, batch, article)
    return store.write(partial(_measure, actor=actor, article=article, spent=spent), background=True)


def _measure(connection: Connection, actor: int, article: int, spent: list[Spent]) -> int:
    if not _choice(connection, actor).on:
        raise RefusedError("Time and keystrokes are not counted: you have it switched off.")
    return efforts.add(connection, actor, article, spent)


def _spent(item: Any) -> Spent:
    one = check.mapping(item, "A segment")
    return Spent(
        check.whole(one.get("segment"), "A segment's number", least=1),
        check.whole(one.get("time"), "A segment's time", most=LONGEST),
        check.whole(one.get("keystrokes"), "A segment's keystrokes", most=10_000_000),
    )


def own(store: Store, actor: int, project: int, batch: int | None = None) -> Own:
    """What was measured of a person; for nobody but them."""
    with store.read() as connection:
        return _own(connection, actor, project, batch)


def shared(store: Store, actor: int, project: int, batch: int | None = None) -> list[Own]:
    """What the project's other members chose to share, by name. Raises AccessError for who is no lead of it."""
    with store.read() as connection:
        if people.role(connection, project, actor) not in LEADERS:
            raise AccessError("Only a lead of the project sees what people share of their time; ask one.")
        found = []
        for member in people.members(connection, project):
            if member.actor.id != actor and _choice(connection, member.actor.id).shared:
                found.append(_own(connection, member.actor.id, project, batch))
    return [one for one in found if one.articles]


def forget(store: Store, actor: int) -> int:
    """Delete everything that was measured of a person. Returns of how many segments."""
    return store.write(lambda connection: efforts.forget(connection, actor))


def _own(connection: Connection, actor: int, project: int, batch: int | None) -> Own:
    rows = efforts.of_articles(connection, actor, project, batch)
    name = people.actor(connection, actor).name
    return Own(name, {key: (row.segments, row.time / 1000, row.keystrokes) for key, row in rows.items()})


def _choice(connection: Connection, actor: int) -> Choice:
    held = preferences.get(connection, actor, SETTING, {})
    return Choice(held.get("on") is True, held.get("shared") is True) if isinstance(held, Mapping) else Choice()

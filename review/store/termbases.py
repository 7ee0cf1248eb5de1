"""A project's termbases: their order, which are on, and putting away a whole one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from review.store import schema as s
from review.store import shares, terms


@dataclass(frozen=True, slots=True)
class Place:
    """A termbase's name and whether it is on."""

    name: str
    enabled: bool


def places(connection: Connection, project: int) -> list[Place]:
    """The termbases of which something was said, first the one that goes before all others."""
    t = s.termbase.c
    query = select(t.name, t.enabled).where(t.project == project).order_by(t.priority, t.name)
    return [Place(row.name, bool(row.enabled)) for row in connection.execute(query)]


def arrange(connection: Connection, project: int, order: Sequence[Place]) -> None:
    """Put the termbases in this order, each on or off. The project's version of its terms goes up by one."""
    connection.execute(delete(s.termbase).where(s.termbase.c.project == project))
    rows = [
        {"project": project, "name": place.name, "priority": number, "enabled": place.enabled}
        for number, place in enumerate(order, 1)
    ]
    if rows:
        connection.execute(insert(s.termbase), rows)
    shares.changed(connection, project)


def counts(connection: Connection, project: int) -> dict[str, int]:
    """How many concepts each termbase of the project's own has, in the order in which they were begun."""
    c = s.concept.c
    query = select(c.termbase, func.count()).where(c.project == project).group_by(c.termbase).order_by(func.min(c.id))
    return {str(name): int(count) for name, count in connection.execute(query)}


def fill(connection: Connection, project: int, name: str, concepts: terms.Packed, actor: int) -> None:
    """Put these concepts (``terms.packed``) in place of all that the termbase had, as a new version of the terms."""
    terms.put_instead(connection, project, name, concepts, actor)
    shares.changed(connection, project, [name])


def remove(connection: Connection, project: int, name: str) -> None:
    """Take a termbase away with its concepts and their history. The project's version of its terms goes up by one,
    as does that of each project that shares it.
    """
    shares.unshare(connection, project, name)
    _empty(connection, project, name)
    t, h = s.termbase.c, s.concept_change.c
    connection.execute(delete(s.termbase).where(t.project == project, t.name == name))
    connection.execute(delete(s.concept_change).where(h.project == project, h.termbase == name))
    shares.changed(connection, project)


def _empty(connection: Connection, project: int, name: str) -> None:
    c = s.concept.c
    wanted = select(c.id).where(c.project == project, c.termbase == name)
    connection.execute(delete(s.term).where(s.term.c.concept.in_(wanted)))
    connection.execute(delete(s.concept).where(c.project == project, c.termbase == name))

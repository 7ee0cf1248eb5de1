"""Time and keystrokes by person and segment: of people who asked for it, until they ask for its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from review.store import schema as s
from review.store.clock import now

_E = s.effort.c


class Spent(NamedTuple):
    """Of one segment: milliseconds, keys pressed."""

    segment: int
    time: int
    keystrokes: int


def add(connection: Connection, actor: int, article: int, spent: Iterable[Spent]) -> int:
    """Add to what an actor spent on an article's segments. Those of other articles are left out; returns how many
    were taken.
    """
    given = list(spent)
    c = s.segment.c
    here = set(connection.scalars(select(c.id).where(c.article == article, c.id.in_([one.segment for one in given]))))
    taken = [one for one in given if one.segment in here]
    adding = (
        update(s.effort)
        .where(_E.actor == actor, _E.segment == bindparam("of"))
        .values(time=_E.time + bindparam("more"), keystrokes=_E.keystrokes + bindparam("pressed"), at=now())
    )
    for one in taken:
        values = {"of": one.segment, "more": one.time, "pressed": one.keystrokes}
        if connection.execute(adding, values).rowcount == 0:
            row = {
                "actor": actor,
                "segment": one.segment,
                "article": article,
                "time": one.time,
                "keystrokes": one.keystrokes,
            }
            connection.execute(insert(s.effort).values(at=now(), **row))
    return len(taken)


def of_articles(connection: Connection, actor: int, project: int, batch: int | None = None) -> dict[int, Any]:
    """What an actor spent on each article: rows with ``segments``, ``time`` and ``keystrokes``, by article."""
    query = select(_E.article, func.count().label("segments"), func.sum(_E.time).label("time"))
    query = query.add_columns(func.sum(_E.keystrokes).label("keystrokes"))
    query = query.select_from(s.effort.join(s.article).join(s.batch))
    query = query.where(_E.actor == actor, s.batch.c.project == project).group_by(_E.article)
    if batch is not None:
        query = query.where(s.article.c.batch == batch)
    return {row.article: row for row in connection.execute(query)}


def of_segments(connection: Connection, actor: int, article: int) -> list[Spent]:
    """What an actor spent on an article's segments."""
    query = (
        select(_E.segment, _E.time, _E.keystrokes).where(_E.actor == actor, _E.article == article).order_by(_E.segment)
    )
    return [Spent(*row) for row in connection.execute(query)]


def forget(connection: Connection, actor: int) -> int:
    """Delete all that was measured of an actor. Returns how many segments it was about."""
    return connection.execute(delete(s.effort).where(_E.actor == actor)).rowcount

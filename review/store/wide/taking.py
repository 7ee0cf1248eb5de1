"""Take a wide act that is ready: the event, its targets, the states and the counters, in one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import BigInteger, Connection, cast, func, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from review.model import Event
from review.store import events
from review.store import schema as s
from review.store.parts import PLACES
from review.store.projection import Decision

_R, _P, _T = s.staged.c, s.staged_part.c, s.state.c


def stale(connection: Connection, event: str) -> list[int]:
    """The parts with a segment that somebody changed since it was made ready, in order."""
    moved = func.coalesce(_T.version, 0) != _R.base_version
    query = select(_R.ordinal).select_from(s.staged.outerjoin(s.state, _T.segment == _R.segment))
    return sorted({ordinal // PLACES for ordinal in connection.scalars(query.where(_R.event == event, moved))})


def take(connection: Connection, event: Event) -> Event | list[int]:
    """Take the act. Where segments were changed since, nothing is done and their parts' numbers are returned: make
    them ready again. An act of which nothing is ready must not come here.
    """
    if found := stale(connection, event.id):
        return found
    rows = connection.execute(select(_P.part, _P.hash, _P.count).where(_P.event == event.id).order_by(_P.part)).all()
    payload = {**event.payload, "parts": [[row.part, row.hash.hex(), row.count] for row in rows]}
    articles = list(connection.scalars(select(_R.article).where(_R.event == event.id).distinct().limit(2)))
    only = articles[0] if len(articles) == 1 else None
    stored = events.append(connection, replace(event, payload=payload, targets=()), only, Decision())
    _targets(connection, stored)
    _states(connection, stored)
    _counters(connection, event.id)
    return stored


def _targets(connection: Connection, event: Event) -> None:
    columns = ["seq", "ordinal", "segment", "base_version"]
    rows = select(literal(event.seq), _R.ordinal, _R.segment, _R.base_version).where(_R.event == event.id)
    connection.execute(insert(s.event_target).from_select(columns, rows))


def _states(connection: Connection, event: Event) -> None:
    said: dict[str, Any] = {"actor": event.actor, "at": event.at, "event": event.seq}
    kept = ("segment", "article", "version", "text_hash", "words", "status")
    false = literal(False)
    rows = select(
        *(_R[name] for name in kept),
        *(false.label(name) for name in ("locked", "deleted", "retired", "source_set")),
        *(literal(value).label(name) for name, value in said.items()),
    ).where(_R.event == event.id)
    names = [*kept, "locked", "deleted", "retired", "source_set", *said]
    made = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(s.state).from_select(names, rows)
    moved = ("version", "text_hash", "words", "status", *said)
    connection.execute(
        made.on_conflict_do_update(index_elements=["segment"], set_={name: made.excluded[name] for name in moved})
    )


def _counters(connection: Connection, event: str) -> None:
    a = s.article.c
    sums = (cast(func.sum(_R[name]), BigInteger).label(name) for name in ("more_words", "more_done", "more_changed"))
    moves = select(_R.article, *sums).where(_R.event == event).group_by(_R.article).subquery()
    connection.execute(
        update(s.article)
        .where(a.id == moves.c.article)
        .values(
            revision=a.revision + 1,
            text_revision=a.text_revision + 1,
            words=a.words + moves.c.more_words,
            done_words=a.done_words + moves.c.more_done,
            changed=a.changed + moves.c.more_changed,
        )
    )

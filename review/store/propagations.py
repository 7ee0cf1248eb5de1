"""Propagations as they were made: what was replaced by what, by whom, and whether it was taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from review.store import schema as s
from review.store import texts


@dataclass(frozen=True, slots=True)
class Propagation:
    """An act that followed a rule. ``rule`` is as its payload holds it, {} where that was erased; ``at`` is UTC
    microseconds; ``segments`` counts its targets; ``undone`` where it was taken back and not done again.
    """

    event: str
    rule: Mapping[str, Any]
    actor: int
    by: str
    at: int
    batch: int
    segments: int
    undone: bool


def latest(connection: Connection, project: int, limit: int = 8) -> list[Propagation]:
    """The project's latest propagations, newest first."""
    e, t = s.event.c, s.event_target.c
    query = (
        select(e.seq, e.id, e.actor, e.at, e.batch, e.payload_hash, s.actor.c.name.label("by"))
        .join(s.actor, s.actor.c.id == e.actor)
        .where(e.project == project, e.kind == "propagate")
        .order_by(e.seq.desc())
        .limit(limit)
    )
    rows = list(connection.execute(query))
    bodies = texts.get(connection, (row.payload_hash for row in rows))
    counted = select(t.seq, func.count()).where(t.seq.in_([row.seq for row in rows])).group_by(t.seq)
    counts = {row[0]: row[1] for row in connection.execute(counted)}
    turned = _turned(connection, [row.id for row in rows])
    return [
        Propagation(
            event=row.id,
            rule=json.loads(bodies.get(row.payload_hash) or "{}").get("rule") or {},
            actor=row.actor,
            by=row.by,
            at=row.at,
            batch=row.batch,
            segments=counts.get(row.seq, 0),
            undone=row.id in turned,
        )
        for row in rows
    ]


def _turned(connection: Connection, wanted: list[str]) -> set[str]:
    """Of these events, those of which the latest turn was an undo."""
    e = s.event.c
    query = select(e.refers, e.kind).where(e.refers.in_(wanted), e.kind.in_(("undo", "redo"))).order_by(e.seq)
    last = {row.refers: row.kind for row in connection.execute(query)}
    return {event for event, kind in last.items() if kind == "undo"}

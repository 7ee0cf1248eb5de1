"""Runs of scoring that are kept, each under a name: a test set scored again and again, or a batch."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select

from review.model import Run, RunScore
from review.store import schema as s
from review.store.clock import now
from review.store.texts import canonical


@dataclass(frozen=True, slots=True)
class Name:
    """A name under which runs are kept, how many, and when the last came (UTC microseconds)."""

    name: str
    runs: int
    last: int


def keep(connection: Connection, project: int, actor: int, run: Run) -> int:
    """Keep a run as done now by ``actor``. Returns its id."""
    row = {
        "project": project,
        "name": run.name,
        "batch": run.batch,
        "actor": actor,
        "at": now(),
        "label": run.label,
        "segments": run.segments,
        "texts": canonical(dict(run.texts)),
        "options": canonical(dict(run.options)),
        "scores": json.dumps([asdict(one) for one in run.scores], ensure_ascii=False),
    }
    made: Any = connection.execute(insert(s.run).values(row))
    return int(made.inserted_primary_key[0])


def history(connection: Connection, project: int, name: str | None = None) -> list[Run]:
    """The project's runs under a name (None: under any), oldest first."""
    r = s.run.c
    query = select(s.run, s.actor.c.name.label("by")).join(s.actor, s.actor.c.id == r.actor).where(r.project == project)
    if name is not None:
        query = query.where(r.name == name)
    return [_run(row) for row in connection.execute(query.order_by(r.id))]


def names(connection: Connection, project: int) -> list[Name]:
    """The names under which the project has runs, the one with the newest run first."""
    r = s.run.c
    query = (
        select(r.name, func.count(), func.max(r.at))
        .where(r.project == project)
        .group_by(r.name)
        .order_by(func.max(r.id).desc())
    )
    return [Name(str(name), int(count), int(at)) for name, count, at in connection.execute(query)]


def _run(row: Any) -> Run:
    return Run(
        name=row.name,
        segments=row.segments,
        scores=tuple(RunScore(**one) for one in json.loads(row.scores)),
        texts=json.loads(row.texts),
        options=json.loads(row.options),
        label=row.label,
        batch=row.batch,
        id=row.id,
        at=row.at,
        actor=row.by,
    )

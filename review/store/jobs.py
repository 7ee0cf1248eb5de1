"""Jobs: long work, queued by the app and claimed by a worker process under a lease."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, and_, insert, or_, select, update

from review.errors import MissingError, RefusedError
from review.model import Job
from review.store.clock import now
from review.store.process import alive
from review.store.schema import job
from review.store.texts import canonical

LEASE = 60_000_000
"""Microseconds that a claimed job is its worker's without a sign of life."""

ATTEMPTS = 3
"""A job whose worker was lost this often is not begun again."""

_J = job.c


def enqueue(connection: Connection, kind: str, project: int, actor: int, payload: Mapping[str, Any]) -> int:
    """Put work in the queue; returns the job's id."""
    values = {"kind": kind, "project": project, "actor": actor, "payload": canonical(payload), "created_at": now()}
    made = connection.execute(insert(job).values(state="queued", **values))
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def enqueue_once(connection: Connection, kind: str, project: int, actor: int, payload: Mapping[str, Any]) -> None:
    """The same, unless just that work waits in the queue already."""
    same = select(_J.id).where(_J.state == "queued", _J.project == project, _J.kind == kind)
    if connection.scalar(same.where(_J.payload == canonical(payload)).limit(1)) is None:
        enqueue(connection, kind, project, actor, payload)


def enqueue_same(connection: Connection, kind: str, project: int, actor: int, payload: Mapping[str, Any]) -> int:
    """Queue work, unless just that work waits or runs already; returns the job's id in either case."""
    same = select(_J.id).where(_J.state.in_(("queued", "running")), _J.project == project, _J.kind == kind)
    found = connection.scalar(same.where(_J.payload == canonical(payload)).limit(1))
    return enqueue(connection, kind, project, actor, payload) if found is None else int(found)


def waiting(connection: Connection, kinds: Collection[str]) -> bool:
    """Whether there is a job to claim: a cheap look before the write lock is taken."""
    return connection.scalar(select(_J.id).where(_claimable(kinds)).limit(1)) is not None or bool(_lost(connection))


def claim(connection: Connection, owner: str, kinds: Collection[str]) -> Job | None:
    """Take the oldest job of these kinds that nobody has, or whose worker was lost. None where there is none.

    A job whose worker was lost ATTEMPTS times fails instead.
    """
    for number in _lost(connection):
        connection.execute(update(job).where(_J.id == number).values(lease_until=0))
    given_up = and_(_J.state == "running", _J.lease_until < now(), _J.attempts >= ATTEMPTS)
    error = "The worker ended without a word several times; look in its log, then start the job again."
    connection.execute(update(job).where(given_up).values(state="failed", error=error, finished_at=now(), owner=""))
    query = select(_J.id).where(_claimable(kinds)).order_by(_J.id).limit(1).with_for_update(skip_locked=True)
    found = connection.scalar(query)
    if found is None:
        return None
    values = {"state": "running", "owner": owner, "lease_until": now() + LEASE, "attempts": _J.attempts + 1}
    connection.execute(update(job).where(_J.id == found).values(**values))
    return get(connection, found)


def heartbeat(
    connection: Connection,
    number: int,
    owner: str,
    progress: int | None = None,
    total: int | None = None,
    note: str = "",
) -> bool:
    """Say that the work goes on, and how far it is. Returns False where it shall be cancelled.

    Raises RefusedError where the job is no longer this worker's.
    """
    values: dict[str, Any] = {"lease_until": now() + LEASE}
    if progress is not None:
        values |= {"progress": progress, "note": note}
    if total is not None:
        values["total"] = total
    _mine(connection, number, owner, values)
    return not connection.scalar(select(_J.cancel_requested).where(_J.id == number))


def finish(
    connection: Connection,
    number: int,
    owner: str,
    state: str = "done",
    *,
    result: Mapping[str, Any] | None = None,
    error: str = "",
) -> None:
    """End a job as done, failed or cancelled. Raises RefusedError where it is no longer this worker's."""
    values: dict[str, Any] = {"state": state, "error": error, "finished_at": now(), "owner": "", "lease_until": 0}
    if result is not None:
        values["result"] = canonical(result)
    _mine(connection, number, owner, values)


def note_result(connection: Connection, number: int, result: Mapping[str, Any]) -> None:
    """Keep a running job's result together with what it tells of, so that a job begun again finds it.

    Raises RefusedError where the job does not run any more, or has a result already.
    """
    here = and_(_J.id == number, _J.state == "running", _J.result.is_(None))
    if connection.execute(update(job).where(here).values(result=canonical(result))).rowcount == 0:
        raise RefusedError(f"Job {number} was done by another worker or has ended.")


def give_back(connection: Connection, number: int, owner: str) -> None:
    """Put a job back in the queue, unfinished, because its worker ends."""
    _mine(connection, number, owner, {"state": "queued", "owner": "", "lease_until": 0, "attempts": _J.attempts - 1})


def cancel(connection: Connection, number: int) -> None:
    """Ask for a job's end; one that still waits ends at once, one that is done stays so."""
    connection.execute(
        update(job).where(_J.id == number, _J.state == "queued").values(state="cancelled", finished_at=now())
    )
    connection.execute(update(job).where(_J.id == number, _J.state == "running").values(cancel_requested=True))


def get(connection: Connection, number: int) -> Job:
    """One job. Raises MissingError."""
    row = connection.execute(select(job).where(_J.id == number)).first()
    if row is None:
        raise MissingError(f"There is no job {number}.")
    return _job(row)


def rows(connection: Connection, project: int, limit: int = 50) -> list[Job]:
    """The project's jobs, newest first."""
    query = select(job).where(_J.project == project).order_by(_J.id.desc()).limit(limit)
    return [_job(row) for row in connection.execute(query)]


def _claimable(kinds: Collection[str]) -> Any:
    lapsed = and_(_J.state == "running", _J.lease_until < now(), _J.attempts < ATTEMPTS)
    return and_(_J.kind.in_(sorted(kinds)), or_(_J.state == "queued", lapsed))


def _lost(connection: Connection) -> list[int]:
    """Jobs under a lease whose worker is known to be gone."""
    query = select(_J.id, _J.owner).where(_J.state == "running", _J.lease_until > 0)
    return [number for number, owner in connection.execute(query) if alive(owner) is False]


def _mine(connection: Connection, number: int, owner: str, values: Mapping[str, Any]) -> None:
    here = and_(_J.id == number, _J.state == "running", _J.owner == owner)
    if connection.execute(update(job).where(here).values(values)).rowcount == 0:
        raise RefusedError(f"Job {number} is another worker's now.")


def _job(row: Any) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        project=row.project,
        actor=row.actor,
        payload=json.loads(row.payload),
        state=row.state,
        progress=row.progress,
        total=row.total,
        note=row.note,
        error=row.error,
        cancel_requested=row.cancel_requested,
        lease_until=row.lease_until,
        result=None if row.result is None else json.loads(row.result),
    )

"""The event log: append-only, one hash chain a project. Payloads are texts, so that they can be erased."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, insert, or_, select, update

from review.model import Event, Target
from review.store import beginnings, corrections, texts
from review.store import parts as wide
from review.store import schema as s
from review.store.clock import now
from review.store.projection import Decision
from review.store.texts import canonical, digest

_HEAD = select(s.project.c.head, s.project.c.events).where(s.project.c.id == bindparam("project"))
_KNOWN = select(s.event.c.id, s.event.c.batch, s.event.c.actor).where(
    s.event.c.id.in_(bindparam("ids", expanding=True))
)


def append(connection: Connection, event: Event, article: int | None, decision: Decision) -> Event:
    """Store an event with its effects and texts at the end of its project's chain. Returns it as stored.

    Who calls this has decided the effects in the same transaction and applies them in it. Those of a wide act
    (``store.wide``) are in its parts.
    """
    p = s.project.c
    whole = event.payload if "parts" in event.payload else {**event.payload, "effects": decision.effects}
    project = connection.execute(_HEAD, {"project": event.project}).one()
    payload = canonical(whole)
    stored = replace(event, payload=whole, at=now(), previous_hash=project.head)
    stored = replace(stored, hash=chain_hash(stored, article, digest(payload)))
    texts.put(connection, [*decision.texts, payload])
    made = connection.execute(
        insert(s.event).values(
            id=stored.id,
            kind=stored.kind,
            project=stored.project,
            batch=stored.batch,
            article=article,
            actor=stored.actor,
            at=stored.at,
            payload_hash=digest(payload),
            previous_hash=stored.previous_hash,
            hash=stored.hash,
            refers=refers(stored),
            group=event.payload.get("group"),
        )
    )
    seq = int(made.inserted_primary_key[0])  # type: ignore[index]
    if stored.targets:
        connection.execute(
            insert(s.event_target),
            [
                {"seq": seq, "ordinal": place, "segment": target.segment, "base_version": target.base_version}
                for place, target in enumerate(stored.targets)
            ],
        )
    connection.execute(
        update(s.project).where(p.id == event.project).values(head=stored.hash, events=project.events + 1)
    )
    stored = replace(stored, seq=seq)
    corrections.record(connection, stored, article)
    beginnings.begun(connection, stored, article)
    return stored


def chain_hash(event: Event, article: int | None, payload_hash: bytes) -> str:
    """SHA-256, in hex, of the previous event's hash and the canonical JSON of this event's row."""
    row = {
        "id": event.id,
        "kind": event.kind,
        "targets": [[target.segment, target.base_version] for target in event.targets],
        "project": event.project,
        "batch": event.batch,
        "article": article,
        "actor": event.actor,
        "at": event.at,
        "payload": payload_hash.hex(),
    }
    return hashlib.sha256((event.previous_hash + canonical(row)).encode("utf-8")).hexdigest()


def refers(event: Event) -> str | None:
    """The event that this one undoes, redoes or restores, or the mark or comment that it makes or removes."""
    payload = event.payload
    if event.kind == "mark" and "spans" in payload:
        return None  # marks that came with a file; none of them is removed
    if event.kind in ("mark", "unmark"):
        return str(payload["span"]["id"] if event.kind == "mark" else payload["span"])
    if event.kind == "comment":
        return str(payload["remove"] if "remove" in payload else payload["comment"]["id"])
    found = payload.get("event" if event.kind in ("undo", "redo") else "dismissal")
    return None if found is None else str(found)


def known(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Of these event ids, those that are stored, with batch and actor."""
    found: dict[str, tuple[int, int]] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), texts.CHUNK):
        rows = connection.execute(_KNOWN, {"ids": wanted[start : start + texts.CHUNK]})
        found.update({row.id: (row.batch, row.actor) for row in rows})
    return found


def reach(connection: Connection, event: str) -> tuple[int, int]:
    """How many segments of how many articles a stored event names."""
    t, c = s.event_target.c, s.segment.c
    here = select(s.event.c.seq).where(s.event.c.id == event).scalar_subquery()
    query = select(func.count(), func.count(c.article.distinct())).join(s.segment, c.id == t.segment)
    found = connection.execute(query.where(t.seq == here)).one()
    return int(found[0]), int(found[1])


def project_of(connection: Connection, event: str) -> int | None:
    """The project of a stored event."""
    return connection.scalar(select(s.event.c.project).where(s.event.c.id == event))


def history(connection: Connection, article: int) -> list[Event]:
    """The events in an article, oldest first, effects in their payload.

    An erased payload reads as {}. A wide act is there once for each of its parts that touch the article.
    """
    query = _query().where(or_(s.event.c.article == article, wide_in(article)))
    found = []
    for stored in read(connection, query):
        event = stored.event
        if not wide.is_wide(event.payload):
            found.append(event)
            continue
        for part in wide.parts(connection, event, wide.in_article(connection, event.seq, article)):
            found.append(replace(part.event, payload={**part.event.payload, "effects": part.effects}))
    return found


def wide_in(article: int) -> ColumnElement[bool]:
    """The condition for events that have no article of their own, because they reach over several, this one among
    them."""
    t = s.event_target.c
    inside = select(s.segment.c.id).where(s.segment.c.article == article)
    return and_(s.event.c.article.is_(None), s.event.c.seq.in_(select(t.seq).where(t.segment.in_(inside))))


def by_id(event: str) -> Select[tuple[Any, ...]]:
    """The query for one event, for ``read``."""
    return select(s.event).where(s.event.c.id == event)


class Stored(NamedTuple):
    """An event as its row holds it. ``lost`` means that there is no row for its payload, not even an erased one."""

    event: Event
    article: int | None
    payload_hash: bytes
    refers: str | None
    group: str | None
    lost: bool


def of_project(connection: Connection, project: int) -> Iterator[Stored]:
    """All events of a project in order; a stream."""
    e = s.event.c
    last = 0
    while True:
        part = read(connection, _query().where(e.project == project, e.seq > last).limit(texts.CHUNK))
        yield from part
        if len(part) < texts.CHUNK:
            return
        last = part[-1].event.seq


def read(connection: Connection, query: Select[tuple[Any, ...]]) -> list[Stored]:
    """Run a query of whole event rows; fetch payloads and targets. A wide act's targets are in its parts."""
    rows = list(connection.execute(query))
    bodies = texts.get(connection, (row.payload_hash for row in rows))
    payloads = {row.seq: _parsed(bodies.get(row.payload_hash, "")) for row in rows}
    targets: dict[int, list[Target]] = {}
    numbers = [row.seq for row in rows if not wide.is_wide(payloads[row.seq])]
    for start in range(0, len(numbers), texts.CHUNK):
        t = s.event_target.c
        part = t.seq.in_(numbers[start : start + texts.CHUNK])
        for row in connection.execute(select(s.event_target).where(part).order_by(t.seq, t.ordinal)):
            targets.setdefault(row.seq, []).append(Target(row.segment, row.base_version))
    return [
        Stored(
            _event(row, targets.get(row.seq, ()), payloads[row.seq]),
            row.article,
            row.payload_hash,
            row.refers,
            row.group,
            row.payload_hash not in bodies,
        )
        for row in rows
    ]


def _query() -> Select[tuple[Any, ...]]:
    return select(s.event).order_by(s.event.c.seq)


def _parsed(payload: str) -> Mapping[str, Any]:
    return dict(json.loads(payload)) if payload else {}


def _event(row: Any, targets: Iterable[Target], payload: Mapping[str, Any]) -> Event:
    return Event(
        id=row.id,
        kind=row.kind,
        targets=tuple(targets),
        payload=payload,
        project=row.project,
        batch=row.batch,
        actor=row.actor,
        seq=row.seq,
        at=row.at,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )

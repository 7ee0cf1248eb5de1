"""The proof that what is stored is what the events say, and that no event was altered, added or lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, case, func, select

from review.errors import ReviewError
from review.model import Event
from review.model.status import DONE
from review.store import corrections, events, tallies
from review.store import schema as s
from review.store.ledger import Ledger
from review.store.parts import PLACES, is_wide, parts
from review.store.projection import Decision, World, decide
from review.store.texts import canonical
from review.store.wide import Turning

SHOWN = 100
"""Differences kept; the rest are only counted."""


@dataclass(slots=True)
class Proof:
    """What replaying found. It holds where ``differences`` is empty; ``erased`` events could not be replayed."""

    events: int = 0
    segments: int = 0
    texts: int = 0
    erased: int = 0
    found: int = 0
    differences: list[str] = field(default_factory=list)

    def differ(self, sentence: str) -> None:
        self.found += 1
        if len(self.differences) < SHOWN:
            self.differences.append(sentence)


def prove(connection: Connection, project: int, proof: Proof) -> None:
    """Replay a project's events from the imported rows and compare every effect and every row."""
    ledger = Ledger(connection)
    unknown: set[int] = set()
    head, count = "", 0
    counted = corrections.Recount()
    for stored in events.of_project(connection, project):
        event = stored.event
        count += 1
        _chain(proof, stored, head)
        head = event.hash
        counted.add(event)
        if not event.payload:
            if stored.lost:
                proof.differ(f"event {event.seq} ({event.kind}): its payload is gone, and was not erased")
            else:
                proof.erased += 1
            unknown.update(target.segment for target in event.targets)
            continue
        if (stored.refers, stored.group) != (events.refers(event), event.payload.get("group")):
            proof.differ(f"event {event.seq} ({event.kind}): what it refers to is not what its payload says")
        if is_wide(event.payload):
            _replay_wide(connection, proof, ledger, event, unknown)
        else:
            _replay(proof, ledger, ledger, event)
    proof.events += count
    end = connection.execute(select(s.project.c.head, s.project.c.events).where(s.project.c.id == project)).one()
    if (end.head, end.events) != (head, count):
        proof.differ(f"project {project}: {end.events} events were stored, {count} are there; the last ones are lost")
    for table, key, query in _tables(project):
        _compare(connection, proof, table, key, query, ledger.rows[table.name], unknown)
    proof.segments += len(ledger.rows["state"])
    _counters(connection, proof, project)
    for sentence in (*tallies.differences(connection, project), *counted.differences(connection, project)):
        proof.differ(sentence)


def check_texts(connection: Connection, proof: Proof) -> None:
    """Compare every text with the hash that it is kept under, and look for texts that are referred to and gone."""
    rows = connection.execution_options(yield_per=2000).execute(select(s.text).where(s.text.c.body.is_not(None)))
    for key, body in rows:
        proof.texts += 1
        if hashlib.sha256(body.encode("utf-8", "surrogatepass")).digest() != key:
            proof.differ(f"text {key.hex()[:16]}: its words are not those that were stored")
    for table in (s.segment, s.state, s.verdict, s.error_span, s.comment, s.attachment):
        for column in table.c:
            if column.name in ("hash", "source_hash", "hypothesis_hash", "text_hash", "surface_hash", "on_hash"):
                found = connection.scalars(select(column).where(column.is_not(None), ~_there(column)).distinct())
                for key in found:
                    proof.differ(f"text {key.hex()[:16]}: a {table.name} has it as its {column.name}, and it is gone")


def _there(column: Column[Any]) -> ColumnElement[bool]:
    return select(s.text.c.hash).where(s.text.c.hash == column).exists()


def _chain(proof: Proof, stored: events.Stored, head: str) -> None:
    event = stored.event
    if event.previous_hash != head:
        proof.differ(f"event {event.seq} ({event.kind}): it does not follow the event before it; one was lost or added")
    if events.chain_hash(event, stored.article, stored.payload_hash) != event.hash:
        proof.differ(f"event {event.seq} ({event.kind}): its row was altered after it was stored")


def _replay_wide(connection: Connection, proof: Proof, ledger: Ledger, event: Event, unknown: set[int]) -> None:
    """Replay a wide act part by part, and compare its targets with those that are looked up."""
    past = ledger.wide(event.payload.get("event", ""))
    ledger.note(event)
    t = s.event_target.c
    seen = 0
    for part in parts(connection, event):
        low = part.number * PLACES
        query = select(t.segment, t.base_version).where(t.seq == event.seq, t.ordinal >= low, t.ordinal < low + PLACES)
        rows = [tuple(row) for row in connection.execute(query.order_by(t.ordinal))]
        seen += len(rows)
        if part.lost or part.erased:
            if part.lost:
                proof.differ(f"event {event.seq} ({event.kind}): a part of it is gone, and was not erased")
            else:
                proof.erased += 1
            unknown.update(segment for segment, _ in rows)
            continue
        if rows != [(target.segment, target.base_version) for target in part.event.targets]:
            proof.differ(f"event {event.seq} ({event.kind}): its targets are not those that it was stored with")
        world: World = ledger
        if past is not None:
            earlier = next(parts(connection, past.event, [part.number]), None)
            segments = {target.segment for target in part.event.targets}
            if earlier is not None:
                world = Turning(ledger, earlier, segments, undone=past.undone)
        payload = {**part.event.payload, "effects": part.effects}
        _replay(proof, ledger, world, replace(part.event, payload=payload))
    stored = connection.scalar(select(func.count()).where(t.seq == event.seq))
    if stored != seen:
        proof.differ(f"event {event.seq} ({event.kind}): it has {stored} targets, its parts name {seen}")


def _replay(proof: Proof, ledger: Ledger, world: World, event: Event) -> None:
    payload = dict(event.payload)
    recorded = payload.pop("effects", [])
    decision = Decision(recorded)
    try:
        decision = decide(world, replace(event, payload=payload))
    except (ReviewError, LookupError, TypeError, ValueError) as error:
        proof.differ(f"event {event.seq} ({event.kind}): it could not have been taken: {error}")
    derived = json.loads(canonical(decision.effects))
    if derived != recorded:
        proof.differ(f"event {event.seq} ({event.kind}): its effects are not what it does: {_first(recorded, derived)}")
    try:
        ledger.apply(event, decision)
    except (ReviewError, LookupError, TypeError, ValueError) as error:
        proof.differ(f"event {event.seq} ({event.kind}): its effects cannot be applied: {error!r}")


def _first(recorded: list[Any], derived: list[Any]) -> str:
    """The first effect that differs, shortly."""
    for place in range(max(len(recorded), len(derived))):
        left = recorded[place] if place < len(recorded) else None
        right = derived[place] if place < len(derived) else None
        if left != right:
            return f"stored {canonical(left)[:200]}, derived {canonical(right)[:200]}"
    return "none"


def _tables(project: int) -> Iterator[tuple[Table, tuple[str, ...], Any]]:
    """Each table that events make, its key, and its rows in the project."""
    inside = select(s.article.c.id).join(s.batch).where(s.batch.c.project == project)
    for table, key in (
        (s.state, ("segment",)),
        (s.segment, ("id",)),
        (s.verdict, ("id",)),
        (s.error_span, ("id",)),
        (s.comment, ("id",)),
        (s.rating, ("article", "segment", "rater")),
        (s.assignment, ("article",)),
        (s.attachment, ("event", "segment")),
    ):
        query = select(table).where(table.c.article.in_(inside))
        yield table, key, query.where(s.segment.c.origin_event.is_not(None)) if table is s.segment else query


def _compare(
    connection: Connection,
    proof: Proof,
    table: Table,
    key: tuple[str, ...],
    query: Any,
    expected: dict[Any, dict[str, Any]],
    unknown: set[int],
) -> None:
    seen = set()
    for row in connection.execution_options(yield_per=2000).execute(query).mappings():
        place = tuple(row[name] for name in key) if len(key) > 1 else row[key[0]]
        seen.add(place)
        if row.get("segment") in unknown or (table is s.segment and set(json.loads(row["parents"])) & unknown):
            continue
        wanted = expected.get(place)
        if wanted is None:
            proof.differ(f"{table.name} {place}: no event made it")
            continue
        for name, value in wanted.items():
            if row[name] != value:
                proof.differ(f"{table.name} {place}: {name} is {_short(row[name])}, the events say {_short(value)}")
    for place in expected.keys() - seen:
        proof.differ(f"{table.name} {place}: the events made it, and it is not there")


def _short(value: Any) -> str:
    return value.hex()[:16] if isinstance(value, bytes) else repr(value)[:80]


def _counters(connection: Connection, proof: Proof, project: int) -> None:
    """Compare the stored counters of articles with a count of their segments."""
    a, c, t = s.article.c, s.segment.c, s.state.c
    retired, deleted = func.coalesce(t.retired, False), func.coalesce(t.deleted, False)
    live = case((retired, 0), else_=1)
    words = case((retired | deleted, 0), else_=func.coalesce(t.words, c.words))
    done = case((t.status.in_(DONE), words), else_=0)
    moved = case(
        (retired, 0), (deleted, 1), (func.coalesce(t.text_hash, c.hypothesis_hash) != c.hypothesis_hash, 1), else_=0
    )
    query = (
        select(
            a.id,
            *(a[name] for name in ("segments", "words", "done_words", "changed")),
            *(
                func.coalesce(func.sum(part), 0).label(f"counted_{number}")
                for number, part in enumerate((live, words, done, moved))
            ),
        )
        .select_from(
            s.article.join(s.batch).outerjoin(s.segment, c.article == a.id).outerjoin(s.state, t.segment == c.id)
        )
        .where(s.batch.c.project == project, s.batch.c.state == "visible")
        .group_by(a.id)
    )
    for row in connection.execute(query):
        if tuple(row[1:5]) != tuple(row[5:9]):
            proof.differ(
                f"article {row.id}: its counters (segments, words, done words, changed) are {tuple(row[1:5])}, "
                f"counted anew {tuple(row[5:9])}"
            )

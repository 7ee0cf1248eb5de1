"""Counts of what reviewers do with each detector's flags, kept with each act and never summed from all acts.

One act is one decision, however many flags it reaches: a suggestion accepted everywhere, words dismissed
everywhere. Decisions are accepted, dismissed, or corrected: the words under an open flag changed by hand.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from review.model import Event
from review.store import schema as s
from review.store import standings
from review.store.cutting import moved
from review.store.piece import Piece
from review.store.projection import Effect
from review.store.texts import CHUNK, digest

BY_HAND = ("typed", "paste", "paragraph")
"""Origins of an edit that say something of the flags under it."""

_KEY = ("project", "detector", "rule", "category", "batch")
_SUMS = ("accepted", "corrected", "dismissed", "confidence")
_V, _F, _O = s.verdict.c, s.flag.c, s.overtaken.c

Sums = dict[tuple[Any, ...], dict[str, float]]


def after(
    connection: Connection,
    event: Event,
    effects: Sequence[Effect],
    pieces: Mapping[int, Piece],
    bodies: Mapping[str, str],
) -> None:
    """Count an event's decisions, or count them out where it takes them back; demote where that asks for it."""
    sums: Sums = defaultdict(lambda: dict.fromkeys(_SUMS, 0.0))
    dismissed = _verdicts(connection, [effect for effect in effects if "verdict" in effect], sums)
    if event.kind == "edit" and event.payload.get("origin") in BY_HAND:
        changed = {
            effect["segment"]: bodies[effect["after"]["text"]]
            for effect in effects
            if "segment" in effect and effect["before"] is not None and "text" in effect["after"]
        }
        _corrected(connection, event, changed, pieces, sums)
    _add(connection, sums)
    if dismissed:
        standings.consider(connection, event.project, dismissed, event.actor)


def _verdicts(connection: Connection, effects: Sequence[Effect], sums: Sums) -> set[tuple[str, int]]:
    """Count verdicts given and taken back; returns the rules that were dismissed just now."""
    keys = [effect["verdict"] for effect in effects]
    columns = (*(_V[name] for name in ("project", "detector", "rule", "batch")), _V.event, _V.kind, _V.flag, _V.active)
    acts: dict[tuple[Any, ...], list[float]] = defaultdict(list)
    for start in range(0, len(keys), CHUNK):
        for row in connection.execute(select(*columns).where(_V.id.in_(keys[start : start + CHUNK]))):
            flag = json.loads(row.flag)
            here = (row.project, row.detector, row.rule, flag["category"], row.batch)
            acts[(*here, row.kind, row.event, row.active)].append(float(flag["confidence"]))
    dismissed = set()
    for (*place, kind, _, active), said in acts.items():
        sign = 1 if active else -1
        found = sums[tuple(place)]
        found[kind] += sign
        found["confidence"] += sign * sum(said) / len(said)
        if kind == "dismissed" and active:
            dismissed.add((place[1], place[2]))
    return dismissed


def _corrected(
    connection: Connection, event: Event, changed: Mapping[int, str], pieces: Mapping[int, Piece], sums: Sums
) -> None:
    """Note the open flags whose words an edit by hand did away with."""
    for segment, text in changed.items():
        piece = pieces[segment]
        before = piece.state.text
        flags = select(s.flag).where(_F.segment == segment, _F.verdict.is_(None), _F.side == "target")
        for row in list(connection.execute(flags)):
            stood = digest(before[row.start : row.end]) == row.surface_hash
            if row.start == row.end or not stood or moved(row.start, row.end, before, text) is not None:
                continue
            known = select(_O.segment).where(_O.segment == segment, _O.flag == row.id)
            if connection.scalar(known) is not None:
                continue
            values = {name: row._mapping[name] for name in ("detector", "rule", "category", "confidence")}
            connection.execute(
                insert(s.overtaken).values(
                    segment=segment, flag=row.id, article=row.article, event=event.id, **values
                )
            )  # fmt: skip
            found = sums[event.project, row.detector, row.rule, row.category, event.batch]
            found["corrected"] += 1
            found["confidence"] += row.confidence


def made_again(connection: Connection, article: int, flags: Iterable[tuple[int, str]]) -> None:
    """Count out corrections of flags that stand there again: the edit was undone, or put the words back."""
    rows = list(connection.execute(select(s.overtaken).where(_O.article == article)))
    if not rows:
        return
    standing = set(flags)
    back = [row for row in rows if (row.segment, row.flag) in standing]
    if not back:
        return
    place = select(s.article.c.batch, s.batch.c.project).join(s.batch).where(s.article.c.id == article)
    batch, project = connection.execute(place).one()
    sums: Sums = defaultdict(lambda: dict.fromkeys(_SUMS, 0.0))
    for row in back:
        found = sums[project, row.detector, row.rule, row.category, batch]
        found["corrected"] -= 1
        found["confidence"] -= row.confidence
    gone = [{"a": row.segment, "b": row.flag} for row in back]
    connection.execute(delete(s.overtaken).where(_O.segment == bindparam("a"), _O.flag == bindparam("b")), gone)
    _add(connection, sums)


def _add(connection: Connection, sums: Sums) -> None:
    rows = [dict(zip(_KEY, key, strict=True)) | found for key, found in sums.items() if any(found.values())]
    if not rows:
        return
    connection.execute(_adding(connection.dialect.name), rows)


@lru_cache(maxsize=2)
def _adding(dialect: str) -> Any:
    table = s.decision_count
    statement = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    values = {name: table.c[name] + statement.excluded[name] for name in _SUMS}
    return statement.on_conflict_do_update(index_elements=list(_KEY), set_=values)


def flags(connection: Connection, project: int, batch: int | None = None) -> dict[tuple[str, str], tuple[int, int]]:
    """Open and hidden flags now, by detector and category, in a project's visible batches or in one batch."""
    c, b = s.flag_count.c, s.batch.c
    query = select(c.detector, c.category, func.sum(c.open), func.sum(c.hidden))
    query = query.select_from(s.flag_count.join(s.article).join(s.batch)).group_by(c.detector, c.category)
    query = query.where(b.project == project, b.state == "visible")
    if batch is not None:
        query = query.where(b.id == batch)
    return {(row[0], row[1]): (int(row[2]), int(row[3])) for row in connection.execute(query)}


def in_article(connection: Connection, article: int) -> dict[str, int]:
    """An article's open flags by detector."""
    c = s.flag_count.c
    query = select(c.detector, func.sum(c.open)).where(c.article == article).group_by(c.detector)
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def decisions(
    connection: Connection, project: int, batch: int | None = None
) -> dict[tuple[str, int, str], tuple[int, int, int, float]]:
    """By detector, rule version and category: accepted, corrected, dismissed, and the sum of confidences said."""
    c = s.decision_count.c
    sums = (func.sum(c[name]) for name in _SUMS)
    query = select(c.detector, c.rule, c.category, *sums).where(c.project == project)
    query = query.group_by(c.detector, c.rule, c.category)
    if batch is not None:
        query = query.where(c.batch == batch)
    return {
        (row[0], row[1], row[2]): (int(row[3]), int(row[4]), int(row[5]), float(row[6]))
        for row in connection.execute(query)
    }


def differences(connection: Connection, project: int) -> list[str]:
    """Where the counts of accepted and dismissed are not what the verdicts in force add up to."""
    counted: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    query = select(_V.detector, _V.rule, _V.batch, _V.kind, _V.event, _V.flag).where(_V.project == project, _V.active)
    for row in connection.execution_options(yield_per=2000).execute(query):
        category = json.loads(row.flag)["category"]
        counted[row.detector, row.rule, category, row.batch, row.kind].add(row.event)
    c = s.decision_count.c
    stored = {
        (row.detector, row.rule, row.category, row.batch, kind): getattr(row, kind)
        for row in connection.execute(select(s.decision_count).where(c.project == project))
        for kind in ("accepted", "dismissed")
    }
    return [
        f"flags of {key[0]} (version {key[1]}, {key[2]}) in batch {key[3]}: "
        f"{stored.get(key, 0)} are counted as {key[4]}, the verdicts say {len(counted.get(key, ()))}"
        for key in sorted(stored.keys() | counted.keys())
        if stored.get(key, 0) != len(counted.get(key, ()))
    ]

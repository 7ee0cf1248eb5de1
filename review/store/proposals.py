"""Proposed term entries, and what was decided about them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from review.errors import MissingError
from review.model import Proposal, Taught
from review.store import schema as s
from review.store.clock import now
from review.store.texts import CHUNK, canonical

_P = s.proposal.c
_PLAIN = ("source", "preferred", "deprecated", "matching", "source_language", "target_language", "times", "kept")
_IN_BODY = ("people", "together", "apart", "score")


def put(connection: Connection, proposals: Iterable[Proposal]) -> None:
    """Store proposals by their keys. One that was decided keeps its decision; its wording stays as decided on."""
    for one in proposals:
        mine = (_P.project == one.project) & (_P.wrong_key == one.keys[0]) & (_P.right_key == one.keys[1])
        state = connection.scalar(select(_P.state).where(mine))
        values = {"times": one.times, "kept": one.kept, "body": _body(one)}
        if state not in ("accepted", "declined") or one.state in ("open", "faint"):
            values |= {name: getattr(one, name) for name in _PLAIN} | {"state": one.state}
        if state is None:
            keys = {"project": one.project, "wrong_key": one.keys[0], "right_key": one.keys[1]}
            connection.execute(insert(s.proposal).values(**keys, **values, made_at=now()))
        else:
            connection.execute(update(s.proposal).where(mine).values(values))


def drop(connection: Connection, project: int, keys: Collection[tuple[str, str]]) -> None:
    """Take away undecided proposals that nothing speaks for any more."""
    for wrong, right in keys:
        mine = (_P.project == project) & (_P.wrong_key == wrong) & (_P.right_key == right)
        connection.execute(delete(s.proposal).where(mine, _P.state.in_(("open", "faint"))))


def rows(connection: Connection, project: int, states: Sequence[str] = ("open",)) -> list[Proposal]:
    """The project's proposals in these states, those with the most corrections first."""
    query = _query().where(_P.project == project, _P.state.in_(states))
    return [_proposal(row) for row in connection.execute(query.order_by(_P.times.desc(), _P.id))]


def on_keys(connection: Connection, project: int, wrong: Iterable[str]) -> dict[tuple[str, str], Proposal]:
    """All proposals on these wrong words, by their keys."""
    listed, found = sorted(set(wrong)), []
    for start in range(0, len(listed), CHUNK):
        part = _P.wrong_key.in_(listed[start : start + CHUNK])
        found += [_proposal(row) for row in connection.execute(_query().where(_P.project == project, part))]
    return {one.keys: one for one in found}


def get(connection: Connection, project: int, number: int) -> Proposal:
    """One proposal. Raises MissingError."""
    row = connection.execute(_query().where(_P.project == project, _P.id == number)).first()
    if row is None:
        raise MissingError(f"There is no proposal {number} in this project; list them to see their numbers.")
    return _proposal(row)


def decide(
    connection: Connection, number: int, state: str, actor: int, reason: str, concept: str = "", **edited: str
) -> None:
    """Record a decision: its new state, who, when and why, and the fields as they were ``edited`` for it."""
    values: dict[str, Any] = {"state": state, "decided_by": actor, "decided_at": now(), "reason": reason}
    connection.execute(update(s.proposal).where(_P.id == number).values(**values, concept=concept, **edited))


def open_again(connection: Connection, project: int, concept: str, deprecated: Collection[str], actor: int) -> None:
    """Put accepted proposals back among the open ones: their wrong words were taken out."""
    mine = (_P.project == project) & (_P.concept == concept) & (_P.state == "accepted")
    values = {"state": "open", "decided_by": actor, "decided_at": now(), "reason": "", "concept": ""}
    for words in sorted(deprecated):
        connection.execute(update(s.proposal).where(mine, _P.deprecated == words).values(values))


def _query() -> Any:
    joined = s.proposal.outerjoin(s.actor, s.actor.c.id == _P.decided_by)
    return select(s.proposal, s.actor.c.name.label("decider")).select_from(joined)


def _body(one: Proposal) -> str:
    return canonical({**{name: getattr(one, name) for name in _IN_BODY}, "evidence": [asdict(e) for e in one.evidence]})


def _proposal(row: Any) -> Proposal:
    body = json.loads(row.body)
    return Proposal(
        id=row.id,
        project=row.project,
        evidence=tuple(Taught(**item) for item in body.get("evidence", ())),
        people=tuple((str(name), int(count)) for name, count in body.get("people", ())),
        together=int(body.get("together", 0)),
        apart=int(body.get("apart", 0)),
        score=float(body.get("score", 0)),
        state=row.state,
        made_at=row.made_at,
        decided_by=row.decider or "",
        decided_at=row.decided_at or 0,
        reason=row.reason,
        concept=row.concept,
        keys=(row.wrong_key, row.right_key),
        **{name: getattr(row, name) for name in _PLAIN},
    )

"""How the detectors stand in a project: on, demoted or off; a log in which nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from review.model import Standing, Standings
from review.model.standing import demotes
from review.store import batches, jobs
from review.store import schema as s
from review.store.clock import now as time

_S = s.standing.c
_D = s.decision_count.c


def now(connection: Connection, project: int) -> Standings:
    """The project's detectors that are demoted or off."""
    return _standings(connection, select(_S.id).where(_S.project == project))


def of_article(connection: Connection, article: int) -> Standings:
    """The same for the project that an article is in."""
    here = select(s.batch.c.project).join(s.article).where(s.article.c.id == article).scalar_subquery()
    return _standings(connection, select(_S.id).where(_S.project == here))


def _standings(connection: Connection, mine: Select[Any]) -> Standings:
    last = mine.with_only_columns(func.max(_S.id)).group_by(_S.detector)
    found = (_read(row) for row in connection.execute(_query().where(_S.id.in_(last), _S.state != "on")))
    return Standings({one.detector: one for one in found})


def history(connection: Connection, project: int, detector: str | None = None) -> list[Standing]:
    """Every change of a detector's state, or of all detectors', newest first."""
    query = _query().where(_S.project == project).order_by(_S.id.desc())
    if detector is not None:
        query = query.where(_S.detector == detector)
    return [_read(row) for row in connection.execute(query)]


def put(
    connection: Connection,
    project: int,
    detector: str,
    state: str,
    rule: int,
    by: int | None,
    counts: tuple[int, int],
    *,
    worker: int,
) -> None:
    """Log a detector's new state; ``by`` None is the program, ``counts`` are (decided, dismissed).

    The project's batches are queued for flagging, in the name of ``worker``: their counts, risks and flags follow.
    """
    decided, dismissed = counts
    connection.execute(
        insert(s.standing).values(
            project=project, detector=detector, state=state, rule=rule, actor=by, at=time(),
            decided=decided, dismissed=dismissed,
        )
    )  # fmt: skip
    for batch in batches.ids(connection, project):
        jobs.enqueue_once(connection, "flag", project, worker, {"batch": batch, "again": True})


def decisions(connection: Connection, project: int, detector: str, rule: int) -> tuple[int, int]:
    """How many decisions a project has taken on a rule's flags, and how many of them are dismissals."""
    total = func.sum(_D.accepted + _D.corrected + _D.dismissed)
    query = select(func.coalesce(total, 0), func.coalesce(func.sum(_D.dismissed), 0))
    row = connection.execute(query.where(_D.project == project, _D.detector == detector, _D.rule == rule)).one()
    return int(row[0]), int(row[1])


def consider(connection: Connection, project: int, rules: Iterable[tuple[str, int]], actor: int) -> None:
    """Demote those of these detectors' rules that reviewers dismiss too often; called after a dismissal."""
    for detector, rule in sorted(rules):
        log = history(connection, project, detector)
        last = log[0] if log else None
        if last and (last.state == "off" or (last.state == "demoted" and last.rule == rule)):
            continue
        decided, dismissed = decisions(connection, project, detector, rule)
        again = 0
        if last and last.rule == rule:  # it was restored: what came before that is forgiven
            decided, dismissed = max(0, decided - last.decided), max(0, dismissed - last.dismissed)
            again = next((one.dismissed for one in log if one.state == "demoted" and one.rule == rule), 0)
        if demotes(decided, dismissed, again=again):
            put(connection, project, detector, "demoted", rule, None, (decided, dismissed), worker=actor)


def _query() -> Select[Any]:
    return select(s.standing, s.actor.c.name.label("by")).outerjoin(s.actor, s.actor.c.id == _S.actor)


def _read(row: Any) -> Standing:
    return Standing(row.detector, row.state, row.rule, row.decided, row.dismissed, row.at, row.by or "")

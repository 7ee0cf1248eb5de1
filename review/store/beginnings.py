"""An article's open flags when it was first flagged, when reviewing began, and when its last word was confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, bindparam, cast, insert, literal, select, update

from review.model import Event
from review.store import schema as s
from review.store.clock import now

BEGINS = frozenset("edit accept dismiss restore mark comment rate status merge split repair insert delete".split())
"""Acts in an article that show that somebody reviews it. A propagation from elsewhere does not, nor an assignment."""

_A, _B = s.article.c, s.beginning.c
_OPEN = select(_A.open_flags).where(_A.id == _B.article).scalar_subquery()
_WORDS = select(_A.words).where(_A.id == _B.article).scalar_subquery()
_BEGUN = (
    update(s.beginning)
    .where(_B.article == bindparam("here"), _B.begun_at.is_(None))
    .values(begun_at=bindparam("time"), begun_flags=_OPEN, begun_words=_WORDS)
)
_DONE = (
    update(s.beginning)
    .where(_B.article == bindparam("here"), _B.done_at.is_(None))
    .where(
        select(_A.id)
        .where(_A.id == _B.article, _A.words > 0, _A.done_words >= _A.words)
        .correlate(s.beginning)
        .exists()
    )
    .values(done_at=bindparam("time"), done_flags=_OPEN, done_words=_WORDS)
)


def never_flagged(connection: Connection, article: int) -> bool:
    """Whether an article awaits its first flags."""
    return connection.scalar(select(_A.id).where(_A.id == article, _A.flagged_revision < 0)) is not None


def flagged(connection: Connection, article: int) -> None:
    """Keep what the first flagging of an article found; later ones change nothing."""
    there = select(_B.article).where(_B.article == article).exists()
    row = (
        select(_A.id, cast(literal(now()), BigInteger), _A.open_flags, _A.words, s.project.c.terms_version)
        .select_from(s.article.join(s.batch).join(s.project))
        .where(_A.id == article, ~there)
    )
    names = ["article", "first_at", "first_flags", "first_words", "first_terms"]
    connection.execute(insert(s.beginning).from_select(names, row))


def begun(connection: Connection, event: Event, article: int | None) -> None:
    """Keep the flags that are open as the first act in an article comes; called before the act is applied."""
    if article is None or event.kind not in BEGINS or event.payload.get("origin") == "import":
        return
    connection.execute(_BEGUN, {"here": article, "time": event.at})


def done(connection: Connection, articles: Iterable[int]) -> None:
    """Keep the flags that are open where the last word of an article is confirmed for the first time."""
    for article in articles:
        connection.execute(_DONE, {"here": article, "time": now()})


def reviewed(project: int, batch: int | None = None) -> Select[Any]:
    """The query for articles somebody began with or that are changed, in the order in which they were begun."""
    b = s.batch.c
    query = (
        select(
            *(_A[name] for name in ("id", "batch", "name", "system", "target_language", "segments", "changed")),
            *(_A[name] for name in ("words", "done_words", "open_flags", "revision")),
            b.name.label("batch_name"),
            *(_B[name] for name in ("first_flags", "first_words", "first_terms", "begun_at", "begun_flags")),
            _B.begun_words, _B.done_at, _B.done_flags, _B.done_words.label("words_when_done"),
        )
        .select_from(s.article.join(s.batch).outerjoin(s.beginning, _B.article == _A.id))
        .where(b.project == project, b.state == "visible", (_A.changed > 0) | _B.begun_at.is_not(None))
        .order_by(_B.begun_at.is_(None), _B.begun_at, _A.batch, _A.position)
    )  # fmt: skip
    return query if batch is None else query.where(_A.batch == batch)


def rows(connection: Connection, project: int, batch: int | None = None) -> list[Any]:
    """Its rows."""
    return list(connection.execute(reviewed(project, batch)))

"""What corrections taught, segment by segment, and the texts that it is weighed against."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, case, delete, func, insert, or_, select, update

from review.model.status import DONE
from review.store import schema as s
from review.store import texts

CHANGES = ("edit", "accept", "propagate", "undo", "redo", "merge", "split", "delete", "restore", "repair", "attach")
KINDS = (*CHANGES, "status")
"""Events that have a say in what is proposed; after those of CHANGES a segment's lessons are made anew."""

MOST_TARGETS = 100
"""Of an act on more segments only the first ones teach: they say the same."""


class Act(NamedTuple):
    """An event that may have changed texts. ``kind`` is "import" for a post-edit that came with a file."""

    seq: int
    id: str
    kind: str
    actor: int
    at: int
    segments: tuple[int, ...]


class Row(NamedTuple):
    """A lesson as stored, with where it came from."""

    segment: int
    article: int
    article_name: str
    source_language: str
    target_language: str
    wrong: str
    right: str
    wrong_key: str
    right_key: str
    matching: str
    kind: str
    event: str
    actor: int
    by: str
    at: int


class Settled(NamedTuple):
    """A segment that a person dealt with: its text was changed, or is ``done`` (confirmed or approved)."""

    segment: int
    article: int
    text: str
    source: str | None
    done: bool


def mark(connection: Connection, project: int) -> tuple[int, str]:
    """Up to which event the project was learned from, and with which batches."""
    found = connection.execute(select(s.learned.c.seq, s.learned.c.batches).where(s.learned.c.project == project))
    row = found.first()
    return (0, "") if row is None else (row.seq, row.batches)


def set_mark(connection: Connection, project: int, seq: int, batches: str) -> None:
    """Remember how far it was learned."""
    values = {"seq": seq, "batches": batches}
    mine = s.learned.c.project == project
    if connection.execute(update(s.learned).where(mine).values(values)).rowcount == 0:
        connection.execute(insert(s.learned).values(project=project, **values))


def acts(connection: Connection, project: int, after: int, limit: int = 500) -> list[Act]:
    """The next events that may have changed texts, in order."""
    e, t, b = s.event.c, s.event_target.c, s.batch.c
    brought = or_(b.published_at.is_(None), e.at < b.published_at)
    columns = (e.seq, e.id, e.actor, e.at, case((brought, "import"), else_=e.kind).label("kind"))
    query = select(*columns).select_from(s.event.join(s.batch, b.id == e.batch))
    query = query.where(e.project == project, e.seq > after, e.kind.in_(KINDS)).order_by(e.seq).limit(limit)
    rows = list(connection.execute(query))
    targets: dict[int, list[int]] = {}
    wanted = select(t.seq, t.segment).where(t.seq.in_([row.seq for row in rows]), t.ordinal < MOST_TARGETS)
    for row in connection.execute(wanted.order_by(t.seq, t.ordinal)):
        targets.setdefault(row.seq, []).append(row.segment)
    return [Act(row.seq, row.id, row.kind, row.actor, row.at, tuple(targets.get(row.seq, ()))) for row in rows]


def replace(connection: Connection, segments: Collection[int], rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """Put lessons in place of those that the segments had; returns the wrong words' keys of both."""
    mine = s.lesson.c.segment.in_(list(segments))
    keys = set(connection.scalars(select(s.lesson.c.wrong_key).where(mine)))
    connection.execute(delete(s.lesson).where(mine))
    if rows:
        connection.execute(insert(s.lesson), list(rows))
    return keys | {row["wrong_key"] for row in rows}


def stored(connection: Connection, segments: Collection[int]) -> dict[tuple[int, str, str], Any]:
    """Lessons of segments as rows, by segment and keys."""
    query = select(s.lesson).where(s.lesson.c.segment.in_(list(segments)))
    return {(row.segment, row.wrong_key, row.right_key): row for row in connection.execute(query)}


def keys(connection: Connection, project: int) -> list[str]:
    """The keys of all wrong words that were ever corrected in the project."""
    query = select(s.lesson.c.wrong_key).where(s.lesson.c.project == project).distinct()
    return sorted(connection.scalars(query))


def of_keys(connection: Connection, project: int, wanted: Iterable[str]) -> list[Row]:
    """Lessons on these wrong words in visible batches, by time."""
    le, a = s.lesson.c, s.article.c
    columns = (le.segment, le.article, a.name, a.source_language, a.target_language, le.wrong, le.right, le.wrong_key)
    columns += (le.right_key, le.matching, le.kind, le.event, le.actor, s.actor.c.name.label("by"), le.at)  # type: ignore[assignment]
    joined = s.lesson.join(s.article, a.id == le.article).join(s.batch, s.batch.c.id == a.batch)
    joined = joined.join(s.actor, s.actor.c.id == le.actor)
    base = select(*columns).select_from(joined).where(le.project == project, s.batch.c.state == "visible")
    found: list[Row] = []
    listed = sorted(set(wanted))
    for start in range(0, len(listed), texts.CHUNK):
        part = le.wrong_key.in_(listed[start : start + texts.CHUNK])
        found += (Row(*tuple(row)) for row in connection.execute(base.where(part)))
    return sorted(found, key=lambda row: (row.at, row.segment, row.wrong_key, row.right_key))


def sample(connection: Connection, project: int, most: int) -> list[tuple[str, str]]:
    """Source and machine output of at most about ``most`` segments: whole articles, spread evenly over the project."""
    a, b = s.article.c, s.batch.c
    query = select(a.id, a.segments).join(s.batch).where(b.project == project, b.state == "visible").order_by(a.id)
    listed = list(connection.execute(query))
    total = sum(row.segments for row in listed)
    step = max(1.0, total / most)
    chosen, passed, taken = [], 0, 0
    for row in listed:
        passed += row.segments
        if taken * step < passed:
            chosen.append(row.id)
            taken += row.segments
    one, other = s.text.alias(), s.text.alias()
    g = s.segment.c
    joined = s.segment.outerjoin(s.state, s.state.c.segment == g.id)
    joined = joined.join(one, one.c.hash == _source()).join(other, other.c.hash == g.hypothesis_hash)
    base = select(one.c.body, other.c.body.label("target")).select_from(joined).order_by(g.article, g.position)
    found: list[tuple[str, str]] = []
    for start in range(0, len(chosen), texts.CHUNK):
        part = base.where(g.article.in_(chosen[start : start + texts.CHUNK]))
        found += ((row.body or "", row.target or "") for row in connection.execute(part))
    return found


def source_language(connection: Connection, project: int) -> str:
    """The source language that most of the project's visible articles have."""
    a, b = s.article.c, s.batch.c
    query = select(a.source_language).join(s.batch).where(b.project == project, b.state == "visible")
    query = query.where(a.has_source).group_by(a.source_language).order_by(func.count().desc(), a.source_language)
    return connection.scalar(query.limit(1)) or ""


def settled(connection: Connection, project: int, most: int) -> list[Settled]:
    """The segments that people dealt with, the newest ``most`` of them, by number."""
    st, g, b = s.state.c, s.segment.c, s.batch.c
    source = s.text.alias()
    joined = s.state.join(s.segment, g.id == st.segment).join(s.article, s.article.c.id == st.article)
    joined = joined.join(s.batch, b.id == s.article.c.batch).join(s.text, s.text.c.hash == st.text_hash)
    joined = joined.outerjoin(source, source.c.hash == _source())
    done = st.status.in_(sorted(DONE))
    query = select(st.segment, st.article, s.text.c.body, source.c.body.label("source"), done.label("done"))
    query = query.select_from(joined).where(b.project == project, b.state == "visible")
    query = query.where(~st.deleted, ~st.retired, or_(done, st.text_hash != g.hypothesis_hash))
    rows = connection.execute(query.order_by(st.event.desc()).limit(most))
    return sorted(Settled(row.segment, row.article, row.body or "", row.source, bool(row.done)) for row in rows)


def occasions(connection: Connection, project: int, source: str, words: Sequence[str] = ()) -> int:
    """How many confirmed or approved segments of the project have ``source`` in their source; where that is "", how
    many have one of ``words`` in their text. Letter case of Latin letters aside.
    """
    st, g, b = s.state.c, s.segment.c, s.batch.c
    joined = s.state.join(s.segment, g.id == st.segment).join(s.article, s.article.c.id == st.article)
    joined = joined.join(s.batch, b.id == s.article.c.batch)
    joined = joined.join(s.text, s.text.c.hash == (_source() if source else st.text_hash))
    found = or_(*(_holds(word) for word in ([source] if source else words)))
    query = select(func.count()).select_from(joined).where(b.project == project, b.state == "visible", found)
    query = query.where(~st.deleted, ~st.retired, st.status.in_(sorted(DONE)))
    return int(connection.scalar(query) or 0)


def _source() -> Any:
    st = s.state.c
    return case((st.source_set, st.source_hash), else_=s.segment.c.source_hash)


def _holds(word: str) -> Any:
    body = s.text.c.body
    # SQLite's lower() knows ASCII alone.
    return or_(func.lower(body).contains(word.lower(), autoescape=True), body.contains(word, autoescape=True))

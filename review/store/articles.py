"""Articles: the list with its counters, and one of them whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, exists, func, or_, select, tuple_
from sqlalchemy.exc import NoResultFound

from review.errors import MissingError
from review.model import SEVERITIES, Article, Correction, Segment
from review.store import pieces as piece_rows
from review.store import schema as s
from review.store import standings
from review.store.history import trail
from review.store.piece import paragraphs


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in the list. ``worst_severity`` is "" where no flag is open; ``risk`` 0 to 1.

    ``revision`` goes up with each event in the article, ``text_revision`` where texts, sources, references
    or the segments themselves change. ``flagged_revision`` is the text revision that the flags were made
    for, -1 before the first time.
    """

    id: int
    batch: int
    batch_name: str
    name: str
    system: str
    source_language: str
    target_language: str
    segments: int
    words: int
    done_words: int
    changed: int
    open_flags: int
    worst_severity: str
    risk: float
    has_source: bool
    has_reference: bool
    position: int = 0
    revision: int = 0
    text_revision: int = 0
    flagged_revision: int = -1
    flagged_terms: int = -1
    flagged_rules: str = ""


def rows(
    connection: Connection,
    project: int,
    batch: int | None = None,
    search: str = "",
    *,
    system: str | None = None,
    status: str = "",
    detector: str = "",
    severity: str = "",
    after: tuple[int, int] | None = None,
    limit: int | None = None,
) -> list[ArticleRow]:
    """Articles of visible batches, newest batch first, in file order within it.

    ``search`` looks in names, systems and the current texts and sources (every text is read: seconds in a
    million segments); ``status`` keeps articles that have a segment in it; ``detector``
    and ``severity`` those with an open flag of that kind. For a page at a time pass ``limit``, and
    ``after=(batch, position)`` of the last row seen.
    """
    a = s.article.c
    query = _query().where(s.batch.c.project == project, s.batch.c.state == "visible")
    if batch is not None:
        query = query.where(a.batch == batch)
    if system is not None:
        query = query.where(a.system == system)
    if search:
        part = "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        query = query.where(or_(a.name.ilike(part, escape="\\"), a.system.ilike(part, escape="\\"), _has_words(part)))
    if status:
        query = query.where(_has_status(status))
    if detector or severity:
        open_flag = select(s.flag.c.id).where(s.flag.c.article == a.id, s.flag.c.verdict.is_(None))
        if detector:
            open_flag = open_flag.where(s.flag.c.detector == detector)
        held = standings.now(connection, project)
        open_flag = open_flag.where(s.flag.c.detector.not_in(held.off))
        if severity:
            faint = tuple_(s.flag.c.detector, s.flag.c.rule).in_(held.demoted)
            shown = case((faint, 0), else_=s.flag.c.severity) if held.demoted else s.flag.c.severity
            open_flag = open_flag.where(shown == SEVERITIES.index(severity))
        query = query.where(open_flag.exists())
    if after is not None:
        seen, place = after
        query = query.where(or_(a.batch < seen, (a.batch == seen) & (a.position > place)))
    query = query.order_by(a.batch.desc(), a.position).limit(limit)
    return [_row(found) for found in connection.execute(query)]


def get(connection: Connection, article: int) -> ArticleRow:
    """One article's row, its batch staged or visible. Raises MissingError."""
    try:
        return _row(connection.execute(_query().where(s.article.c.id == article)).one())
    except NoResultFound:
        raise MissingError(f"There is no article {article}; choose one from the list.") from None


def load(connection: Connection, article: int, *, history: bool = True) -> Article:
    """An article as it is now: merged, split and inserted segments in place, corrections with their changes.

    Deleted segments are there, with ``correction.deleted``. A segment that nobody touched has no
    correction. Without ``history`` changes and comments are left out, which is quicker. Raises MissingError.
    """
    row = get(connection, article)
    found = piece_rows.of_article(connection, article)
    changes, comments, names = trail(connection, article, found) if history else ({}, {}, {})
    numbers = paragraphs([piece.paragraph for piece in found])
    segments = []
    for order, (piece, paragraph) in enumerate(zip(found, numbers, strict=True)):
        correction = None
        if piece.touched or piece.origin or comments.get(piece.id):
            by, at = piece.touched or (0, 0)
            last = changes.get(piece.id, ())
            correction = Correction(
                text=piece.state.text,
                status=piece.state.status,
                author=last[-1].actor if last else names.get(by, ""),
                at=last[-1].at if last else at,
                changes=tuple(last),
                comments=tuple(comments.get(piece.id, ())),
                deleted=piece.state.deleted,
                inserted=piece.inserted,
            )
        segments.append(
            Segment(
                hypothesis=piece.hypothesis,
                id=str(piece.id),
                name=piece.name,
                source=piece.source,
                references=piece.references,
                alternatives=tuple(body for _, body in piece.alternatives),
                order=order,
                paragraph=paragraph,
                locators=piece.locators,
                parents=tuple(str(item) for item in piece.parents),
                codes=piece.codes,
                notes=piece.notes,
                correction=correction,
            )
        )
    return Article(
        name=row.name,
        segments=tuple(segments),
        system=row.system,
        source_language=row.source_language,
        target_language=row.target_language,
        id=str(row.id),
    )


def ids(connection: Connection, batch: int) -> list[int]:
    """The ids of a batch's articles in file order."""
    return list(
        connection.scalars(select(s.article.c.id).where(s.article.c.batch == batch).order_by(s.article.c.position))
    )


_INSIDE = select(func.count()).where(
    s.article.c.batch == bindparam("batch"), s.article.c.id.in_(bindparam("ids", expanding=True))
)


def inside(connection: Connection, batch: int, wanted: set[int]) -> bool:
    """Whether all these articles are in the batch."""
    return connection.scalar(_INSIDE, {"batch": batch, "ids": sorted(wanted)}) == len(wanted)


def segment_of_flag(connection: Connection, flag: str, among: list[int]) -> int | None:
    """Which of these segments has the flag of that id."""
    return connection.scalar(select(s.flag.c.segment).where(s.flag.c.segment.in_(among), s.flag.c.id == flag))


def _query() -> Select[Any]:
    a = s.article.c
    return select(s.article, s.batch.c.name.label("batch_name")).join(s.batch, s.batch.c.id == a.batch)


def _has_status(status: str) -> ColumnElement[bool]:
    a = s.article.c
    mine = s.state.c.article == a.id
    live = s.state.c.retired.is_(False)
    if status != "new":
        return exists().where(mine, live, s.state.c.status == status)
    moved = select(func.count()).where(mine, live, s.state.c.status != "new").correlate(s.article).scalar_subquery()
    return a.segments > moved


def _has_words(part: str) -> ColumnElement[bool]:
    c, t = s.segment.c, s.state.c
    current = func.coalesce(t.text_hash, c.hypothesis_hash)
    return (
        exists()
        .select_from(s.segment.outerjoin(s.state, t.segment == c.id))
        .where(c.article == s.article.c.id, t.retired.is_distinct_from(True))
        .where(
            s.text.c.hash.in_((current, c.source_hash)),
            s.text.c.body.ilike(part, escape="\\"),
        )
        .correlate(s.article)
    )


def _row(found: object) -> ArticleRow:
    row = found._mapping  # type: ignore[attr-defined]
    return ArticleRow(
        worst_severity=SEVERITIES[row["worst"] - 1] if row["worst"] else "",
        **{name: row[name] for name in ArticleRow.__slots__ if name != "worst_severity"},
    )

"""Flags as stored: replaced at each flagging, and covered by what reviewers dismissed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from review.model import SEVERITIES, Article, Flag, Standings
from review.store import beginnings, covering, standings, tallies, texts
from review.store import pieces as piece_rows
from review.store import schema as s
from review.store.cutting import same_place
from review.store.piece import Piece
from review.store.texts import canonical, digest

if TYPE_CHECKING:
    from review.store.door import Store

PART = 150
"""Segments whose flags are replaced with the lock held once."""


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag and what became of it: state "open", "accepted" or "dismissed", by which event.

    ``surface`` holds the words that an accepted flag stood on, ``given`` what was put there. An open flag of a
    detector that is demoted in the project is as it is shown, neutral and hardly sure: ``made`` is the flag as the
    detector made it then, and ``demoted`` says why; else they are None and "".
    """

    flag: Flag
    state: str
    event_id: str | None
    reason: str = ""
    surface: str = ""
    given: str = ""
    made: Flag | None = None
    demoted: str = ""


def save(
    connection: Connection,
    article: int,
    flags: Iterable[Flag],
    *,
    risks: Mapping[str, float] | None = None,
    judged: Article | None = None,
    revision: int | None = None,
    terms: int | None = None,
    rules: str = "",
) -> bool:
    """Put the flags just made in place of an article's flags, and so its segments' risks (by segment id).

    ``judged`` is the article as the detectors read it: a segment whose text or source is another now keeps
    what it has until it is read again (None: the article as it is). ``revision`` is the text revision that
    they were made for (None: the present one), ``terms`` the version of the project's terms, ``rules`` a
    fingerprint of the detectors; they come back in the article's row. Flags on segments that are gone
    meanwhile are dropped. Dismissals are applied. Returns False, and stores nothing, where somebody flagged
    a later text meanwhile or the terms have changed since.
    """
    if _late(connection, article, revision, terms):
        return False
    pieces = {piece.id: piece for piece in piece_rows.of_article(connection, article, bare=True)}
    _replace(connection, article, pieces, list(flags), risks or {}, _read_as(judged), rest=True)
    _conclude(connection, article, revision, terms, rules)
    return True


def save_in_parts(
    store: Store,
    article: int,
    flags: Iterable[Flag],
    *,
    risks: Mapping[str, float] | None = None,
    judged: Article | None = None,
    revision: int | None = None,
    terms: int | None = None,
    rules: str = "",
    background: bool = False,
) -> bool:
    """The same in several short transactions, for an article of any length; not within a write.

    It ends with False where somebody else's flags for a later text or later terms come between two of them.
    """
    read_as = _read_as(judged)
    by_segment: dict[int, list[Flag]] = {}
    for flag in flags:
        by_segment.setdefault(int(flag.segment), []).append(flag)
    with store.read() as connection:
        ids = piece_rows.ids(connection, article)
    for start in range(0, len(ids), PART):
        part = ids[start : start + PART]

        def write(connection: Connection, part: list[int] = part) -> bool:
            if _late(connection, article, revision, terms):
                return False
            found = piece_rows.of_segments(connection, part, bare=True)
            pieces = {key: piece for key, piece in found.items() if not piece.state.retired}
            mine = [flag for key in part for flag in by_segment.get(key, ())]
            _replace(connection, article, pieces, mine, risks or {}, read_as, rest=False)
            return True

        if not store.write(write, background=background):
            return False

    def conclude(connection: Connection) -> bool:
        if _late(connection, article, revision, terms):
            return False
        _conclude(connection, article, revision, terms, rules)
        return True

    return store.write(conclude, background=background)


def _late(connection: Connection, article: int, revision: int | None, terms: int | None) -> bool:
    """Whether flags for this text revision and these terms come too late."""
    a, p = s.article.c, s.project.c
    query = select(a.flagged_revision, p.terms_version).select_from(s.article.join(s.batch).join(s.project))
    row = connection.execute(query.where(a.id == article)).one()
    return (revision is not None and row.flagged_revision > revision) or (
        terms is not None and row.terms_version > terms
    )


def _read_as(judged: Article | None) -> dict[int, tuple[str, str | None]] | None:
    """Text and source of each segment as the detectors read them."""
    return None if judged is None else {int(item.id): (item.text, item.source) for item in judged.segments}


def _replace(
    connection: Connection,
    article: int,
    pieces: Mapping[int, Piece],
    flags: Iterable[Flag],
    risks: Mapping[str, float],
    read_as: Mapping[int, tuple[str, str | None]] | None,
    *,
    rest: bool,
) -> None:
    """Bring the flags of these segments to those given, touching only rows that differ.

    Segments that do not read as they did keep theirs. With ``rest``, flags on all other segments go.
    """
    kept: set[int] = set()
    if read_as is not None:
        kept = {key for key, piece in pieces.items() if read_as.get(key) != (piece.state.text, piece.source)}
        pieces = {key: piece for key, piece in pieces.items() if key not in kept}
    wanted: dict[tuple[int, str], dict[str, Any]] = {}
    for flag in flags:
        piece = pieces.get(int(flag.segment))
        if piece is None or (piece.id, flag.id) in wanted:
            continue
        body = piece.source or "" if flag.side == "source" else piece.state.text
        wanted[piece.id, flag.id] = _values(flag, article, body)
    f, r = s.flag.c, s.risk.c
    here = f.article == article if rest else f.segment.in_(list(pieces))
    stored = {
        (row["segment"], row["id"]): dict(row)
        for row in connection.execute(select(s.flag).where(here)).mappings()
        if row["segment"] not in kept
    }
    same = {key for key, row in stored.items() if key in wanted and {**row, "verdict": None} == wanted[key]}
    if gone := [{"a": key[0], "b": key[1]} for key in stored if key not in same]:
        connection.execute(delete(s.flag).where(f.segment == bindparam("a"), f.id == bindparam("b")), gone)
    if new := [row for key, row in wanted.items() if key not in same]:
        connection.execute(insert(s.flag), new)
    known = {int(key): float(value) for key, value in risks.items() if int(key) in pieces}
    here = r.article == article if rest else r.segment.in_(list(pieces))
    held: dict[int, float] = {
        row.segment: row.value
        for row in connection.execute(select(r.segment, r.value).where(here))
        if row.segment not in kept
    }
    if held != known:
        if old := [{"a": key} for key in held]:
            connection.execute(delete(s.risk).where(r.segment == bindparam("a")), old)
        if known:
            rows = [{"segment": key, "article": article, "value": value} for key, value in known.items()]
            connection.execute(insert(s.risk), rows)
    covering.refresh(connection, article, pieces)
    tallies.made_again(connection, article, wanted)


def _conclude(connection: Connection, article: int, revision: int | None, terms: int | None, rules: str) -> None:
    """Write what the flags were made for, the article's counts, and its risk: the mean by words."""
    a, r = s.article.c, s.risk.c
    words = func.coalesce(s.state.c.words, s.segment.c.words)
    gone = func.coalesce(s.state.c.deleted | s.state.c.retired, False)
    query = (
        select(func.sum(r.value * words), func.sum(words))
        .select_from(s.risk.join(s.segment).outerjoin(s.state, s.state.c.segment == r.segment))
        .where(r.article == article, ~gone)
    )
    total, weight = connection.execute(query).one()
    values: dict[str, Any] = {
        "risk": total / weight if weight else 0.0,
        "flagged_revision": a.text_revision if revision is None else revision,
        "flagged_rules": rules,
    }
    if terms is not None:
        values["flagged_terms"] = terms
    first = beginnings.never_flagged(connection, article)
    connection.execute(update(s.article).where(a.id == article).values(values))
    covering.count(connection, [article])
    if first:
        beginnings.flagged(connection, article)


def of(connection: Connection, article: int, pieces: Mapping[int, Piece] | None = None) -> list[FlagRow]:
    """An article's flags by segment and place, or those of some ``pieces``, with what became of each.

    Those just made come with their dismissals; those acted on stay as they were: an accepted flag with the
    place of its suggestion now, a dismissed one while its text stands. Open flags of detectors that are off in
    the project are left out.
    """
    held = standings.of_article(connection, article)
    if pieces is None:
        pieces = {piece.id: piece for piece in piece_rows.of_article(connection, article, bare=True)}
    few = list(pieces) if len(pieces) < 20 else None
    query = (
        select(s.flag, s.verdict.c.event, s.verdict.c.reason)
        .outerjoin(s.verdict, s.verdict.c.id == s.flag.c.verdict)
        .where(s.flag.c.article == article if few is None else s.flag.c.segment.in_(few))
    )
    live = {
        (row.segment, row.id): _live(row, held)
        for row in connection.execute(query)
        if row.segment in pieces
        and _reads(row, pieces[row.segment])
        and (row.verdict is not None or row.detector not in held.off)
    }
    found = []
    v = s.verdict.c
    acted = connection.execute(select(s.verdict).where(v.article == article, v.active).order_by(v.at, v.id))
    rows = [row for row in acted if row.segment in pieces]
    before = texts.get(connection, (row.text_hash for row in rows if row.kind == "accepted"))
    for row in rows:
        flag = _recorded(json.loads(row.flag), row.segment)
        piece = pieces[row.segment]
        key = (row.segment, flag.id)
        if row.kind == "accepted":
            if key in live and _stands(row, piece):
                del live[key]
            elif key in live:
                # The same words stand a second time in the segment, and now count as the first.
                flag = replace(flag, id=digest(row.id).hex()[:16])
            surface = before[row.text_hash][flag.start : flag.end]
            placed = _placed(flag, before[row.text_hash], piece, row.suggestion)
            found.append(FlagRow(placed, "accepted", row.event, surface=surface, given=row.suggestion))
        elif row.scope == "place" and key not in live and _stands(row, piece):
            found.append(FlagRow(flag, "dismissed", row.event, row.reason))
    found += live.values()
    order = {key: place for place, key in enumerate(pieces)}
    return sorted(found, key=lambda row: (order[int(row.flag.segment)], row.flag.start, row.flag.end))


def _live(row: Any, held: Standings) -> FlagRow:
    flag = _flag(row)
    if row.verdict is not None:
        return FlagRow(flag, "dismissed", row.event, row.reason or "")
    demotion = held.demotion(flag)
    if demotion is None:
        return FlagRow(flag, "open", row.event)
    return FlagRow(held.seen(flag), "open", row.event, made=flag, demoted=demotion.notice)


def surfaces(connection: Connection, project: int, detector: str) -> set[str]:
    """The words that a detector's flags stand on in the project's visible batches, each once."""
    f, t = s.flag.c, s.text.c
    tables = (
        s.flag.join(s.segment, s.segment.c.id == f.segment)
        .outerjoin(s.state, s.state.c.segment == f.segment)
        .join(s.text, t.hash == func.coalesce(s.state.c.text_hash, s.segment.c.hypothesis_hash))
        .join(s.article, s.article.c.id == f.article)
        .join(s.batch, s.batch.c.id == s.article.c.batch)
    )
    here = (s.batch.c.project == project) & (s.batch.c.state == "visible")
    words = func.substr(t.body, f.start + 1, f.end - f.start)
    query = select(words).select_from(tables).where(here, f.detector == detector, f.side == "target").distinct()
    return set(connection.scalars(query))


def risks(connection: Connection, article: int) -> dict[int, float]:
    """The risk of each segment that has one, 0 to 1."""
    rows = connection.execute(select(s.risk.c.segment, s.risk.c.value).where(s.risk.c.article == article))
    return {row.segment: row.value for row in rows}


def _recorded(values: Mapping[str, Any], segment: int) -> Flag:
    """A flag as an event carries it."""
    names = {item.name for item in fields(Flag)}
    known = {name: value for name, value in values.items() if name in names}
    return Flag(**{**known, "segment": str(segment), "suggestions": tuple(known.get("suggestions", ()))})


def _placed(flag: Flag, before: str, piece: Piece, suggestion: str) -> Flag:
    """An accepted flag where its suggestion stands in the current text, or an empty span where it stood."""
    now = piece.source or "" if flag.side == "source" else piece.state.text
    start = same_place(before, now, flag.start)
    if not now.startswith(suggestion, start):
        near = now.find(suggestion, max(0, start - len(suggestion)))
        if near < 0:
            return replace(flag, start=start, end=start)
        start = near
    return replace(flag, start=start, end=start + len(suggestion))


def _reads(row: Any, piece: Piece) -> bool:
    """Whether a flag's words still stand at its place: not so between an edit and the next flagging."""
    body = piece.source or "" if row.side == "source" else piece.state.text
    return bool(digest(body[row.start : row.end]) == row.surface_hash)


def _stands(row: Any, piece: Piece) -> bool:
    source = None if piece.source is None else digest(piece.source)
    return row.text_hash == digest(piece.state.text) and row.source_hash == source


def _values(flag: Flag, article: int, body: str) -> dict[str, Any]:
    return {
        "segment": int(flag.segment),
        "id": flag.id,
        "article": article,
        "start": flag.start,
        "end": flag.end,
        "side": flag.side,
        "detector": flag.detector,
        "rule": flag.version,
        "category": flag.category,
        "subcategory": flag.subcategory,
        "severity": SEVERITIES.index(flag.severity),
        "confidence": flag.confidence,
        "message": flag.message,
        "suggestions": canonical(list(flag.suggestions)),
        "evidence": flag.evidence,
        "surface_hash": digest(body[flag.start : flag.end]),
        "verdict": None,
    }


def _flag(row: Any) -> Flag:
    return Flag(
        id=row.id,
        segment=str(row.segment),
        start=row.start,
        end=row.end,
        detector=row.detector,
        category=row.category,
        severity=SEVERITIES[row.severity],
        confidence=row.confidence,
        message=row.message,
        suggestions=tuple(json.loads(row.suggestions)),
        subcategory=row.subcategory,
        evidence=row.evidence,
        side=row.side,
        version=row.rule,
    )

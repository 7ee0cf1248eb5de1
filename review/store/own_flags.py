"""The words that a project's term flags stand on, with how many are open and what was decided: for terms' effect."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, case, func, select

from review.store import pieces, texts
from review.store import schema as s

DETECTOR = "terminology"

Key = tuple[bytes, str, str, str]
"""Hash of the words, side, source language, target language."""


class Surface(NamedTuple):
    """Flagged words: where they were found once, on which side, in which languages, and how often.

    ``open`` and ``hidden`` are flags now; ``accepted`` and ``dismissed`` are verdicts in force.
    """

    words: str
    side: str
    source_language: str
    target_language: str
    open: int
    hidden: int
    accepted: int
    dismissed: int


def surfaces(connection: Connection, project: int, batch: int | None = None) -> list[Surface]:
    """Every surface of term flags in a project's visible batches, or in one batch."""
    f, v, a, b = s.flag.c, s.verdict.c, s.article.c, s.batch.c
    scope = [b.project == project, b.state == "visible"]
    if batch is not None:
        scope.append(b.id == batch)
    living = s.state.c.deleted.is_distinct_from(True) & s.state.c.retired.is_distinct_from(True)
    opened = func.sum(case((f.verdict.is_(None), 1), else_=0))
    flagged = (
        select(f.surface_hash, f.side, a.source_language, a.target_language, opened, func.count(), func.max(f.segment))
        .select_from(
            s.flag.join(s.article, a.id == f.article).join(s.batch).outerjoin(s.state, s.state.c.segment == f.segment)
        )
        .where(f.detector == DETECTOR, living, *scope)
        .group_by(f.surface_hash, f.side, a.source_language, a.target_language)
    )
    given = func.sum(case((v.kind == "accepted", 1), else_=0))
    decided = (
        select(v.surface_hash, v.side, a.source_language, a.target_language, given, func.count())
        .select_from(s.verdict.join(s.article, a.id == v.article).join(s.batch))
        .where(v.detector == DETECTOR, v.active, *scope)
        .group_by(v.surface_hash, v.side, a.source_language, a.target_language)
    )
    now: dict[Key, Any] = {(row[0], row[1], row[2], row[3]): row[4:] for row in connection.execute(flagged)}
    acts: dict[Key, Any] = {(row[0], row[1], row[2], row[3]): row[4:] for row in connection.execute(decided)}
    words = _words(connection, {key: row[2] for key, row in now.items()}, set(acts))
    found = []
    for key in sorted(now.keys() | acts.keys()):
        seen, every, _ = now.get(key, (0, 0, 0))
        accepted, verdicts = acts.get(key, (0, 0))
        if key in words:
            counts = (int(seen), int(every) - int(seen), int(accepted), int(verdicts) - int(accepted))
            found.append(Surface(words[key], key[1], key[2], key[3], *counts))
    return found


def _words(connection: Connection, flagged: dict[Key, int], decided: set[Key]) -> dict[Key, str]:
    """The words of surfaces: kept with the verdicts on them, else read where one of their flags stands."""
    kept = texts.get(connection, {key[0] for key in decided})
    found = {key: kept[key[0]] for key in decided if key[0] in kept}
    wanted = {segment: key for key, segment in flagged.items() if key not in found}
    numbers = list(wanted)
    f = s.flag.c
    for start in range(0, len(numbers), texts.CHUNK):
        part = numbers[start : start + texts.CHUNK]
        read = pieces.of_segments(connection, part, bare=True)
        rows = connection.execute(
            select(f.segment, f.start, f.end, f.side, f.surface_hash).where(f.segment.in_(part), f.detector == DETECTOR)
        )
        for row in rows:
            piece = read[row.segment]
            words = (piece.source or "" if row.side == "source" else piece.state.text)[row.start : row.end]
            if texts.digest(words) == row.surface_hash:  # between an edit and the next flagging it is not so
                found.update({key: words for key in flagged if key[:2] == (row.surface_hash, row.side)})
    return found

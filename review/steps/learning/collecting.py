"""Lessons kept true: read from the events since last time, segment by segment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from review.store import Connection, Store, articles, lessons, pieces
from review.store.lessons import Act
from review.store.piece import Piece
from review.text import codes
from review.text.learning import lessons as taught

TOGETHER = 100
"""Segments written with the lock held once."""


def collect(store: Store, project: int) -> tuple[set[str], int, bool]:
    """Learn from the events since the project's mark. Returns the keys of the wrong words of which something changed,
    the number of the last event, and whether somebody confirmed, approved or edited anything; the mark is left for
    whoever uses this.
    """
    with store.read() as connection:
        seq, _ = lessons.mark(connection, project)
    changed: set[str] = set()
    dealt_with = False
    while True:
        with store.read() as connection:
            acts = lessons.acts(connection, project, seq)
        if not acts:
            return changed, seq, dealt_with
        dealt_with = True
        last: dict[int, Act] = {}
        for act in (act for act in acts if act.kind in (*lessons.CHANGES, "import")):
            last.update(dict.fromkeys(act.segments, act))
        wanted = sorted(last)
        for start in range(0, len(wanted), TOGETHER):
            part = wanted[start : start + TOGETHER]
            with store.read() as connection:
                rows = _rows(connection, project, part, last)
                same = _unchanged(connection, part, rows)
            if not same:
                changed |= store.write(partial(lessons.replace, segments=part, rows=rows), background=True)
        seq = acts[-1].seq


def _rows(connection: Connection, project: int, segments: Sequence[int], last: dict[int, Act]) -> list[dict[str, Any]]:
    """The lessons of segments as they read now; one that was there before stays the act's that brought it."""
    known = lessons.stored(connection, segments)
    languages: dict[int, str] = {}
    rows = []
    for piece in pieces.of_segments(connection, segments, bare=True).values():
        if not _teaches(piece):
            continue
        if piece.article not in languages:
            languages[piece.article] = articles.get(connection, piece.article).target_language
        act = last[piece.id]
        before, after = (codes.bare(piece.codes, text) for text in (piece.hypothesis, piece.state.text))
        found = taught(before, after, languages[piece.article] or "en")
        for ordinal, one in enumerate(found):
            earlier = known.get((piece.id, one.wrong_key, one.right_key))
            rows.append(
                {
                    "segment": piece.id,
                    "ordinal": ordinal,
                    "project": project,
                    "article": piece.article,
                    "wrong": one.wrong,
                    "right": one.right,
                    "wrong_key": one.wrong_key,
                    "right_key": one.right_key,
                    "matching": one.matching,
                    "kind": earlier.kind if earlier else _kind(act.kind),
                    "event": earlier.event if earlier else act.id,
                    "actor": earlier.actor if earlier else act.actor,
                    "at": earlier.at if earlier else act.at,
                }
            )
    return rows


def _teaches(piece: Piece) -> bool:
    state = piece.state
    return not (state.deleted or state.retired or piece.inserted) and state.text != piece.hypothesis


def _unchanged(connection: Connection, segments: Sequence[int], rows: Sequence[dict[str, Any]]) -> bool:
    found = {(row["segment"], row["wrong_key"], row["right_key"]) for row in rows}
    return found == lessons.stored(connection, segments).keys()


def _kind(kind: str) -> str:
    """An undo or a redo that brings words back counts as an edit."""
    return kind if kind in ("edit", "accept", "propagate", "import") else "edit"

"""The state before an event, read from the database as ``decide`` asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from review.errors import InputError, RefusedError
from review.store import events, pieces
from review.store import schema as s
from review.store.parts import is_wide
from review.store.piece import Piece
from review.store.projection import Past

TABLES = {"verdict": s.verdict, "mark": s.error_span, "comment": s.comment}


class StoredWorld:
    """Answers from one transaction; good for one event."""

    def __init__(self, connection: Connection, kind: str, targets: Iterable[int]) -> None:
        self._connection = connection
        # Only merging and splitting look at references and alternatives.
        self._bare = kind not in ("merge", "split")
        self.pieces: dict[int, Piece] = pieces.of_segments(connection, targets, bare=self._bare)

    def piece(self, segment: int) -> Piece:
        """A segment. Raises InputError where there is none of that id."""
        if segment not in self.pieces:
            self.pieces |= pieces.of_segments(self._connection, [segment], bare=self._bare)
        if segment not in self.pieces:
            raise InputError(f"There is no segment {segment}.")
        return self.pieces[segment]

    def next_position(self, piece: Piece) -> bytes | None:
        c = s.segment.c
        query = select(func.min(c.position)).where(c.article == piece.article, c.position > piece.position)
        return self._connection.scalar(query)

    def previous_position(self, piece: Piece) -> bytes:
        c = s.segment.c
        query = select(func.max(c.position)).where(c.article == piece.article, c.position < piece.position)
        return self._connection.scalar(query) or b""

    def following(self, piece: Piece) -> int | None:
        c = s.segment.c
        query = (
            select(c.id)
            .select_from(s.segment.outerjoin(s.state, s.state.c.segment == c.id))
            .where(c.article == piece.article, c.position > piece.position, s.state.c.retired.is_distinct_from(True))
            .order_by(c.position)
            .limit(1)
        )
        return self._connection.scalar(query)

    def record(self, thing: str, key: Any) -> Mapping[str, Any] | None:
        if thing in TABLES:
            query = select(TABLES[thing]).where(TABLES[thing].c.id == key)
        elif thing == "rating":
            r = s.rating.c
            query = select(s.rating).where(r.article == key[0], r.segment == key[1], r.rater == key[2])
        else:
            query = select(s.assignment).where(s.assignment.c.article == key)
        row = self._connection.execute(query).first()
        return None if row is None else dict(row._mapping)

    def past(self, event: str) -> Past | None:
        e = s.event.c
        found = events.read(self._connection, select(s.event).where(e.id == event))
        if not found:
            return None
        stored = found[0].event
        if is_wide(stored.payload):
            raise RefusedError("This act reaches over many segments; take it back as a whole, from the page itself.")
        last = self._connection.scalar(
            select(e.kind).where(e.refers == event, e.kind.in_(("undo", "redo"))).order_by(e.seq.desc()).limit(1)
        )
        return Past(
            stored.id,
            stored.kind,
            stored.actor,
            tuple(target.segment for target in stored.targets),
            tuple(stored.payload.get("effects", ())),
            last == "undo",
        )

"""Undo and redo of a wide act: part by part, each segment that still stands as the act left it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from review.errors import RefusedError
from review.model import Event
from review.store import schema as s
from review.store.parts import Part
from review.store.piece import Piece
from review.store.projection import Past, World
from review.store.projection.nouns import fields
from review.store.projection.undoing import ends


def last_turn(connection: Connection, event: str) -> str:
    """The last thing done to an act: "undo", "redo", or "" where it was left alone."""
    e = s.event.c
    query = select(e.kind).where(e.refers == event, e.kind.in_(("undo", "redo"))).order_by(e.seq.desc()).limit(1)
    return connection.scalar(query) or ""


def turnable(part: Part, pieces: Mapping[int, Piece], *, redo: bool) -> dict[int, str]:
    """By segment of a part, "" where the act can be taken back (or done again) there, else why it stays as it is."""
    found: dict[int, str] = {}
    for effect in part.effects:
        before, after = ends(effect)
        piece = pieces.get(effect["segment"])
        now = {} if piece is None else fields(piece.state)
        if any(now.get(name) != value for name, value in (before if redo else after).items()):
            found[effect["segment"]] = "it was changed since"
        else:
            found[effect["segment"]] = "it is locked" if now["locked"] else ""
    return found


class Turning:
    """A world in which the earlier act is the part of it on some segments: what ``decide`` turns round."""

    def __init__(self, world: World, part: Part, segments: set[int], *, undone: bool) -> None:
        self._world = world
        effects = tuple(effect for effect in part.effects if effect["segment"] in segments)
        event = part.event
        self._past = Past(event.id, event.kind, event.actor, tuple(sorted(segments)), effects, undone)

    def past(self, event: str) -> Past | None:
        """The part, where its act is asked for."""
        return self._past if event == self._past.id else None

    def piece(self, segment: int) -> Piece:
        return self._world.piece(segment)

    def next_position(self, piece: Piece) -> bytes | None:
        return self._world.next_position(piece)

    def previous_position(self, piece: Piece) -> bytes:
        return self._world.previous_position(piece)

    def following(self, piece: Piece) -> int | None:
        return self._world.following(piece)

    def record(self, thing: str, key: Any) -> Mapping[str, Any] | None:
        return self._world.record(thing, key)


def check(past: Event, actor: int, last: str, *, redo: bool) -> None:
    """Raise RefusedError where a wide act cannot be taken back, or done again, by this actor now."""
    if past.kind != "propagate":
        raise RefusedError("There is no such propagation.")
    if past.actor != actor:
        raise RefusedError("The propagation is somebody else's; you can take back your own.")
    if redo and last != "undo":
        raise RefusedError("The propagation is not undone, so there is nothing to redo.")
    if not redo and last == "undo":
        raise RefusedError("The propagation is undone already.")

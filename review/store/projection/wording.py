"""Acts on a segment's words, status and source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from review.errors import RefusedError
from review.model import Event
from review.store.piece import Piece
from review.store.projection.nouns import Decision, World, raised, unlocked
from review.store.projection.remarks import accepted
from review.text import codes


def edit(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    unlocked(pieces)
    if any(piece.state.deleted for piece in pieces):
        raise RefusedError("The segment is deleted; restore it first.")
    for piece, text in zip(pieces, event.payload["texts"], strict=True):
        # The machine's own text is the file's, whatever codes it has: one may always go back to it.
        checked = piece.codes and text != piece.hypothesis
        if checked and (wrong := codes.lacking(piece.codes, piece.state.text, text, piece.source)):
            raise RefusedError(wrong)
        decision.change(piece, raised(piece.state, text=text, status="draft"))


def accept(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    edit(world, event, pieces, decision)
    accepted(event, pieces, decision)


def status(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    changes = {name: event.payload[name] for name in ("status", "locked") if name in event.payload}
    for piece in pieces:
        decision.change(piece, raised(piece.state, **changes))


def delete(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    unlocked(pieces)
    for piece in pieces:
        decision.change(piece, raised(piece.state, deleted=True))
    accepted(event, pieces, decision)


def repair(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    unlocked(pieces)
    for piece, source in zip(pieces, event.payload["sources"], strict=True):
        decision.change(piece, raised(piece.state, source_set=True, source=source))


def attach(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    for piece, text in zip(pieces, event.payload["texts"], strict=True):
        if event.payload["side"] == "source":
            # No new version: nobody's edit is made stale by a source that arrives.
            decision.change(piece, replace(piece.state, source_set=True, source=text))
        elif text:
            after = {
                "article": piece.article,
                "side": event.payload["side"],
                "system": event.payload["system"],
                "hash": decision.keep(text),
            }
            decision.add("attachment", piece.id, None, after)

"""What an act does: a pure function from what is there and what was asked to what changes.

``decide`` is used when an event is recorded, and again by replay, which proves that the stored effects and
the stored state are what the events say. An effect is a JSON object ``{<thing>: <key>, "before", "after"}``:

    segment     before and after hold the fields of its state that differ; ``before`` is null where the act
                made the segment, and ``after`` then holds all of it. Texts are the hex of their SHA-256.
    verdict     a flag accepted or dismissed    mark      a rater's error span
    comment     a remark                        rating    [article, segment or 0, rater]
    assignment  an article                      attachment  a text attached to a segment

Whatever an act makes is never unmade: undo switches ``retired`` on or ``active`` off.
"""

from __future__ import annotations

from review.errors import ConflictError
from review.model import Event
from review.store.projection import remarks, structure, undoing, wording
from review.store.projection.nouns import Act, Decision, Effect, Past, World, fields

__all__ = ["Decision", "Effect", "Past", "World", "decide", "fields"]

VERSIONED = frozenset(
    ("edit", "accept", "propagate", "status", "merge", "split", "repair", "insert", "delete", "undo", "redo")
)
"""Kinds that raise the version of their targets; ``restore`` does where it brings segments back."""


def decide(world: World, event: Event) -> Decision:
    """What ``event`` (its payload checked before) does to ``world``.

    Raises ConflictError where a target is not at its ``base_version`` or is retired, RefusedError where the
    act makes no sense in this state. Nothing is changed here.
    """
    pieces = [world.piece(target.segment) for target in event.targets]
    versioned = event.kind in VERSIONED or (event.kind == "restore" and "segment" in event.payload)
    for target, piece in zip(event.targets, pieces, strict=True):
        if versioned and target.base_version is not None and target.base_version != piece.state.version:
            raise ConflictError("Somebody changed this segment first; look at it and do this again.")
        if piece.state.retired and event.kind not in ("undo", "redo"):
            raise ConflictError("This segment was merged or split meanwhile; do this again on what became of it.")
    decision = Decision()
    ACTS[event.kind](world, event, pieces, decision)
    return decision


ACTS: dict[str, Act] = {
    "edit": wording.edit,
    "accept": wording.accept,
    "propagate": wording.edit,
    "dismiss": remarks.dismiss,
    "restore": remarks.restore,
    "mark": remarks.mark,
    "unmark": remarks.unmark,
    "comment": remarks.comment,
    "rate": remarks.rate,
    "assign": remarks.assign,
    "status": wording.status,
    "delete": wording.delete,
    "repair": wording.repair,
    "attach": wording.attach,
    "merge": structure.merge,
    "split": structure.split,
    "insert": structure.insert,
    "undo": undoing.undo,
    "redo": undoing.redo,
}

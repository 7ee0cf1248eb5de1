"""Undo and redo: an act's effects turned round, where what they changed still holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from review.errors import RefusedError
from review.model import Event
from review.store.piece import Piece
from review.store.projection.nouns import Decision, Effect, Past, World, fields

_SWITCHES = {
    "segment": ("retired", False),
    "verdict": ("active", True),
    "mark": ("active", True),
    "comment": ("active", True),
}
"""What is switched where an act that made a thing is undone: the field, and its value while the thing is there."""


def undo(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    past = _past(world, event)
    if past.undone:
        raise RefusedError("This act is undone already.")
    for effect in reversed(past.effects):
        _turn(world, effect, ends(effect)[1], ends(effect)[0], decision)


def redo(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    past = _past(world, event)
    if not past.undone:
        raise RefusedError("This act is not undone, so there is nothing to redo.")
    for effect in past.effects:
        _turn(world, effect, ends(effect)[0], ends(effect)[1], decision)


def _past(world: World, event: Event) -> Past:
    past = world.past(event.payload["event"])
    if past is None or past.kind in ("undo", "redo", "attach"):
        raise RefusedError(f"There is no such act to {event.kind}.")
    if past.actor != event.actor:
        raise RefusedError("The act is somebody else's; you can take back your own.")
    if {target.segment for target in event.targets} != set(past.segments):
        raise RefusedError("The act was on other segments than these.")
    return past


def _thing(effect: Effect) -> str:
    return next(name for name in effect if name not in ("before", "after"))


def ends(effect: Effect) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The fields that an effect changed, as they were before and after it, without the version."""
    before, after = effect["before"], effect["after"]
    if before is None:
        name, there = _SWITCHES[_thing(effect)]
        if _thing(effect) == "segment":
            shared = {key: after[key] for key in ("text", "status", "deleted", "source_set", "source")}
            return {**shared, name: not there}, {**shared, name: there}
        return {name: not there}, {name: there}
    return (
        {name: value for name, value in before.items() if name != "version"},
        {name: value for name, value in after.items() if name != "version"},
    )


def _turn(world: World, effect: Effect, now: Mapping[str, Any], then: Mapping[str, Any], decision: Decision) -> None:
    """Put fields that are ``now`` back to ``then``; refuse where somebody changed one of them since."""
    thing = _thing(effect)
    key = effect[thing]
    refusal = RefusedError("This was changed since, so it cannot be undone or redone; edit it instead.")
    if thing == "segment":
        piece = world.piece(key)
        current = fields(piece.state)
        if any(current[name] != value for name, value in now.items()):
            raise refusal
        if piece.state.locked and "locked" not in now:
            raise RefusedError("The segment is locked; unlock it first.")
        names = [name for name in then if then[name] != current[name]]
        version = piece.state.version
        decision.effects.append(
            {
                "segment": key,
                "before": {**{name: current[name] for name in names}, "version": version},
                "after": {**{name: then[name] for name in names}, "version": version + 1},
            }
        )
        return
    found = world.record(thing, key)
    if found is None or any(found[name] != value for name, value in now.items()):
        raise refusal
    decision.add(thing, key, now, then)

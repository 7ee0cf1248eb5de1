"""Acts that say something of a segment and leave its text: verdicts on flags, marks, comments, ratings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from review.errors import ConflictError, RefusedError
from review.model import Event
from review.store.piece import Piece
from review.store.projection.nouns import Decision, World, raised, unlocked


def accepted(event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    """The flags whose advice the act follows."""
    by_id = {piece.id: piece for piece in pieces}
    for number, flag in enumerate(event.payload.get("flags", ())):
        verdict(event, by_id[flag["segment"]], flag, number, "accepted", decision)


def dismiss(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    verdict(event, pieces[0], event.payload["flag"], 0, "dismissed", decision)


def verdict(event: Event, piece: Piece, flag: Mapping[str, Any], number: int, kind: str, decision: Decision) -> None:
    """What becomes of a flag. Raises ConflictError where other words stand in its place than the reviewer saw."""
    side = piece.source or "" if flag["side"] == "source" else piece.state.text
    surface = side[flag["start"] : flag["end"]]
    if flag.get("surface", surface) != surface:
        raise ConflictError("The flagged words changed meanwhile; look at them again.")
    decision.add(
        "verdict",
        f"{event.id}:{number}",
        None,
        {
            "article": piece.article,
            "segment": piece.id,
            "kind": kind,
            "scope": event.payload.get("scope", "place"),
            "detector": flag["detector"],
            "rule": flag["version"],
            "side": flag["side"],
            "surface_hash": decision.keep(surface),
            "text_hash": decision.keep(piece.state.text),
            "source_hash": None if piece.source is None else decision.keep(piece.source),
            "flag_id": flag["id"],
            "flag": dict(flag),
            "suggestion": event.payload.get("suggestion", ""),
            "reason": event.payload.get("reason", ""),
            "active": True,
        },
    )


def restore(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    if "segment" in event.payload:
        unlocked(pieces)
        for piece in pieces:
            decision.change(piece, raised(piece.state, deleted=False))
        return
    key = f"{event.payload['dismissal']}:0"
    found = world.record("verdict", key)
    if found is None or found["kind"] != "dismissed" or not found["active"]:
        raise RefusedError("The flag is not dismissed any more.")
    decision.add("verdict", key, {"active": True}, {"active": False})


def mark(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    if "spans" in event.payload:
        _marked(event, pieces, decision)
        return
    span = event.payload["span"]
    if world.record("mark", span["id"]) is not None:
        raise RefusedError("There is a mark of that id already.")
    values = {name: value for name, value in span.items() if name not in ("id", "text")}
    decision.add(
        "mark",
        span["id"],
        None,
        {
            "article": pieces[0].article,
            "segment": pieces[0].id,
            "rater": event.actor,
            "text_hash": decision.keep(span["text"]),
            "active": True,
            **values,
        },
    )


def _marked(event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    """Marks that came with a file, by one rater on texts as they were imported; ids are made from the event's."""
    by_id = {piece.id: piece for piece in pieces}
    for span in event.payload["spans"]:
        piece = by_id[span["segment"]]
        text = piece.hypothesis if span["side"] == "target" else piece.base_source or ""
        values = {name: value for name, value in span.items() if name != "id"}
        whole = {"article": piece.article, "rater": event.actor, "text_hash": decision.keep(text), "active": True}
        decision.add("mark", f"{event.id}:{span['id']}", None, {**whole, **values})


def unmark(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    _switch_off(world, event, "mark", event.payload["span"], "rater", decision)


def comment(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    if "remove" in event.payload:
        _switch_off(world, event, "comment", event.payload["remove"], "author", decision)
        return
    given = event.payload["comment"]
    if world.record("comment", given["id"]) is not None:
        raise RefusedError("There is a comment of that id already.")
    piece = pieces[0]
    decision.add(
        "comment",
        given["id"],
        None,
        {
            "article": piece.article,
            "segment": piece.id,
            "author": event.actor,
            "text_hash": decision.keep(given["text"]),
            "start": given["start"],
            "end": given["end"],
            "on_hash": None if given["start"] is None else decision.keep(piece.state.text),
            "active": True,
        },
    )


def _switch_off(world: World, event: Event, thing: str, key: str, by: str, decision: Decision) -> None:
    found = world.record(thing, key)
    if found is None or not found["active"]:
        raise RefusedError(f"The {thing} is not there any more.")
    if found[by] != event.actor:
        raise RefusedError(f"The {thing} is somebody else's; only its author can remove it.")
    decision.add(thing, key, {"active": True}, {"active": False})


def rate(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    places = [(piece.article, piece.id) for piece in pieces] or [(event.payload["article"], 0)]
    values = event.payload["values"] if "values" in event.payload else [event.payload["value"]]
    for (article, segment), value in zip(places, values, strict=True):
        key = [article, segment, event.actor]
        before = world.record("rating", key) or {"value": None}
        decision.add("rating", key, {"value": before["value"]}, {"value": value})


def assign(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    key = event.payload["article"]
    before = world.record("assignment", key) or {"actor": None}
    decision.add("assignment", key, {"actor": before["actor"]}, {"actor": event.payload["actor"]})

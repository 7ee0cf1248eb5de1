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

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Protocol

from review.errors import ConflictError, RefusedError
from review.model import Event
from review.store.cutting import cut, join, likely_place, same_place
from review.store.piece import Piece, State
from review.store.positions import between
from review.store.texts import digest

VERSIONED = frozenset(
    ("edit", "accept", "propagate", "status", "merge", "split", "repair", "insert", "delete", "undo", "redo")
)
"""Kinds that raise the version of their targets; ``restore`` does where it brings segments back."""

Effect = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier event, as undo sees it."""

    id: str
    kind: str
    actor: int
    segments: tuple[int, ...]
    effects: tuple[Effect, ...]
    undone: bool


class World(Protocol):
    """What ``decide`` may ask about the state before the event."""

    def piece(self, segment: int) -> Piece: ...

    def next_position(self, piece: Piece) -> bytes | None:
        """The position after a segment's in its article, of whatever row, or None at the end."""

    def previous_position(self, piece: Piece) -> bytes: ...

    def following(self, piece: Piece) -> int | None:
        """The id of the next segment that is not retired."""

    def record(self, thing: str, key: Any) -> Mapping[str, Any] | None:
        """The fields of a verdict, mark, comment, rating or assignment; None where there is none."""

    def past(self, event: str) -> Past | None: ...


@dataclass(slots=True)
class Decision:
    """The effects, and the texts that they name by hash."""

    effects: list[Effect] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)

    def keep(self, text: str) -> str:
        self.texts.add(text)
        return digest(text).hex()

    def change(self, piece: Piece, after: State) -> None:
        """Note what differs between a segment's state and the one it gets."""
        old, new = fields(piece.state), fields(after)
        names = [name for name in new if new[name] != old[name]]
        self.texts.add(after.text)
        if after.source is not None:
            self.texts.add(after.source)
        self.effects.append(
            {
                "segment": piece.id,
                "before": {name: old[name] for name in names},
                "after": {name: new[name] for name in names},
            }
        )

    def make(self, piece: Piece) -> None:
        """Note a segment that did not exist before."""
        made = {
            "article": piece.article,
            "position": piece.position.hex(),
            "paragraph": piece.paragraph,
            "name": piece.name,
            "hypothesis": self.keep(piece.hypothesis),
            "base_source": None if piece.base_source is None else self.keep(piece.base_source),
            "references": [self.keep(text) for text in piece.references],
            "alternatives": [{"system": name, "hash": self.keep(text)} for name, text in piece.alternatives],
            "locators": list(piece.locators),
            "parents": list(piece.parents),
            **fields(piece.state),
        }
        self.keep(piece.state.text)
        self.effects.append({"segment": piece.id, "before": None, "after": made})

    def add(self, thing: str, key: Any, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
        self.effects.append({thing: key, "before": None if before is None else dict(before), "after": dict(after)})


def fields(state: State) -> dict[str, Any]:
    """A state as effects tell it."""
    return {
        "version": state.version,
        "text": digest(state.text).hex(),
        "status": state.status,
        "locked": state.locked,
        "deleted": state.deleted,
        "retired": state.retired,
        "source_set": state.source_set,
        "source": None if state.source is None else digest(state.source).hex(),
    }


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
    _ACTS[event.kind](world, event, pieces, decision)
    return decision


Act = Callable[[World, Event, Sequence[Piece], Decision], None]


def _raised(state: State, **changes: Any) -> State:
    return replace(state, version=state.version + 1, **changes)


def _unlocked(pieces: Sequence[Piece]) -> None:
    if any(piece.state.locked for piece in pieces):
        raise RefusedError("The segment is locked; unlock it first.")


def _edit(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    _unlocked(pieces)
    if any(piece.state.deleted for piece in pieces):
        raise RefusedError("The segment is deleted; restore it first.")
    for piece, text in zip(pieces, event.payload["texts"], strict=True):
        decision.change(piece, _raised(piece.state, text=text, status="draft"))


def _accept(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    _edit(world, event, pieces, decision)
    _accepted(event, pieces, decision)


def _accepted(event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    """The flags whose advice the act follows."""
    by_id = {piece.id: piece for piece in pieces}
    for number, flag in enumerate(event.payload.get("flags", ())):
        _verdict(event, by_id[flag["segment"]], flag, number, "accepted", decision)


def _dismiss(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    _verdict(event, pieces[0], event.payload["flag"], 0, "dismissed", decision)


def _verdict(event: Event, piece: Piece, flag: Mapping[str, Any], number: int, kind: str, decision: Decision) -> None:
    side = piece.source or "" if flag["side"] == "source" else piece.state.text
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
            "surface_hash": decision.keep(side[flag["start"] : flag["end"]]),
            "text_hash": decision.keep(piece.state.text),
            "source_hash": None if piece.source is None else decision.keep(piece.source),
            "flag_id": flag["id"],
            "flag": dict(flag),
            "suggestion": event.payload.get("suggestion", ""),
            "reason": event.payload.get("reason", ""),
            "active": True,
        },
    )


def _restore(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    if "segment" in event.payload:
        _unlocked(pieces)
        for piece in pieces:
            decision.change(piece, _raised(piece.state, deleted=False))
        return
    key = f"{event.payload['dismissal']}:0"
    found = world.record("verdict", key)
    if found is None or found["kind"] != "dismissed" or not found["active"]:
        raise RefusedError("The flag is not dismissed any more.")
    decision.add("verdict", key, {"active": True}, {"active": False})


def _mark(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
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


def _unmark(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    _switch_off(world, event, "mark", event.payload["span"], "rater", decision)


def _comment(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
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


def _rate(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    article, segment = (pieces[0].article, pieces[0].id) if pieces else (event.payload["article"], 0)
    key = [article, segment, event.actor]
    before = world.record("rating", key) or {"value": None}
    decision.add("rating", key, {"value": before["value"]}, {"value": event.payload["value"]})


def _assign(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    key = event.payload["article"]
    before = world.record("assignment", key) or {"actor": None}
    decision.add("assignment", key, {"actor": before["actor"]}, {"actor": event.payload["actor"]})


def _status(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    changes = {name: event.payload[name] for name in ("status", "locked") if name in event.payload}
    for piece in pieces:
        decision.change(piece, _raised(piece.state, **changes))


def _delete(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    _unlocked(pieces)
    for piece in pieces:
        decision.change(piece, _raised(piece.state, deleted=True))
    _accepted(event, pieces, decision)


def _repair(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    _unlocked(pieces)
    for piece, source in zip(pieces, event.payload["sources"], strict=True):
        decision.change(piece, _raised(piece.state, source_set=True, source=source))


def _attach(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
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


def _merge(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    _unlocked(pieces)
    if any(piece.state.deleted for piece in pieces):
        raise RefusedError("One of the segments is deleted; restore it first.")
    for left, right in pairwise(pieces):
        if world.following(left) != right.id:
            raise RefusedError("Only segments that follow each other can be merged.")
    first = pieces[0]
    sources = [piece.source for piece in pieces if piece.source is not None]
    systems = list(dict.fromkeys(name for piece in pieces for name, _ in piece.alternatives))
    count = max(len(piece.references) for piece in pieces)
    for piece in pieces:
        decision.change(piece, _raised(piece.state, retired=True))
    decision.make(
        Piece(
            id=event.payload["new"],
            article=first.article,
            position=between(first.position, world.next_position(first)),
            paragraph=first.paragraph,
            name="",
            hypothesis=join(piece.hypothesis for piece in pieces),
            base_source=join(sources) if sources else None,
            references=tuple(
                join(piece.references[number] for piece in pieces if number < len(piece.references))
                for number in range(count)
            ),
            alternatives=tuple(
                (name, join(text for piece in pieces for system, text in piece.alternatives if system == name))
                for name in systems
            ),
            locators=tuple(locator for piece in pieces for locator in piece.locators),
            parents=tuple(piece.id for piece in pieces),
            origin=event.id,
            state=State(join(piece.state.text for piece in pieces), version=1, status="draft"),
        )
    )


def _split(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    _unlocked(pieces)
    piece = pieces[0]
    if piece.state.deleted:
        raise RefusedError("The segment is deleted; restore it first.")
    text, at = piece.state.text, event.payload["at"]
    texts = cut(text, at)
    if not all(texts):
        raise RefusedError("There must be text on both sides of the cut.")
    share = at / len(text)
    hypotheses = cut(piece.hypothesis, same_place(text, piece.hypothesis, at))
    sources: tuple[str | None, str | None] = (None, None)
    if piece.source is not None:
        source_at = event.payload.get("source_at")
        sources = cut(piece.source, likely_place(piece.source, share) if source_at is None else source_at)
    references = [cut(other, likely_place(other, share)) for other in piece.references]
    alternatives = [(name, cut(other, likely_place(other, share))) for name, other in piece.alternatives]
    decision.change(piece, _raised(piece.state, retired=True))
    position = piece.position
    for side, key in enumerate(event.payload["new"]):
        position = between(position, world.next_position(piece))
        decision.make(
            Piece(
                id=key,
                article=piece.article,
                position=position,
                paragraph=piece.paragraph,
                name="",
                hypothesis=hypotheses[side],
                base_source=sources[side],
                references=tuple(halves[side] for halves in references),
                alternatives=tuple((name, halves[side]) for name, halves in alternatives),
                # The first half stands for the place in the file; the second goes in after it.
                locators=() if side else piece.locators,
                parents=(piece.id,),
                origin=event.id,
                state=State(texts[side], version=1, status="draft"),
            )
        )


def _insert(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    neighbour, payload = pieces[0], event.payload
    if payload["before"]:
        position = between(world.previous_position(neighbour), neighbour.position)
    else:
        position = between(neighbour.position, world.next_position(neighbour))
    decision.change(neighbour, _raised(neighbour.state))
    decision.make(
        Piece(
            id=payload["new"],
            article=neighbour.article,
            position=position,
            paragraph=payload["new"] if payload["new_paragraph"] else neighbour.paragraph,
            name="",
            hypothesis="",
            base_source=None if neighbour.source is None else "",
            references=(),
            alternatives=(),
            locators=(),
            parents=(),
            origin=event.id,
            state=State(payload["text"], version=1, status="draft"),
        )
    )


_SWITCHES = {
    "segment": ("retired", False),
    "verdict": ("active", True),
    "mark": ("active", True),
    "comment": ("active", True),
}
"""What is switched where an act that made a thing is undone: the field, and its value while the thing is there."""


def _undo(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    past = _past(world, event)
    if past.undone:
        raise RefusedError("This act is undone already.")
    for effect in reversed(past.effects):
        _turn(world, effect, _ends(effect)[1], _ends(effect)[0], decision)


def _redo(world: World, event: Event, pieces: Sequence[Piece], decision: Decision) -> None:
    past = _past(world, event)
    if not past.undone:
        raise RefusedError("This act is not undone, so there is nothing to redo.")
    for effect in past.effects:
        _turn(world, effect, _ends(effect)[0], _ends(effect)[1], decision)


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


def _ends(effect: Effect) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
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


_ACTS: dict[str, Act] = {
    "edit": _edit,
    "accept": _accept,
    "propagate": _accept,
    "dismiss": _dismiss,
    "restore": _restore,
    "mark": _mark,
    "unmark": _unmark,
    "comment": _comment,
    "rate": _rate,
    "assign": _assign,
    "status": _status,
    "delete": _delete,
    "repair": _repair,
    "attach": _attach,
    "merge": _merge,
    "split": _split,
    "insert": _insert,
    "undo": _undo,
    "redo": _redo,
}

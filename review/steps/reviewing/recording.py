"""Record events: checked, decided, appended and applied in one transaction, acknowledged after its commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from review.errors import AccessError, ConflictError, InputError, MissingError, RefusedError, ReviewError
from review.log import log
from review.model import STATUSES, Article, Correction, Event, Target
from review.steps.reviewing import reading
from review.steps.reviewing.viewing import current
from review.store import Connection, Store, applying, articles, batches, events, jobs, people, pieces, texts
from review.store.piece import Piece
from review.store.projection import decide
from review.store.world import StoredWorld

TOGETHER = 20
"""Events written with the lock held once."""

IMPORTED_TOGETHER = 100
"""Segments whose imported corrections are one event."""

TEACHING = frozenset(("edit", "accept", "undo", "redo"))
"""Kinds after which there may be a term to learn (``steps.learning``)."""

Refusal = dict[str, Any]


def record(store: Store, actor: int, batch: int, posted: Sequence[Any]) -> dict[str, Any]:
    """Store what a reviewer did. Returns ``{"stored": [ids], "refused": [{id, code, reason, current}]}``.

    Stored means committed to disk; an id that was stored before is stored. ``code`` is "conflict" (somebody
    was first, or it makes no sense now; ``current`` is the segment as it is), "invalid" or "forbidden".
    Each event is taken or refused by itself, in order. Raises MissingError for an unknown batch and
    StoreError where the database cannot be written; then nothing beyond an earlier answer is stored.
    """
    stored: list[str] = []
    refused: list[Refusal] = []
    for start in range(0, len(posted), TOGETHER):
        part = posted[start : start + TOGETHER]
        done, not_done = store.write(partial(_record, actor=actor, batch=batch, posted=part))
        stored += done
        refused += not_done
    if refused:
        with store.read() as connection:
            for refusal in refused:
                segment = refusal.pop("segment")
                refusal["current"] = None if segment is None else current(connection, segment, batch)
    return {"stored": stored, "refused": refused}


def check_place(store: Store, actor: int, batch: int, article: int) -> str:
    """The actor's role, if the article is in the batch and they are a member of its project.

    Raises MissingError or AccessError.
    """
    with store.read() as connection:
        if articles.get(connection, article).batch != batch:
            raise MissingError(f"There is no article {article} in this batch; choose one from the list.")
        role = people.role(connection, batches.project_of(connection, batch), actor)
    if role is None:
        raise AccessError("You are no member of this project; ask its owner.")
    return role


def attach(store: Store, actor: int, article: int, side: str, given: Sequence[str | None], system: str = "") -> None:
    """Attach a source, a reference or an alternative (``side``) to an article: one text for each segment as
    ``articles.load`` lists them. All work is kept.

    Raises InputError for another number of texts, AccessError where the actor may not write.
    """
    if side not in ("source", "reference", "alternative"):
        raise InputError(f"{side!r} cannot be attached; use source, reference or alternative.")

    def write(connection: Connection) -> None:
        row = articles.get(connection, article)
        found = pieces.of_article(connection, article)
        if len(found) != len(given):
            raise InputError(f"There are {len(given)} texts for {len(found)} segments; align them first.")
        project = writable(connection, actor, row.batch)
        event = Event(
            id=str(uuid4()),
            kind="attach",
            targets=tuple(Target(piece.id) for piece in found),
            payload={
                "side": side,
                "system": system,
                "texts": [None if text is None else reading.check.text(text, "The text") for text in given],
            },
        )
        act(connection, replace(event, project=project, batch=row.batch, actor=actor))

    store.write(write)


def record_corrections(store: Store, actor: int, batch: int, given: Iterable[tuple[int, Article]]) -> int:
    """Record the post-edits that a file brought along as edits by ``actor``; the batch may be staged still.

    ``given`` are the articles as read, each with its id in the store. Returns how many segments were
    corrected. Raises InputError where one cannot be stored.
    """
    count = 0
    for article, read in given:
        with store.read() as connection:
            found = pieces.of_article(connection, article, bare=True)
        changed = [
            (piece, segment.correction)
            for piece, segment in zip(found, read.segments, strict=True)
            if segment.correction is not None
        ]
        for start in range(0, len(changed), IMPORTED_TOGETHER):
            for event in _imported(changed[start : start + IMPORTED_TOGETHER]):
                _, refused = store.write(
                    partial(_record, actor=actor, batch=batch, posted=[event], staged=True), background=True
                )
                if refused:
                    raise InputError(f"A correction of {read.name!r} cannot be stored: {refused[0]['reason']}")
        count += len(changed)
    return count


def _imported(changed: Sequence[tuple[Piece, Correction]]) -> Iterator[dict[str, Any]]:
    """The events that make segments what a file says they are: few, with many targets each."""

    def event(kind: str, of: Sequence[Piece], payload: dict[str, Any]) -> dict[str, Any]:
        targets = [{"segment": piece.id, "base_version": None} for piece in of]
        return {"id": str(uuid4()), "kind": kind, "targets": targets, "payload": payload}

    edited = [(piece, correction.text) for piece, correction in changed if correction.text != piece.state.text]
    if edited:
        texts_now = [text for _, text in edited]
        yield event("edit", [piece for piece, _ in edited], {"texts": texts_now, "origin": "import"})
    for status in STATUSES[2:]:
        if having := [piece for piece, correction in changed if correction.status == status]:
            yield event("status", having, {"status": status})
    if deleted := [piece for piece, correction in changed if correction.deleted]:
        yield event("delete", deleted, {})


def writable(connection: Connection, actor: int, batch: int, staged: bool = False) -> int:
    """The batch's project, if the actor may write in it. Raises AccessError, MissingError."""
    project = batches.project_of(connection, batch, staged=staged)
    role = people.role(connection, project, actor)
    if role is None:
        raise AccessError("You are no member of this project; ask its owner.")
    if role not in people.WRITERS:
        raise AccessError("You may look at this project but not change it; ask its owner.")
    return project


def _record(
    connection: Connection, actor: int, batch: int, posted: Sequence[Any], staged: bool = False
) -> tuple[list[str], list[Refusal]]:
    stored: list[str] = []
    refused: list[Refusal] = []
    known = events.known(connection, [key for item in posted if (key := reading.event_id(item))])
    forbidden: AccessError | None = None
    taught = False
    project = 0
    try:
        project = writable(connection, actor, batch, staged)
    except AccessError as error:
        forbidden = error
    for item in posted:
        key = reading.event_id(item)
        if key in known:
            if known[key] == (batch, actor):
                stored.append(key)
            else:
                refused.append(_refusal(item, "invalid", "Another event has this id already."))
            continue
        event = None
        try:
            event = reading.read_event(item)
            if forbidden is not None:
                raise forbidden
            with connection.begin_nested():
                act(connection, replace(event, project=project, batch=batch, actor=actor))
        except ReviewError as error:
            code = "invalid"
            if isinstance(error, AccessError):
                code = "forbidden"
            elif isinstance(error, ConflictError | RefusedError):
                code = "conflict"
            shown = event if code != "forbidden" else None
            refused.append(_refusal(item, code, str(error), shown))
        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
            # One bad event must not hold up all that come after it in somebody's outbox.
            log("error", "event failed", error=error, id=key)
            refused.append(_refusal(item, "invalid", "The program cannot take this act; copy its text and report it."))
        else:
            stored.append(event.id)
            known[event.id] = (batch, actor)
            taught = taught or event.kind in TEACHING
    if taught and not staged:
        jobs.enqueue_once(connection, "learn", project, actor, {})
    return stored, refused


def _refusal(item: Any, code: str, reason: str, event: Event | None = None) -> Refusal:
    """What is answered for a refused event; ``segment`` is looked up and taken out once the lock is free."""
    key = item.get("id") if isinstance(item, dict) else None
    shown = key if isinstance(key, str) and len(key) <= 100 else None
    segment = event.targets[0].segment if event and event.targets else None
    return {"id": shown, "code": code, "reason": reason, "segment": segment}


def act(connection: Connection, event: Event) -> Event:
    """Decide, append, apply. The caller has a savepoint around it."""
    world = StoredWorld(connection, event.kind, [target.segment for target in event.targets])
    found = [world.piece(target.segment) for target in event.targets]
    places = {piece.article for piece in found}
    if not found and "article" in event.payload:
        places.add(event.payload["article"])
    _belongs(connection, event, places)
    event = _fitted(connection, event, found)
    decision = decide(world, event)
    stored = events.append(connection, event, places.pop() if len(places) == 1 else None, decision)
    applying.apply(connection, stored, decision, world.pieces)
    return stored


def _belongs(connection: Connection, event: Event, places: set[int]) -> None:
    """Raise InputError where the event reaches out of its batch or project."""
    if not articles.inside(connection, event.batch, places):
        raise InputError("The event names a segment or an article of another batch.")
    payload = event.payload
    if event.kind in ("undo", "redo"):
        earlier = events.known(connection, [payload["event"]]).get(payload["event"])
        if earlier is None or earlier[0] != event.batch:
            raise InputError(f"There is no such act to {event.kind}.")
    elif event.kind == "restore" and "dismissal" in payload:
        if events.project_of(connection, payload["dismissal"]) != event.project:
            raise InputError("There is no such dismissal.")
    elif event.kind == "assign" and payload["actor"] is not None:
        role = people.role(connection, event.project, payload["actor"])
        if role is None:
            raise InputError("Only a member of the project can be assigned to an article.")


def _fitted(connection: Connection, event: Event, found: Sequence[Piece]) -> Event:
    """The event with each flag's segment named; what it says of texts is compared with them.

    Raises InputError for a place outside its text, a segment id in use, or a marked text that never was.
    """
    payload = dict(event.payload)
    if "flags" in payload:
        payload["flags"] = [_flag(connection, flag, found) for flag in payload["flags"]]
    elif event.kind == "dismiss":
        payload["flag"] = _flag(connection, payload["flag"], found)
    elif event.kind == "mark" and "span" in payload:
        piece = found[0]
        text = payload["span"]["text"]
        if text not in (piece.hypothesis, piece.state.text, piece.source) and not texts.has(connection, text):
            raise InputError("The marked text was never the text of a segment.")
    elif event.kind == "comment" and "comment" in payload:
        _within(payload["comment"]["end"], found[0].state.text, "The comment")
    elif event.kind == "split":
        _within(payload["at"], found[0].state.text, "The cut")
        _within(payload["source_at"], found[0].source or "", "The cut of the source")
        _unused(connection, payload["new"])
    elif event.kind in ("merge", "insert"):
        if len({piece.article for piece in found}) > 1:
            raise InputError("Segments of different articles cannot be merged.")
        _unused(connection, [payload["new"]])
    return replace(event, payload=payload)


def _flag(connection: Connection, flag: dict[str, Any], found: Sequence[Piece]) -> dict[str, Any]:
    by_id = {piece.id: piece for piece in found}
    segment = flag.get("segment")
    if segment is None:
        segment = found[0].id if len(found) == 1 else articles.segment_of_flag(connection, flag["id"], list(by_id))
    if segment not in by_id:
        raise InputError("The flag belongs to none of the event's segments.")
    piece = by_id[segment]
    _within(flag["end"], piece.source or "" if flag["side"] == "source" else piece.state.text, "The flag")
    return {**flag, "segment": segment}


def _within(end: int | None, text: str, what: str) -> None:
    if end is not None and end > len(text):
        raise InputError(f"{what} does not lie within the text.")


def _unused(connection: Connection, ids: list[int]) -> None:
    if pieces.of_segments(connection, ids):
        raise InputError("A new segment's id is in use; make another.")

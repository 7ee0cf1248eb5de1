"""Make a wide act ready: part by part, in short transactions, where nobody sees it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, select

from review.model import Event, Target
from review.store import applying, texts
from review.store import schema as s
from review.store.clock import now
from review.store.parts import PLACES
from review.store.piece import Piece, State
from review.store.projection import World, decide
from review.store.texts import canonical, digest
from review.text import codes
from review.text.counting import count_words

if TYPE_CHECKING:
    from review.store.door import Store

HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Ready:
    """A part that was decided and can be written: its rows, its texts, and the hash of its body."""

    number: int
    hash: bytes
    rows: tuple[dict[str, Any], ...]
    texts: frozenset[str]


def make(
    connection: Connection, world: World, event: Event, number: int, targets: Sequence[tuple[Piece, str | None]]
) -> Ready:
    """Decide part ``number`` of a wide act on these segments, each with its new text (None where the act says it).

    Raises what ``decide`` raises. Nothing is written.
    """
    pieces = {piece.id: piece for piece, _ in targets}
    given = [text for _, text in targets if text is not None]
    aims = tuple(Target(piece.id, piece.state.version) for piece, _ in targets)
    payload = {**event.payload, "texts": given} if given else event.payload
    decision = decide(world, replace(event, targets=aims, payload=payload))
    body: dict[str, Any] = {"targets": [[aim.segment, aim.base_version] for aim in aims], "effects": decision.effects}
    if given:
        body["texts"] = [digest(text).hex() for text in given]
    told = canonical(body)
    places = {aim.segment: number * PLACES + place for place, aim in enumerate(aims)}
    bodies = applying.bodies_of(connection, decision)
    rows = []
    for effect in decision.effects:
        piece = pieces[effect["segment"]]
        state = applying.changed(piece.state, effect["after"], bodies)
        rows.append({"event": event.id, "ordinal": places[piece.id], **_row(piece, state)})
    return Ready(number, digest(told), tuple(rows), frozenset({*decision.texts, *given, told}))


def _row(piece: Piece, state: State) -> dict[str, Any]:
    words = count_words(codes.bare(piece.codes, state.text))
    before = applying.counted(piece.state, piece.hypothesis, piece.words)
    after = applying.counted(state, piece.hypothesis, words)
    return {
        "segment": piece.id,
        "article": piece.article,
        "base_version": piece.state.version,
        "version": state.version,
        "text_hash": digest(state.text),
        "words": words,
        "status": state.status,
        "more_words": after[1] - before[1],
        "more_done": after[2] - before[2],
        "more_changed": after[3] - before[3],
    }


def keep(connection: Connection, event: str, ready: Ready) -> None:
    """Write a part that was made ready, in place of an earlier try at it."""
    drop(connection, event, [ready.number])
    if not ready.rows:
        return
    texts.put(connection, ready.texts)
    connection.execute(insert(s.staged), list(ready.rows))
    row = {"event": event, "part": ready.number, "hash": ready.hash, "count": len(ready.rows), "at": now()}
    connection.execute(insert(s.staged_part).values(row))


def staged(connection: Connection, event: str) -> dict[int, bytes]:
    """The parts that are ready for an act: their hashes by their numbers."""
    p = s.staged_part.c
    return {row.part: row.hash for row in connection.execute(select(p.part, p.hash).where(p.event == event))}


def targets_of(connection: Connection, event: str, number: int) -> list[tuple[int, int, int, str]]:
    """What a part that was made ready with texts names: (segment, article, version, new text)."""
    r, p = s.staged.c, s.staged_part.c
    key = connection.scalars(select(p.hash).where(p.event == event, p.part == number)).one()
    body = json.loads(texts.get(connection, [key])[key])
    bodies = texts.get(connection, (bytes.fromhex(item) for item in body["texts"]))
    low = number * PLACES
    here = select(r.segment, r.article).where(r.event == event, r.ordinal >= low, r.ordinal < low + PLACES)
    articles = {row.segment: row.article for row in connection.execute(here)}
    return [
        (segment, articles[segment], version, bodies[bytes.fromhex(text)])
        for (segment, version), text in zip(body["targets"], body["texts"], strict=True)
    ]


def drop(connection: Connection, event: str, numbers: Sequence[int]) -> None:
    """Put parts that were made ready away again."""
    r, p = s.staged.c, s.staged_part.c
    for number in numbers:
        low = number * PLACES
        connection.execute(delete(s.staged).where(r.event == event, r.ordinal >= low, r.ordinal < low + PLACES))
        connection.execute(delete(s.staged_part).where(p.event == event, p.part == number))


def abandon(store: Store, event: str) -> None:
    """Put everything away that was made ready for an act, taken or not, a part at a time."""
    with store.read() as connection:
        p = s.staged_part.c
        numbers = list(connection.scalars(select(p.part).where(p.event == event)))
    for number in numbers:
        store.write(partial(drop, event=event, numbers=[number]), background=True)


def sweep(store: Store) -> None:
    """Put away what acts left behind that ended without a word: an hour old, and no job waits or works on them."""
    with store.read() as connection:
        p = s.staged_part.c
        left = set(connection.scalars(select(p.event).where(p.at < now() - HOUR).distinct()))
        waiting = select(s.job.c.payload).where(s.job.c.state.in_(("queued", "running")))
        alive = {json.loads(payload).get("key") for payload in connection.scalars(waiting)}
    for event in left - alive:
        abandon(store, event)

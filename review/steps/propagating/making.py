"""Make an act ready part by part, and take it; what cannot be changed is left alone and told of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from review.errors import AccessError, ConflictError, RefusedError
from review.model import Event
from review.steps.finding import Target
from review.steps.finding import jobs as indexing
from review.store import batches, events, people, wide
from review.store import jobs as queue
from review.store.parts import SIZE, parts
from review.store.piece import Piece
from review.store.world import StoredWorld

if TYPE_CHECKING:
    from review.store import Connection, Store

TRIES = 8
"""How often parts are made ready anew because somebody changed their segments meanwhile."""

TOLD = 1000
"""Segments left alone that are named one by one."""

Told = Callable[[int], None]


@dataclass(slots=True)
class Done:
    """What an act changed, and (segment, article, why) of what it ``left`` alone, TOLD of them at most."""

    segments: int = 0
    articles: int = 0
    left: int = 0
    skipped: list[tuple[int, int, str]] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)

    def leave(self, segment: int, article: int, reason: str) -> None:
        if segment in self._seen:  # its part was made ready again
            return
        self._seen.add(segment)
        self.left += 1
        if len(self.skipped) < TOLD:
            self.skipped.append((segment, article, reason))


class Maker(Protocol):
    """How an act's parts come about, in their order, and again where somebody was first."""

    def numbers(self) -> Iterator[tuple[int, int]]:
        """Each part's number and how many segments it names."""

    def ready(self, connection: Connection, number: int) -> wide.Ready | None:
        """The part as it can be taken now; None where nothing of it can."""


def propagate(store: Store, event: Event, wanted: Iterable[Target], progress: Told | None = None) -> Done:
    """Give segments their new texts as one event. ``progress`` is told how many were looked at."""
    done = Done()
    return _act(store, event, _Following(event, wanted, done), done, progress)


def turn(store: Store, event: Event, past: Event, *, redo: bool, progress: Told | None = None) -> Done:
    """Take a wide act back, or do it again, where its segments still stand as it (or its undo) left them.

    Raises RefusedError where nothing of it does, or where it cannot be turned at all.
    """
    with store.read() as connection:
        wide.check(past, event.actor, wide.last_turn(connection, past.id), redo=redo)
    done = Done()
    _act(store, event, _Turning(event, past, done, redo=redo), done, progress)
    if not done.segments:
        raise RefusedError("Every segment of it was changed since, so there is nothing left of it to turn.")
    return done


def _act(store: Store, event: Event, maker: Maker, done: Done, progress: Told | None) -> Done:
    """Make every part ready and take the act. Whatever ends this before it is taken leaves nothing behind."""
    wide.abandon(store, event.id)  # what an earlier try left that ended without a word
    looked = 0
    made: dict[int, bytes] = {}
    try:
        for number, size in maker.numbers():
            _prepare(store, event, maker, number, made)
            looked += size
            if progress:
                progress(looked)
        for _ in range(TRIES):
            taken = store.write(partial(_take, event=event, made=made))
            if isinstance(taken, tuple):
                done.segments, done.articles = taken
                return done
            for number in taken:
                _prepare(store, event, maker, number, made)
        raise ConflictError("Others keep changing these segments; try again when they are done.")
    finally:
        wide.abandon(store, event.id)


def _prepare(store: Store, event: Event, maker: Maker, number: int, made: dict[int, bytes]) -> None:
    with store.read() as connection:
        ready = maker.ready(connection, number)
    made.pop(number, None)
    if ready is not None and ready.rows:
        made[number] = ready.hash
    if ready is None:
        store.write(partial(wide.drop, event=event.id, numbers=[number]), background=True)
    else:
        store.write(partial(wide.keep, event=event.id, ready=ready), background=True)


def _take(connection: Connection, event: Event, made: Mapping[int, bytes]) -> tuple[int, int] | list[int]:
    """Take the act and queue its batches for flagging: (segments, articles), or the parts that must be made anew.

    ``made`` are the hashes of the parts that were made ready. Raises ConflictError where others stand there: the same
    act, asked for twice, is made ready twice at once, and half of it must not be taken for the whole.
    """
    if not events.known(connection, [event.id]):
        if people.role(connection, event.project, event.actor) not in people.WRITERS:
            raise AccessError("You may look at this project but not change it; ask its owner.")
        if event.kind in ("undo", "redo"):
            past = events.read(connection, events.by_id(event.payload["event"]))[0].event
            wide.check(past, event.actor, wide.last_turn(connection, past.id), redo=event.kind == "redo")
        if wide.staged(connection, event.id) != made:
            raise ConflictError("The same act was begun twice at once; wait a moment, then do it again.")
        if not made:
            return 0, 0
        taken = wide.take(connection, event)
        if isinstance(taken, list):
            return taken
        reached = batches.reached(connection, taken.seq)
        for batch in reached:
            queue.enqueue_once(connection, "flag", event.project, event.actor, {"batch": batch, "again": True})
        queue.enqueue_once(connection, "learn", event.project, event.actor, {})
        segments = sum(count for _, _, count in taken.payload["parts"])
        indexing.acted(connection, event.project, event.actor, reached, segments)
    return events.reach(connection, event.id)


class _Following:
    """Parts of a propagation, cut from a stream of targets."""

    def __init__(self, event: Event, wanted: Iterable[Target], done: Done) -> None:
        self._event, self._wanted, self._done = event, wanted, done
        self._number, self._part = -1, list[Target]()

    def numbers(self) -> Iterator[tuple[int, int]]:
        wanted = iter(self._wanted)
        while part := list(islice(wanted, SIZE)):
            self._number, self._part = self._number + 1, part
            yield self._number, len(part)

    def ready(self, connection: Connection, number: int) -> wide.Ready | None:
        part = self._part
        if number != self._number:
            part = [Target(*one) for one in wide.targets_of(connection, self._event.id, number)]
        # The last part may come again.
        self._number = max(self._number, number)
        world = StoredWorld(connection, "propagate", [target.segment for target in part])
        chosen: list[tuple[Piece, str | None]] = []
        for target in part:
            piece = world.pieces.get(target.segment)
            reason = target.skipped or _reason(piece, target.version)
            if reason or piece is None:
                self._done.leave(target.segment, target.article, reason)
            elif piece.state.text != target.text:
                chosen.append((piece, target.text))
        return wide.make(connection, world, self._event, number, chosen) if chosen else None


def _reason(piece: Piece | None, version: int) -> str:
    if piece is None or piece.state.retired or piece.state.deleted or piece.state.version != version:
        return "it was changed meanwhile"
    return "it is locked" if piece.state.locked else ""


class _Turning:
    """Parts of an undo or redo: those of the act itself, each segment that still stands as it was left."""

    def __init__(self, event: Event, past: Event, done: Done, *, redo: bool) -> None:
        self._event, self._past, self._done, self._redo = event, past, done, redo

    def numbers(self) -> Iterator[tuple[int, int]]:
        yield from ((number, count) for number, _, count in self._past.payload["parts"])

    def ready(self, connection: Connection, number: int) -> wide.Ready | None:
        part = next(parts(connection, self._past, [number]))
        world = StoredWorld(connection, "undo", [target.segment for target in part.event.targets])
        can = wide.turnable(part, world.pieces, redo=self._redo)
        for segment, reason in can.items():
            if reason:
                piece = world.pieces.get(segment)
                self._done.leave(segment, piece.article if piece else 0, reason)
        chosen = [world.piece(segment) for segment, reason in can.items() if not reason]
        if not chosen:
            return None
        turning = wide.Turning(world, part, {piece.id for piece in chosen}, undone=self._redo)
        return wide.make(connection, turning, self._event, number, [(piece, None) for piece in chosen])

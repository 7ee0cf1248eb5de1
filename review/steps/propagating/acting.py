"""Do a propagation, or take it back: at once where it is small, else by a job."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from review.errors import AccessError, InputError, MissingError, RefusedError
from review.model import Choice, Event, Rule, Scope
from review.steps import finding
from review.steps.propagating import making
from review.steps.propagating.rules import rule_told, told
from review.store import articles, batches, events, people
from review.store import jobs as queue
from review.store.parts import SIZE, is_wide

if TYPE_CHECKING:
    from review.store import Connection, Store

ALL = Choice()
"""Every hit that is not protected."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A segment that was chosen and left alone, and why."""

    segment: int
    article: int
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act did: its event's id ("" where there was nothing to do), how many segments and articles it changed,
    and what it left alone. ``job`` is the job's number where the act is too large to be done at once; then the rest
    is in the job's result.
    """

    event: str = ""
    segments: int = 0
    articles: int = 0
    skipped: tuple[Skipped, ...] = ()
    job: int | None = None


def propagate(
    store: Store, actor: int, batch: int, scope: Scope, rule: Rule, choice: Choice = ALL, *, key: str
) -> Outcome:
    """Follow a rule as chosen: one event of id ``key`` (a UUID), recorded in ``batch``, where it was begun.

    Told the same ``key`` again it answers the same and does nothing more. Raises InputError for a rule that cannot be
    followed, AccessError where the actor may not write, ConflictError where others keep changing the segments.
    """
    with store.read() as connection:
        _may_write(connection, actor, batch, scope)
        if done := _known(connection, key, actor, ("propagate",)):
            return done
    wanted = finding.targets(store, scope, rule, choice)
    first = list(islice(wanted, SIZE + 1))
    if len(first) > SIZE:
        payload = {"key": key, "batch": batch, "scope": scope.batch, "article": scope.article}
        payload |= {"rule": rule_told(rule), "choice": told(choice)}
        return _queued(store, scope.project, actor, payload)
    event = event_of(key, actor, batch, scope, rule)
    return outcome(event, making.propagate(store, event, chain(first, wanted)))


def turn(store: Store, actor: int, event: str, *, key: str, redo: bool = False) -> Outcome:
    """Take a propagation of the actor's own back, or do it again; one event of id ``key``. Segments that were changed
    since, or are locked, stay as they are and are told of.

    Raises RefusedError where it is somebody else's, or is undone already (not undone, to do it again), or nothing of it
    still stands, AccessError where the actor may not write any more.
    """
    with store.read() as connection:
        past = past_of(connection, event)
        _may_write(connection, actor, past.batch)
        if done := _known(connection, key, actor, ("undo", "redo")):
            return done
    if len(past.payload["parts"]) > 1:
        return _queued(store, past.project, actor, {"key": key, "event": event, "redo": redo, "batch": past.batch})
    turned = turning_of(key, actor, past, redo=redo)
    return outcome(turned, making.turn(store, turned, past, redo=redo))


def past_of(connection: Connection, event: str) -> Event:
    """An earlier propagation. Raises RefusedError."""
    found = events.read(connection, events.by_id(event))
    if not found or not is_wide(found[0].event.payload) or found[0].event.kind != "propagate":
        raise RefusedError(
            "There is no such propagation; take its id from where it was printed, or from the Replace page."
        )
    return found[0].event


def event_of(key: str, actor: int, batch: int, scope: Scope, rule: Rule) -> Event:
    """The event of a propagation, without its parts."""
    reach = "project" if scope.batch is None else "batch" if scope.article is None else "article"
    payload = {"rule": rule_told(rule), "scope": reach}
    return Event(key, "propagate", (), payload, scope.project, batch, actor)


def turning_of(key: str, actor: int, past: Event, *, redo: bool) -> Event:
    """The event that takes a propagation back, or does it again, without its parts."""
    return Event(key, "redo" if redo else "undo", (), {"event": past.id}, past.project, past.batch, actor)


def outcome(event: Event, done: making.Done) -> Outcome:
    """What came of an act."""
    skipped = tuple(Skipped(*one) for one in done.skipped)
    return Outcome(event.id if done.segments else "", done.segments, done.articles, skipped)


def _known(connection: Connection, key: str, actor: int, kinds: tuple[str, ...]) -> Outcome | None:
    """What an act of this id did, where it was done before. Raises InputError where the id is another act's."""
    found = events.read(connection, events.by_id(key))
    if not found:
        return None
    if found[0].event.actor != actor or found[0].event.kind not in kinds:
        raise InputError("Another event has this id already.")
    segments, reached = events.reach(connection, key)
    return Outcome(key, segments, reached)


def _may_write(connection: Connection, actor: int, batch: int, scope: Scope | None = None) -> None:
    project = batches.project_of(connection, batch)
    if scope is not None and (scope.project != project or scope.batch is not None):
        if scope.project != project or batches.project_of(connection, scope.batch or batch) != project:
            raise MissingError("There is no such batch in this project.")
        if scope.article is not None and not articles.inside(connection, scope.batch or batch, {scope.article}):
            raise MissingError("There is no such article in this batch.")
    role = people.role(connection, project, actor)
    if role not in people.WRITERS:
        raise AccessError("You may look at this project but not change it; ask its owner.")


def _queued(store: Store, project: int, actor: int, payload: dict[str, Any]) -> Outcome:
    return Outcome(job=store.write(lambda c: queue.enqueue_same(c, "propagate", project, actor, payload)))

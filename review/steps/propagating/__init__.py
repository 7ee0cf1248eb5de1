"""Propagating: a correction, made into a rule, followed everywhere in one act that one undo takes back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from review.errors import InputError, RefusedError
from review.model import Choice, Event, Rule, Scope
from review.model import Target as EventTarget
from review.steps import finding
from review.steps.reviewing import recording
from review.store import Connection, Store, events

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
    store: Store,
    actor: int,
    batch: int,
    scope: Scope,
    rule: Rule,
    choice: Choice = ALL,
    *,
    key: str,
) -> Outcome:
    """Follow a rule as chosen: one event of id ``key`` (a UUID), recorded in ``batch``, where it was begun.

    Told the same ``key`` again it answers the same and does nothing. Raises InputError for a rule that cannot be
    followed, AccessError where the actor may not write.
    """
    wanted = list(finding.targets(store, scope, rule, choice))
    skipped = tuple(Skipped(one.segment, one.article, one.skipped) for one in wanted if one.skipped)
    wanted = [one for one in wanted if not one.skipped]
    if not wanted:
        return Outcome(skipped=skipped)
    event = Event(
        id=key,
        kind="propagate",
        targets=tuple(EventTarget(one.segment, one.version) for one in wanted),
        payload={"rule": asdict(rule), "texts": [one.text for one in wanted]},
    )

    def write(connection: Connection) -> None:
        if events.known(connection, [key]):
            return
        project = recording._writable(connection, actor, batch)
        recording._act(connection, replace(event, project=project, batch=batch, actor=actor))

    store.write(write)
    return Outcome(key, len(wanted), len({one.article for one in wanted}), skipped)


def turn(store: Store, actor: int, event: str, *, key: str, redo: bool = False) -> Outcome:
    """Take a propagation of the actor's own back, or do it again, wholly or not at all; one event of id ``key``.

    Raises RefusedError where a segment was changed since, or the act is somebody else's.
    """
    with store.read() as connection:
        found = events.read(connection, events.by_id(event))
    if not found or found[0].event.kind != "propagate":
        raise RefusedError("There is no such propagation.")
    past = found[0].event
    turned = Event(
        id=key,
        kind="redo" if redo else "undo",
        targets=tuple(EventTarget(target.segment) for target in past.targets),
        payload={"event": event},
        project=past.project,
        batch=past.batch,
        actor=actor,
    )

    def write(connection: Connection) -> None:
        if events.known(connection, [key]):
            return
        recording._writable(connection, actor, past.batch)
        recording._act(connection, turned)

    store.write(write)
    return Outcome(key, len(past.targets), 0)


def rule_of(payload: object) -> Rule:
    """A rule as JSON brings it: ``Rule``'s fields, all but ``find`` and ``replace`` optional. Raises InputError."""
    if not isinstance(payload, dict) or not {"find", "replace"} <= payload.keys() <= set(Rule.__slots__):
        raise InputError("A rule needs what to find and what to write instead.")
    for name, value in payload.items():
        kind = bool if name in ("inflected", "case", "keep_case") else str
        if not isinstance(value, kind) or (isinstance(value, str) and (len(value) > 1000 or "\x00" in value)):
            wanted = "true or false" if kind is bool else "a text of at most 1,000 characters"
            raise InputError(f"The rule's {name} must be {wanted}.")
    return Rule(**payload)

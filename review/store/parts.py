"""A wide act's parts, as they are kept: each a text of its own, named by its hash in the event's payload.

A part is ``{"targets": [[segment, base version]], "texts": [hash of the new text], "effects": [...]}``, without texts
where an earlier act is undone or done again. The event's row has no targets; ``event_target`` has them all, for
looking up, the ordinal being the part's number times PLACES plus the place in the part.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from review.model import Event, Target
from review.store import schema as s
from review.store import texts
from review.store.projection.nouns import Effect

SIZE = 400
"""Targets of a part."""

PLACES = 10_000


@dataclass(frozen=True, slots=True)
class Part:
    """The act on some of its targets. ``event`` is the whole act's, with these targets and their texts alone.

    ``lost`` means that there is no row for the part, not even an erased one; an erased part has no targets.
    """

    number: int
    event: Event
    effects: list[Effect]
    lost: bool = False
    erased: bool = False


def is_wide(payload: Mapping[str, Any]) -> bool:
    """Whether an event's payload is told in parts."""
    return "parts" in payload


def parts(connection: Connection, event: Event, only: Collection[int] | None = None) -> Iterator[Part]:
    """The parts of a stored wide event, one at a time; ``only`` those of these numbers."""
    for number, key, _ in event.payload["parts"]:
        if only is None or number in only:
            yield _read(connection, event, number, bytes.fromhex(key))


def _read(connection: Connection, event: Event, number: int, key: bytes) -> Part:
    found = texts.get(connection, [key]).get(key)
    payload = {name: value for name, value in event.payload.items() if name != "parts"}
    if not found:
        bare = replace(event, payload=payload, targets=())
        return Part(number, bare, [], lost=found is None, erased=found is not None)
    body = json.loads(found)
    if "texts" in body:
        hashes = [bytes.fromhex(item) for item in body["texts"]]
        bodies = texts.get(connection, hashes)
        payload["texts"] = [bodies.get(item, "") for item in hashes]
    targets = tuple(Target(segment, version) for segment, version in body["targets"])
    return Part(number, replace(event, payload=payload, targets=targets), body["effects"])


def in_article(connection: Connection, seq: int, article: int) -> set[int]:
    """The numbers of the parts of a wide event that touch an article."""
    t = s.event_target.c
    inside = select(s.segment.c.id).where(s.segment.c.article == article)
    found = connection.scalars(select(t.ordinal).where(t.segment.in_(inside), t.seq == seq))
    return {ordinal // PLACES for ordinal in found}

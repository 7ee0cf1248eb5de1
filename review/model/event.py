"""Events: every act, append-only. State is what the events add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KINDS = (
    "edit",
    "accept",
    "dismiss",
    "restore",
    "mark",
    "unmark",
    "rate",
    "comment",
    "status",
    "assign",
    "merge",
    "split",
    "repair",
    "insert",
    "delete",
    "attach",
    "propagate",
    "undo",
    "redo",
)


@dataclass(frozen=True, slots=True)
class Target:
    """A segment that an act touches, and the version of it that the actor saw (None: any version)."""

    segment: int
    base_version: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One act. ``id`` is the only idempotency key; ``at`` is UTC microseconds, set when it is stored.

    ``seq``, ``at``, ``previous_hash`` and ``hash`` are 0 or "" until it is stored.
    """

    id: str
    kind: str
    targets: tuple[Target, ...]
    payload: Mapping[str, Any]
    project: int = 0
    batch: int = 0
    actor: int = 0
    seq: int = 0
    at: int = 0
    previous_hash: str = ""
    hash: str = ""

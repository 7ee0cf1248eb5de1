"""Jobs: long work that the app started and a worker process does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

JOB_STATES = ("queued", "running", "done", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Job:
    """``progress`` counts up to ``total`` (0 while unknown); ``lease_until`` is UTC microseconds."""

    id: int
    kind: str
    project: int
    actor: int
    payload: Mapping[str, Any]
    state: str = "queued"
    progress: int = 0
    total: int = 0
    note: str = ""
    error: str = ""
    cancel_requested: bool = False
    lease_until: int = 0
    result: Mapping[str, Any] | None = None

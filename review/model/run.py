"""Runs of scoring that are kept: what was scored when, how, and with what scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class RunScore:
    """One system's score in a kept run.

    ``text`` says which text of a batch was scored: "machine output" or "after review"; "" for files. ``mean`` and
    ``interval`` (half of the 95% interval) are there where an interval was asked for.
    """

    system: str
    metric: str
    value: float
    signature: str
    text: str = ""
    mean: float | None = None
    interval: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A kept run. ``id`` and ``at`` (UTC microseconds) are 0, and ``actor`` is "", until it is stored.

    ``texts`` holds SHA-256 digests in hex: of the references under "references", of each system's text under
    "system NAME". ``options`` are those of the metrics, by name. ``batch`` is the imported batch's id, if it is of one
    that is still there.
    """

    name: str
    segments: int
    scores: tuple[RunScore, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    label: str = ""
    batch: int | None = None
    id: int = 0
    at: int = 0
    actor: str = ""

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems that were scored, in their order."""
        return tuple(dict.fromkeys(one.system for one in self.scores))

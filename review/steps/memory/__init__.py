"""Translation memory: what was confirmed, corrected or brought in is found again, whole, nearly, or by a phrase."""

from __future__ import annotations

from review.steps.memory import importing
from review.steps.memory.importing import bring_in, export, kept, listed, payload, preview, remove
from review.steps.memory.index import of
from review.steps.memory.jobs import build, run
from review.steps.memory.matching import Match, matches
from review.steps.memory.searching import Hit, Hits, concordance
from review.store import Store

__all__ = [
    "JOBS",
    "Hit",
    "Hits",
    "Match",
    "behind",
    "bring_in",
    "build",
    "concordance",
    "export",
    "kept",
    "listed",
    "matches",
    "payload",
    "preview",
    "remove",
]

JOBS = {"memory": run, "memory-import": importing.run, "memory-export": importing.run_export}
"""Kinds of jobs that this step does, for the worker."""


def behind(store: Store, project: int) -> bool:
    """Whether something of the memory was still to be put where it can be found, at the last look-up."""
    return of(store, project).behind

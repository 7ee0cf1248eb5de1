"""The memory's long work, for the worker: putting it on disk."""

from __future__ import annotations

from typing import Any

from review.errors import StoreError
from review.model import Job
from review.settings import settings
from review.steps.memory import index
from review.store import Store


def run(store: Store, job: Job, progress: index.Progress) -> dict[str, Any]:
    """Do a job of kind "memory"."""
    return {"entries": build(store, job.project, progress)}


def build(store: Store, project: int, progress: index.Progress | None = None) -> int:
    """Put on disk what of the project's memory is not there; returns the number of entries written.

    Raises StoreError where the folder cannot be written.
    """
    try:
        return index.build(store, project, progress)
    except OSError as error:
        raise StoreError(
            f"The memory cannot be kept in {settings().cache_folder} ({error.strerror}); make room there, or set "
            "REVIEW_CACHE to a folder that can be written."
        ) from error

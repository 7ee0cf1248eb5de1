"""Exports as jobs: a worker writes the file and keeps its bytes in the store, to be fetched for some days."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from review.errors import MissingError
from review.model import Job
from review.steps.exporting.writing import called, export
from review.store import Store, blobs

IN_MEMORY = 8 << 20
"""Bytes above which the file is made on disk."""


def payload(batch: int, format: str, article: int | None = None, system: str | None = None) -> dict[str, Any]:
    """What the job must know."""
    return {"batch": batch, "format": format, "article": article, "system": system}


def run(store: Store, job: Job, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Write the file that the job asks for. ``progress`` is told segments done and in all, and raises where the job
    is cancelled; then nothing is kept.
    """
    given = job.payload
    wanted = (int(given["batch"]), str(given["format"]), given.get("article"), given.get("system"))
    name, mime = called(store, *wanted)
    with cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)) as file:
        warnings = export(store, wanted[0], wanted[1], file, wanted[2], wanted[3], progress)
        size = file.tell() if file.seekable() else 0
        sha = blobs.keep_file(store, file)
    return {"sha": sha, "filename": name, "mime": mime, "size": size, "warnings": warnings}


def opened(store: Store, result: dict[str, Any]) -> BinaryIO:
    """The file that a job made. Raises MissingError where it was removed meanwhile."""
    try:
        return blobs.reader(store, result["sha"])
    except MissingError:
        raise MissingError(f"{result['filename']} is kept for some days only; prepare it again.") from None


JOBS = {"export": run}
"""Kinds of jobs that this step does, for the worker."""

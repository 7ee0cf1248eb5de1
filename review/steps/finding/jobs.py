"""Indexes made beside other work: after an import, and after a restart where one is missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from review.model import Job
from review.steps.finding import index as indexes
from review.store import Connection, Store, batches, indexing
from review.store import jobs as queue

LARGE = 5_000
"""Segments from which a batch's index is made by a job; a smaller one is made at once when it is needed."""


def run(store: Store, job: Job, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Do an index job: build or fold the index of its batch."""
    batch = int(job.payload["batch"])
    index = indexes.of(store, batch)
    with index.lock:
        corpus = index.follow(store, progress)
        return {"batch": batch, "segments": corpus.rows}


def published(connection: Connection, project: int, actor: int, batch: int) -> None:
    """Queue the index of a batch that was just shown, where it is large. Called in that transaction."""
    if batches.get(connection, batch).segments >= LARGE:
        queue.enqueue_once(connection, "index", project, actor, {"batch": batch})


def catch_up(store: Store) -> None:
    """Queue the large batches that have no index, and take away those of removed ones: called when a worker begins."""
    indexes.tidy(store)
    with store.read() as connection:
        large = indexing.large(connection, LARGE)
    for batch, project, actor in large:
        if not indexes.there(store, batch):
            store.write(
                partial(queue.enqueue_once, kind="index", project=project, actor=actor, payload={"batch": batch})
            )


JOBS = {"index": run}
"""Kinds of jobs that this step does, for the worker."""

"""Imports as jobs: the app puts the uploaded bytes into the store and names them in the job; a worker imports them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from review.formats import Source
from review.model import Job
from review.steps.finding import jobs as finding
from review.steps.importing.batch import import_batch
from review.steps.importing.inputs import Input
from review.store import Connection, Store, blobs
from review.store import jobs as queue

ONE = ("source", "documents")
SEVERAL = ("references", "alternatives")


def payload(store: Store, inputs: Sequence[Input], options: Mapping[str, Any]) -> dict[str, Any]:
    """The job's payload for an import, once every file's bytes are kept in the store by their SHA-256."""
    named = dict(options)
    for key in ONE:
        if named.get(key) is not None:
            named[key] = keep(store, Source.of(named[key], key if isinstance(named[key], bytes) else ""))
    for key in SEVERAL:
        named[key] = [
            keep(store, Source.of(item, key if isinstance(item, bytes) else "")) for item in named.get(key, ())
        ]
    return {
        "inputs": [
            {**keep(store, item.source), "system": item.system, "options": dict(item.options)} for item in inputs
        ],
        "options": {key: value for key, value in named.items() if value not in (None, "", [], ())},
    }


def run(store: Store, job: Job, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Do an import job. ``progress`` is told segments done and in all, and raises where the job is cancelled.

    The batch is shown, named in the job and queued for flagging in one transaction: a job begun again after
    that has nothing left to do.
    """
    if job.result is not None:
        return dict(job.result)
    options = dict(job.payload.get("options", {}))
    for key in ONE:
        if key in options:
            options[key] = kept(store, options[key])
    for key in SEVERAL:
        if key in options:
            options[key] = tuple(kept(store, item) for item in options[key])
    inputs = [
        Input(kept(store, item), item.get("system", ""), item.get("options", {})) for item in job.payload["inputs"]
    ]
    warnings: list[str] = []

    def published(connection: Connection, batch: int) -> None:
        queue.note_result(connection, job.id, {"batch": batch, "warnings": warnings})
        queue.enqueue(connection, "flag", job.project, job.actor, {"batch": batch})
        finding.published(connection, job.project, job.actor, batch)

    batch = import_batch(store, job.project, job.actor, inputs, options, progress, warnings, published)
    return {"batch": batch, "warnings": warnings}


def keep(store: Store, source: Source) -> dict[str, str]:
    """Keep a file's bytes in the store; returns what a job's payload says of it."""
    with source.open() as file:
        return {"sha": blobs.keep_file(store, file), "name": source.name, "encoding": source.encoding}


def kept(store: Store, item: Mapping[str, str]) -> Source:
    """The file that ``keep`` kept. Raises MissingError."""
    blobs.reader(store, item["sha"]).close()
    return Source(item["name"], stream=partial(blobs.reader, store, item["sha"]), encoding=item.get("encoding", ""))


JOBS = {"import": run}
"""Kinds of jobs that this step does, for the worker."""

"""Exported files that wait to be fetched: kept as blobs, and removed after some days."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select

from review.store import schema as s
from review.store.clock import now

if TYPE_CHECKING:
    from review.store.door import Store

KEPT = 3 * 24 * 3600 * 1_000_000
"""Microseconds that a file waits to be fetched."""


def sweep(store: Store) -> int:
    """Remove the files of exports that ended longer ago than KEPT, with their jobs. Returns how many."""
    j = s.job.c
    old = select(j.id, j.result).where(j.kind == "export", j.finished_at < now() - KEPT).order_by(j.id)
    with store.read() as connection:
        found = list(connection.execute(old))
    for number, result in found:
        sha = json.loads(result).get("sha", "") if result else ""
        store.write(partial(_remove, number=number, sha=sha), background=True)
    return len(found)


def _remove(connection: Connection, number: int, sha: str) -> None:
    """Remove a job and, unless something else is just these bytes, its file: an export of what nobody changed is its
    original.
    """
    connection.execute(delete(s.job).where(s.job.c.id == number))
    if not sha:
        return
    digest = bytes.fromhex(sha)
    j = s.job.c
    needed = (
        select(s.batch.c.id).where(s.batch.c.original == digest).limit(1),
        select(j.id).where(j.payload.contains(sha) | j.result.contains(sha)).limit(1),
    )
    if any(connection.scalar(query) is not None for query in needed):
        return
    connection.execute(delete(s.blob).where(s.blob.c.sha256 == digest))
    connection.execute(delete(s.blob_part).where(s.blob_part.c.sha256 == digest))

"""Bytes kept by their SHA-256: imported files, and uploads that a job waits to read."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select

from review.errors import MissingError
from review.store import schema as s
from review.store.applying import upsert

if TYPE_CHECKING:
    from review.store.door import Store

PART = 512 * 1024
"""Bytes written with the lock held once."""


def put(connection: Connection, data: bytes) -> str:
    """Keep bytes, once however often they come. Returns their SHA-256 in hex. See ``keep`` for large ones."""
    digest = hashlib.sha256(data).digest()
    if not _there(connection, digest):
        for number in range(0, len(data), PART):
            _put_part(connection, digest=digest, number=number // PART, data=data[number : number + PART])
        connection.execute(insert(s.blob).values(sha256=digest, size=len(data)))
    return digest.hex()


def keep(store: Store, data: bytes) -> str:
    """Keep bytes of any size in short transactions, so that reviewers keep typing; not within a write."""
    digest = hashlib.sha256(data).digest()
    with store.read() as connection:
        if _there(connection, digest):
            return digest.hex()
    for number in range(0, len(data), PART):
        part = data[number : number + PART]
        store.write(partial(_put_part, digest=digest, number=number // PART, data=part), background=True)

    def conclude(connection: Connection) -> None:
        if not _there(connection, digest):
            connection.execute(insert(s.blob).values(sha256=digest, size=len(data)))

    store.write(conclude)
    return digest.hex()


def get(connection: Connection, sha256: str) -> bytes:
    """The bytes of a SHA-256 in hex. Raises MissingError."""
    digest = bytes.fromhex(sha256)
    if not _there(connection, digest):
        raise MissingError("The uploaded file is no longer there; upload it again.")
    p = s.blob_part.c
    return b"".join(connection.scalars(select(p.bytes).where(p.sha256 == digest).order_by(p.number)))


def _there(connection: Connection, digest: bytes) -> bool:
    return connection.scalar(select(s.blob.c.size).where(s.blob.c.sha256 == digest)) is not None


def _put_part(connection: Connection, *, digest: bytes, number: int, data: bytes) -> None:
    upsert(connection, s.blob_part, ("sha256", "number"), [{"sha256": digest, "number": number, "bytes": data}])

"""Bytes kept by their SHA-256: imported files, and uploads that a job waits to read."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, insert, select

from review.errors import MissingError
from review.store import schema as s


def put(connection: Connection, data: bytes) -> str:
    """Keep bytes, once however often they come. Returns their SHA-256 in hex."""
    digest = hashlib.sha256(data).digest()
    if connection.scalar(select(s.blob.c.sha256).where(s.blob.c.sha256 == digest)) is None:
        connection.execute(insert(s.blob).values(sha256=digest, bytes=data))
    return digest.hex()


def get(connection: Connection, sha256: str) -> bytes:
    """The bytes of a SHA-256 in hex. Raises MissingError."""
    found = connection.scalar(select(s.blob.c.bytes).where(s.blob.c.sha256 == bytes.fromhex(sha256)))
    if found is None:
        raise MissingError("The uploaded file is no longer there; upload it again.")
    return bytes(found)

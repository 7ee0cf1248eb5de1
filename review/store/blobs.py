"""Bytes kept by their SHA-256: imported files, and uploads that a job waits to read."""

from __future__ import annotations

import hashlib
import io
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

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
    return keep_file(store, io.BytesIO(data))


def keep_file(store: Store, file: BinaryIO) -> str:
    """The same for a seekable file, of which one part at a time is in memory."""
    whole = hashlib.sha256()
    size = 0
    file.seek(0)
    while part := file.read(PART):
        whole.update(part)
        size += len(part)
    digest = whole.digest()
    with store.read() as connection:
        if _there(connection, digest):
            return digest.hex()
    file.seek(0)
    for number in range(-(-size // PART)):
        part = file.read(PART)
        store.write(partial(_put_part, digest=digest, number=number, data=part), background=True)

    def conclude(connection: Connection) -> None:
        if not _there(connection, digest):
            connection.execute(insert(s.blob).values(sha256=digest, size=size))

    store.write(conclude)
    return digest.hex()


def there(connection: Connection, sha256: str) -> bool:
    """True where the bytes of a SHA-256 in hex are kept."""
    return _there(connection, bytes.fromhex(sha256))


def get(connection: Connection, sha256: str) -> bytes:
    """The bytes of a SHA-256 in hex. Raises MissingError."""
    digest = bytes.fromhex(sha256)
    if not _there(connection, digest):
        raise MissingError("The uploaded file is no longer there; upload it again.")
    p = s.blob_part.c
    return b"".join(connection.scalars(select(p.bytes).where(p.sha256 == digest).order_by(p.number)))


def reader(store: Store, sha256: str) -> BinaryIO:
    """The bytes as a seekable file that holds a few parts in memory. Raises MissingError."""
    digest = bytes.fromhex(sha256)
    with store.read() as connection:
        size = connection.scalar(select(s.blob.c.size).where(s.blob.c.sha256 == digest))
    if size is None:
        raise MissingError("The uploaded file is no longer there; upload it again.")
    return io.BufferedReader(_Parts(store, digest, int(size)), PART)


class _Parts(io.RawIOBase):
    """A blob read part by part."""

    def __init__(self, store: Store, digest: bytes, size: int) -> None:
        self._store, self._digest, self._size, self._at = store, digest, size, 0
        self._number, self._part = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: object) -> int:
        number, skip = divmod(self._at, PART)
        if self._at >= self._size:
            return 0
        if number != self._number:
            p = s.blob_part.c
            query = select(p.bytes).where(p.sha256 == self._digest, p.number == number)
            with self._store.read() as connection:
                self._number, self._part = number, bytes(connection.scalar(query) or b"")
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._part[skip : skip + len(view)]
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def _there(connection: Connection, digest: bytes) -> bool:
    return connection.scalar(select(s.blob.c.size).where(s.blob.c.sha256 == digest)) is not None


def _put_part(connection: Connection, *, digest: bytes, number: int, data: bytes) -> None:
    upsert(connection, s.blob_part, ("sha256", "number"), [{"sha256": digest, "number": number, "bytes": data}])

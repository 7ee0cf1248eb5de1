"""Texts, kept once each under their SHA-256, so that one can be erased and every hash still verifies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from review.store.schema import text

CHUNK = 500
"""How many hashes one query asks for."""


class Erased(str):
    """Stands for a text whose body is gone: reads as "", hashes as the text that it was."""

    __slots__ = ("hash",)
    hash: bytes

    @classmethod
    def of(cls, digest: bytes) -> Erased:
        made = cls("")
        made.hash = digest
        return made


_INSERTS = {
    dialect.__name__.rpartition(".")[2]: dialect.insert(text).on_conflict_do_nothing()
    for dialect in (postgresql, sqlite)
}
_BODIES = select(text.c.hash, text.c.body).where(text.c.hash.in_(bindparam("hashes", expanding=True)))


def digest(body: str) -> bytes:
    """SHA-256 of the UTF-8 bytes."""
    if isinstance(body, Erased):
        return body.hash
    return hashlib.sha256(body.encode("utf-8")).digest()


def canonical(value: Any) -> str:
    """JSON in its one form: sorted keys, no spaces, no escapes but JSON's own."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def put(connection: Connection, bodies: Iterable[str]) -> None:
    """Store texts that are not there yet."""
    rows = [{"hash": digest(body), "body": body} for body in set(bodies) if not isinstance(body, Erased)]
    if rows:
        add_missing(connection, rows)


def add_missing(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Insert rows of ``text`` and pass over those that are there."""
    connection.execute(_INSERTS[connection.dialect.name], rows)


def has(connection: Connection, body: str) -> bool:
    """Whether a text is stored."""
    return connection.scalar(select(text.c.hash).where(text.c.hash == digest(body))) is not None


def get(connection: Connection, hashes: Iterable[bytes | None]) -> dict[bytes, str]:
    """The bodies behind hashes; an erased one is an ``Erased``."""
    wanted = sorted({item for item in hashes if item is not None})
    found: dict[bytes, str] = {}
    for start in range(0, len(wanted), CHUNK):
        for key, body in connection.execute(_BODIES, {"hashes": wanted[start : start + CHUNK]}):
            found[key] = Erased.of(key) if body is None else body
    return found

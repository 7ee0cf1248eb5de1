"""Passes: short-lived signed tokens that say who may send events to which batch, and until when."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from review.errors import AccessError, StoreError
from review.settings import Settings, settings

LIFETIME = 12 * 3600
"""Seconds. A working day; the page asks for a new one by itself."""

_SALT = "rendition.events"


@dataclass(frozen=True, slots=True)
class Pass:
    """What a token says: this actor, in this batch."""

    actor: int
    batch: int
    database: str = ""


def issue(actor: int, batch: int, database: str = "") -> str:
    """Sign a token for one actor and one batch of one database (``opening.database``)."""
    return _serializer().dumps([actor, batch, database])


def read(token: str, *, lifetime: int = LIFETIME) -> Pass:
    """Check a token and say what it allows.

    Raises AccessError where it is missing, forged or older than ``lifetime`` seconds.
    """
    try:
        actor, batch, database = _serializer().loads(token, max_age=lifetime)
        return Pass(int(actor), int(batch), str(database))
    except SignatureExpired:
        raise AccessError("The page's pass has expired; the page asks for a new one by itself.") from None
    except (BadSignature, TypeError, ValueError):
        raise AccessError("The page's pass does not hold; reload the page.") from None


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret(settings()), salt=_SALT)


@lru_cache(maxsize=8)
def secret(current: Settings) -> str:
    """``REVIEW_SECRET``, else the 0600 file beside the SQLite database, else one that dies with the process."""
    if current.secret:
        return current.secret
    if current.database_path is None:
        return secrets.token_urlsafe(32)
    return _from_file(current.database_path.with_name(current.database_path.name + ".secret"))


def _from_file(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and linked into place, so that no other process ever reads half a secret.
    aside = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
    found = path.read_text().strip()
    if len(found) < 32:
        raise StoreError(f"{path} is damaged: a secret has at least 32 characters. Delete it; a new one is made.")
    return found

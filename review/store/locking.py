"""One serving process a SQLite file: the lock goes when the process does, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from sqlalchemy import Engine

from review.errors import StoreError


class ServerLock:
    """An flock on ``<database>.lock``."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def take(cls, engine: Engine) -> ServerLock:
        """Take the lock of ``engine``'s file. Raises StoreError where another server has it."""
        path = Path(f"{engine.url.database}.lock")
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(f"{path}: cannot be opened ({error.strerror}); check the folder's permissions.") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise StoreError(
                f"{engine.url.database} is served by another process; end that one, or use another database."
            ) from None
        return cls(handle)

    def release(self) -> None:
        """Let the lock go."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

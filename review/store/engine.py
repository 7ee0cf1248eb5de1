"""Connections: which driver, which pragmas, how a transaction begins."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from review.errors import StoreError

SAFE_SQLITE = (3, 51, 3)
"""The first version without the WAL-reset bug (3.7.0 to 3.51.2), which can corrupt a database in WAL mode."""

WRITE = "rendition_write"
"""The execution option that makes a connection take the write lock when its transaction begins."""

LOCK_SECONDS = 30.0
POLL_SECONDS = 0.001
BUSY_MILLISECONDS = 10_000


def sqlite_module() -> ModuleType:
    """The SQLite driver: pysqlite3, or the standard one where its SQLite is sound.

    Raises StoreError where neither can be used.
    """
    try:
        from pysqlite3 import dbapi2

        module: ModuleType = dbapi2
    except ImportError:
        module = sqlite3
    check_version(module.sqlite_version_info)
    return module


def check_version(version: tuple[int, ...]) -> None:
    """Raise StoreError for an SQLite that may corrupt its file."""
    if (3, 7, 0) <= version < SAFE_SQLITE:
        name = ".".join(map(str, version))
        raise StoreError(
            f"SQLite {name} has the WAL-reset bug (3.7.0 to 3.51.2) and may damage the database; "
            "install the pinned pysqlite3 (pip install -r requirements.txt)."
        )


def connect(url: str) -> Engine:
    """An engine for ``url``. Raises StoreError where the URL cannot be used; nothing is opened yet."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError("REVIEW_DATABASE_URL is not a database URL; write sqlite:///path/to/file.sqlite3.") from None
    if parsed.get_backend_name() != "sqlite":
        raise StoreError(f"{parsed.get_backend_name()} is not offered yet; use a sqlite:/// URL.")
    if not parsed.database or parsed.database == ":memory:":
        raise StoreError("The store needs a file; write sqlite:///path/to/file.sqlite3.")
    path = Path(parsed.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent}: the folder cannot be made ({error.strerror}).") from error
    engine = create_engine(parsed, module=sqlite_module(), pool_size=8, max_overflow=56)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, record: object) -> None:
    connection.isolation_level = None  # transactions begin and end where this program says so
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA trusted_schema = OFF")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = bool(connection.get_execution_options().get(WRITE))
    if connection.info.get(WRITE, False) != writes:
        # SQLite's own back-off sleeps up to 100 ms and starves a reviewer behind an importer; short polls do not.
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {0 if writes else BUSY_MILLISECONDS}")
        connection.info[WRITE] = writes
    if not writes:
        connection.exec_driver_sql("BEGIN")
        return
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as error:
            if "locked" not in str(error.orig):
                raise
            if time.monotonic() > deadline:
                raise StoreError(
                    f"The database stayed locked for {LOCK_SECONDS:.0f} seconds; end the program that holds it."
                ) from error
            time.sleep(POLL_SECONDS)

"""The store as a whole: opened once a process, read by snapshot, written through one thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from review.errors import StoreError
from review.settings import settings
from review.store import batches, memories
from review.store.engine import WRITE, connect
from review.store.locking import ServerLock
from review.store.migrating import migrate
from review.store.writer import Writer, told

T = TypeVar("T")


class Store:
    """What is remembered. Open it with ``Store.open``; close it, or use it in a ``with`` statement."""

    def __init__(self, engine: Engine, lock: ServerLock | None) -> None:
        self.engine = engine
        self._lock = lock
        self._writer = Writer(engine)

    @classmethod
    def open(cls, url: str | None = None, *, serve: bool = False) -> Store:
        """Open the database (``REVIEW_DATABASE_URL`` if ``url`` is None), making or migrating it as needed.

        ``serve`` takes the one-server lock. What dead imports left behind is given up. Raises StoreError
        where it cannot be used: not reachable, newer than the program, or held by another server.
        """
        engine = connect(url or settings().database_url)
        lock = ServerLock.take(engine) if serve else None
        try:
            with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
                migrate(connection)
                batches.give_up_leftovers(connection)
                memories.give_up_leftovers(connection)
            return cls(engine, lock)
        except BaseException as error:
            engine.dispose()
            if lock:
                lock.release()
            reason = told(error)
            if reason is error:
                raise
            place = engine.url.render_as_string(hide_password=True)
            raise StoreError(f"{place} cannot be opened: {reason}") from error

    def write(self, fn: Callable[[Connection], T], *, background: bool = False) -> T:
        """Run ``fn`` in the writer thread and return its value after COMMIT.

        What ``fn`` raises is raised here, and only its own writes are rolled back. ``background`` work lets
        other writes go first. Raises StoreError where the database cannot be written.
        """
        return self._writer.submit(fn, background=background).result()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one snapshot of the store until the block ends.

        Raises StoreError where the database cannot be read.
        """
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            raise told(error) from error

    def ping(self) -> None:
        """Ask the database for one row. Raises StoreError where it does not answer."""
        with self.read() as connection:
            connection.exec_driver_sql("SELECT id FROM project LIMIT 1")

    def close(self) -> None:
        """Finish what is queued and let the database go. A second call does nothing."""
        self._writer.close()
        self.engine.dispose()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

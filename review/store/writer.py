"""One writer thread a process: many small writes share one commit, so that a disk flush is paid once for all."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from review.errors import StoreError
from review.store.engine import WRITE

T = TypeVar("T")

GROUP_SECONDS = 0.015
"""How long a group takes in further items before it commits."""

PAUSE_SECONDS = 0.004
"""How long background work leaves the lock alone after a commit, so that another process gets it."""


class Writer:
    """A queue of functions, each run with the write connection; ``submit`` returns a future.

    Each item has a savepoint of its own: an item that raises is rolled back alone. Futures resolve after
    COMMIT. Background items wait while others are there, one a group.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ready = threading.Condition()
        self._front: deque[tuple[Callable[[Connection], Any], Future[Any]]] = deque()
        self._back: deque[tuple[Callable[[Connection], Any], Future[Any]]] = deque()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[[Connection], T], *, background: bool = False) -> Future[T]:
        """Queue ``fn``. Raises StoreError where the store is closed, RuntimeError from within a write."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("a write was asked for within a write; use the connection at hand")
        future: Future[T] = Future()
        with self._ready:
            if self._closed:
                raise StoreError("The store is closed; open it again.")
            (self._back if background else self._front).append((fn, future))
            self._ready.notify()
        return future

    def close(self) -> None:
        """Finish what is queued and end the thread."""
        with self._ready:
            self._closed = True
            self._ready.notify()
        self._thread.join()

    def _next(self, *, wait: bool, back: bool) -> tuple[Callable[[Connection], Any], Future[Any], bool] | None:
        with self._ready:
            while wait and not self._front and not self._back and not self._closed:
                self._ready.wait()
            if self._front:
                return (*self._front.popleft(), False)
            if back and self._back:
                return (*self._back.popleft(), True)
            return None

    def _run(self) -> None:
        connection: Connection | None = None
        while (item := self._next(wait=True, back=True)) is not None:
            if connection is None:
                try:
                    connection = self._engine.connect().execution_options(**{WRITE: True})
                except Exception as error:  # noqa: BLE001 (whoever waits is told)
                    item[1].set_exception(told(error))
                    continue
            if self._group(connection, item):
                time.sleep(PAUSE_SECONDS)
        if connection is not None:
            connection.close()

    def _group(self, connection: Connection, first: tuple[Callable[[Connection], Any], Future[Any], bool]) -> bool:
        """Run ``first`` and what has come meanwhile in one transaction. True where background work was in it."""
        settled: list[tuple[Future[Any], Any, BaseException | None]] = []
        item: tuple[Callable[[Connection], Any], Future[Any], bool] | None = first
        background = False
        try:
            transaction = connection.begin()
        except Exception as error:  # noqa: BLE001
            first[1].set_exception(told(error))
            return False
        begun = time.monotonic()
        try:
            while item is not None:
                fn, future, back = item
                background = background or back
                settled.append((future, *_attempt(connection, fn)))
                late = time.monotonic() - begun > GROUP_SECONDS
                item = None if late else self._next(wait=False, back=not background)
            transaction.commit()
        except BaseException as error:  # noqa: BLE001 (nothing of the group is stored, and each is told)
            transaction.close()
            for future, _, failure in settled:
                future.set_exception(failure or told(error))
            if item is not None and not item[1].done():
                item[1].set_exception(told(error))
            return background
        for future, value, failure in settled:
            if failure is None:
                future.set_result(value)
            else:
                future.set_exception(failure)
        return background


def _attempt(connection: Connection, fn: Callable[[Connection], Any]) -> tuple[Any, BaseException | None]:
    savepoint = connection.begin_nested()
    try:
        value = fn(connection)
        savepoint.commit()
        return value, None
    except BaseException as error:  # noqa: BLE001 (handed to whoever asked for the write)
        try:
            savepoint.rollback()
        except Exception:  # noqa: BLE001
            # A full disk ends the whole transaction, savepoints and all; nobody of the group has stored anything.
            raise told(error) from None
        return None, told(error)


def told(error: BaseException) -> BaseException:
    """A driver's failure as a StoreError with its remedy; anything else as it is."""
    if not isinstance(error, DBAPIError):
        return error
    reason = str(_first(error).orig)
    if "full" in reason:
        remedy = "make room on the disk"
    elif "readonly" in reason or "unable to open" in reason:
        remedy = "check the file's and its folder's permissions"
    elif "constraint" in reason.lower():
        return error
    else:
        remedy = "see the log"
    wrapped = StoreError(f"The database could not store this ({reason}); {remedy}.")
    wrapped.__cause__ = error
    return wrapped


def _first(error: DBAPIError) -> DBAPIError:
    """The failure that the others followed from: what came after is only the failure to roll back.

    The driver's own errors stand between SQLAlchemy's in the chain, so all of it is looked through.
    """
    first, seen = error, set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        if isinstance(link, DBAPIError):
            first = link
        # Not the context first: what a failure was raised from goes before what was at hand by chance.
        link = link.__cause__ or link.__context__
    return first

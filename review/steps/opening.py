"""Open the store for this process, once, and put the samples in."""

from __future__ import annotations

import threading
from pathlib import Path
from weakref import WeakKeyDictionary

from review.settings import settings
from review.store import Store, people

SAMPLES = Path(__file__).parents[2] / "corpora" / "articles"

_open: dict[str, Store] = {}
_names: WeakKeyDictionary[Store, str] = WeakKeyDictionary()
_lock = threading.Lock()


def shared() -> Store:
    """The process's store, by settings; opened at the first call, with the one-server lock.

    Raises StoreError where it cannot be opened.
    """
    url = settings().database_url
    with _lock:
        if url not in _open:
            _open[url] = Store.open(url, serve=True)
        return _open[url]


def close() -> None:
    """Finish what is being written and close every store of this process."""
    with _lock:
        for store in _open.values():
            store.close()
        _open.clear()


def database() -> str:
    """A short name for the database that this process serves, so that a browser tells one from another."""
    store = shared()
    if store not in _names:
        with store.read() as connection:
            _names[store] = people.database(connection)
    return _names[store]


def ping() -> None:
    """Ask the store for one row. Raises StoreError where it does not answer."""
    shared().ping()


def prepare() -> None:
    """Make the store ready for users: the local user, and the sample articles if it is empty."""
    from review.store import batches

    store = shared()
    project, actor = store.write(people.ensure_local)
    with store.read() as connection:
        empty = not batches.rows(connection, project)
    if empty and settings().samples:
        from review.steps import importing, jobs

        batch = importing.import_samples(store, project, actor, SAMPLES)
        if batch is not None:
            jobs.start(store, project, actor, "flag", {"batch": batch})

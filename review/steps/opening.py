"""Open the store for this process, once; put the samples in; start the worker."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from review.log import log
from review.settings import settings
from review.store import Store

SAMPLES = Path(__file__).parents[2] / "corpora" / "articles"

_open: dict[str, Store] = {}
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


def ping() -> None:
    """Ask the store for one row. Raises StoreError where it does not answer."""
    shared().ping()


def prepare() -> None:
    """Make the store ready for users: the local user, and the sample articles if it is empty."""
    from review.store import batches, people

    store = shared()
    project, actor = store.write(people.ensure_local)
    with store.read() as connection:
        empty = not batches.rows(connection, project)
    if empty and settings().samples:
        from review.steps import importing, jobs

        batch = importing.import_samples(store, project, actor, SAMPLES)
        if batch is not None:
            jobs.start(store, project, actor, "flag", {"batch": batch})


def start_worker() -> subprocess.Popen[bytes]:
    """Start the process that does long work. It ends with this one's standard input."""
    log("info", "worker starts")
    return subprocess.Popen([sys.executable, "-m", "review", "work", "--follow"], stdin=subprocess.PIPE)


def stop_worker(worker: subprocess.Popen[bytes], patience: float = 10.0) -> None:
    """Ask the worker to finish its step and end; end it after ``patience`` seconds."""
    if worker.stdin:
        worker.stdin.close()
    try:
        worker.wait(patience)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()

"""Jobs: work that takes longer than a request, done by ``python -m review work``.

A file of this room offers handlers as ``JOBS = {"kind": function}``; a handler is called as
``function(store, job, progress)`` and returns the job's result (JSON) or None. It calls
``progress(done, total, note)`` now and then; that call ends the work where it was cancelled or the worker
must end. A handler may be begun again after its worker was lost, so what it leaves half done must not show.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from uuid import uuid4

from review import registry
from review.errors import RefusedError, ReviewError
from review.log import log
from review.model import Job
from review.store import Store, batches, exports, memories, wide
from review.store import jobs as queue
from review.store.process import owner

Handler = Callable[[Store, Job, "Progress"], Mapping[str, Any] | None]

BEAT_SECONDS = 5.0
WRITE_SECONDS = 0.25
POLL_SECONDS = 0.3
LANES = (
    frozenset({"judge", "evaluate"}),
    frozenset({"score", "learn"}),
    frozenset({"propagate"}),
    frozenset({"export"}),
    frozenset({"index"}),
    frozenset({"memory", "memory-import", "memory-export"}),
)
"""Kinds done beside all others, lane by lane: those that take hours must keep nobody waiting, those that come with
every edit neither, and those that somebody waits for must not wait.
"""


class Ended(Exception):
    """Raised within a handler to end it: cancelled, or taken away, or the worker ends."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(state)


def start(store: Store, project: int, actor: int, kind: str, payload: Mapping[str, Any]) -> int:
    """Queue a job; returns its id. Raises RefusedError for a kind that nobody handles."""
    if kind not in handlers():
        raise RefusedError(f"There is no job of kind {kind!r}; there are: {', '.join(sorted(handlers()))}.")
    return store.write(lambda connection: queue.enqueue(connection, kind, project, actor, payload))


@lru_cache(maxsize=1)
def handlers() -> dict[str, Handler]:
    """Every handler by the kind of job that it does."""
    import review.steps

    found: dict[str, Handler] = {}
    for offered in registry.find(review.steps, "JOBS").values():
        found.update(offered)
    return found


class Progress:
    """How a handler says how far it is; a thread keeps the lease while it says nothing."""

    def __init__(self, store: Store, job: Job, name: str, stop: threading.Event) -> None:
        self._store, self._job, self._name, self._stop = store, job, name, stop
        self._said = 0.0
        self._ended: str | None = None
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"job-{job.id}", daemon=True)
        self._thread.start()

    def __call__(self, done: int, total: int | None = None, note: str = "") -> None:
        """Say how far the work is. Raises Ended where it shall not go on."""
        if self._stop.is_set():
            raise Ended("queued")
        if self._ended:
            raise Ended(self._ended)
        if time.monotonic() - self._said < WRITE_SECONDS:
            return
        self._said = time.monotonic()
        self._write(done, total, note)
        if self._ended:
            raise Ended(self._ended)

    def close(self) -> None:
        """Stop keeping the lease."""
        self._done.set()
        self._thread.join()

    def _write(self, done: int | None = None, total: int | None = None, note: str = "") -> None:
        number, name = self._job.id, self._name
        try:
            goes_on = self._store.write(lambda connection: queue.heartbeat(connection, number, name, done, total, note))
        except RefusedError:
            self._ended = "lost"
        else:
            self._ended = self._ended if goes_on else "cancelled"

    def _beat(self) -> None:
        while not self._done.wait(BEAT_SECONDS):
            try:
                self._write()
            except ReviewError as error:
                log("warning", "heartbeat failed", error=error, job=self._job.id)


def work_one(store: Store, name: str, stop: threading.Event, known: Mapping[str, Handler]) -> Job | None:
    """Claim one job and do it. Returns it as it was claimed; None where there was none."""
    with store.read() as connection:
        if not queue.waiting(connection, known):
            return None
    job = store.write(lambda connection: queue.claim(connection, name, known))
    if job is None:
        return None
    log("info", "job begins", job=job.id, kind=job.kind)
    state, result, error = _run(store, job, name, stop, known[job.kind])
    log("info", "job ends", job=job.id, kind=job.kind, state=state)
    try:
        if state == "queued":
            store.write(lambda connection: queue.give_back(connection, job.id, name))
        elif state != "lost":
            store.write(lambda connection: queue.finish(connection, job.id, name, state, result=result, error=error))
    except RefusedError as refused:
        log("warning", "job was taken over", error=refused, job=job.id)
    return job


def _run(
    store: Store, job: Job, name: str, stop: threading.Event, handler: Handler
) -> tuple[str, Mapping[str, Any] | None, str]:
    progress = Progress(store, job, name, stop)
    try:
        return "done", handler(store, job, progress), ""
    except Ended as ended:
        return ended.state, None, ""
    except ReviewError as error:
        log("warning", "job failed", error=error, job=job.id, kind=job.kind)
        return "failed", None, str(error)
    except Exception as error:  # noqa: BLE001 (the worker must outlive any job)
        log("error", "job failed", error=error, job=job.id, kind=job.kind)
        return "failed", None, f"This is a bug in the program ({type(error).__name__}); it is written in the log."
    finally:
        progress.close()


def work(store: Store, stop: threading.Event, *, follow: bool = False) -> int:
    """Do what is queued, one after another; with ``follow`` go on until ``stop`` is set. Returns how many.

    With ``follow`` the jobs of each of LANES are done beside the others, in a thread of their own.
    """
    batches.sweep(store)
    memories.sweep(store)
    wide.sweep(store)
    exports.sweep(store)
    known = handlers()
    if "flag" in known:
        from review.steps import reflagging

        reflagging.catch_up(store)
    if "index" in known:
        from review.steps.finding import jobs as finding

        finding.catch_up(store)
    lanes = [{kind: known[kind] for kind in lane if kind in known} for lane in LANES] if follow else []
    lanes = [lane for lane in lanes if lane]
    threads = [threading.Thread(target=_beside, args=(store, stop, lane), name="jobs-beside") for lane in lanes]
    for thread in threads:
        thread.start()
    try:
        rest = {kind: known[kind] for kind in known if not any(kind in lane for lane in lanes)}
        return _lane(store, stop, rest, follow=follow)
    finally:
        if threads:
            stop.set()
        for thread in threads:
            thread.join()


def _beside(store: Store, stop: threading.Event, known: Mapping[str, Handler]) -> None:
    """Do slow jobs; where that breaks, the whole worker ends, to be started again."""
    try:
        _lane(store, stop, known, follow=True)
    except Exception as error:  # noqa: BLE001 (a thread that dies unheard leaves its jobs waiting for ever)
        log("error", "worker failed", error=error)
        stop.set()


def _lane(store: Store, stop: threading.Event, known: Mapping[str, Handler], *, follow: bool) -> int:
    name = f"{uuid4().hex[:8]}@{owner()}"
    done = 0
    while not stop.is_set():
        if work_one(store, name, stop, known) is not None:
            done += 1
            batches.sweep(store)  # what a cancelled or failed import left
            memories.sweep(store)
            exports.sweep(store)
        elif not follow:
            break
        else:
            stop.wait(POLL_SECONDS)
    return done

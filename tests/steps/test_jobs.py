"""Jobs: done once, cancelled when asked, begun again when their worker is lost."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import pytest

from review.errors import InputError, RefusedError
from review.model import Job
from review.steps import jobs
from review.store import Store, people
from review.store import jobs as queue
from review.store.process import owner


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Handlers of this test only."""
    found: dict[str, Any] = {}
    monkeypatch.setattr(jobs, "handlers", lambda: found)
    monkeypatch.setattr(jobs, "WRITE_SECONDS", 0.0)
    return found


@pytest.fixture
def place(store: Store) -> tuple[int, int]:
    return store.write(people.ensure_local)


def state(store: Store, number: int) -> Job:
    with store.read() as connection:
        return queue.get(connection, number)


def test_a_job_is_done_and_its_result_kept(store: Store, place: tuple[int, int], known: dict[str, Any]) -> None:
    def count(store: Store, job: Job, progress: jobs.Progress) -> Mapping[str, Any]:
        for number in range(job.payload["to"]):
            progress(number + 1, job.payload["to"], "counting")
        return {"sum": 6}

    known["count"] = count
    number = jobs.start(store, *place, "count", {"to": 3})
    assert state(store, number).state == "queued"
    assert jobs.work(store, threading.Event()) == 1
    done = state(store, number)
    assert (done.state, done.result, done.progress, done.total, done.note) == ("done", {"sum": 6}, 3, 3, "counting")
    assert jobs.work(store, threading.Event()) == 0


def test_jobs_are_done_in_order(store: Store, place: tuple[int, int], known: dict[str, Any]) -> None:
    seen: list[int] = []
    known["note"] = lambda store, job, progress: seen.append(job.id)
    numbers = [jobs.start(store, *place, "note", {}) for _ in range(3)]
    jobs.work(store, threading.Event())
    assert seen == numbers
    with store.read() as connection:
        assert [job.id for job in queue.rows(connection, place[0])] == numbers[::-1]


@pytest.mark.parametrize(
    ("error", "says"),
    [(InputError("a.txt: empty. Give another file."), "a.txt: empty"), (ZeroDivisionError(), "bug in the program")],
)
def test_a_job_that_fails_says_why_and_the_next_is_done(
    store: Store, place: tuple[int, int], known: dict[str, Any], error: Exception, says: str
) -> None:
    def fail(store: Store, job: Job, progress: jobs.Progress) -> None:
        raise error

    known |= {"fail": fail, "well": lambda store, job, progress: None}
    bad, good = jobs.start(store, *place, "fail", {}), jobs.start(store, *place, "well", {})
    assert jobs.work(store, threading.Event()) == 2
    assert state(store, bad).state == "failed"
    assert says in state(store, bad).error
    assert state(store, good).state == "done"


def test_a_running_job_ends_where_it_is_cancelled(store: Store, place: tuple[int, int], known: dict[str, Any]) -> None:
    def endless(store: Store, job: Job, progress: jobs.Progress) -> None:
        store.write(lambda connection: queue.cancel(connection, job.id))
        for number in range(100):
            progress(number)
        raise AssertionError("went on after its cancellation")

    known["endless"] = endless
    number = jobs.start(store, *place, "endless", {})
    jobs.work(store, threading.Event())
    assert state(store, number).state == "cancelled"


def test_a_waiting_job_is_cancelled_at_once(store: Store, place: tuple[int, int], known: dict[str, Any]) -> None:
    known["never"] = lambda store, job, progress: pytest.fail("was begun")
    number = jobs.start(store, *place, "never", {})
    store.write(lambda connection: queue.cancel(connection, number))
    assert jobs.work(store, threading.Event()) == 0
    assert state(store, number).state == "cancelled"


def test_a_worker_that_must_end_gives_its_job_back(store: Store, place: tuple[int, int], known: dict[str, Any]) -> None:
    stop = threading.Event()
    runs: list[int] = []

    def stopped(store: Store, job: Job, progress: jobs.Progress) -> None:
        runs.append(job.id)
        if len(runs) == 1:
            stop.set()
            progress(1)

    known["stopped"] = stopped
    number = jobs.start(store, *place, "stopped", {})
    jobs.work(store, stop)
    assert state(store, number).state == "queued"
    assert jobs.work(store, threading.Event()) == 1
    assert state(store, number).state == "done"
    assert runs == [number, number]


def test_a_job_whose_worker_is_gone_is_begun_again_and_at_last_given_up(
    store: Store, place: tuple[int, int], known: dict[str, Any]
) -> None:
    known["lost"] = lambda store, job, progress: None
    number = jobs.start(store, *place, "lost", {})
    host, _, _ = owner().rsplit(":", 2)
    for attempt in range(queue.ATTEMPTS):
        claimed = store.write(lambda connection: queue.claim(connection, f"w@{host}:999999999:1", known))
        assert claimed is not None, attempt
    assert store.write(lambda connection: queue.claim(connection, "next", known)) is None
    assert state(store, number).state == "failed"
    assert "several times" in state(store, number).error


def test_a_job_under_a_lease_is_left_alone(store: Store, place: tuple[int, int], known: dict[str, Any]) -> None:
    known["held"] = lambda store, job, progress: None
    number = jobs.start(store, *place, "held", {})
    assert store.write(lambda connection: queue.claim(connection, owner(), known)) is not None
    assert store.write(lambda connection: queue.claim(connection, "another", known)) is None
    assert jobs.work(store, threading.Event()) == 0
    with pytest.raises(RefusedError):
        store.write(lambda connection: queue.heartbeat(connection, number, "another"))
    with pytest.raises(RefusedError):
        store.write(lambda connection: queue.finish(connection, number, "another"))
    assert state(store, number).state == "running"


def test_a_kind_that_nobody_does_is_refused(store: Store, place: tuple[int, int]) -> None:
    with pytest.raises(RefusedError, match="no job of kind"):
        jobs.start(store, *place, "nonsense", {})

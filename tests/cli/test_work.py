"""``review work``: does what is queued, and ends when its pipe does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from review.steps import jobs
from review.store import Store, people
from review.store import jobs as queue


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "REVIEW_DATABASE_URL": f"sqlite:///{tmp_path / 'work.sqlite3'}"}


def work(environment: dict[str, str], *given: str, **extra: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "review", "work", *given]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, **extra)  # type: ignore[call-overload, no-any-return]


def test_with_nothing_to_do_it_says_so_and_ends(environment: dict[str, str]) -> None:
    done = work(environment, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout) == (0, "No job is waiting.\n")


def test_a_worker_ends_when_the_pipe_of_its_parent_does(environment: dict[str, str]) -> None:
    done = work(environment, "--follow", input="")
    assert done.returncode == 0


def test_a_queued_job_is_done(environment: dict[str, str]) -> None:
    with Store.open(environment["REVIEW_DATABASE_URL"]) as store:
        project, actor = store.write(people.ensure_local)
        number = jobs.start(store, project, actor, "flag", {"batch": 999})
        done = work(environment, stdin=subprocess.DEVNULL)
        assert (done.returncode, done.stdout) == (0, "1 job done.\n")
        with store.read() as connection:
            job = queue.get(connection, number)
    assert job.state in ("done", "failed")
    assert job.lease_until == 0

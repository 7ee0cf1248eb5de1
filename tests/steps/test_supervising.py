"""The worker is kept running while the app runs, and ends with it."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from review.steps.supervising import Worker

WAITING = (sys.executable, "-c", "import sys; sys.stdin.read()")
STUBBORN = (sys.executable, "-c", "import time\nwhile True: time.sleep(60)")


def gone(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_worker_that_is_killed_is_started_again() -> None:
    worker = Worker(WAITING, pause=0.01).start()
    first = worker.wait_for_start(1)
    os.kill(first, signal.SIGKILL)
    second = worker.wait_for_start(2)
    assert second != first
    worker.stop()
    assert gone(first)
    assert gone(second)


@pytest.mark.parametrize("command", [WAITING, STUBBORN], ids=["one that listens", "one that does not"])
def test_the_worker_ends_when_it_is_stopped_and_is_not_started_again(command: tuple[str, ...]) -> None:
    worker = Worker(command, pause=0.01).start()
    number = worker.wait_for_start(1)
    worker.stop(patience=1)
    assert gone(number)
    assert worker.starts == 1


def test_a_worker_that_was_never_started_can_be_waited_for_in_vain() -> None:
    with pytest.raises(TimeoutError, match="0 times"):
        Worker(WAITING).wait_for_start(1, patience=0.01)

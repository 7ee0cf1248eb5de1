"""How threads run and end: side by side, in place where that will do, and none is left when something is wrong."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from review.workers.here import Threads, cores

PATIENCE = 30
"""Seconds after which a test that would hang fails instead."""


def map_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("map")]


def test_results_come_as_they_are_done_and_not_in_the_order_of_items() -> None:
    second_is_done = threading.Event()

    def function(item: int) -> int:
        if item == 0:
            assert second_is_done.wait(PATIENCE)
        return item

    found = []
    for position, _ in Threads(2)(function, [0, 1]):
        found.append(position)
        second_is_done.set()
    assert found == [1, 0]


def test_as_many_calls_run_at_once_as_the_mapper_is_wide() -> None:
    together = threading.Barrier(3)
    found = Threads(3)(lambda item: together.wait(PATIENCE) >= 0, range(3))
    assert [result for _, result in found] == [True] * 3


@pytest.mark.parametrize(("width", "count"), [(1, 3), (4, 1)])
def test_one_thread_or_one_item_is_mapped_in_place(width: int, count: int) -> None:
    threads = {result for _, result in Threads(width)(lambda _: threading.current_thread(), range(count))}
    assert threads == {threading.current_thread()}


@pytest.mark.parametrize("width", [1, 3])
@pytest.mark.parametrize("bad", [0, 7, 19])
def test_what_a_call_raises_is_raised_to_who_iterates_and_no_thread_is_left(width: int, bad: int) -> None:
    def function(item: int) -> int:
        if item == bad:
            raise LookupError(f"item {item}")
        return item

    mapping = Threads(width)(function, range(20))
    with pytest.raises(LookupError, match=f"item {bad}"):
        list(mapping)
    assert map_threads() == []


def test_items_that_nobody_waits_for_any_more_are_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads hold an item each while the iteration ends; all others still wait for their turn."""
    begun: list[int] = []
    go_on = threading.Event()

    class Pool(ThreadPoolExecutor):
        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
            super().shutdown(wait=False, cancel_futures=cancel_futures)
            go_on.set()
            super().shutdown(wait=wait)

    def function(item: int) -> int:
        begun.append(item)
        if item:
            assert go_on.wait(PATIENCE)
        return item

    monkeypatch.setattr("review.workers.here.ThreadPoolExecutor", Pool)
    mapping = Threads(2)(function, range(50))
    for position, _ in mapping:
        assert position == 0
        break
    mapping.close()  # type: ignore[attr-defined]
    assert len(begun) <= 3
    assert map_threads() == []


def test_all_cores_are_used_unless_told_otherwise() -> None:
    assert Threads().width == cores()
    assert 1 <= cores() <= (os.cpu_count() or 1)

"""Mapping in threads of this process: compiled loops run side by side, Python's own do not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

from review.workers import Grain

GRAIN = Grain(smallest=1, largest=10_000, seconds=0.5)
"""Small parts: a call costs nothing, and progress is told often."""


def cores() -> int:
    """How many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class Threads:
    """A mapper of ``width`` threads (all cores by default); one thread, or one item, is mapped in place."""

    def __init__(self, width: int | None = None, grain: Grain = GRAIN) -> None:
        self.width = width or cores()
        self.grain = grain

    def __call__(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        if self.width == 1 or len(items) <= 1:
            for position, item in enumerate(items):
                yield position, function(item)
            return
        pool, wait = ThreadPoolExecutor(self.width, thread_name_prefix="map"), True
        try:
            waiting = {pool.submit(function, item): position for position, item in enumerate(items)}
            for done in as_completed(waiting):
                # Popped, so that a result is kept by nobody but who asked for it.
                yield waiting.pop(done), done.result()
        except KeyboardInterrupt:
            wait = False
            raise
        finally:
            pool.shutdown(wait=wait, cancel_futures=True)

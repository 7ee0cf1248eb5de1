"""One cluster of two workers for the tests that leave it whole; others start their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.workers.cluster import Running


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Running]]:
    """Starts clusters of so many workers; they end with the tests."""
    pytest.importorskip("distributed", reason="the package distributed is not installed")
    found: list[Running] = []

    def begin(workers: int, path: Path | None = None) -> Running:
        found.append(Running(tmp_path_factory.mktemp("cluster")))
        for _ in range(workers):
            found[-1].worker(**({"path": path} if path else {}))
        return found[-1]

    yield begin
    for cluster in found:
        cluster.stop()


@pytest.fixture(scope="session")
def cluster(start: Callable[..., Running]) -> Running:
    """A scheduler and two workers."""
    return start(2)

"""Scores of a real cluster (a scheduler and workers as processes of their own) are the threads' to the last integer."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from review.errors import ClusterError, FormatError, InputError, MissingError
from review.metrics import Prepared, metrics
from review.metrics.parts import measure_part
from review.steps import scoring
from review.steps.scoring.measuring import cut
from review.workers import Grain
from review.workers.dask import Cluster
from tests.workers.cluster import ROOT, Running, broken, stubborn, until

needs_dask = pytest.mark.skipif(find_spec("distributed") is None, reason="the package distributed is not installed")

SMALL = Grain(smallest=20, largest=20, seconds=60.0)

WORDS = "the port opened in 1980 and moved 4.1 million tonnes of coal, ore and grain last year".split()
REFERENCE = [" ".join(WORDS[number % 7 :][: 4 + number % 9]) for number in range(120)]
SYSTEMS = {
    "one": [" ".join(reversed(text.split())) if number % 3 else text for number, text in enumerate(REFERENCE)],
    "two": [text.replace("port", "harbour") if number % 5 else "" for number, text in enumerate(REFERENCE)],
}
METRICS = ("bleu", "chrf", "chrf++", "ter")


def opened(running: Running, workers: int, grain: Grain = SMALL) -> Cluster:
    """A mapper over the cluster, once so many workers have come to it."""
    found: list[Cluster] = []

    def ready() -> bool:
        try:
            found.append(Cluster(running.address, grain))
        except ClusterError as error:
            if "has no workers" not in str(error):
                raise
            return False
        if found[-1].width == workers:
            return True
        found.pop().close()
        return False

    until(ready, f"{workers} workers come")
    return found[0]


@pytest.fixture
def mapper(cluster: Running) -> Iterator[Cluster]:
    with opened(cluster, 2) as found:
        yield found


def measured(mapper: Any) -> scoring.Measured:
    return scoring.measure(SYSTEMS, [REFERENCE], METRICS, mapper=mapper)


def same(one: scoring.Measured, other: scoring.Measured) -> bool:
    return one.rows.keys() == other.rows.keys() and all(
        rows.dtype == other.rows[key].dtype and np.array_equal(rows, other.rows[key]) for key, rows in one.rows.items()
    )


def test_every_matrix_is_the_threads(mapper: Cluster) -> None:
    here = measured(None)
    there = measured(mapper)
    assert len(here.rows) == 8
    assert same(there, here)
    assert scoring.combine(there) == scoring.combine(here)


def test_a_part_holds_as_much_as_the_mapper_says(mapper: Cluster) -> None:
    told: list[int] = []
    scoring.measure(SYSTEMS, [REFERENCE], ["bleu"], mapper=mapper, progress=lambda done, total: told.append(done))
    assert told == [20 * number for number in range(1, 13)]


def test_a_killed_worker_changes_nothing(start: Callable[..., Running], tmp_path: Path) -> None:
    """One of the two is killed by SIGKILL while it has a part and others are done; the other does that part anew."""
    chosen, references = metrics(METRICS), Prepared.of([REFERENCE])
    parts = list(cut(list(SYSTEMS.values()), references, 10))
    found: dict[int, Any] = {}
    killed = 0
    with opened(start(2), 2) as mapper:
        for position, result in mapper(partial(stubborn, folder=str(tmp_path), metrics=chosen), parts):
            found[position] = result
            if not killed:
                until((tmp_path / "first").exists, "a worker has a part that it never ends")
                killed = int((tmp_path / "first").read_text())
                os.kill(killed, signal.SIGKILL)
                assert len(found) < len(parts)
        until(lambda: mapper._look() == 1, "the scheduler has one worker left")
    assert killed
    assert sorted(found) == list(range(len(parts)))
    for part, position in zip(parts, sorted(found), strict=True):
        for one, other in zip(found[position], measure_part(part, chosen, fast=False), strict=True):
            assert all(np.array_equal(left, right) for left, right in zip(one, other, strict=True))


def test_workers_read_their_own_partitions_of_a_file(mapper: Cluster, tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    rows = [
        {"system": name, "segment": number, "hypothesis": texts[number], "references": [REFERENCE[number]]}
        for number in range(len(REFERENCE))
        for name, texts in SYSTEMS.items()
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    told: list[int] = []
    found, _ = scoring.measure_files(
        [str(path)], METRICS, mapper=mapper, progress=lambda done, total: told.append(done)
    )
    assert len(told) > 10
    assert same(found, measured(None))
    with path.open("a") as file:
        file.write('{"hypothesis": "x"}\n')
    with pytest.raises(FormatError, match="line 241: the line has no reference") as caught:
        scoring.measure_files([str(path)], METRICS, mapper=mapper)
    assert caught.value.line == 241


class Watched(Sequence[int]):
    """Knows how many of its items were taken."""

    def __init__(self, count: int) -> None:
        self.count, self.taken = count, 0

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, place: Any) -> Any:
        if place >= self.count:
            raise IndexError
        self.taken += 1
        return place


def test_few_items_are_on_the_way_at_once(mapper: Cluster) -> None:
    items, done = Watched(40), 0
    for position, result in mapper(abs, items):
        done += 1
        assert result == position
        assert items.taken - done <= mapper.width + 2
    assert done == 40


def test_an_error_comes_back_and_no_text_stands_in_a_log(cluster: Running, mapper: Cluster) -> None:
    parts = list(cut([["a secret sentence"] * 50], Prepared.of([["x"] * 50]), 10))
    with pytest.raises(ValueError, match="cannot read a secret sentence"):
        list(mapper(broken, parts))
    until(lambda: not any(mapper._client.processing().values()), "what was asked for is dropped")
    assert "secret" not in cluster.logs()


def test_workers_without_the_program_are_told(start: Callable[..., Running], tmp_path: Path) -> None:
    running = start(1, tmp_path)
    with pytest.raises(ClusterError, match=r"does not find this program's package review.*PYTHONPATH"):
        opened(running, 1)


def test_other_versions_are_told(start: Callable[..., Running], tmp_path: Path) -> None:
    """At the start, and where such a worker comes while the work goes on."""
    other = tmp_path / "review"
    shutil.copytree(ROOT / "review", other, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "metrics" / "bleu.py").open("a") as file:
        file.write("# Another line.\n")
    running = start(1)
    with opened(running, 1) as mapper:
        running.worker(tmp_path)
        until(lambda: mapper._look() == 2, "the other worker comes")
        with pytest.raises(ClusterError, match=r"came later runs other versions \(review .* there and .* here\)"):
            list(mapper(abs, range(100)))
    with pytest.raises(ClusterError, match=r"The worker at tcp.* runs other versions \(review .* there and .* here\)"):
        Cluster(running.address)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "review", "score", *arguments], cwd=ROOT, env={**os.environ, **environment},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip


@pytest.fixture
def lines(tmp_path: Path) -> list[str]:
    (tmp_path / "one.txt").write_text("\n".join(SYSTEMS["one"]) + "\n", "utf-8")
    (tmp_path / "reference.txt").write_text("\n".join(REFERENCE) + "\n", "utf-8")
    return [str(tmp_path / "one.txt"), "-r", str(tmp_path / "reference.txt"), "--format", "json"]


def test_the_command_prints_what_it_prints_without_a_cluster(cluster: Running, lines: list[str]) -> None:
    here, there = run(*lines), run(*lines, "--scheduler", cluster.address)
    assert (there.returncode, there.stderr) == (0, "")
    assert there.stdout == here.stdout
    by_setting = run(*lines, REVIEW_SCHEDULER=cluster.address)
    assert (by_setting.stdout, by_setting.stderr) == (here.stdout, "")


@needs_dask
def test_an_address_where_nothing_listens_is_one_sentence(lines: list[str]) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{reserved.getsockname()[1]}"
        found = run(*lines, "--scheduler", address)
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith(f"review: No Dask scheduler answers at {address} (")
    assert found.stderr.count("\n") == 1


@needs_dask
def test_a_listener_that_is_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review.workers.dask.KNOCK_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ClusterError, match=f"answers at {address} .no answer in time"):
            Cluster(address)


@pytest.mark.parametrize("address", ["localhost:8786", "http://localhost:8786", "tcp://localhost", "tcp://x:y", "x"])
def test_an_address_of_another_form_is_told(address: str) -> None:
    with pytest.raises(InputError, match="is no scheduler's address; write it as tcp://host:port"):
        Cluster(address)


def test_without_dask_its_installation_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dask", None)
    with pytest.raises(MissingError, match=r"packages dask and distributed.*pip install -r requirements-optional\.txt"):
        Cluster("tcp://127.0.0.1:8786")


def test_little_work_stays_here_where_the_amount_is_said() -> None:
    with scoring.place("tcp://127.0.0.1:1", texts=100) as mapper:
        assert type(mapper).__name__ == "Threads"

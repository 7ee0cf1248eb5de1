"""A Dask cluster of separate processes, and what its workers are made to do in tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from review.metrics.parts import Part, measure_part

ROOT = Path(__file__).parents[2]


class Running:
    """A scheduler and its workers, started by ``python -m distributed.cli...``; ``stop`` ends them all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        self.start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        until(lambda: file.exists() and b'"address"' in file.read_bytes(), "the scheduler writes where it is")
        import json

        self.address: str = json.loads(file.read_text())["address"]

    def start(self, program: str, *arguments: str, path: Path = ROOT) -> subprocess.Popen[bytes]:
        log = self.folder / f"{len(self.processes)}.log"
        environment = {**os.environ, "PYTHONPATH": str(path), "OPENBLAS_NUM_THREADS": "1"}
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{program}", "--no-dashboard", *arguments],
                cwd=self.folder, env=environment, stdout=file, stderr=file,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def worker(self, path: Path = ROOT) -> subprocess.Popen[bytes]:
        """A worker of one thread and one process: with no nanny beside it, a killed one stays away."""
        return self.start(
            "dask_worker", self.address, "--no-nanny", "--nthreads", "1", "--memory-limit", "0",
            "--local-directory", str(self.folder), path=path,
        )  # fmt: skip

    def logs(self) -> str:
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


def until(holds: Callable[[], Any], what: str, seconds: float = 30) -> None:
    """Ask again and again until it holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"{what}: not within {seconds} seconds"
        time.sleep(0.02)


def stubborn(part: Part, folder: str, metrics: Any) -> Any:
    """Measure a part; but the first worker that comes to the second part writes down who it is, and never ends."""
    first = Path(folder) / "first"
    if part.start and not first.exists():
        draft = Path(folder) / "draft"
        draft.write_text(str(os.getpid()))
        draft.rename(first)
        while True:
            time.sleep(1)
    return measure_part(part, metrics, fast=False)


def broken(part: Part) -> Any:
    """Fails as a bug does, with text in its message."""
    raise ValueError(f"cannot read {part.systems[0][0]}")

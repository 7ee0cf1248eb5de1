"""``python -m review score`` as a user starts it: a new process, its seconds by the clock and its most memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
MILLION = 1_000_000
METRICS = ("bleu", "chrf", "chrf++", "ter")

_LAUNCHER = """
import json, os, subprocess, sys, time
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
started = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), time.perf_counter() - started, usage.ru_maxrss,
                  usage.ru_utime + usage.ru_stime]))
"""
"""A small process between: what a process starts with in ``ru_maxrss`` is the memory of the one that starts it."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took: seconds by the clock, seconds of all cores, and its most memory in MiB."""

    seconds: float
    cpu: float
    memory: float


def score(arguments: Sequence[str | Path], cache: Path) -> Run:
    """Score in a new process, on two cores at most. Raises RuntimeError where it fails."""
    return review(["score", *arguments], cache, {"REVIEW_CACHE": str(cache)})


def review(arguments: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> Run:
    """A command of the program in a folder and a new process, on two cores at most. Raises RuntimeError."""
    command = [sys.executable, "-m", "review", *map(str, arguments)]
    run = subprocess.run(
        [sys.executable, "-c", _LAUNCHER, *command],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        cwd=folder,
        capture_output=True,
        text=True,
    )
    code, seconds, kibibytes, cpu = json.loads(run.stdout)
    if code:
        raise RuntimeError(f"review {arguments[0]} failed with exit code {code}: {run.stderr.strip()[-500:]}")
    return Run(seconds, cpu, kibibytes / 1024)


def all_systems(paths: Sequence[Path], reference: Path, cache: Path) -> dict[str, float]:
    """Every system by four metrics with bootstrap: nothing compiled, compiled code alone, statistics kept too."""
    arguments = [*paths, "-r", reference, "-m", *METRICS, "--compare", "bootstrap", "--format", "json"]
    cold = score(arguments, cache)
    forget(cache)
    warm = score(arguments, cache)
    again = score(arguments, cache)
    return {
        "nothing compiled, s": cold.seconds,
        "compiled before, s": warm.seconds,
        "compiled before, CPU s": warm.cpu,
        "measured before, s": again.seconds,
        "memory at most, MiB": warm.memory,
    }


def forget(cache: Path) -> None:
    """Take everything but compiled code out of a cache folder."""
    for path in cache.iterdir():
        if path.is_dir() and not path.name.startswith("kernels-"):
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()


def article(folder: Path, cache: Path) -> float:
    """One sample article by four metrics: seconds, with nothing measured before."""
    lines = (ROOT / "corpora" / "articles" / "weifang-tractors.jsonl").read_text("utf-8").splitlines()
    segments = [json.loads(line) for line in lines]
    write(folder / "article.en", (segment["hypothesis"] for segment in segments))
    write(folder / "article.ref.en", (segment["references"][0] for segment in segments))
    forget(cache)
    return score([folder / "article.en", "-r", folder / "article.ref.en", "-m", *METRICS], cache).seconds


def million(systems: Sequence[Sequence[str]], reference: Sequence[str], folder: Path, cache: Path) -> dict[str, Any]:
    """The systems' segments again and again, each time with another number at the end, by BLEU and chrF."""
    pairs = [(text, wanted) for texts in systems for text, wanted in zip(texts, reference, strict=True)]

    def lines(side: int) -> Iterable[str]:
        for number in range(MILLION):
            again, place = divmod(number, len(pairs))
            yield f"{pairs[place][side]} {again}"

    write(folder / "many.en", lines(0))
    write(folder / "many.ref.en", lines(1))
    forget(cache)
    run = score([folder / "many.en", "-r", folder / "many.ref.en", "-m", "bleu", "chrf"], cache)
    return {"s": run.seconds, "CPU s": run.cpu, "memory at most, MiB": run.memory}


def write(path: Path, lines: Iterable[str]) -> None:
    """One segment a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)

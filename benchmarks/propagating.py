"""Propagation in a batch of a million segments: the index, the preview of 100,000 hits, the act, and its undo."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from benchmarks._million import HITS, fill
from benchmarks.store import Desk, timed
from review.model import Rule, Scope
from review.settings import settings
from review.steps import finding, propagating
from review.store import Store
from review.store import jobs as queue

SEGMENTS = int(os.environ.get("BENCHMARK_SEGMENTS", "1000000"))
"""Fewer for a quick look: ``BENCHMARK_SEGMENTS=50000 make bench PART=propagating``."""
RULE = Rule("Kaos", "COSMOPlat")
PAUSE = 0.05

BEGIN = r"""
import json, re, sys, time
from review.model import Rule, Scope
from review.steps import finding
from review.store import Store
project, batch = int(sys.argv[1]), int(sys.argv[2])
def peak():
    return int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]) / 1024
"""
INDEX = """
from review.steps.finding import index as indexes
with Store.open() as store:
    index = indexes.of(store, batch)
    before, begun = peak(), time.perf_counter()
    index.follow(store)
    print(json.dumps({"seconds": time.perf_counter() - begun, "peak, MB": peak(), "before, MB": before}))
"""
PREVIEW = """
with Store.open() as store:
    before, begun = peak(), time.perf_counter()
    found = finding.find(store, Scope(project, batch), Rule("Kaos", "COSMOPlat"))
    told = {"cold process, s": time.perf_counter() - begun, "segments with hits": found.segments}
    def timed(name, **more):
        begun = time.perf_counter()
        finding.find(store, Scope(project, batch), **more)
        told[name] = time.perf_counter() - begun
    timed("warm, a rule not asked before, s", rule=Rule("Kaos", "Kaos OS"))
    timed("warm, with a source condition, s", rule=Rule("Kaos", "COSMOPlat", source="卡奥斯"))
    timed("warm, a pattern with a group, s", rule=Rule("(kao)s", r'\\1z', kind="pattern"))
    timed("warm, two words, s", rule=Rule("port city", "harbour city"))
    timed("the next page, s", rule=Rule("Kaos", "COSMOPlat"), after=found.next)
    begun = time.perf_counter()
    finding.similar(store, Scope(project, batch), Rule("Kaos", "COSMOPlat"), found.rows[0].text)
    told["similar segments, s"] = time.perf_counter() - begun
    print(json.dumps({**told, "peak, MB": peak(), "before, MB": before}))
"""
WORK = """
import threading
from review.steps import jobs
with Store.open() as store:
    jobs.work_one(store, "bench", threading.Event(), {"propagate": jobs.handlers()["propagate"]})
    print(json.dumps({"peak, MB": peak()}))
"""


def run() -> dict[str, Any]:
    """Measure in a temporary folder, on the disk that it is on."""
    with tempfile.TemporaryDirectory() as folder, _environment(folder), Store.open() as store:
        seconds = timed(lambda: fill(store, SEGMENTS))
        project, actor, batch = 1, 1, 1
        figures: dict[str, Any] = {
            "segments": SEGMENTS,
            "segments with hits": -(-SEGMENTS // HITS),
            "imported in, s": seconds,
            "index": _told(INDEX, project, batch),
            "preview": _told(PREVIEW, project, batch),
        }
        desk = Desk(store)
        act, turned = str(uuid4()), str(uuid4())
        scope = Scope(project, batch)
        outcome = propagating.propagate(store, actor, batch, scope, RULE, key=act)
        figures["act"] = _watched(store, desk, outcome, project, batch)
        figures["preview after the act, s"] = timed(lambda: finding.find(store, scope, RULE))
        outcome = propagating.turn(store, actor, act, key=turned)
        figures["undo"] = _watched(store, desk, outcome, project, batch)
        again = finding.find(store, scope, RULE, limit=1)
        figures["segments with hits after the undo"] = again.segments
        return figures


@contextmanager
def _environment(folder: str) -> Iterator[None]:
    """Database and cache of the benchmark's own, for this process and those that it starts."""
    mine = {"REVIEW_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", "REVIEW_CACHE": f"{folder}/cache"}
    before = {name: os.environ.get(name) for name in mine}
    os.environ.update(mine)
    settings.cache_clear()
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
        settings.cache_clear()


def _told(script: str, project: int, batch: int) -> dict[str, Any]:
    """What a script prints in a process of its own."""
    command = [sys.executable, "-c", BEGIN + script, str(project), str(batch)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _watched(store: Store, desk: Desk, outcome: propagating.Outcome, project: int, batch: int) -> dict[str, Any]:
    """A job done by another process, its start included, while one person acts every 50 ms."""
    if outcome.job is None:
        return {"segments": outcome.segments}
    number = outcome.job
    steps: list[int] = []
    waits: list[float] = []
    done = threading.Event()
    told: dict[str, Any] = {}

    def work() -> None:
        told.update(_told(WORK, project, batch))
        done.set()

    thread = threading.Thread(target=work)
    begun = time.perf_counter()
    thread.start()
    while not done.wait(PAUSE):
        waits.append(timed(lambda: desk.act(desk.ids[len(waits) % len(desk.ids)])))
        with store.read() as connection:
            steps.append(queue.get(connection, number).progress)
    thread.join()
    seconds = time.perf_counter() - begun
    with store.read() as connection:
        job = queue.get(connection, number)
    result = dict(job.result or {})
    waits.sort()
    return {
        "state": job.state,
        "seconds": seconds,
        "segments": result.get("segments", 0),
        "articles": result.get("articles", 0),
        "progress seen at so many values": len(set(steps)),
        "longest wait of another writer, ms": 1000 * max(waits, default=0.0),
        "p95 of its waits, ms": 1000 * waits[int(0.95 * len(waits))] if waits else 0.0,
        **told,
    }

"""The store: durable acts by many at once, an article's view, and acts while a million segments come in."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

from review.model import Article, Flag, ReadingHeader, Segment, flag_id
from review.steps import reviewing
from review.steps.replaying import replay
from review.store import Store, batches, flags, people

PEOPLE = 20
ACTS = 50
SEGMENTS = 300
INCOMING = 1_000_000
TEXT = "The meeting was presided over by the deputy secretary, who stressed the new pattern in sentence"
SOURCE = "会议由副书记主持，强调了新格局。第"

IMPORTER = """
import sys
from benchmarks.store import incoming
from review.model import ReadingHeader
from review.store import Store, batches, people
with Store.open(sys.argv[1]) as store:
    project, actor = store.write(people.ensure_local)
    batch = store.write(lambda c: batches.create(c, project, actor, "large", ReadingHeader("lines")))
    print("begins", flush=True)
    batches.add_articles(store, batch, incoming(int(sys.argv[2])))
    store.write(lambda c: batches.publish(c, batch))
"""


def run() -> dict[str, Any]:
    """Measure in a temporary folder, on the disk that it is on."""
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/bench.sqlite3") as store:
        url = f"sqlite:///{folder}/bench.sqlite3"
        desk = Desk(store)
        return {
            f"{SEGMENTS} segments": desk.alone(),
            f"{PEOPLE} people at once": desk.together(),
            f"while {INCOMING:,} segments come in": desk.meanwhile(url),
            "replay": desk.replayed(),
        }


def incoming(count: int) -> Any:
    """Articles of 100 segments each, ``count`` segments in all, every text its own."""
    for number in range(count // 100):
        segments = tuple(
            Segment(f"{TEXT} {number}-{place}", source=f"{SOURCE}{number}-{place}", paragraph=place // 4)
            for place in range(100)
        )
        yield Article(f"article {number}", segments, "system", "zh", "en")


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Milliseconds at the middle, at 95 and 99 of 100, and at the worst."""
    cuts = statistics.quantiles(seconds, n=100)
    return {
        "p50, ms": 1000 * cuts[49],
        "p95, ms": 1000 * cuts[94],
        "p99, ms": 1000 * cuts[98],
        "max, ms": 1000 * max(seconds),
    }


class Desk:
    """One article, and people who edit it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.project, self.actor = store.write(people.ensure_local)
        segments = tuple(
            Segment(
                f"{TEXT} {place}", source=f"{SOURCE}{place}", references=(f"{TEXT}, {place}",), paragraph=place // 4
            )
            for place in range(SEGMENTS)
        )
        header = ReadingHeader("lines")
        self.batch = store.write(lambda c: batches.create(c, self.project, self.actor, "small", header))
        self.article = batches.add_articles(store, self.batch, [Article("one", segments, "system", "zh", "en")])[0]
        store.write(lambda c: batches.publish(c, self.batch))
        self.ids = [segment["id"] for segment in self.view()["segments"]]
        self.versions = dict.fromkeys(self.ids, 0)

    def view(self) -> dict[str, Any]:
        return reviewing.view(self.store, self.article, self.actor)

    def act(self, segment: int) -> None:
        """One edit, answered when it is on disk."""
        event = {
            "id": str(uuid4()),
            "kind": "edit",
            "targets": [{"segment": segment, "base_version": self.versions[segment]}],
            "payload": {"texts": [f"{TEXT} {uuid4()}"], "origin": "typed"},
        }
        answer = reviewing.record(self.store, self.actor, self.batch, [event])
        assert answer["stored"] == [event["id"]], answer
        self.versions[segment] += 1

    def alone(self) -> dict[str, Any]:
        made = [
            Flag(
                id=flag_id(str(key), "d", 1, "target", "deputy", 0),
                segment=str(key),
                start=33,
                end=39,
                detector="d",
                category="style",
                severity="minor",
                confidence=0.5,
                message="why",
                suggestions=("x",),
            )
            for key in self.ids
        ]
        self.store.write(lambda c: flags.save(c, self.article, made))
        return {
            "one act": spread([timed(partial(self.act, key)) for key in self.ids[:200]]),
            "view": spread([timed(self.view) for _ in range(40)]),
            "flags saved": spread(
                [timed(lambda: self.store.write(lambda c: flags.save(c, self.article, made))) for _ in range(40)]
            ),
        }

    def together(self) -> dict[str, Any]:
        """Everybody edits segments of their own, one act after another."""
        seconds: list[float] = []

        def person(number: int) -> None:
            for place in range(ACTS):
                seconds.append(timed(partial(self.act, self.ids[number + PEOPLE * (place % 10)])))

        threads = [threading.Thread(target=person, args=(number,)) for number in range(PEOPLE)]
        begun = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        whole = time.perf_counter() - begun
        return {"acts a second": PEOPLE * ACTS / whole, **spread(seconds)}

    def meanwhile(self, url: str) -> dict[str, Any]:
        """Another process imports; one person does an act every 50 ms."""
        importer = subprocess.Popen([sys.executable, "-c", IMPORTER, url, str(INCOMING)], stdout=subprocess.PIPE)
        assert importer.stdout is not None
        importer.stdout.readline()
        begun = time.perf_counter()
        seconds: list[float] = []
        while importer.poll() is None:
            seconds.append(timed(partial(self.act, self.ids[len(seconds) % SEGMENTS])))
            time.sleep(0.05)
        whole = time.perf_counter() - begun
        assert importer.returncode == 0
        return {"acts": len(seconds), **spread(seconds), "segments imported a second": INCOMING / whole}

    def replayed(self) -> dict[str, Any]:
        begun = time.perf_counter()
        proof = replay(self.store)
        return {
            "events": proof.events,
            "texts": proof.texts,
            "differences": proof.found,
            "seconds": time.perf_counter() - begun,
        }


def timed(call: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun

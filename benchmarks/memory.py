"""The translation memory at a million entries: matches and concordance, warm and cold, and what the signatures miss."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data" / "wmt23-zh-en"
ENTRIES = 1_000_000
REVIEWED = 2_000
"""Segments confirmed in the app, beside what was brought in."""
LOOKUPS = 300
PROCESSES = 5
"""New processes with nothing in the page cache, each measured at its first look-ups."""
SIZES = {10_000: 60, 100_000: 30, ENTRIES: 6}
"""For recall: texts, and how many of them are looked for by brute force."""

CPU: dict[int, list[float]] = {}
"""How long the processor worked in each call of a list of times: on a busy machine the rest is waiting for it."""


def run() -> dict[str, Any]:
    """Measure in a temporary folder, on the disk that it is on."""
    with tempfile.TemporaryDirectory() as folder:
        figures: dict[str, Any] = {"building": child(folder, "build")}
        figures["warm"] = child(folder, "warm")
        cold = []
        for number in range(PROCESSES):
            forget(Path(folder))
            cold.append(child(folder, "cold", str(number)))
        figures["cold"] = {name: sorted(one[name] for one in cold)[len(cold) // 2] for name in cold[0]}
    figures["recall"] = recall()
    return figures


def child(folder: str, *words: str) -> dict[str, Any]:
    """Run a part of this file in a process of its own."""
    environment = {
        **os.environ,
        "REVIEW_DATABASE_URL": f"sqlite:///{folder}/memory.sqlite3",
        "REVIEW_CACHE": f"{folder}/cache",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "benchmarks.memory", *words]
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def forget(folder: Path) -> None:
    """Ask the system to drop these files from its page cache."""
    os.sync()
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def texts(seed: int, count: int) -> Iterator[tuple[str, str]]:
    """Pairs of texts: clauses of WMT23's source and reference put together at random; every seventh an earlier pair
    with up to a third of its words or letters changed."""
    rng = random.Random(seed)
    sides = []
    for name, marks in (("source.zh", "，。；"), ("reference.refA.en", ",.;")):
        lines = (DATA / name).read_text("utf-8").splitlines()
        clauses = [part for line in lines for part in re.split(f"(?<=[{marks}])", line) if part.strip()]
        sides.append(clauses)
    letters, words = "".join(sides[0]), " ".join(sides[1]).split()
    earlier: list[tuple[str, str]] = []
    for number in range(count):
        if number % 7 == 6:
            source, target = rng.choice(earlier)
            made = changed(rng, list(source), letters, ""), changed(rng, target.split(), words, " ")
        else:
            size = rng.choice((1, 2, 2, 3, 3, 4))
            made = (
                "".join(rng.choice(sides[0]) for _ in range(size)),
                "".join(rng.choice(sides[1]) for _ in range(size)).strip(),
            )
        if len(earlier) < 50_000:
            earlier.append(made)
        yield made


def changed(rng: random.Random, parts: list[str], pool: Sequence[str], joint: str) -> str:
    """A text with some of its parts changed."""
    for _ in range(max(1, int(len(parts) * rng.uniform(0.02, 0.33)))):
        parts[rng.randrange(len(parts))] = rng.choice(pool)
    return joint.join(parts)


def build() -> dict[str, Any]:
    """A memory of ENTRIES units, and REVIEWED segments confirmed in the app."""
    from uuid import uuid4

    from review.model import Article, ReadingHeader, Segment, Unit
    from review.steps import memory, reviewing
    from review.store import Store, articles, batches, memories, people

    with Store.open() as store:
        project, actor = store.write(people.ensure_local)
        begun = time.perf_counter()
        number = store.write(lambda c: memories.create(c, project, actor, "large", {}))
        pairs = enumerate(texts(1, ENTRIES), 1)
        units = (Unit(source, target, "zh", "en", number=place) for place, (source, target) in pairs)
        counts = memories.add_units(store, number, units)
        store.write(lambda c: memories.publish(c, number, counts))
        stored = time.perf_counter()
        batch = store.write(lambda c: batches.create(c, project, actor, "batch", ReadingHeader("lines")))
        segments = [Segment(target, source=source) for source, target in texts(2, REVIEWED)]
        given = [
            Article(f"article {at}", tuple(segments[at : at + 100]), "mt", "zh", "en") for at in range(0, REVIEWED, 100)
        ]
        made = batches.add_articles(store, batch, given)
        store.write(lambda c: batches.publish(c, batch))
        for article in made:
            with store.read() as connection:
                loaded = articles.load(connection, article)
            targets = [{"segment": int(segment.id), "base_version": 0} for segment in loaded.segments]
            event = {"id": str(uuid4()), "kind": "status", "targets": targets, "payload": {"status": "confirmed"}}
            assert reviewing.record(store, actor, batch, [event])["stored"]
        reviewed = time.perf_counter()
        memory.build(store, project)
        built = time.perf_counter()
    folder = Path(os.environ["REVIEW_CACHE"])
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "entries": ENTRIES + REVIEWED,
        "stored, s": stored - begun,
        "index built, s": built - reviewed,
        "index on disk, MiB": size / 2**20,
        "peak memory, MiB": peak(),
    }


def look(seed: int, count: int, *, acting: bool) -> dict[str, Any]:
    """Time look-ups; with ``acting`` somebody confirms a segment before each."""
    from uuid import uuid4

    from review.steps import memory, reviewing
    from review.store import Store, articles, batches, people

    rng = random.Random(seed)
    known = list(texts(1, 60_000))
    seconds: dict[str, list[float]] = {name: [] for name in ("matches", "target phrase", "source phrase")}
    found: dict[str, int] = dict.fromkeys(seconds, 0)
    with Store.open() as store:
        project, actor = store.write(people.ensure_local)
        with store.read() as connection:
            batch = batches.find(connection, project, "batch").id
            article = articles.ids(connection, batch)[0]
            segment = int(articles.load(connection, article).segments[0].id)
        for number in range(count):
            if acting:
                event = {
                    "id": str(uuid4()),
                    "kind": "edit",
                    "targets": [{"segment": segment, "base_version": None}],
                    "payload": {"texts": [f"Edited for the {number}th time."], "origin": "typed"},
                }
                assert reviewing.record(store, actor, batch, [event])["stored"]
            source, target = rng.choice(known)
            query = source if number % 4 == 0 else changed(rng, list(source), source, "")
            found["matches"] += bool(
                timed(seconds["matches"], lambda query=query: memory.matches(store, project, ("zh", "en"), query))
            )
            words = target.split()
            at = rng.randrange(max(1, len(words) - 3))
            phrase = " ".join(words[at : at + rng.randrange(1, 4)]).strip(" .,;“”\"'()")
            if any(letter.isalnum() for letter in phrase):
                call = lambda phrase=phrase: memory.concordance(store, project, phrase, "target", 30)  # noqa: E731
                found["target phrase"] += bool(timed(seconds["target phrase"], call).hits)
            at = rng.randrange(max(1, len(source) - 4))
            part = source[at : at + rng.randrange(2, 5)]
            if any(letter.isalnum() for letter in part):
                call = lambda part=part: memory.concordance(store, project, part, "source", 30)  # noqa: E731
                found["source phrase"] += bool(timed(seconds["source phrase"], call).hits)
    figures: dict[str, Any] = {}
    for name, each in seconds.items():
        if count > 1:
            figures[f"{name}, p50 ms"] = 1000 * sorted(each)[len(each) // 2]
            figures[f"{name}, p95 ms"] = 1000 * sorted(each)[int(len(each) * 0.95)]
            figures[f"{name}, max ms"] = 1000 * max(each)
            worked = sorted(CPU[id(each)])
            figures[f"{name}, of that computing, p95 ms"] = 1000 * worked[int(len(worked) * 0.95)]
            figures[f"{name}, found"] = found[name] / len(each)
        else:
            figures[f"first {name}, ms"] = 1000 * each[0] if each else 0.0
    if count > 1:
        figures["memory of the process, without mapped files, MiB"] = resident()
    return figures


def timed(seconds: list[float], call: Callable[[], Any]) -> Any:
    """What a call returns; how long it took is added to ``seconds``."""
    begun, worked = time.perf_counter(), time.thread_time()
    value = call()
    seconds.append(time.perf_counter() - begun)
    CPU.setdefault(id(seconds), []).append(time.thread_time() - worked)
    return value


def recall() -> dict[str, Any]:
    """The share of all texts with a score of 70 or more that are among the candidates, Chinese and English."""
    from review.text import nearness

    figures: dict[str, Any] = {}
    for size, queries in SIZES.items():
        pairs = list(texts(3, size))
        for side, name in ((0, "Chinese"), (1, "English")):
            bodies = [pair[side] for pair in pairs]
            measures = nearness.measure(bodies)
            rng = random.Random(size)
            there = found = 0
            for place in [rng.randrange(size // 7) * 7 + 6 for _ in range(queries)]:
                places, _ = nearness.candidates(measures.signatures, measures.sizes, nearness.measure([bodies[place]]))
                own = measures.sizes[place]
                near = (measures.sizes >= 0.69 * own) & (measures.sizes <= own / 0.69)
                wanted = set()
                among = near.nonzero()[0]
                for at in range(0, len(among), 10_000):
                    part = among[at : at + 10_000].tolist()
                    scores = nearness.scores(bodies[place], [bodies[one] for one in part])
                    wanted.update(one for one, score in zip(part, scores, strict=True) if score)
                there += len(wanted)
                found += len(wanted & set(places.tolist()))
            figures[f"{name}, {size:,} texts"] = f"{found:,} of {there:,}"
    return figures


def peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def resident() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    part, *rest = sys.argv[1:]
    if part == "build":
        figures = build()
    elif part == "warm":
        look(5, 10, acting=False)
        figures = {"alone": look(1, LOOKUPS, acting=False), "an edit before each": look(2, 100, acting=True)}
    else:
        figures = look(100 + int(rest[0]), 1, acting=False)
    print(json.dumps(figures))

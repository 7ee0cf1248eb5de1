"""Scores: equal to sacrebleu's own and to the published ones, and how much sooner (WMT23 zh-en, 15 systems)."""

from __future__ import annotations

import csv
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import natives, processes
from review.metrics import Metric, Prepared, metrics
from review.steps import scoring

DATA = Path(__file__).parents[2] / "shared" / "data" / "wmt23-zh-en"
TESTS = {"bootstrap": ("bs", 1000), "randomization": ("ar", 10_000)}
SEED = 12345
AGAINST = 2
"""Systems that sacrebleu tests against the first; its time for the others is told from theirs."""

SEGMENTS = 100_000
CORRECTIONS = 300


def run() -> dict[str, Any]:
    """Score every system by every metric, ours and sacrebleu's; CPU time of one thread, unless said."""
    if not DATA.is_dir():
        return {"skipped": "the real data (../shared/data) is not on this machine"}
    reference = scoring.read_lines(str(DATA / "reference.refA.en"))
    paths = sorted((DATA / "systems").glob("*.en"))
    systems = {path.stem: scoring.read_lines(str(path)) for path in paths}
    chosen = metrics(processes.METRICS)
    prepared = Prepared.of([reference])
    figures: dict[str, Any] = {"systems": len(systems), "segments of each": len(reference)}
    rows: dict[tuple[str, str], np.ndarray] = {}
    theirs = {metric.name: natives.scored(metric.name, systems, reference) for metric in chosen}
    for metric in chosen:
        figures[metric.name] = measured(metric, systems, prepared, theirs[metric.name], rows)
    figures["published scores equal (==)"] = published(systems, rows, chosen, prepared.counts)
    found = scoring.Measured(tuple(systems), tuple(chosen), prepared.counts, rows)
    for test in TESTS:
        figures[test] = compared(found, test, theirs)
    figures["one correction"] = corrected(found, next(iter(systems.values())), prepared)
    figures["the editor's work, ms a segment"] = effort(next(iter(systems.values())))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cache = folder / "cache"
        cache.mkdir()
        figures["a new process, all systems"] = processes.all_systems(paths, DATA / "reference.refA.en", cache)
        figures["a new process, one article, s"] = processes.article(folder, cache)
        figures["a new process, 1,000,000 segments"] = processes.million(
            list(systems.values()), reference, folder, cache
        )
    return figures


def measured(
    metric: Metric,
    systems: Mapping[str, Sequence[str]],
    prepared: Prepared,
    theirs: natives.Scored,
    rows: dict[tuple[str, str], np.ndarray],
) -> dict[str, Any]:
    """Measure and score every system; fill ``rows``, and count what equals sacrebleu's."""
    some = prepared.part(0, 20)
    metric.measure(next(iter(systems.values()))[:20], some, fast=True)  # loads, or compiles, what it needs
    started = time.process_time()
    scores = []
    for name, texts in systems.items():
        rows[name, metric.name] = metric.measure(texts, prepared, fast=True)
        scores.append(metric.combine(rows[name, metric.name], prepared.counts, system=name))
    seconds = time.process_time() - started
    ours = np.stack([rows[name, metric.name] for name in systems])
    same = (ours == theirs.rows).all(axis=2)
    equal = sum(
        one.value == value and one.signature == theirs.signature
        for one, value in zip(scores, theirs.scores, strict=True)
    )
    return {
        "segments whose statistics are equal (==)": f"{same.sum():,} of {same.size:,}",
        "scores and signatures equal (==)": f"{equal} of {len(scores)}",
        "microseconds a segment": 1e6 * seconds / same.size,
        "microseconds a segment, sacrebleu": 1e6 * theirs.seconds / same.size,
        "times as quick": theirs.seconds / seconds,
    }


def published(
    systems: Mapping[str, Sequence[str]],
    rows: Mapping[tuple[str, str], np.ndarray],
    chosen: Sequence[Metric],
    counts: np.ndarray,
) -> str:
    """How many of the organisers' scores come out again, to the last bit; "all" references are the one there is."""
    with (DATA / "published-scores.tsv").open(encoding="utf-8", newline="") as file:
        wanted = [(row["system"], row["metric"], row["score"]) for row in csv.DictReader(file, delimiter="\t")]
    made = {
        (name, f"{metric.name}-{references}"): metric.combine(rows[name, metric.name], counts).value
        for name in systems
        for metric in chosen
        for references in ("refA", "all")
    }
    return f"{sum(made.get((name, label)) == float(score) for name, label, score in wanted)} of {len(wanted)}"


def compared(found: scoring.Measured, test: str, theirs: Mapping[str, natives.Scored]) -> dict[str, Any]:
    """Every system against the first by one test over all metrics, and sacrebleu's for the first few."""
    short, trials = TESTS[test]
    scoring.compare(found, test, 2, SEED)  # loads what it needs
    started = time.process_time()
    results = scoring.compare(found, test, trials, SEED)
    seconds = time.process_time() - started
    ours = {(one.system, one.metric): (one.score, one.p_value, one.mean, one.interval) for one in results}
    total, equal, count = 0.0, 0, 0
    for metric in found.metrics:
        took, numbers = natives.tested(metric.name, theirs[metric.name].rows[: 1 + AGAINST], short, trials, SEED)
        total += took
        for name, native in zip(found.systems, numbers, strict=False):
            equal += ours[name, metric.label] == native
            count += 1
    # Bootstrap resamples the first system once by itself, and for each other both; randomization only the latter.
    others, alone = len(found.systems) - 1, 0.5 if test == "bootstrap" else 0.0
    whole = total * (others + alone) / (AGAINST + alone)
    return {
        "trials": trials,
        f"results equal, of the first and {AGAINST} others (==)": f"{equal} of {count}",
        f"s, {others} systems, {len(found.metrics)} metrics": seconds,
        f"s, sacrebleu, {AGAINST} systems": total,
        f"s, sacrebleu, told for {others} from {AGAINST} systems": whole,
        "times as quick": whole / seconds,
    }


def corrected(found: scoring.Measured, texts: Sequence[str], prepared: Prepared) -> dict[str, Any]:
    """One segment's text changes in many: its new row by the kernel, then segment, document and system scores."""
    from review.metrics.running import Running

    figures: dict[str, Any] = {"segments": SEGMENTS}
    again = -(-SEGMENTS // len(texts))
    for metric in found.metrics:
        rows = np.tile(found.rows[found.systems[0], metric.name], (again, 1))[:SEGMENTS]
        running = Running(metric, rows, np.ones(SEGMENTS, np.int64), [place // 20 for place in range(SEGMENTS)])
        kernel, scores = [], []
        for number in range(CORRECTIONS):
            place = (number * 331) % SEGMENTS
            at = place % len(texts)
            alone = prepared.take([at])
            started = time.perf_counter()
            row = metric.measure([f"{texts[at]} again"], alone, fast=True)[0]
            middle = time.perf_counter()
            running.replace(place, row)
            running.segment(place)
            running.group(place // 20)
            running.system()
            scores.append(time.perf_counter() - middle)
            kernel.append(middle - started)
        figures[metric.name] = {
            "its row, ms": 1000 * statistics.median(kernel),
            "three scores, ms": 1000 * statistics.median(scores),
        }
    figures["all metrics, scores, ms"] = sum(figures[metric.name]["three scores, ms"] for metric in found.metrics)
    figures["all metrics, rows, ms"] = sum(figures[metric.name]["its row, ms"] for metric in found.metrics)
    return figures


def effort(texts: Sequence[str]) -> float:
    """Milliseconds a segment for the editor's work."""
    started = time.process_time()
    scoring.effort(texts, [text.replace("the", "a") for text in texts], "en")
    return 1000 * (time.process_time() - started) / len(texts)

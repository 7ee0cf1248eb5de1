"""Paired tests of the 15 WMT23 zh-en systems: equal to sacrebleu's for the same seed, and what they cost."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from benchmarks.scores import DATA
from review.metrics import surface
from review.metrics.base import TESTS
from review.steps import scoring
from review.steps.scoring.significance import SEED, TRIALS

METRICS = ("bleu", "chrf", "chrf++", "ter")


def run() -> dict[str, Any]:
    """Time both tests over four metrics; sacrebleu's on two and three systems, which tells what each one adds."""
    if not DATA.is_dir():
        return {"skipped": f"no real data at {DATA}"}
    reference = scoring.read_lines(str(DATA / "reference.refA.en"))
    systems = {path.stem: scoring.read_lines(str(path)) for path in sorted((DATA / "systems").glob("*.en"))}
    found = scoring.measure(systems, [reference], METRICS)
    scoring.compare(found, "bootstrap", 1)
    return {test: _against_sacrebleu(found, test) for test in TESTS}


def _against_sacrebleu(found: scoring.Measured, test: str) -> dict[str, Any]:
    started = time.process_time()
    ours = scoring.compare(found, test)
    compared = time.process_time()
    scoring.pairwise(found, test)
    paired = time.process_time()
    two, _ = _sacrebleu(found, 2, test)
    three, theirs = _sacrebleu(found, 3, test)
    whole = two + (three - two) * (len(found.systems) - 2)
    mine = [(one.score, one.p_value, one.mean, one.interval) for one in ours[: len(theirs)]]
    return {
        "equal to sacrebleu (==)": f"{sum(a == b for a, b in zip(mine, theirs, strict=True))} of {len(theirs)}",
        "seconds, every system against the first": compared - started,
        "seconds, every system against every other": paired - compared,
        "seconds, sacrebleu, against the first": whole,
        "times as fast": whole / (compared - started),
    }


def _sacrebleu(found: scoring.Measured, count: int, test: str) -> tuple[float, list[tuple[Any, ...]]]:
    some = replace(found, systems=found.systems[:count])
    seconds, results = 0.0, []
    for metric in some.metrics:
        given = [(name, some.rows[name, metric.name].tolist()) for name in some.systems]
        native = metric.create("system")
        started = time.process_time()
        results.append(surface.paired(native, some.counts, given, TESTS[test], TRIALS[test], SEED)[1])
        seconds += time.process_time() - started
    return seconds, [result[place] for place in range(count) for result in results]


__all__ = ["run"]

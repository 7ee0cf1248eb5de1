"""Measuring: texts are cut into parts, parts are mapped over threads or a cluster, matrices come together again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np

from review.metrics import Matrix, Metric, Prepared, kernels
from review.metrics.parts import Part, measure_part
from review.workers import Mapper
from review.workers.here import Threads

Progress = Callable[[int, int], None]
"""Called with segments done and segments in all; a segment counts once for each system and metric."""


def matrices(
    systems: Mapping[str, Sequence[str]],
    references: Prepared,
    chosen: Sequence[Metric],
    *,
    mapper: Mapper | None = None,
    progress: Progress | None = None,
) -> dict[tuple[str, str], Matrix]:
    """Measure each system by each metric: matrices by (system, metric name), in the segments' order."""
    count = len(references)
    mapper = mapper or Threads()
    fast = kernels.worth(cost(chosen) * count * len(systems))
    found = {
        (name, metric.name): np.zeros((count, len(metric.columns)), dtype=metric.dtype)
        for name in systems
        for metric in chosen
    }
    total, done = count * len(systems) * len(chosen), 0
    parts = list(cut(list(systems.values()), references, segments_of_a_part(mapper, chosen, count, len(systems), fast)))
    for position, result in mapper(partial(measure_part, metrics=chosen, fast=fast), parts):
        part = parts[position]
        stop = part.start + len(part.references)
        for metric, each in zip(chosen, result, strict=True):
            for name, rows in zip(systems, each, strict=True):
                found[name, metric.name][part.start : stop] = rows
        done += len(part.references) * len(systems) * len(chosen)
        if progress:
            progress(done, total)
    return found


def cut(systems: Sequence[Sequence[str]], references: Prepared, size: int) -> Iterator[Part]:
    """Cut texts into parts of ``size`` segments."""
    for start in range(0, len(references), size):
        stop = start + size
        yield Part(start, tuple(texts[start:stop] for texts in systems), references.part(start, stop))


def cost(chosen: Sequence[Metric], fast: bool = False) -> float:
    """Seconds that sacrebleu takes for a segment of one system (with ``fast``: for what has no kernel)."""
    return sum(metric.milliseconds for metric in chosen if not (fast and metric.proven)) / 1000


def segments_of_a_part(mapper: Mapper, chosen: Sequence[Metric], count: int, systems: int, fast: bool) -> int:
    """How many of ``count`` segments a part has: a few parts for each thread, within the mapper's grain."""
    grain = mapper.grain
    size = min(grain.largest // systems, max(-(-grain.smallest // systems), -(-count // (4 * mapper.width))))
    slow = cost(chosen, fast) * systems
    if slow:
        size = min(size, int(grain.seconds / slow))
    return max(1, size)

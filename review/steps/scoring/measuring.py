"""Measuring: texts are cut into parts, parts are mapped over threads or a cluster, matrices come together again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np

from review.metrics import Matrix, Metric, Prepared, kernels
from review.metrics.parts import Part, measure_part
from review.steps.scoring.shelf import Shelf, digests
from review.workers import Mapper
from review.workers.here import Threads

Progress = Callable[[int, int], None]
"""Called with segments done and segments in all; a segment counts once for each system and metric."""

WORTH_KEEPING = 1.0
"""Seconds of sacrebleu from which on measured statistics are put on the shelf."""


def matrices(
    systems: Mapping[str, Sequence[str]],
    references: Prepared,
    chosen: Sequence[Metric],
    *,
    mapper: Mapper | None = None,
    progress: Progress | None = None,
    shelf: Shelf | None = None,
) -> dict[tuple[str, str], Matrix]:
    """Measure each system by each metric: matrices by (system, metric name), in the segments' order.

    With a ``shelf``, what was measured before is taken from it, and larger work is put there.
    """
    mapper = mapper or Threads()
    if shelf is None or cost(chosen) * len(references) * len(systems) < WORTH_KEEPING:
        return _measured(systems, references, chosen, mapper, progress)
    texts = {name: digests(lines) for name, lines in systems.items()}
    boards = {metric.name: shelf.open(metric, references) for metric in chosen}
    found: dict[tuple[str, str], Matrix] = {}
    missing: dict[bytes, dict[str, list[Metric]]] = {}
    for name in systems:
        for metric in chosen:
            found[name, metric.name], known = boards[metric.name].get(texts[name])
            if not known.all():
                missing.setdefault((~known).tobytes(), {}).setdefault(name, []).append(metric)
    done, total = 0, len(references) * len(systems) * len(chosen)
    steps = {mask: sum(map(len, wanted.values())) * sum(mask) for mask, wanted in missing.items()}
    done = total - sum(steps.values())
    for mask, wanted in missing.items():
        positions = np.flatnonzero(np.frombuffer(mask, dtype=bool))
        part = references if len(positions) == len(references) else references.take(positions.tolist())
        for metrics in {tuple(metrics) for metrics in wanted.values()}:
            names = [name for name, theirs in wanted.items() if tuple(theirs) == metrics]
            lines = {name: _picked(systems[name], positions) for name in names}
            tell = partial(_further, progress, done, total) if progress else None
            new = _measured(lines, part, metrics, mapper, tell)
            done += len(positions) * len(names) * len(metrics)
            for (name, label), rows in new.items():
                found[name, label][positions] = rows
                boards[label].put(texts[name], found[name, label])
    if missing:
        shelf.tidy()
    if progress:
        progress(total, total)
    return found


def _further(progress: Progress, before: int, total: int, done: int, _: int) -> None:
    progress(before + done, total)


def _picked(texts: Sequence[str], positions: np.ndarray) -> Sequence[str]:
    return texts if len(positions) == len(texts) else [texts[position] for position in positions]


def _measured(
    systems: Mapping[str, Sequence[str]],
    references: Prepared,
    chosen: Sequence[Metric],
    mapper: Mapper,
    progress: Progress | None,
) -> dict[tuple[str, str], Matrix]:
    count = len(references)
    fast = worth(chosen, count * len(systems))
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


def worth(chosen: Sequence[Metric], texts: int) -> bool:
    """True where so many texts are measured sooner by compiled code, where a metric has some."""
    return kernels.worth(cost(chosen) * texts, {metric.kernel for metric in chosen if metric.proven})


def segments_of_a_part(mapper: Mapper, chosen: Sequence[Metric], count: int, systems: int, fast: bool) -> int:
    """How many of ``count`` segments a part has: a few parts for each thread, within the mapper's grain."""
    grain = mapper.grain
    size = min(grain.largest // systems, max(-(-grain.smallest // systems), -(-count // (4 * mapper.width))))
    slow = cost(chosen, fast) * systems
    if slow:
        size = min(size, int(grain.seconds / slow))
    return max(1, size)

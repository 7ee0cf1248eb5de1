"""Agreement of metrics with human scores, of systems and of segments, wherever both have a score.

A system's score is of the segments that people scored, so that both speak of the same text. Pairs of systems are
counted as in the WMT metrics tasks (Kocmi et al., 2021): the share that both order alike. For segments, correlations
are over all scores of all systems, and pairs are two systems' outputs of one segment (a tie agrees with a tie: Deutsch
et al., 2023, without their threshold). Where lower is better the sign is turned, so that more is always more agreement.
95% intervals are percentiles over resampled segments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from review.errors import InputError
from review.metrics import Matrix, Metric, agreement
from review.metrics.given import Given
from review.model import Score
from review.steps.scoring.given import Elsewhere
from review.steps.scoring.systems import Measured

TRIALS, SEED = 500, 12345
_BLOCK = 1 << 23
"""Cells of a block of resamples."""

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far ``metric`` (a label) agrees with the scores called ``human``; level is "system" or "segment".

    ``values`` holds pearson, spearman, kendall (tau-b) and accuracy, NaN where undefined; ``intervals`` those 95%
    intervals that are cheap to have: of systems all, of segments pearson's and accuracy's. ``scores`` is the number of
    pairs of scores behind it (of systems: their number).
    """

    metric: str
    human: str
    level: str
    systems: int
    segments: int
    scores: int
    values: Mapping[str, float]
    intervals: Mapping[str, Interval]


def agreements(
    found: Measured, human: Sequence[str], elsewhere: Elsewhere | None = None, trials: int = TRIALS, seed: int = SEED
) -> list[Agreement]:
    """Each metric's agreement with each of the human scores, systems before segments.

    ``human`` are names of scores from elsewhere; those of whole systems (in ``elsewhere``) agree by system alone, and
    without an interval. ``trials`` of 0 makes no intervals. Raises InputError for a name without scores, and for fewer
    than two systems.
    """
    whole = {one.metric.label.lower(): one for one in elsewhere.whole} if elsewhere else {}
    given = {metric.label.lower(): metric for metric in found.metrics if isinstance(metric, Given)}
    people = {name.lower() for name in human}
    for name in human:
        if name.lower() not in given and name.lower() not in whole:
            there = ", ".join([*(one.label for one in given.values()), *(one.metric.label for one in whole.values())])
            raise InputError(f"There are no scores called {name!r} to agree with; there are: {there or 'none'}.")
    if len(found.systems) < 2:
        raise InputError("Agreement with human scores needs two systems or more; name their files.")
    metrics = [metric for metric in found.metrics if metric.label.lower() not in people]
    results: list[Agreement] = []
    for name in dict.fromkeys(name.lower() for name in human):
        if name in given:
            judge = given[name]
            for metric in metrics:
                results += _of_segments(found, metric, judge, trials, seed)
            totals = _means(judge, found)
            label, rising = judge.label, judge.higher_is_better
        else:
            label, rising = whole[name].metric.label, whole[name].metric.higher_is_better
            totals = dict(whole[name].values)
            results += [_of_systems(_means(metric, found), metric, totals, label, rising) for metric in metrics]
        results += [
            _of_systems(one.values, one.metric, totals, label, rising)
            for other, one in whole.items()
            if other not in people
        ]
    return results


def _means(metric: Metric, found: Measured) -> dict[str, float]:
    """Each system's score, where it has one."""
    scores: dict[str, Score] = {
        system: metric.combine(found.rows[system, metric.name], found.counts) for system in found.systems
    }
    return {system: score.value for system, score in scores.items() if not np.isnan(score.value)}


def _of_systems(
    scores: Mapping[str, float], metric: Metric, totals: Mapping[str, float], label: str, rising: bool
) -> Agreement:
    """From the scores of whole systems alone."""
    both = [system for system in scores if system in totals]
    one = np.array([scores[system] for system in both]) * _sign(metric.higher_is_better)
    other = np.array([totals[system] for system in both]) * _sign(rising)
    values = {name: float(found[0]) for name, found in agreement.of_rows(one[None, :], other[None, :]).items()}
    return Agreement(metric.label, label, "system", len(both), 0, len(both), values, {})


def _of_segments(found: Measured, metric: Metric, judge: Given, trials: int, seed: int) -> list[Agreement]:
    """By system and by segment, where segments have human scores."""
    there = {system: _scored(metric, judge, found, system) for system in found.systems}
    systems = [system for system in found.systems if there[system].any()]
    signs = _sign(metric.higher_is_better), _sign(judge.higher_is_better)
    rows = [np.where(there[system][:, None], found.rows[system, metric.name], 0) for system in systems]
    judged = [np.where(there[system][:, None], found.rows[system, judge.name], 0) for system in systems]
    if not systems:
        nothing = {name: float("nan") for name in agreement.NAMES}
        return [Agreement(metric.label, judge.label, level, 0, 0, 0, nothing, {}) for level in ("system", "segment")]
    used = int(np.any([there[system] for system in systems], axis=0).sum())

    def totals(weights: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
        return _totals(metric, rows, weights) * signs[0], _totals(judge, judged, weights) * signs[1]

    one, other = totals(None)
    by_system = {name: float(values[0]) for name, values in agreement.of_rows(one, other).items()}
    cells = np.column_stack([_values(metric, each, there[s]) for each, s in zip(rows, systems, strict=True)])
    human = np.column_stack([_values(judge, each, there[s]) for each, s in zip(judged, systems, strict=True)])
    cells, human = cells * signs[0], human * signs[1]
    both = ~np.isnan(cells)
    alike, pairs = agreement.pairs_alike(cells, human)
    by_segment = {
        "pearson": agreement.pearson(cells[both], human[both]),
        "spearman": agreement.spearman(cells[both], human[both]),
        "kendall": agreement.kendall(cells[both], human[both]),
        "accuracy": float(alike.sum() / pairs.sum()) if pairs.any() else float("nan"),
    }
    drawn: dict[str, list[np.ndarray]] = {}
    moments = _moments(cells, human, both)
    for weights in _resamples(len(cells), trials, seed):
        for name, values in agreement.of_rows(*totals(weights)).items():
            drawn.setdefault(f"system {name}", []).append(values)
        drawn.setdefault("segment pearson", []).append(_pearson(weights @ moments))
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn.setdefault("segment accuracy", []).append((weights @ alike) / (weights @ pairs))
    return [
        Agreement(
            metric.label, judge.label, level, len(systems), used, scores, values,
            {name: around for name in values if (around := _interval(drawn.get(f"{level} {name}"), values[name]))},
        )
        for level, scores, values in (
            ("system", len(systems), by_system),
            ("segment", int(both.sum()), by_segment),
        )
    ]  # fmt: skip


def _sign(rising: bool) -> float:
    return 1.0 if rising else -1.0


def _scored(metric: Metric, judge: Given, found: Measured, system: str) -> np.ndarray:
    """Which segments of a system have both scores."""
    judged = found.rows[system, judge.name][:, 1] > 0
    return judged & (found.rows[system, metric.name][:, 1] > 0) if isinstance(metric, Given) else judged


def _totals(metric: Metric, rows: Sequence[Matrix], weights: np.ndarray | None) -> np.ndarray:
    """Scores of whole systems, shape (trials, systems): of all segments once, or weighted by each row of weights."""
    if weights is None:
        sums = [np.asarray([metric.add(each)], dtype=np.float64) for each in rows]
    else:
        sums = [weights @ each for each in rows]
    if issubclass(metric.dtype, np.integer):
        sums = [np.rint(each).astype(metric.dtype) for each in sums]
    return np.column_stack([metric.values(each) for each in sums])


def _values(metric: Metric, rows: Matrix, there: np.ndarray) -> np.ndarray:
    """Each segment's own score, NaN where it has none."""
    found = np.full(len(rows), np.nan)
    if there.any():
        found[there] = metric.values(rows[there], level="segment")
    return found


def _resamples(count: int, trials: int, seed: int) -> Iterator[np.ndarray]:
    """How often each segment is drawn, in blocks of shape (some trials, segments)."""
    rng = np.random.default_rng(seed)
    block = max(1, _BLOCK // max(1, count))
    for start in range(0, trials, block):
        yield np.stack(
            [np.bincount(rng.integers(count, size=count), minlength=count) for _ in range(min(block, trials - start))]
        ).astype(np.float64)


def _moments(cells: np.ndarray, human: np.ndarray, both: np.ndarray) -> np.ndarray:
    """For each segment, over its systems: how many, and the sums of x, y, xx, yy and xy about the whole means."""
    if not both.any():
        return np.zeros((len(cells), 6))
    one, other = (np.where(both, values - values[both].mean(), 0.0) for values in (cells, human))
    parts = (both, one, other, one * one, other * other, one * other)
    return np.column_stack([part.sum(axis=1) for part in parts])


def _pearson(sums: np.ndarray) -> np.ndarray:
    """Pearson's correlation from rows of such sums."""
    count, one, other, square, other_square, product = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = (square - one * one / count) * (other_square - other * other / count)
        return np.asarray(np.clip((product - one * other / count) / np.sqrt(spread), -1.0, 1.0))


def _interval(drawn: Sequence[np.ndarray] | None, value: float) -> Interval | None:
    """The 95% percentile interval of the resamples in which there is a number; None where there is none at all."""
    if not drawn or np.isnan(value):
        return None
    values = np.concatenate(drawn)
    values = values[np.isfinite(values)]
    if not len(values):
        return None
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)

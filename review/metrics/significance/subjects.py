"""What is tested: one metric's rows of every system, and how their sums become scores."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from review.errors import InputError
from review.metrics.base import TESTS, Matrix, Metric


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """One metric over all systems.

    ``rows`` is a matrix (n, columns) a system, ``scores`` its score as a whole. ``values`` makes scores (k,) of sums
    (k, columns) in float64. ``resampled`` does it as sacrebleu's tests do, also of float32 sums; None for a metric
    that is not sacrebleu's, which is added up in float64 throughout. ``near`` is quicker and right to 1e-9.
    """

    label: str
    signature: str
    higher_is_better: bool
    scores: tuple[float, ...]
    rows: tuple[Matrix, ...]
    values: Callable[[Matrix], np.ndarray]
    resampled: Callable[[Matrix], np.ndarray] | None = None
    near: Callable[[Matrix], np.ndarray] | None = None

    @classmethod
    def of(
        cls, metric: Metric, rows: Sequence[Matrix], counts: np.ndarray, test: str, trials: int, seed: int
    ) -> Subject:
        """A metric's matrices of several systems; ``counts`` are the segments' numbers of references."""
        if metric.sacrebleu:
            return cls(
                metric.label,
                metric.tested_as(counts, test, trials, seed),
                metric.higher_is_better,
                # Python's own numbers: what they are compared with decides in which dtype.
                tuple(float(metric.values(np.array([metric.add(each)], dtype=np.float64))[0]) for each in rows),
                tuple(rows),
                metric.values,
                metric.resampled,
                metric.near,
            )
        made = [metric.combine(each, counts) for each in rows]
        scores = tuple(one.value for one in made)
        signature = _signed(made[0].signature, test, trials, seed)
        if len(metric.columns) == 1:
            with_counts = tuple(_counted(each[:, 0].astype(np.float64)) for each in rows)
            return cls(metric.label, signature, metric.higher_is_better, scores, with_counts, averages)
        return cls(metric.label, signature, metric.higher_is_better, scores, tuple(rows), metric.values)

    @classmethod
    def mean(
        cls,
        label: str,
        systems: Sequence[Sequence[float] | np.ndarray],
        test: str,
        trials: int,
        seed: int,
        *,
        units: Sequence[Hashable] | None = None,
        higher_is_better: bool = True,
        signature: str = "",
    ) -> Subject:
        """Each system's numbers, one a segment, whose mean is its score; NaN where a segment has none.

        ``units`` names what is drawn as a whole (each segment's document); None draws segments. Raises InputError
        for systems of different lengths, or one without any number.
        """
        values = [np.asarray(each, dtype=np.float64) for each in systems]
        if len({len(each) for each in values}) != 1 or (units is not None and len(units) != len(values[0])):
            raise InputError(f"{label} is compared over the same segments; these systems or units differ in number.")
        if any(bool(np.isnan(each).all()) for each in values):
            raise InputError(f"{label} cannot be compared: a system has no segment with a number.")
        rows = [_counted(each) for each in values]
        scores = tuple(float(each[:, 0].sum() / each[:, 1].sum()) for each in rows)
        if units is not None:
            rows = _added(rows, units)
        return cls(label, _signed(signature, test, trials, seed), higher_is_better, scores, tuple(rows), averages)


def averages(sums: Matrix) -> np.ndarray:
    """Means of sums (k, 2): the sum, and of how many; NaN of none."""
    found = np.full(len(sums), np.nan)
    return np.divide(sums[:, 0], sums[:, 1], out=found, where=sums[:, 1] > 0)


def _counted(values: np.ndarray) -> Matrix:
    there = ~np.isnan(values)
    return np.column_stack([np.where(there, values, 0.0), there])


def _added(rows: Sequence[Matrix], units: Sequence[Hashable]) -> list[Matrix]:
    order: Mapping[Hashable, int] = {unit: place for place, unit in enumerate(dict.fromkeys(units))}
    places = np.array([order[unit] for unit in units])
    added = []
    for each in rows:
        sums = np.zeros((len(order), each.shape[1]))
        np.add.at(sums, places, each)
        added.append(sums)
    return added


def _signed(signature: str, test: str, trials: int, seed: int) -> str:
    return "|".join([*([signature] if signature else []), f"{TESTS[test]}:{trials}", f"seed:{seed}"])

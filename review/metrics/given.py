"""Scores from elsewhere (COMET, MetricX, people) as a metric: a segment's row is its score, and whether it has one.

Nothing is computed from text here, so this is no metric that a user asks for by name. Its score over any set of
segments is the mean of those that have one, and NaN where none has. Being sums, rows go through the same levels, slices
and tests as sacrebleu's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

import numpy as np

from review.errors import InputError
from review.metrics.base import TESTS, Comparison, Matrix, Metric, Prepared
from review.model import Score

_BLOCK = 1 << 22
"""Cells of a block of resamples."""


class Given(Metric):
    title = "Scores that another program, or people, gave"
    advice = "The mean of the segments that have a score; compare only scores of one program and version."
    milliseconds = 0.0
    dtype = np.float64

    def __init__(self, name: str, higher_is_better: bool = True, signature: str = "") -> None:
        """``name`` is also the label; ``signature`` is all that is known of where the scores are from."""
        super().__init__()
        self.name = self.label = name
        self.higher_is_better = higher_is_better
        self.signature = signature

    def __reduce__(self) -> tuple[type[Given], tuple[Any, ...]]:
        return Given, (self.name, self.higher_is_better, self.signature)

    @property
    def columns(self) -> tuple[str, ...]:
        return ("sum", "count")

    @property
    def key(self) -> str:
        return f"given {self.name} {self.signature}"

    @staticmethod
    def rows(scores: Sequence[float | None]) -> Matrix:
        """The rows of some segments, shape (segments, 2); None and NaN are missing scores."""
        values = np.array([math.nan if score is None else score for score in scores], dtype=np.float64)
        there = ~np.isnan(values)
        return np.column_stack([np.where(there, values, 0.0), there.astype(np.float64)])

    def create(self, level: str) -> NoReturn:
        raise InputError(f"{self.label} comes from another program and cannot be computed here; give its scores anew.")

    def measure(self, hypotheses: Sequence[str], prepared: Prepared, *, fast: bool | None = None) -> Matrix:
        """Raises InputError: a text that has no score yet gets it from the program that gave the others."""
        self.create("system")

    def add(self, rows: Matrix) -> list[Any]:
        """The rows' exact sum, whatever their order."""
        return [math.fsum(column) for column in np.asarray(rows).T.tolist()]

    def score(
        self, sums: Sequence[Any], counts: Iterable[int], *, level: str = "system", system: str = "", name: str = ""
    ) -> Score:
        """The mean; NaN where no segment has a score. ``counts`` (of references) do not matter."""
        total, count = sums
        value = total / count if count else math.nan
        verbose = "" if level == "segment" else f"mean of {count:.0f} segments"
        return Score(self.label, value, self.signature, level, system, name, verbose)

    def values(self, sums: Matrix, level: str = "system") -> np.ndarray:
        """Means of rows of ``sums`` (k, 2), shape (k,); NaN where a count is 0."""
        sums = np.asarray(sums, dtype=np.float64)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(np.where(sums[:, 1] > 0, sums[:, 0] / sums[:, 1], np.nan))

    def compare(
        self, systems: Sequence[tuple[str, Matrix]], counts: Iterable[int], test: str, trials: int, seed: int
    ) -> list[Comparison]:
        """The tests that sacrebleu makes of its own metrics, by its formulas, in double precision and in blocks.

        Each system needs a score of some segment.
        """
        size = len(systems[0][1])
        rng = np.random.default_rng(seed)
        found: list[list[np.ndarray]] = [[] for _ in systems]
        for start in range(0, trials, block := max(1, _BLOCK // max(1, size))):
            drawn = min(block, trials - start)
            if test == "bootstrap":
                picks = rng.choice(size, size=(drawn, size), replace=True)
                weights = np.stack([np.bincount(pick, minlength=size) for pick in picks]).astype(np.float64)
                for place, (_, rows) in enumerate(systems):
                    found[place].append(self.values(weights @ rows))
            else:
                swapped = rng.integers(2, size=(drawn, size), dtype=bool).astype(np.float64)
                first = systems[0][1]
                for place, (_, rows) in enumerate(systems):
                    one = self.values(swapped @ first + (1 - swapped) @ rows)
                    other = self.values((1 - swapped) @ first + swapped @ rows)
                    found[place].append(np.abs(one - other))
        scores = [self.score(self.add(rows), counts).value for _, rows in systems]
        drawn_all = [np.concatenate(each) for each in found]
        signature = "|".join((f"test:{TESTS[test]}", f"trials:{trials}", f"seed:{seed}", self.signature))
        results = []
        for place, (name, _) in enumerate(systems):
            mean = interval = p_value = None
            statistics = drawn_all[place]
            if test == "bootstrap":
                mean, interval = _estimate(statistics)
                statistics = np.abs(statistics - drawn_all[0])
                statistics = statistics - np.nanmean(statistics)
            if place:
                # A resample without any scored segment says nothing.
                above = int((statistics > abs(scores[0] - scores[place])).sum())
                p_value = (above + 1) / (int(np.isfinite(statistics).sum()) + 1)
            results.append(Comparison(name, self.label, signature, scores[place], p_value, mean, interval))
        return results


def _estimate(scores: np.ndarray) -> tuple[float, float]:
    """The mean of resampled scores, and half of their 95% interval."""
    ordered = np.sort(scores[np.isfinite(scores)])
    tail = len(ordered) // 40
    return float(ordered.mean()), float((ordered[len(ordered) - tail - 1] - ordered[tail]) / 2)

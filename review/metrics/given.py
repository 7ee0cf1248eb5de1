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
from review.metrics.base import Matrix, Metric, Prepared
from review.model import Score


class Given(Metric):
    title = "Scores that another program, or people, gave"
    advice = "The mean of the segments that have a score; compare only scores of one program and version."
    sacrebleu = False
    milliseconds = 0.0
    dtype = np.float64
    sacrebleu = False

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

"""chrF: F-score of character sequences, recall counting twice as much (Popović, 2015)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from review.metrics import kernels, surface
from review.metrics.base import Matrix, Metric, Prepared


class Chrf(Metric):
    name = "chrf"
    aliases = ("chrf2",)
    label = "chrF2"
    title = "Character sequences shared with the reference"
    advice = "Needs no tokenizer, so it holds for Chinese and Japanese too; usable for single segments."
    milliseconds = 0.3
    kernel = "chrf"
    word_order: ClassVar[int] = 0

    def create(self, level: str) -> Any:
        from sacrebleu.metrics import CHRF

        return CHRF(
            word_order=self.word_order,
            lowercase=self.options.chrf_lowercase,
            whitespace=self.options.chrf_whitespace,
        )

    @property
    def columns(self) -> tuple[str, ...]:
        orders = [f"char_{n}" for n in range(1, 7)] + [f"word_{n}" for n in range(1, self.word_order + 1)]
        return tuple(f"{order}_{part}" for order in orders for part in ("hyp", "ref", "match"))

    @property
    def key(self) -> str:
        options = self.options
        kind = f"lc={options.chrf_lowercase:d} space={options.chrf_whitespace:d}"
        return f"{self.name} {kind} {surface.version()}"

    @property
    def proven(self) -> bool:
        return surface.proven()

    def _measure_fast(self, hypotheses: Sequence[str], prepared: Prepared) -> Matrix:
        kernel, key = kernels.load(self.kernel), f"kernel {self.key}"
        how = self.options.chrf_whitespace, self.word_order
        if key not in prepared.made:
            prepared.made[key] = kernel.prepare(self._cased(prepared.flat), *how)
        return kernel.measure(self._cased(hypotheses), prepared.made[key], prepared.counts, *how)

    def _cased(self, texts: Sequence[str]) -> Sequence[str]:
        # Each text on its own: how a sigma is lowered depends on what stands around it.
        return [text.lower() for text in texts] if self.options.chrf_lowercase else texts

    def values(self, sums: Matrix, level: str = "system") -> np.ndarray:
        """See Metric.values; the steps and their order are sacrebleu's (beta is 2)."""
        rows = sums if sums.dtype == np.float32 else sums.astype(np.float64)
        kind = rows.dtype.type
        columns = np.ascontiguousarray(rows.T)
        precision, recall = np.zeros((2, len(rows)), dtype=kind)
        orders = np.zeros(len(rows), dtype=kind)
        for mine, theirs, shared in zip(columns[::3], columns[1::3], columns[2::3], strict=True):
            there = (mine > 0) & (theirs > 0)
            nothing = np.zeros(len(rows), dtype=kind)
            # Adding zero changes no bit.
            precision += np.divide(shared, mine, out=nothing, where=there)
            recall += np.divide(shared, theirs, out=nothing, where=there)
            orders += there
        np.divide(precision, orders, out=precision, where=orders > 0)
        np.divide(recall, orders, out=recall, where=orders > 0)
        some = precision + recall != 0
        scores = np.zeros(len(rows), dtype=kind)
        precision, recall = precision[some], recall[some]
        scores[some] = kind(100) * (kind(5) * precision * recall / (kind(4) * precision + recall))
        # sacrebleu's score of nothing in common is Python's 0.0, and numpy makes doubles of all beside it.
        return scores if some.all() else scores.astype(np.float64)

    def resampled(self, sums: Matrix) -> np.ndarray:
        return self.values(sums)


METRIC = Chrf

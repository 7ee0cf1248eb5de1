"""BLEU: clipped precision of word sequences, with a penalty for brevity (Papineni et al., 2002)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from review.metrics import kernels, surface, tokenizers
from review.metrics.base import Matrix, Metric, Prepared

_PROVEN = frozenset(("13a", "char", "intl", "none", "zh"))
"""The tokenizers that the kernel knows; the others cut words by a model or a dictionary."""


class Bleu(Metric):
    name = "bleu"
    label = "BLEU"
    title = "Words and word sequences shared with the reference"
    milliseconds = 0.1
    kernel = "bleu"
    advice = "Compare only scores with one signature; a single segment's BLEU says little."

    def create(self, level: str) -> Any:
        tokenizers.check(self.options.tokenize)
        return surface.bleu(
            self.options.tokenize,
            tokenizers.model(self.options.tokenize),
            lowercase=self.options.lowercase,
            force=True,
            smooth_method=self.options.smooth_method,
            smooth_value=self.options.smooth_value,
            # A short segment has no 4-grams; sacrebleu's own segment level leaves the missing orders out.
            effective_order=level == "segment",
        )

    @property
    def columns(self) -> tuple[str, ...]:
        orders = range(1, 5)
        return ("hyp_len", "ref_len", *(f"correct_{n}" for n in orders), *(f"total_{n}" for n in orders))

    @property
    def key(self) -> str:
        tokenize = f"{self.options.tokenize}{tokenizers.version(self.options.tokenize)}"
        return f"bleu {tokenize} lc={self.options.lowercase:d} {surface.version()}"

    @property
    def proven(self) -> bool:
        return self.options.tokenize in _PROVEN and surface.proven()

    def _measure_fast(self, hypotheses: Sequence[str], prepared: Prepared) -> Matrix:
        kernel, key, tokenizer = kernels.load(self.kernel), f"kernel {self.key}", self.options.tokenize
        if key not in prepared.made:
            prepared.made[key] = kernel.prepare(self._cased(prepared.flat), tokenizer)
        return kernel.measure(self._cased(hypotheses), prepared.made[key], prepared.counts, tokenizer)

    def _cased(self, texts: Sequence[str]) -> Sequence[str]:
        # Each text on its own: how a sigma is lowered depends on what stands around it.
        return [text.lower() for text in texts] if self.options.lowercase else texts

    def values(self, sums: Matrix, level: str = "system") -> np.ndarray:
        """See Metric.values. Add-k smoothing is left to sacrebleu."""
        if self.options.smooth_method == "add-k":
            return super().values(sums, level)
        return self._values(sums, level == "segment", _exp, _means)

    def resampled(self, sums: Matrix) -> np.ndarray:
        return super().resampled(sums) if self.options.smooth_method == "add-k" else self.values(sums)

    def near(self, sums: Matrix) -> np.ndarray:
        if self.options.smooth_method == "add-k":
            return self.resampled(sums)
        return self._values(sums, False, np.exp, _near_means)

    def _values(
        self,
        sums: Matrix,
        effective: bool,
        exp: Callable[[np.ndarray], np.ndarray],
        means: Callable[[np.ndarray, np.ndarray], np.ndarray],
    ) -> np.ndarray:
        rows = sums if sums.dtype == np.float32 else sums.astype(np.float64)
        scores = np.zeros(len(rows))
        some = np.flatnonzero((rows[:, 2:6] != 0).any(axis=1))
        columns = np.ascontiguousarray(rows[some].T)
        scores[some] = _penalties(columns[0], columns[1], exp) * means(*self._precisions(columns, effective))
        return scores

    def _precisions(self, columns: Matrix, effective: bool) -> tuple[np.ndarray, np.ndarray]:
        """Smoothed precisions (4, k) in the dtype of ``columns`` (10, k), and how many orders of each k count."""
        kind, count = columns.dtype.type, columns.shape[1]
        method, value = self.options.smooth_method, self.options.smooth_value
        precisions = np.zeros((4, count), dtype=kind)
        orders = np.full(count, 4)
        smoothing = np.ones(count, dtype=kind)
        there = np.ones(count, dtype=bool)
        for order, (correct, total) in enumerate(zip(columns[2:6], columns[6:10], strict=True)):
            there &= total != 0
            if effective:
                orders[there] = order + 1
            hit, miss = there & (correct != 0), there & (correct == 0)
            np.divide(kind(100) * correct, total, out=precisions[order], where=hit)
            if method == "exp":
                smoothing[miss] *= 2
                precisions[order, miss] = kind(100) / (smoothing[miss] * total[miss])
            elif method == "floor":
                precisions[order, miss] = kind(100.0 * (0.1 if value is None else value)) / total[miss]
        return precisions, orders


def _exp(values: np.ndarray) -> np.ndarray:
    """Python's exp, because numpy's may differ in the last bit."""
    return np.array(list(map(math.exp, values.tolist())))


def _penalties(lengths: np.ndarray, references: np.ndarray, exp: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Brevity penalties, in float64."""
    penalties = np.ones(len(lengths))
    short = np.flatnonzero(lengths < references)
    mine, theirs = lengths[short].astype(np.float64), references[short].astype(np.float64)
    ratios = np.divide(theirs, mine, out=np.full(len(short), np.inf), where=mine > 0)
    penalties[short] = exp(1 - ratios)
    return penalties


def _means(precisions: np.ndarray, orders: np.ndarray) -> np.ndarray:
    """Geometric means (k,) of the first ``orders`` precisions, by Python's log, sum and exp as sacrebleu takes them.

    (numpy's may differ in the last bit, and from Python 3.12 on ``sum`` makes up for rounding.)
    """
    means = np.zeros(len(orders))
    plain = (orders == 4) & (precisions > 0).all(axis=0)
    logs = [map(math.log, column.tolist()) for column in precisions[:, plain]]
    means[plain] = _exp(np.array(list(map(sum, zip(*logs, strict=True)))) / 4)
    means[~plain] = [
        # sacrebleu's logarithm of zero is this whole number.
        math.exp(sum([math.log(one) if one else -9999999999 for one in row[:order]]) / order)
        for row, order in zip(precisions[:, ~plain].T.tolist(), orders[~plain].tolist(), strict=True)
    ]
    return means


def _near_means(precisions: np.ndarray, orders: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return np.asarray(np.exp(np.log(precisions).sum(axis=0) / 4))


METRIC = Bleu

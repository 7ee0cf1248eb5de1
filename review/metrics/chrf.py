"""chrF: F-score of character sequences, recall counting twice as much (Popović, 2015)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from review.metrics import kernels, surface
from review.metrics.base import Matrix, Metric, Prepared


class Chrf(Metric):
    name = "chrf"
    aliases = ("chrf2",)
    label = "chrF2"
    title = "Character sequences shared with the reference"
    advice = "Needs no tokenizer, so it holds for Chinese and Japanese too; usable for single segments."
    milliseconds = 0.3
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
        kernel, key = kernels.load("chrf"), f"kernel {self.key}"
        how = self.options.chrf_whitespace, self.word_order
        if key not in prepared.made:
            prepared.made[key] = kernel.prepare(self._cased(prepared.flat), *how)
        return kernel.measure(self._cased(hypotheses), prepared.made[key], prepared.counts, *how)

    def _cased(self, texts: Sequence[str]) -> Sequence[str]:
        # Each text on its own: how a sigma is lowered depends on what stands around it.
        return [text.lower() for text in texts] if self.options.chrf_lowercase else texts


METRIC = Chrf

"""chrF: F-score of character sequences, recall counting twice as much (Popović, 2015)."""

from __future__ import annotations

from typing import Any, ClassVar

from review.metrics import surface
from review.metrics.base import Metric


class Chrf(Metric):
    name = "chrf"
    aliases = ("chrf2",)
    label = "chrF2"
    title = "Character sequences shared with the reference"
    advice = "Needs no tokenizer, so it holds for Chinese and Japanese too; usable for single segments."
    milliseconds = 0.6
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


METRIC = Chrf

"""BLEU: clipped precision of word sequences, with a penalty for brevity (Papineni et al., 2002)."""

from __future__ import annotations

from typing import Any

from review.metrics import surface, tokenizers
from review.metrics.base import Metric


class Bleu(Metric):
    name = "bleu"
    label = "BLEU"
    title = "Words and word sequences shared with the reference"
    milliseconds = 0.3
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


METRIC = Bleu

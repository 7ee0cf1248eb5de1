"""BLEU: clipped precision of word sequences, with a penalty for brevity (Papineni et al., 2002)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from review.metrics import kernels, surface, tokenizers
from review.metrics.base import Matrix, Metric, Prepared

_PROVEN = frozenset(("13a", "char", "intl", "none", "zh"))
"""The tokenizers that the kernel knows; the others cut words by a model or a dictionary."""


class Bleu(Metric):
    name = "bleu"
    label = "BLEU"
    title = "Words and word sequences shared with the reference"
    milliseconds = 0.1
    advice = "Compare only scores with one signature; a single segment's BLEU says little."

    def create(self, level: str) -> Any:
        from sacrebleu.metrics import BLEU

        tokenizers.check(self.options.tokenize)
        return BLEU(
            lowercase=self.options.lowercase,
            force=True,
            tokenize=self.options.tokenize,
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
        return f"bleu {self.options.tokenize} lc={self.options.lowercase:d} {surface.version()}"

    @property
    def proven(self) -> bool:
        return self.options.tokenize in _PROVEN and surface.proven()

    def _measure_fast(self, hypotheses: Sequence[str], prepared: Prepared) -> Matrix:
        kernel, key, tokenizer = kernels.load("bleu"), f"kernel {self.key}", self.options.tokenize
        if key not in prepared.made:
            prepared.made[key] = kernel.prepare(self._cased(prepared.flat), tokenizer)
        return kernel.measure(self._cased(hypotheses), prepared.made[key], prepared.counts, tokenizer)

    def _cased(self, texts: Sequence[str]) -> Sequence[str]:
        # Each text on its own: how a sigma is lowered depends on what stands around it.
        return [text.lower() for text in texts] if self.options.lowercase else texts


METRIC = Bleu

"""TER: edits and shifts of words that turn the output into the reference, per reference word (Snover et al., 2006)."""

from __future__ import annotations

from typing import Any

import numpy as np

from review.metrics import surface
from review.metrics.base import Matrix, Metric


class Ter(Metric):
    name = "ter"
    label = "TER"
    title = "Word edits and shifts needed to reach the reference"
    advice = "Lower is better. Against the output's own post-edit it is HTER, the editor's work."
    higher_is_better = False
    milliseconds = 10.0
    dtype = np.float64

    def create(self, level: str) -> Any:
        from sacrebleu.metrics import TER

        return TER(
            normalized=self.options.ter_normalized,
            no_punct=self.options.ter_no_punct,
            asian_support=self.options.ter_asian_support,
            case_sensitive=self.options.ter_case_sensitive,
        )

    @property
    def columns(self) -> tuple[str, ...]:
        return ("edits", "ref_len")

    @property
    def key(self) -> str:
        options = self.options
        kind = "".join(
            f"{flag:d}"
            for flag in (
                options.ter_case_sensitive,
                options.ter_normalized,
                options.ter_no_punct,
                options.ter_asian_support,
            )
        )
        return f"ter {kind} {surface.version()}"

    def add(self, rows: Matrix) -> list[Any]:
        """Edits are whole; mean reference lengths may not be, so they are added one after another as sacrebleu does."""
        edits, lengths = rows[:, 0], rows[:, 1]
        whole = bool((lengths == np.floor(lengths)).all())
        total = lengths.sum() if whole else np.add.accumulate(lengths)[-1]
        return [int(edits.sum()), float(total)]

    def values(self, sums: Matrix, level: str = "system") -> np.ndarray:
        """See Metric.values."""
        rows = sums if sums.dtype == np.float32 else sums.astype(np.float64)
        edits, lengths = rows[:, 0], rows[:, 1]
        some = lengths > 0
        scores = (edits > 0).astype(rows.dtype) * rows.dtype.type(100)
        scores[some] = rows.dtype.type(100) * (edits[some] / lengths[some])
        # The score of an empty reference is Python's 100.0 or 0.0, and numpy makes doubles of all beside it.
        return scores if some.all() else scores.astype(np.float64)

    def resampled(self, sums: Matrix) -> np.ndarray:
        return self.values(sums)

    def unchanged(self, text: str) -> list[float]:
        """The row of a text against itself, at the cost of counting its words."""
        return [0.0, float(surface.word_count(self._native("system"), text))]


METRIC = Ter

"""TER: edits and shifts of words that turn the output into the reference, per reference word (Snover et al., 2006)."""

from __future__ import annotations

from typing import Any

from review.metrics import surface
from review.metrics.base import Metric, Row


class Ter(Metric):
    name = "ter"
    label = "TER"
    title = "Word edits and shifts needed to reach the reference"
    advice = "Lower is better. Against the output's own post-edit it is HTER, the editor's work."
    higher_is_better = False

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

    def unchanged(self, text: str) -> Row:
        """The row of a text against itself, at the cost of counting its words."""
        return [0, surface.word_count(self._native("system"), text)]


METRIC = Ter

"""Scores: one number of one metric, with the signature that says exactly how it was made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """``metric`` is sacrebleu's label (BLEU, chrF2, chrF2++, TER); ``level`` segment, document or system.

    ``mean`` and ``interval`` (half of the 95% interval around it) are there where resamples were drawn.
    """

    metric: str
    value: float
    signature: str
    level: str = "system"
    system: str = ""
    name: str = ""
    verbose: str = ""
    mean: float | None = None
    interval: float | None = None

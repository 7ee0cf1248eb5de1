"""Intervals: how far a system's score may be from that of other texts of the same kind, by bootstrap."""

from __future__ import annotations

from dataclasses import replace

from review.steps.scoring.measuring import Progress
from review.steps.scoring.systems import Measured, Table

TRIALS = 1000
"""sacrebleu's own."""


def intervals(
    found: Measured, table: Table, trials: int = TRIALS, seed: int = 12345, progress: Progress | None = None
) -> Table:
    """The table with each system's score in its interval, equal to sacrebleu's for the same seed."""
    metrics = {metric.label: metric for metric in found.metrics}
    scores = list(table.scores)
    places = [place for place, one in enumerate(scores) if one.level == "system" and one.metric in metrics]
    for done, place in enumerate(places, 1):
        metric = metrics[scores[place].metric]
        rows = found.rows[scores[place].system, metric.name]
        scores[place] = metric.interval(scores[place], rows, found.counts, trials, seed)
        if progress:
            progress(done, len(places))
    return replace(table, scores=tuple(scores))

"""Intervals: how far a system's score may be from that of other texts of the same kind, by bootstrap."""

from __future__ import annotations

from dataclasses import replace

from review.metrics import Matrix, Metric, significance
from review.model import Score
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
        if metric.sacrebleu:
            scores[place] = metric.interval(scores[place], rows, found.counts, trials, seed)
        else:
            scores[place] = _of_means(scores[place], metric, rows, found, trials, seed)
        if progress:
            progress(done, len(places))
    return replace(table, scores=tuple(scores))


def _of_means(score: Score, metric: Metric, rows: Matrix, found: Measured, trials: int, seed: int) -> Score:
    """The same of a metric that is not sacrebleu's."""
    subject = significance.Subject.of(metric, [rows], found.counts, "bootstrap", trials, seed)
    [outcome] = significance.run([subject], "bootstrap", trials, seed)
    if outcome.means is None or outcome.halves is None:
        return score
    return replace(score, signature=subject.signature, mean=outcome.means[0], interval=outcome.halves[0])

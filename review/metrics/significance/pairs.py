"""Every system against every other: p-values, clusters and ranks as WMT gives them, and what many tests mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from review.metrics.significance.subjects import Subject
from review.metrics.significance.testing import Outcome

_FALSE_ALARMS = 0.25
"""False alarms to be expected by chance from which on the reader is warned."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairwise:
    """One metric's systems, best first, each tested against each.

    A system is better than another where its score is and the pair's p-value is below ``level``. As in the findings
    of WMT (Koehn, 2012; Bojar et al., 2013, section 3.3; Kocmi et al., 2023) that gives

    - ``clusters``, numbered from 1: a line is drawn wherever every system above is better than every system below;
    - ``ranks``: from one plus the number of systems that are better than this one, to the number of systems minus
      the number that this one is better than.

    WMT tests human judgements; here the metric's own paired test decides. Both use the p-values as they are.

    ``p_values`` (s, s) are sacrebleu's with the row as the baseline (it comes out the same with the column), NaN on
    the diagonal. ``adjusted`` are these after Holm (1979) over all pairs: below ``level`` there, no pair at all is
    a false alarm but with that probability. Two systems with equal scores have an adjusted value of 1.
    ``means``, ``lower`` and ``upper`` (ends of the 95% interval) are the bootstrap's, else None.
    ``exact_p_values`` are of exact sums where sacrebleu's are rounded (see Comparison), else None.
    """

    metric: str
    test: str
    trials: int
    seed: int
    level: float
    signature: str
    higher_is_better: bool
    systems: tuple[str, ...]
    scores: tuple[float, ...]
    means: tuple[float, ...] | None
    lower: tuple[float, ...] | None
    upper: tuple[float, ...] | None
    p_values: np.ndarray
    adjusted: np.ndarray
    clusters: tuple[int, ...]
    ranks: tuple[tuple[int, int], ...]
    exact_p_values: np.ndarray | None = None
    warnings: tuple[str, ...] = ()

    @property
    def better(self) -> np.ndarray:
        """(s, s) of bool: the row is better than the column."""
        return _better(self.scores, self.p_values, self.level, self.higher_is_better)


def pairwise(
    subject: Subject, outcome: Outcome, names: Sequence[str], test: str, trials: int, seed: int, level: float = 0.05
) -> Pairwise:
    """Order an outcome of every pair; ``names`` are the systems' in the subject's order, which ties keep."""
    sign = -1 if subject.higher_is_better else 1
    order = sorted(range(len(names)), key=lambda place: sign * subject.scores[place])

    def ordered(values: Sequence[float] | None) -> tuple[float, ...] | None:
        return None if values is None else tuple(values[place] for place in order)

    def square(table: np.ndarray | None) -> np.ndarray | None:
        return None if table is None else table[np.ix_(order, order)]

    scores = tuple(subject.scores[place] for place in order)
    p_values = outcome.p_values[np.ix_(order, order)]
    values = np.array(scores)
    better = _better(scores, p_values, level, subject.higher_is_better)
    return Pairwise(
        subject.label,
        test,
        trials,
        seed,
        level,
        subject.signature,
        subject.higher_is_better,
        tuple(names[place] for place in order),
        scores,
        ordered(outcome.means),
        ordered(outcome.lower),
        ordered(outcome.upper),
        p_values,
        holm(np.where(values[:, None] == values[None, :], np.where(np.isnan(p_values), np.nan, 1.0), p_values)),
        clusters(better),
        ranks(better),
        square(outcome.exact_p_values),
        tuple(many(len(names) * (len(names) - 1) // 2, level, trials)) + tuple(rounded(subject.label, outcome)),
    )


def _better(scores: Sequence[float], p_values: np.ndarray, level: float, higher_is_better: bool) -> np.ndarray:
    values = np.array(scores) * (1 if higher_is_better else -1)
    return np.asarray((values[:, None] > values[None, :]) & (p_values < level))


def holm(p_values: np.ndarray) -> np.ndarray:
    """Adjust a symmetric table (s, s) of p-values for the number of its pairs (Holm, 1979).

    NaN, on the diagonal or of a pair that cannot be tested, stays and does not count.
    """
    rows, columns = np.triu_indices(len(p_values), 1)
    known = ~np.isnan(p_values[rows, columns])
    rows, columns = rows[known], columns[known]
    values = p_values[rows, columns]
    order = np.argsort(values, kind="stable")
    factors = np.arange(len(values), 0, -1)
    adjusted = np.empty(len(values))
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(values[order] * factors))
    table = np.full(p_values.shape, np.nan)
    table[rows, columns] = table[columns, rows] = adjusted
    return table


def clusters(better: np.ndarray) -> tuple[int, ...]:
    """The cluster of each system, best first: a new one begins where all above are better than all below."""
    found, number = [], 1
    for place in range(len(better)):
        if place and better[:place, place:].all():
            number += 1
        found.append(number)
    return tuple(found)


def ranks(better: np.ndarray) -> tuple[tuple[int, int], ...]:
    """The highest and the lowest rank that each system may have."""
    losses, wins = better.sum(axis=0), better.sum(axis=1)
    return tuple((1 + int(lost), len(better) - int(won)) for lost, won in zip(losses, wins, strict=True))


def many(pairs: int, level: float, trials: int) -> list[str]:
    """What the reader of many tests must know; nothing for a few."""
    expected = pairs * level
    if expected < _FALSE_ALARMS:
        return []
    advice = blunt(pairs, level, trials) or "Read the adjusted p-values (Holm)."
    return [
        f"{pairs} pairs of systems are compared by each metric: if none differed, about {expected:.2g} of them would "
        f"still come out below {level:g} by chance. {advice}"
    ]


def blunt(pairs: int, level: float, trials: int) -> str:
    """A sentence where no p-value of so many trials can be below ``level`` once it is adjusted for so many pairs.

    The smallest that sacrebleu's tests give is 1 / (trials + 1), and Holm multiplies it by the number of pairs.
    """
    if pairs / (trials + 1) < level:
        return ""
    needed = int(pairs / level)
    return (
        f"{trials} trials are too few to tell which of them hold after Holm's adjustment: no adjusted p-value can be "
        f"below {pairs / (trials + 1):.2g}; ask for {needed} --trials or more."
    )


def rounded(label: str, outcome: Outcome) -> list[str]:
    """What the reader must know where sacrebleu's sums are rounded."""
    return [] if outcome.exact_p_values is None else [rounding(label)]


def rounding(label: str) -> str:
    """The warning that a metric's resamples are too large for float32."""
    return (
        f"{label}: counts of a resample reach 2^24 (16,777,216), beyond which sacrebleu's float32 sums are rounded. "
        "Its means, intervals and p-values are given as it computes them; those of exact sums are called exact."
    )

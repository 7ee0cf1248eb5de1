"""How well a number ranks segments: AUC, MCC, recall in what is read first, Spearman; and intervals by bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1, ties sharing their mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse], dtype=float)


def auc(bad: np.ndarray, score: np.ndarray) -> float:
    """The chance that a bad segment's score is above a good one's (Mann and Whitney); NaN with only one kind."""
    positive = int(bad.sum())
    negative = len(bad) - positive
    if not positive or not negative:
        return float("nan")
    return float((ranks(score)[bad].sum() - positive * (positive + 1) / 2) / (positive * negative))


def mcc(bad: np.ndarray, called: np.ndarray) -> float:
    """Matthews' correlation of two yes-or-no arrays; 0 where one of them never varies."""
    table = np.array([[np.sum(bad & called), np.sum(bad & ~called)], [np.sum(~bad & called), np.sum(~bad & ~called)]])
    tp, fn, fp, tn = (float(value) for value in table.ravel())
    product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    return (tp * tn - fp * fn) / product**0.5 if product else 0.0


def found_in_first(bad: np.ndarray, order: np.ndarray, cost: np.ndarray, share: float) -> float:
    """The share of bad segments among those read first, in falling ``order``, within ``share`` of the whole cost."""
    if not bad.any():
        return float("nan")
    ranked = np.argsort(-order, kind="stable")
    spent = np.cumsum(cost[ranked])
    return float(bad[ranked][spent <= share * spent[-1]].sum() / bad.sum())


def spearman(one: np.ndarray, other: np.ndarray) -> float:
    """Spearman's rank correlation; NaN where one of them never varies."""
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    return float(np.corrcoef(ranks(one), ranks(other))[0, 1])


def interval(
    groups: Sequence[Hashable], measure: Callable[[np.ndarray], float | None], trials: int = 300, seed: int = 12345
) -> tuple[float, float]:
    """A 95% percentile interval of ``measure`` over draws of whole groups (documents), with replacement.

    ``groups`` names the group of each item; ``measure`` takes the numbers of the items drawn, some of them several
    times. Draws in which it has no value are left out. Efron and Tibshirani, "An Introduction to the Bootstrap", 13.3.
    """
    rng = np.random.default_rng(seed)
    members: dict[Hashable, list[int]] = {}
    for number, group in enumerate(groups):
        members.setdefault(group, []).append(number)
    arrays = [np.array(items) for items in members.values()]
    values = []
    for _ in range(trials):
        drawn = np.concatenate([arrays[at] for at in rng.integers(len(arrays), size=len(arrays))])
        value = measure(drawn)
        if value is not None and np.isfinite(value):
            values.append(value)
    if not values:
        return float("nan"), float("nan")
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)

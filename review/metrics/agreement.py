"""How far two lists of scores agree: Pearson, Spearman, Kendall's tau-b, and the share of pairs ordered alike.

NaN stands wherever a number is undefined: fewer than two items, or a list that never varies. Higher is taken for better
in both lists; whoever calls turns the others round. Where a trial is an axis, each of its rows is a list of its own.
"""

from __future__ import annotations

import numpy as np

from review.metrics.ranking import spearman

NAMES = ("pearson", "spearman", "kendall", "accuracy")

__all__ = ["NAMES", "accuracy", "kendall", "of_rows", "pairs_alike", "pearson", "spearman"]


def pearson(one: np.ndarray, other: np.ndarray) -> float:
    """Pearson's correlation."""
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    first, second = (_scaled(values - values.mean()) for values in (one, other))
    return _ratio(first @ second, np.sqrt((first @ first) * (second @ second)))


def kendall(one: np.ndarray, other: np.ndarray) -> float:
    """Kendall's tau-b, which allows for ties, in O(n log n) steps (Kendall, 1945; Knight, 1966)."""
    count = len(one)
    first, second = (np.unique(values, return_inverse=True)[1] for values in (one, other))
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    pairs = count * (count - 1) // 2
    tied = _tied(first)
    tied_other = _tied(second)
    tied_both = _tied(first * (int(second.max(initial=0)) + 1) + second)
    against = _inversions(second)
    return _ratio(
        pairs - tied - tied_other + tied_both - 2 * against,
        (float(pairs - tied) * float(pairs - tied_other)) ** 0.5,
    )


def accuracy(one: np.ndarray, other: np.ndarray) -> float:
    """The share of all pairs of items whose order, or tie, is the same in both lists (Kocmi et al., 2021)."""
    alike, pairs = pairs_alike(one[None, :], other[None, :])
    return _ratio(alike[0], pairs[0])


def pairs_alike(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each row (n, k): how many of its pairs of items are ordered alike, and how many pairs there are.

    Pairs with a NaN are left out. Two results of shape (n,).
    """
    alike = np.zeros(len(one), dtype=np.int64)
    pairs = np.zeros(len(one), dtype=np.int64)
    there = ~(np.isnan(one) | np.isnan(other))
    for left in range(one.shape[1]):
        for right in range(left + 1, one.shape[1]):
            both = there[:, left] & there[:, right]
            signs = np.sign(one[:, left] - one[:, right]) == np.sign(other[:, left] - other[:, right])
            alike += both & signs
            pairs += both
    return alike, pairs


def of_rows(one: np.ndarray, other: np.ndarray) -> dict[str, np.ndarray]:
    """All four numbers for each row of (t, k): t trials of k items. Each result has shape (t,); O(t k^2).

    Only the signs of differences matter to three of them: their sum over a row is its ranks, but for a constant.
    """
    with np.errstate(invalid="ignore"):
        first, second = (np.sign(values[:, :, None] - values[:, None, :]) for values in (one, other))
    items = one.shape[1]
    pairs = items * (items - 1)
    # The diagonal is alike in both by nature, and no pair. NaN is like nothing.
    alike = (first == second).sum(axis=(1, 2)) - items if items else np.zeros(len(one))
    ties = np.sqrt((first**2).sum(axis=(1, 2)) * (second**2).sum(axis=(1, 2)))
    whole = ~np.isnan(one + other).any(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = {
            "pearson": _pearson_of_rows(one, other),
            "spearman": _pearson_of_rows(first.sum(axis=2), second.sum(axis=2)),
            "kendall": np.where(ties > 0, (first * second).sum(axis=(1, 2)) / ties, np.nan),
            "accuracy": np.where(whole & (pairs > 0), alike / pairs, np.nan),
        }
    return {name: np.clip(values, -1.0, 1.0) for name, values in found.items()}


def _pearson_of_rows(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    if one.shape[1] < 2:
        return np.full(len(one), np.nan)
    varies = (np.ptp(one, axis=1) > 0) & (np.ptp(other, axis=1) > 0)
    first, second = (_scaled(values - values.mean(axis=1, keepdims=True)) for values in (one, other))
    size = np.sqrt((first**2).sum(axis=1) * (second**2).sum(axis=1))
    return np.where(varies, (first * second).sum(axis=1) / size, np.nan)


def _scaled(values: np.ndarray) -> np.ndarray:
    """Each row by its largest number, so that squares of very small ones are not lost; rows of zeros stay."""
    largest = np.abs(values).max(axis=-1, keepdims=True)
    return np.divide(values, largest, out=np.zeros_like(values, dtype=float), where=largest > 0)


def _ratio(part: float, whole: float) -> float:
    return min(1.0, max(-1.0, float(part) / float(whole))) if whole else float("nan")


def _tied(values: np.ndarray) -> int:
    """Pairs of equal values."""
    counts = np.unique(values, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def _inversions(values: np.ndarray) -> int:
    """Pairs that stand in falling order, of integers from 0: counted at the highest bit in which two differ."""
    found = 0
    for bit in reversed(range(int(values.max(initial=0)).bit_length())):
        group, ones = values >> (bit + 1), (values >> bit) & 1
        # ``values`` is sorted by the bits above, stably: ones before a zero of its own group are its inversions.
        before = np.cumsum(ones) - ones
        starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
        here = before - np.repeat(before[starts], np.diff(np.r_[starts, len(values)]))
        found += int(here[ones == 0].sum())
        values = values[np.argsort(values >> bit, kind="stable")]
    return found

"""Draws of the two paired tests on sums of whole numbers, for all pairs of systems at once.

Koehn (2004) for the bootstrap, Riezler and Maxwell (2005) for approximate randomization, with sacrebleu's definitions
of both p-values but for one: a shuffle that comes out equal counts against a difference, because penalties are few
round numbers and come out equal often.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

BLOCK = 2**22
"""Numbers that are drawn at once."""


@dataclass(frozen=True, slots=True)
class Result:
    """How much more the second of a pair has in a segment; ``interval`` is the bootstrap's middle 95%, else None."""

    difference: float
    p_value: float
    interval: tuple[float, float] | None = None


def tested(
    sums: np.ndarray, counts: np.ndarray, places: Sequence[tuple[int, int]], test: str, trials: int, seed: int
) -> list[Result]:
    """Test pairs of rows of ``sums`` (systems, units); a unit is what is drawn, and has ``counts`` segments."""
    first, second = (np.array([place[at] for place in places]) for at in (0, 1))
    total = counts.sum()
    real = sums[second].sum(axis=1) - sums[first].sum(axis=1)
    if test == "randomization":
        shuffles = np.concatenate(list(_shuffled(sums, trials, seed)))
        beyond = (np.abs(shuffles[:, second] - shuffles[:, first]) >= np.abs(real)).sum(axis=0)
        found = zip(real / total, (beyond + 1) / (trials + 1), strict=True)
        return [Result(float(difference), float(p_value)) for difference, p_value in found]
    means = resampled(sums, counts, trials, seed)
    drawn = means[:, second] - means[:, first]
    spread = np.abs(drawn) - np.abs(drawn).mean(axis=0)
    # No difference at all is no evidence of one, even where no draw shows any.
    beyond = np.where(real == 0, trials, (spread > np.abs(real / total)).sum(axis=0))
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    columns = (real / total, (beyond + 1) / (trials + 1), low, high)
    return [
        Result(float(difference), float(p_value), (float(bottom), float(top)))
        for difference, p_value, bottom, top in zip(*columns, strict=True)
    ]


def resampled(sums: np.ndarray, counts: np.ndarray, trials: int, seed: int) -> np.ndarray:
    """Means over the segments of units drawn with replacement, shape (trials, systems)."""
    rng, size = np.random.default_rng(seed), sums.shape[1]
    found = []
    for count in _blocks(trials, size):
        at = rng.integers(size, size=(count, size)) + np.arange(count)[:, None] * size
        times = np.bincount(at.ravel(), minlength=count * size).reshape(count, size).astype(float)
        found.append(times @ sums.T / (times @ counts)[:, None])
    return np.concatenate(found)


def _shuffled(sums: np.ndarray, trials: int, seed: int) -> Iterator[np.ndarray]:
    """Sums in which each unit has a sign at random, so that a difference of two is that of a shuffle of both."""
    rng, size = np.random.default_rng(seed), sums.shape[1]
    for count in _blocks(trials, size):
        yield (rng.integers(2, size=(count, size)) * 2.0 - 1.0) @ sums.T


def _blocks(trials: int, size: int) -> Iterator[int]:
    most = max(1, BLOCK // size)
    for start in range(0, trials, most):
        yield min(most, trials - start)

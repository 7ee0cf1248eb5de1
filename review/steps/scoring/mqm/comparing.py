"""Whether systems differ: paired tests on the means of segments, each pair on the segments that both have.

Koehn (2004) for the bootstrap, Riezler and Maxwell (2005) for approximate randomization, with sacrebleu's definitions
of both p-values but for one: a shuffle that comes out equal counts against a difference, because penalties are few
round numbers and come out equal often. Penalties are whole numbers here, so equal is equal. Segments are what is
drawn; raters are not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from review.errors import InputError
from review.metrics.base import TESTS
from review.metrics.mqm import Ratings
from review.steps.scoring.significance import SEED, TRIALS

LEVEL = 0.05
_BLOCK = 2**22
_FEW = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """``difference`` is how much more penalty ``worse`` has in a segment, over the ``segments`` that both have.

    ``interval`` is the middle 95% of the difference by bootstrap, None for randomization. Where the pair has no
    segment in common, ``difference`` and ``p_value`` are None.
    """

    better: str
    worse: str
    segments: int
    difference: float | None
    p_value: float | None
    interval: tuple[float, float] | None = None

    @property
    def significant(self) -> bool:
        """Whether p is below 0.05, of this pair alone."""
        return self.p_value is not None and self.p_value < LEVEL


@dataclass(frozen=True, slots=True)
class Compared:
    """All pairs of systems, the best first; ``clusters`` numbers each system's cluster from 1.

    A cluster ends where every system above is significantly better than every one below, as WMT draws them.
    ``intervals`` are the middle 95% of each system's own score by bootstrap; empty for randomization.
    """

    test: str
    trials: int
    seed: int
    pairs: tuple[Pair, ...]
    clusters: dict[str, int]
    intervals: dict[str, tuple[float, float]]
    warnings: tuple[str, ...]


def compare(ratings: Ratings, test: str, trials: int | None = None, seed: int = SEED) -> Compared:
    """Test every pair of systems by "bootstrap" or "randomization".

    Raises InputError for an unknown test or fewer than two systems.
    """
    if test not in TESTS:
        raise InputError(f"There is no test {test!r}; choose one of {', '.join(TESTS)}.")
    if len(ratings.systems) < 2:
        raise InputError("A comparison needs two systems or more; there is one.")
    trials = trials or TRIALS[test]
    order = [ratings.systems.index(tally.system) for tally in ratings.tallies("system")]
    unit = ratings.weights.scale * math.lcm(*(int(number) for number in np.unique(ratings.raters_of)))
    means = ratings.means()
    there = ~np.isnan(means)
    whole = np.rint(np.where(there, means, 0.0) * unit)
    groups: dict[bytes, list[tuple[int, int]]] = {}
    for first, second in combinations(range(len(order)), 2):
        groups.setdefault((there[order[first]] & there[order[second]]).tobytes(), []).append((first, second))
    found: dict[tuple[int, int], Pair] = {}
    for key, places in groups.items():
        common = np.frombuffer(key, dtype=bool)
        table = whole[order][:, common]
        for place, result in zip(places, _tested(table, places, test, trials, seed), strict=True):
            better, worse = (ratings.systems[order[at]] for at in place)
            difference, p_value, interval = result
            size = unit * max(1, int(common.sum()))
            found[place] = Pair(
                better, worse, int(common.sum()), None if difference is None else difference / size, p_value,
                None if interval is None else (interval[0] / size, interval[1] / size),
            )  # fmt: skip
    pairs = tuple(found[place] for place in sorted(found))
    names = [ratings.systems[at] for at in order]
    ends = _intervals(names, whole[order] / unit, there[order], trials, seed) if test == "bootstrap" else {}
    warnings = tuple(_warnings(pairs, len(ratings.items), test))
    return Compared(test, trials, seed, pairs, clusters(names, pairs), ends, warnings)


Tested = tuple[float | None, float | None, tuple[float, float] | None]


def _tested(table: np.ndarray, places: Sequence[tuple[int, int]], test: str, trials: int, seed: int) -> list[Tested]:
    """Difference, p-value and interval of each pair, in sums over segments; ``table`` is (systems, segments)."""
    if not table.shape[1]:
        return [(None, None, None)] * len(places)
    first, second = (np.array([place[at] for place in places]) for at in (0, 1))
    real = table[second].sum(axis=1) - table[first].sum(axis=1)
    draws = _resampled if test == "bootstrap" else _shuffled
    sums = np.concatenate(list(draws(table, trials, np.random.default_rng(seed))))
    drawn = sums[:, second] - sums[:, first]
    if test == "randomization":
        beyond = (np.abs(drawn) >= np.abs(real)).sum(axis=0)
        return [(float(one), float((count + 1) / (trials + 1)), None) for one, count in zip(real, beyond, strict=True)]
    spread = np.abs(drawn) - np.abs(drawn).mean(axis=0)
    # No difference at all is no evidence of one, even where no draw shows any.
    beyond = np.where(real == 0, trials, (spread > np.abs(real)).sum(axis=0))
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    return [
        (float(one), float((count + 1) / (trials + 1)), (float(bottom), float(top)))
        for one, count, bottom, top in zip(real, beyond, low, high, strict=True)
    ]


def _intervals(
    names: Sequence[str], table: np.ndarray, there: np.ndarray, trials: int, seed: int
) -> dict[str, tuple[float, float]]:
    found = {}
    for name, row, own in zip(names, table, there, strict=True):
        sums = np.concatenate(list(_resampled(row[None, own], trials, np.random.default_rng(seed))))
        low, high = np.percentile(sums[:, 0] / own.sum(), [2.5, 97.5])
        found[name] = (float(low), float(high))
    return found


def _resampled(table: np.ndarray, trials: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Sums of segments drawn with replacement, shape (trials, systems), in blocks."""
    size = table.shape[1]
    for count in _blocks(trials, size):
        at = rng.integers(size, size=(count, size)) + np.arange(count)[:, None] * size
        yield np.bincount(at.ravel(), minlength=count * size).reshape(count, size) @ table.T


def _shuffled(table: np.ndarray, trials: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Sums in which each segment has a sign at random, so that a difference of two is that of a shuffle of both."""
    size = table.shape[1]
    for count in _blocks(trials, size):
        yield (rng.integers(2, size=(count, size)) * 2.0 - 1.0) @ table.T


def _blocks(trials: int, size: int) -> Iterator[int]:
    most = max(1, _BLOCK // size)
    for start in range(0, trials, most):
        yield min(most, trials - start)


def clusters(names: Sequence[str], pairs: Sequence[Pair]) -> dict[str, int]:
    """The cluster of each system of ``names``, the best first."""
    # On the segments that a pair shares, the order may be the other way round.
    apart = {(pair.better, pair.worse) for pair in pairs if pair.significant and (pair.difference or 0) > 0}
    found, number = {}, 1
    for at, name in enumerate(names):
        if at and all((above, below) in apart for above in names[:at] for below in names[at:]):
            number += 1
        found[name] = number
    return found


def _warnings(pairs: Sequence[Pair], items: int, test: str) -> list[str]:
    said = []
    if test == "bootstrap":
        said.append(
            "The bootstrap's p-values are by sacrebleu's definition, and tend to be smaller than randomization's."
        )
    if len(pairs) > 1:
        by_chance = f"about {LEVEL * len(pairs):.1f} of them would differ by chance where none does"
        said.append(f"{len(pairs)} pairs are tested, each at p < {LEVEL}: {by_chance}.")
    fewest, most = min(pair.segments for pair in pairs), max(pair.segments for pair in pairs)
    if fewest < items:
        how = f"{fewest} to {most}" if fewest != most else f"{fewest}"
        said.append(f"Pairs are compared on the segments that both systems have: {how} of {items}.")
    if fewest < _FEW:
        said.append(f"A pair has {fewest} segments in common; a test on fewer than {_FEW} says little.")
    return said

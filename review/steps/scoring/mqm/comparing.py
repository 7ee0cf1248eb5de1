"""Whether systems differ: paired tests of the mean penalty, each pair of systems on the segments that both have.

What is drawn are segments, or whole documents: raters work document by document, so segments of one are alike. Raters
are not drawn. Penalties are whole numbers here, so equal is equal.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from review.errors import InputError
from review.metrics import significance
from review.metrics.base import TESTS
from review.metrics.mqm import Ratings
from review.metrics.significance.pairs import blunt
from review.steps.scoring.mqm.drawing import resampled, tested
from review.steps.scoring.significance import SEED, trials_of

LEVEL = 0.05
UNITS = ("segment", "document")
_FEW = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """``difference`` is how much more penalty ``worse`` has in a segment, over the ``segments`` that both have.

    ``units`` is how many segments or documents there are to draw. ``interval`` is the middle 95% of the difference by
    bootstrap, None for randomization. ``adjusted`` is the p-value after Holm (1979) over all pairs. Where no segment
    is common, ``difference`` and p-values are None.
    """

    better: str
    worse: str
    segments: int
    units: int
    difference: float | None
    p_value: float | None
    interval: tuple[float, float] | None = None
    adjusted: float | None = None

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
    unit: str
    pairs: tuple[Pair, ...]
    clusters: dict[str, int]
    intervals: dict[str, tuple[float, float]]
    warnings: tuple[str, ...]


def compare(
    ratings: Ratings, test: str, trials: int | None = None, seed: int = SEED, unit: str = "segment"
) -> Compared:
    """Test every pair of systems by "bootstrap" or "randomization", drawing segments or documents (``unit``).

    Raises InputError for an unknown test, fewer than two systems, or too many trials.
    """
    if test not in TESTS:
        raise InputError(f"There is no test {test!r}; choose one of {', '.join(TESTS)}.")
    if len(ratings.systems) < 2:
        raise InputError("A comparison needs two systems or more; there is one.")
    trials = trials_of(test, trials)
    order = [ratings.systems.index(tally.system) for tally in ratings.tallies("system")]
    names = [ratings.systems[at] for at in order]
    scale = ratings.weights.scale * math.lcm(*(int(number) for number in np.unique(ratings.raters_of)))
    means = ratings.means()[order]
    there = ~np.isnan(means)
    whole = np.rint(np.where(there, means, 0.0) * scale)
    drawn = _units(ratings, unit)
    groups: dict[bytes, list[tuple[int, int]]] = {}
    for first, second in combinations(range(len(order)), 2):
        groups.setdefault((there[first] & there[second]).tobytes(), []).append((first, second))
    found: dict[tuple[int, int], Pair] = {}
    for key, places in groups.items():
        common = np.frombuffer(key, dtype=bool)
        sums, counts = _added(whole, common, drawn)
        results = tested(sums, counts, places, test, trials, seed) if common.any() else [None] * len(places)
        for place, result in zip(places, results, strict=True):
            pair = (names[place[0]], names[place[1]], int(common.sum()), len(counts))
            if result is None:
                found[place] = Pair(*pair, None, None)
                continue
            ends = result.interval and (result.interval[0] / scale, result.interval[1] / scale)
            found[place] = Pair(*pair, result.difference / scale, result.p_value, ends)
    pairs = adjusted(found, len(order))
    intervals: dict[str, tuple[float, float]] = {}
    for name, row, own in zip(names, whole, there, strict=True) if test == "bootstrap" else ():
        draws = resampled(*_added(row[None], own, drawn), trials, seed) / scale
        low, high = np.percentile(draws, [2.5, 97.5])
        intervals[name] = (float(low), float(high))
    warnings = tuple(_warnings(pairs, len(ratings.items), test, trials, unit))
    return Compared(test, trials, seed, unit, pairs, clusters(names, pairs), intervals, warnings)


def _units(ratings: Ratings, unit: str) -> np.ndarray:
    """The number of what each segment is drawn with."""
    if unit == "segment":
        return np.arange(len(ratings.items))
    documents = {name: at for at, name in enumerate(dict.fromkeys(name for name, _ in ratings.items))}
    return np.array([documents[name] for name, _ in ratings.items])


def _added(table: np.ndarray, common: np.ndarray, drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sums of the common segments of each unit, shape (systems, units), and how many segments each unit has."""
    _, places, counts = np.unique(drawn[common], return_inverse=True, return_counts=True)
    sums = np.zeros((len(counts), len(table)))
    np.add.at(sums, places.ravel(), table[:, common].T)
    return sums.T, counts.astype(float)


def adjusted(found: Mapping[tuple[int, int], Pair], systems: int) -> tuple[Pair, ...]:
    """The pairs, by the places of their ``systems``, in that order and with p-values adjusted for how many they are."""
    table = np.full((systems, systems), np.nan)
    for (first, second), pair in found.items():
        if pair.p_value is not None:
            table[first, second] = table[second, first] = pair.p_value
    values = significance.holm(table)
    return tuple(
        pair if pair.p_value is None else replace(pair, adjusted=float(values[place]))
        for place, pair in sorted(found.items())
    )


def clusters(names: Sequence[str], pairs: Sequence[Pair]) -> dict[str, int]:
    """The cluster of each system of ``names``, the best first."""
    # On the segments that a pair shares, the order may be the other way round.
    apart = {(pair.better, pair.worse) for pair in pairs if pair.significant and (pair.difference or 0) > 0}
    better = np.array([[(above, below) in apart for below in names] for above in names], dtype=bool)
    return dict(zip(names, significance.clusters(better), strict=True))


def _warnings(pairs: Sequence[Pair], items: int, test: str, trials: int, unit: str) -> list[str]:
    said = []
    if test == "bootstrap":
        said.append(
            "The bootstrap's p-values are by sacrebleu's definition, and tend to be smaller than randomization's."
        )
    if len(pairs) > 1:
        by_chance = f"about {LEVEL * len(pairs):.1f} of them would differ by chance where none does"
        advice = blunt(len(pairs), LEVEL, trials)
        how = f". {advice}" if advice else " (json and csv adjust by Holm)."
        said.append(f"{len(pairs)} pairs are tested, each at p < {LEVEL}: {by_chance}{how}")
    fewest, most = min(pair.segments for pair in pairs), max(pair.segments for pair in pairs)
    if fewest < items:
        how = f"{fewest} to {most}" if fewest != most else f"{fewest}"
        said.append(f"Pairs are compared on the segments that both systems have: {how} of {items}.")
    least = min(pair.units for pair in pairs)
    if least < _FEW:
        said.append(f"A pair has {least} {unit}s in common; a test that draws fewer than {_FEW} says little.")
    return said

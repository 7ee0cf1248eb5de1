"""The two paired tests, of all systems and metrics from one set of draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from review.metrics.base import Comparison, Matrix
from review.metrics.significance import draws
from review.metrics.significance.subjects import Subject
from review.metrics.significance.sums import Rounded, Stack

_TOGETHER = 512 * 1024**2
"""Bytes of matrices that are multiplied together; metrics beyond them make the same draws again."""

_NEAR = 1e-6
"""Differences of scores this close to each other are computed again, to the last bit."""

_WHOLE = 2**27
"""Draws of a randomization that are held at once where the order of adding decides the last digit."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A test of one subject. Arrays are by system, in the subject's order.

    ``p_values`` (s, s) is symmetric, as either system of a pair may be the baseline; NaN where a pair was not asked
    for. ``means``, ``halves`` (of the 95% interval), ``lower`` and ``upper`` are the bootstrap's, else None.
    ``exact_...`` are of exact sums where sacrebleu's float32 sums are rounded, else None.
    """

    p_values: np.ndarray
    means: tuple[float, ...] | None = None
    halves: tuple[float, ...] | None = None
    lower: tuple[float, ...] | None = None
    upper: tuple[float, ...] | None = None
    exact_p_values: np.ndarray | None = None
    exact_means: tuple[float, ...] | None = None
    exact_halves: tuple[float, ...] | None = None


def run(
    subjects: Sequence[Subject], test: str, trials: int, seed: int, *, every: bool = False, block: int = draws.BLOCK
) -> list[Outcome]:
    """Test each subject's systems against its first, or ``every`` system against every other.

    ``block`` is how many draws are made at once, which changes no result.
    """
    method = _bootstrap if test == "bootstrap" else _randomization
    return [one for group in _groups(subjects) for one in method(group, trials, seed, every, block)]


def against_first(subject: Subject, outcome: Outcome, names: Sequence[str]) -> list[Comparison]:
    """An outcome as comparisons with the first system, by the systems' ``names``."""

    def at(values: tuple[float, ...] | None, place: int) -> float | None:
        return None if values is None else values[place]

    def p_value(table: np.ndarray | None, place: int) -> float | None:
        return None if table is None or not place else float(table[0, place])

    return [
        Comparison(
            name,
            subject.label,
            subject.signature,
            subject.scores[place],
            p_value(outcome.p_values, place),
            at(outcome.means, place),
            at(outcome.halves, place),
            p_value(outcome.exact_p_values, place),
            at(outcome.exact_means, place),
            at(outcome.exact_halves, place),
        )
        for place, name in enumerate(names)
    ]


def _groups(subjects: Sequence[Subject]) -> Iterator[list[Subject]]:
    """Subjects of the same number of units, as many as are multiplied together."""
    group: list[Subject] = []
    size = 0
    for subject in subjects:
        own = sum(rows.size * 4 for rows in subject.rows)
        if group and (size + own > _TOGETHER or len(subject.rows[0]) != len(group[0].rows[0])):
            yield group
            group, size = [], 0
        group.append(subject)
        size += own
    if group:
        yield group


def _pairs(systems: int, every: bool) -> Iterable[tuple[int, int]]:
    return combinations(range(systems), 2) if every else ((0, other) for other in range(1, systems))


def _table(subject: Subject) -> np.ndarray:
    return np.full((len(subject.rows), len(subject.rows)), np.nan)


@dataclass(slots=True)
class _Resampled:
    """One system's scores of all resamples: sacrebleu's, and the exact ones where its sums may be rounded."""

    subject: Subject
    rows: Matrix
    passed: bool = False
    scores: list[np.ndarray] = field(default_factory=list)
    exact: list[np.ndarray] = field(default_factory=list)


def _bootstrap(subjects: Sequence[Subject], trials: int, seed: int, every: bool, block: int) -> list[Outcome]:
    kept = [[_Resampled(subject, rows) for rows in subject.rows] for subject in subjects]
    flat = [one for each in kept for one in each]
    count = len(flat[0].rows)
    stack = Stack([one.rows for one in flat])
    native = [one.subject.resampled is not None for one in flat]
    rounded = Rounded([one.rows for one in flat], native, trials)
    for taken in draws.positions(count, trials, seed, block):
        exact = stack.product(draws.multiplicities(taken, count))
        for at, (one, sums) in enumerate(zip(flat, rounded.sums(exact, taken), strict=True)):
            one.scores.append((one.subject.resampled or one.subject.values)(sums))
            if rounded.may_pass[at]:
                one.passed = one.passed or bool(rounded.passed(at, exact[at]).any())
                one.exact.append(one.subject.values(exact[at]))
    return [_summary(subject, each, every) for subject, each in zip(subjects, kept, strict=True)]


def _summary(subject: Subject, kept: Sequence[_Resampled], every: bool) -> Outcome:
    # numpy joins float32 and float64 to float64, as sacrebleu's list of scores becomes one array.
    scores = [np.concatenate(one.scores) for one in kept]
    means, halves, lower, upper = _spreads(scores)
    p_values = _bootstrap_p_values(subject, scores, every)
    if not any(one.passed for one in kept):
        return Outcome(p_values, means, halves, lower, upper)
    exact = [np.concatenate(one.exact) if one.exact else own for one, own in zip(kept, scores, strict=True)]
    exact_means, exact_halves, _, _ = _spreads(exact)
    exact_p_values = _bootstrap_p_values(subject, exact, every)
    return Outcome(p_values, means, halves, lower, upper, exact_p_values, exact_means, exact_halves)


def _spreads(scores: Iterable[np.ndarray]) -> tuple[tuple[float, ...], ...]:
    """Means, halves of 95% intervals, lower and upper ends: sacrebleu's ``estimate_ci``, in the scores' own dtype."""
    found = []
    for each in scores:
        ordered = np.sort(_known(each))
        outside = len(ordered) // 40
        lower, upper = ordered[outside], ordered[len(ordered) - outside - 1]
        found.append((float(ordered.mean()), float(0.5 * (upper - lower)), float(lower), float(upper)))
    return tuple(zip(*found, strict=True))


def _known(values: np.ndarray) -> np.ndarray:
    """Without the resamples in which a system has no number at all (scores from elsewhere may be few)."""
    gone = np.isnan(values)
    return values[~gone] if gone.any() and not gone.all() else values


def _bootstrap_p_values(subject: Subject, scores: Sequence[np.ndarray], every: bool) -> np.ndarray:
    table = _table(subject)
    for one, other in _pairs(len(scores), every):
        apart = _known(np.abs(scores[other] - scores[one]))
        # The difference is Python's float, so that it is compared in the dtype of the scores.
        more = np.count_nonzero(apart - apart.mean() > abs(subject.scores[one] - subject.scores[other]))
        table[one, other] = table[other, one] = (more + 1) / (len(apart) + 1)
    return table


def _randomization(subjects: Sequence[Subject], trials: int, seed: int, every: bool, block: int) -> list[Outcome]:
    flat = [rows for subject in subjects for rows in subject.rows]
    count = len(flat[0])
    stack = Stack(flat)
    # Sums of thirds depend on the order in which the library adds: the same call gives sacrebleu's. (In blocks, where
    # all draws are too many for that, a score may differ in its last digit.)
    native = [subject.resampled is not None for subject in subjects for _ in subject.rows]
    loose = [place for place, one in enumerate(stack.scales) if one is None and native[place]]
    if loose and count * trials <= _WHOLE:
        block = count * trials
    wholes = stack.product(np.ones((1, count), dtype=np.float32))
    more = [dict.fromkeys(_pairs(len(subject.rows), every), 0) for subject in subjects]
    for stay in draws.coins(count, trials, seed, block):
        staying = stack.product(stay)
        moving = [whole - sums for whole, sums in zip(wholes, staying, strict=True)]
        for place in loose:
            table = np.ascontiguousarray(flat[place])
            staying[place], moving[place] = stay @ table, ~stay @ table
        start = 0
        for subject, counts in zip(subjects, more, strict=True):
            _count(subject, staying[start:], moving[start:], counts)
            start += len(subject.rows)
    outcomes = []
    for subject, counts in zip(subjects, more, strict=True):
        table = _table(subject)
        for (one, other), found in counts.items():
            table[one, other] = table[other, one] = (found + 1) / (trials + 1)
        outcomes.append(Outcome(table))
    return outcomes


def _count(
    subject: Subject,
    staying: Sequence[np.ndarray],
    moving: Sequence[np.ndarray],
    counts: dict[tuple[int, int], int],
) -> None:
    """Add to ``counts`` in how many trials each pair of systems, with segments exchanged, is further apart."""
    score = subject.resampled or subject.values
    for one, other in counts:
        sums = np.stack([staying[one] + moving[other], moving[one] + staying[other]])
        difference = abs(subject.scores[one] - subject.scores[other])
        if subject.near is None:
            apart = np.abs(score(sums[0]) - score(sums[1]))
            # Where a system has no number (see ``_known``), nothing speaks against chance.
            counts[one, other] += int(np.count_nonzero(~(apart <= difference)))
            continue
        apart = np.abs(subject.near(sums[0]) - subject.near(sums[1]))
        close = np.abs(apart - difference) < _NEAR
        counts[one, other] += int(np.count_nonzero(apart[~close] > difference))
        if close.any():
            apart = np.abs(score(sums[0, close]) - score(sums[1, close]))
            counts[one, other] += int(np.count_nonzero(apart > difference))

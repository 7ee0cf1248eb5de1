"""The same tests of numbers that are averaged over segments: human judgements, scores from elsewhere."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from review.errors import InputError
from review.metrics.base import TESTS, Comparison
from review.metrics.significance.pairs import Pairwise, pairwise
from review.metrics.significance.subjects import Subject
from review.metrics.significance.testing import against_first, run

Numbers = Mapping[str, Sequence[float] | np.ndarray]
"""Each system's numbers, one a segment, all over the same segments; NaN where a segment has none."""


def compare_means(
    systems: Numbers,
    test: str,
    trials: int,
    seed: int,
    *,
    label: str,
    units: Sequence[Hashable] | None = None,
    higher_is_better: bool = True,
    signature: str = "",
) -> list[Comparison]:
    """Test each system's mean against the first's, over segments or over ``units`` (each segment's document).

    Raises InputError for fewer than two systems, an unknown test, or numbers that do not belong together.
    """
    subject = _subject(systems, test, trials, seed, label, units, higher_is_better, signature)
    [outcome] = run([subject], test, trials, seed)
    return against_first(subject, outcome, list(systems))


def pairwise_means(
    systems: Numbers,
    test: str,
    trials: int,
    seed: int,
    *,
    label: str,
    units: Sequence[Hashable] | None = None,
    higher_is_better: bool = True,
    signature: str = "",
    level: float = 0.05,
) -> Pairwise:
    """Test each system's mean against every other's; otherwise as ``compare_means``."""
    subject = _subject(systems, test, trials, seed, label, units, higher_is_better, signature)
    [outcome] = run([subject], test, trials, seed, every=True)
    return pairwise(subject, outcome, list(systems), test, trials, seed, level)


def _subject(
    systems: Numbers,
    test: str,
    trials: int,
    seed: int,
    label: str,
    units: Sequence[Hashable] | None,
    higher_is_better: bool,
    signature: str,
) -> Subject:
    check(test, len(systems))
    return Subject.mean(
        label,
        list(systems.values()),
        test,
        trials,
        seed,
        units=units,
        higher_is_better=higher_is_better,
        signature=signature,
    )


def check(test: str, systems: int) -> None:
    """Raise InputError for an unknown test or fewer than two systems."""
    if test not in TESTS:
        raise InputError(f"There is no test {test!r}; choose one of {', '.join(TESTS)}.")
    if systems < 2:
        raise InputError("A comparison needs two systems or more; name their files.")

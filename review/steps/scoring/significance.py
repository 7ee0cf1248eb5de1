"""Whether systems differ: paired tests against the first system, or of each against each."""

from __future__ import annotations

from collections.abc import Iterable

from review.errors import InputError
from review.metrics import significance
from review.metrics.base import Comparison
from review.metrics.significance import Pairwise, Subject
from review.metrics.significance.means import check
from review.metrics.significance.pairs import rounding
from review.steps.scoring.measuring import Progress
from review.steps.scoring.systems import Measured

TRIALS = {"bootstrap": 1000, "randomization": 10_000}
SEED = 12345
"""sacrebleu's own."""

MOST_TRIALS = 1_000_000
"""More would only tell p-values below a millionth apart."""


def compare(
    found: Measured, test: str, trials: int | None = None, seed: int = SEED, *, progress: Progress | None = None
) -> list[Comparison]:
    """Test each system against the first, in the order of systems, then metrics.

    ``test`` is "bootstrap" or "randomization". Every number is what sacrebleu's paired test of the same seed gives
    (which takes a seed of 0 for none); only a randomization by TER of more than 2**27 draws, with three references, may
    differ in a score's last digit. Raises InputError for fewer than two systems, an unknown test, or too many
    trials.
    """
    subjects, number = _subjects(found, test, trials, seed)
    outcomes = significance.run(subjects, test, number, seed)
    if progress:
        progress(1, 1)
    results = [
        significance.against_first(subject, outcome, found.systems)
        for subject, outcome in zip(subjects, outcomes, strict=True)
    ]
    return [result[position] for position in range(len(found.systems)) for result in results]


def pairwise(
    found: Measured, test: str, trials: int | None = None, seed: int = SEED, level: float = 0.05
) -> list[Pairwise]:
    """Test every system against every other by each metric; otherwise as ``compare``."""
    subjects, number = _subjects(found, test, trials, seed)
    outcomes = significance.run(subjects, test, number, seed, every=True)
    return [
        significance.pairwise(subject, outcome, found.systems, test, number, seed, level)
        for subject, outcome in zip(subjects, outcomes, strict=True)
    ]


def rounded(results: Iterable[Comparison]) -> list[str]:
    """A warning for each metric whose sums are rounded in sacrebleu's float32."""
    labels = dict.fromkeys(one.metric for one in results if one.exact_mean is not None)
    return [rounding(label) for label in labels]


def trials_of(test: str, asked: int | None) -> int:
    """How many trials a test makes: as asked, or sacrebleu's number. Raises InputError for too many."""
    if asked and asked > MOST_TRIALS:
        raise InputError(f"{asked} trials are more than the {MOST_TRIALS} that are of use; ask for fewer --trials.")
    return asked or TRIALS[test]


def _subjects(found: Measured, test: str, number: int | None, seed: int) -> tuple[list[Subject], int]:
    check(test, len(found.systems))
    number = trials_of(test, number)
    return [
        Subject.of(metric, [found.rows[name, metric.name] for name in found.systems], found.counts, test, number, seed)
        for metric in found.metrics
    ], number

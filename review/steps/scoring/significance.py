"""Whether systems differ: sacrebleu's paired tests against the first system."""

from __future__ import annotations

from review.errors import InputError
from review.metrics.base import TESTS, Comparison
from review.steps.scoring.measuring import Progress
from review.steps.scoring.systems import Measured

TRIALS = {"bootstrap": 1000, "randomization": 10_000}
SEED = 12345
"""sacrebleu's own."""

_MOST_BYTES = 4 * 1024**3


def compare(
    found: Measured, test: str, trials: int | None = None, seed: int = SEED, *, progress: Progress | None = None
) -> list[Comparison]:
    """Test each system against the first, in the order of systems, then metrics.

    ``test`` is "bootstrap" or "randomization". Raises InputError for fewer than two systems, an unknown
    test, or more resamples than fit in memory.
    """
    if test not in TESTS:
        raise InputError(f"There is no test {test!r}; choose one of {', '.join(TESTS)}.")
    if len(found.systems) < 2:
        raise InputError("A comparison needs two systems or more; name their files.")
    trials = trials or TRIALS[test]
    widest = max(len(metric.columns) for metric in found.metrics)
    size = trials * len(found.counts) * (4 * widest + 8 if test == "bootstrap" else 10)
    if size > _MOST_BYTES:
        need = f"{trials} trials of {len(found.counts)} segments take {size / 1024**3:.0f} GB of memory"
        raise InputError(f"{need}; ask for fewer --trials.")
    results = []
    for done, metric in enumerate(found.metrics, 1):
        rows = [(name, found.rows[name, metric.name]) for name in found.systems]
        results.append(metric.compare(rows, found.counts, test, trials, seed))
        if progress:
            progress(done, len(found.metrics))
    return [result[position] for position in range(len(found.systems)) for result in results]

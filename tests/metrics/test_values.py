"""Many scores at once are the ones that sacrebleu makes one by one, in its dtype and to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from review.metrics import Metric, Options, surface
from tests.metrics.rows import measured

CASES = [
    ("bleu", Options()),
    ("bleu", Options(smooth_method="floor")),
    ("bleu", Options(smooth_method="floor", smooth_value=0.3)),
    ("bleu", Options(smooth_method="none")),
    ("bleu", Options(smooth_method="add-k", smooth_value=0.7)),
    ("chrf", Options()),
    ("chrf++", Options()),
    ("ter", Options()),
]
IDS = [f"{name} {options.smooth_method} {options.smooth_value}" for name, options in CASES]


def sums(name: str, options: Options) -> tuple[Metric, np.ndarray]:
    """Sums of 0 to 40 segments of every system, and rows with one number set to zero."""
    metric, rows, _ = measured(name, 60, 2, options)
    added = [each[start : start + size].sum(axis=0) for each in rows.values() for start in range(9) for size in SIZES]
    holes = [np.where(np.arange(len(row)) == place, 0, row) for row in added[::7] for place in range(len(row))]
    return metric, np.array([*added, *holes])


SIZES = (0, 1, 2, 5, 40)


@pytest.mark.parametrize("level", ["system", "document", "segment"])
@pytest.mark.parametrize(("name", "options"), CASES, ids=IDS)
def test_whole_numbers_are_scored_as_sacrebleu_scores_lists(name: str, options: Options, level: str) -> None:
    metric, rows = sums(name, options)
    native = metric.create(level)
    expected = [surface.score(native, row)[0] for row in rows.tolist()]
    assert len(set(expected)) > 50
    assert metric.values(rows, level).tolist() == expected
    assert metric.values(rows.astype(np.float64), level).tolist() == expected


@pytest.mark.parametrize("factor", [1, 1000, 0.3])
@pytest.mark.parametrize(("name", "options"), CASES, ids=IDS)
def test_float32_rows_are_scored_in_float32_as_sacrebleus_bootstrap_does(
    name: str, options: Options, factor: float
) -> None:
    metric, whole = sums(name, options)
    native, rows = metric.create("system"), np.array(whole * factor, dtype=np.float32)
    if name == "bleu":
        rows = np.floor(rows)
    for part in (rows, rows[rows.min(axis=1) > 0], rows[:0]):
        expected = np.array([surface.score(native, row.copy())[0] for row in part])
        for values in (metric.values(part), metric.resampled(part)):
            assert values.tolist() == expected.tolist()
            assert values.dtype == expected.dtype or not len(part)


@pytest.mark.parametrize(("name", "options"), CASES, ids=IDS)
def test_a_trials_whole_numbers_are_scored_as_sacrebleu_scores_rows_of_numpy(name: str, options: Options) -> None:
    metric, rows = sums(name, options)
    native = metric.create("system")
    expected = np.array([surface.score(native, row.copy())[0] for row in rows])
    values = metric.resampled(rows.astype(np.float64))
    assert values.tolist() == expected.tolist()
    assert values.dtype == expected.dtype == np.float64


def test_scoring_leaves_the_rows_as_they_are() -> None:
    metric, rows = sums("bleu", Options(smooth_method="add-k", smooth_value=2.0))
    before = rows.copy()
    metric.values(rows)
    metric.resampled(rows)
    metric.resampled(rows.astype(np.float32))
    assert (rows == before).all()


def test_a_metric_without_a_quick_way_asks_sacrebleu_row_by_row() -> None:
    metric, rows = sums("chrf", Options())
    assert Metric.values(metric, rows).tolist() == metric.values(rows).tolist()

"""Agreement of two lists of scores, against its definitions written out the slow way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from review.metrics import agreement

FEW = st.sampled_from([-2.0, 0.0, 0.5, 1.0, 3.0])
PAIRS = st.lists(st.tuples(FEW | st.floats(-1e3, 1e3), FEW | st.floats(-1e3, 1e3)), max_size=14)
same = pytest.approx


def split(pairs: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([one for one, _ in pairs], dtype=float), np.array([other for _, other in pairs], dtype=float)


def slow_kendall(one: np.ndarray, other: np.ndarray) -> float:
    both = first = second = 0
    for i in range(len(one)):
        for j in range(i):
            left, right = np.sign(one[i] - one[j]), np.sign(other[i] - other[j])
            both, first, second = both + left * right, first + abs(left), second + abs(right)
    return both / math.sqrt(first * second) if first and second else math.nan


def slow_accuracy(one: np.ndarray, other: np.ndarray) -> float:
    alike = [np.sign(one[i] - one[j]) == np.sign(other[i] - other[j]) for i in range(len(one)) for j in range(i)]
    return sum(alike) / len(alike) if alike else math.nan


@given(PAIRS)
def test_kendall_is_what_counting_every_pair_gives(pairs: list[tuple[float, float]]) -> None:
    assert agreement.kendall(*split(pairs)) == same(slow_kendall(*split(pairs)), nan_ok=True)


def test_kendall_of_many_items_is_what_counting_every_pair_gives() -> None:
    rng = np.random.default_rng(7)
    one = rng.integers(0, 60, 400).astype(float)
    other = one + rng.integers(-30, 30, 400)
    assert agreement.kendall(one, other) == same(slow_kendall(one, other))


@given(PAIRS)
def test_accuracy_is_the_share_of_pairs_ordered_alike(pairs: list[tuple[float, float]]) -> None:
    assert agreement.accuracy(*split(pairs)) == same(slow_accuracy(*split(pairs)), nan_ok=True)


def test_known_numbers() -> None:
    one, other = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 40.0])
    assert agreement.kendall(one, other) == same(4 / 6)
    assert agreement.accuracy(one, other) == same(5 / 6)
    assert agreement.spearman(one, other) == same(0.8)
    assert agreement.pearson(one, other) == same(np.corrcoef(one, other)[0, 1])
    assert agreement.kendall(np.array([1.0, 1.0, 2.0]), np.array([1.0, 2.0, 3.0])) == same(2 / math.sqrt(2 * 3))


@given(st.lists(FEW, min_size=2, max_size=14).filter(lambda scores: len(set(scores)) > 1))
def test_scores_agree_with_themselves_in_full_and_not_at_all_with_their_opposite(scores: list[float]) -> None:
    values = np.array(scores)
    for name in agreement.NAMES:
        assert getattr(agreement, name)(values, values) == same(1.0)
    for measure in (agreement.pearson, agreement.spearman, agreement.kendall):
        assert measure(values, -values) == same(-1.0)


@given(PAIRS)
def test_a_rising_change_of_scale_leaves_all_but_pearson_as_they_are(pairs: list[tuple[float, float]]) -> None:
    one, other = split(pairs)
    ordered = sorted(set(one))
    bent = np.array([float(ordered.index(value)) ** 3 for value in one])
    for measure in (agreement.spearman, agreement.kendall, agreement.accuracy):
        assert measure(bent, other) == same(measure(one, other), nan_ok=True)


@given(PAIRS)
def test_neither_list_comes_first(pairs: list[tuple[float, float]]) -> None:
    one, other = split(pairs)
    for name in agreement.NAMES:
        measure = getattr(agreement, name)
        assert measure(one, other) == same(measure(other, one), nan_ok=True)


def test_very_small_numbers_agree_as_large_ones_do() -> None:
    tiny = np.array([0.0, 1.3e-258])
    assert agreement.pearson(tiny, np.array([-2.0, 0.0])) == 1.0


@example([(0.0, -2.0), (1.317585012698818e-258, 0.0)])
@given(PAIRS)
def test_many_rows_at_once_are_each_row_alone(pairs: list[tuple[float, float]]) -> None:
    one, other = split(pairs)
    turned = other[::-1]
    found = agreement.of_rows(np.array([one, one]), np.array([other, turned]))
    for name in agreement.NAMES:
        alone = [getattr(agreement, name)(one, each) for each in (other, turned)]
        assert found[name].tolist() == same(alone, nan_ok=True, abs=1e-6)


@pytest.mark.parametrize("scores", [[], [1.0], [2.0, 2.0, 2.0]])
def test_a_correlation_of_what_never_varies_is_undefined(scores: list[float]) -> None:
    values, other = np.array(scores), np.arange(len(scores), dtype=float)
    for measure in (agreement.pearson, agreement.spearman, agreement.kendall):
        assert math.isnan(measure(values, other))


def test_a_row_with_a_gap_has_no_numbers_and_its_pairs_are_left_out() -> None:
    one, other = np.array([[1.0, math.nan, 3.0]]), np.array([[1.0, 2.0, 3.0]])
    assert all(math.isnan(values[0]) for values in agreement.of_rows(one, other).values())
    alike, pairs = agreement.pairs_alike(one, other)
    assert (alike.tolist(), pairs.tolist()) == ([1], [1])

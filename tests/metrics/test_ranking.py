"""Ranking measures against their definitions, written out the slow way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.metrics.ranking import auc, found_in_first, interval, mcc, ranks, spearman

SCORED = st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.2, 0.5, 0.9])), min_size=1, max_size=12)


def split(scored: list[tuple[bool, float]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([bad for bad, _ in scored], dtype=bool), np.array([score for _, score in scored])


def test_ranks_share_their_mean_where_values_tie() -> None:
    assert ranks(np.array([5.0, 1.0, 5.0, 3.0])).tolist() == [3.5, 1.0, 3.5, 2.0]


@given(SCORED)
def test_auc_is_the_share_of_pairs_in_the_right_order(scored: list[tuple[bool, float]]) -> None:
    bad, score = split(scored)
    pairs = [(s > t) + (s == t) / 2 for s in score[bad] for t in score[~bad]]
    found = auc(bad, score)
    assert math.isnan(found) if not pairs else found == pytest.approx(sum(pairs) / len(pairs))


@given(SCORED)
def test_mcc_is_the_correlation_of_two_yes_or_no_columns(scored: list[tuple[bool, float]]) -> None:
    bad, score = split(scored)
    called = score >= 0.5
    if bad.std() == 0 or called.std() == 0:
        assert mcc(bad, called) == 0.0
    else:
        assert mcc(bad, called) == pytest.approx(np.corrcoef(bad, called)[0, 1])


def test_mcc_of_a_small_table() -> None:
    bad = np.array([True, True, True, False, False])
    called = np.array([True, True, False, True, False])
    assert mcc(bad, called) == pytest.approx((2 * 1 - 1 * 1) / math.sqrt(3 * 3 * 2 * 2))


def test_spearman_of_ties_is_pearson_of_their_mean_ranks() -> None:
    assert spearman(np.array([1.0, 2, 2, 4]), np.array([1.0, 3, 2, 4])) == pytest.approx(4.5 / math.sqrt(4.5 * 5))
    assert spearman(np.array([1.0, 2, 3]), np.array([9.0, 5, 1])) == pytest.approx(-1)
    assert math.isnan(spearman(np.array([1.0, 1]), np.array([1.0, 2])))
    assert math.isnan(spearman(np.array([1.0]), np.array([1.0])))


def test_what_is_read_first_is_what_fits_into_the_share_of_the_cost() -> None:
    bad = np.array([True, False, True, False, True])
    order = np.array([0.9, 0.8, 0.7, 0.2, 0.1])
    ones = np.ones(5)
    assert found_in_first(bad, order, ones, 0.2) == 1 / 3
    assert found_in_first(bad, order, ones, 0.6) == 2 / 3
    assert found_in_first(bad, order, ones, 1.0) == 1.0
    lengths = np.array([50.0, 10, 10, 10, 20])
    assert found_in_first(bad, order, lengths, 0.2) == 0.0  # the first alone costs half
    assert math.isnan(found_in_first(np.zeros(5, bool), order, ones, 0.2))


def test_what_ties_is_read_in_the_order_given() -> None:
    bad = np.array([False, True])
    assert found_in_first(bad, np.array([0.5, 0.5]), np.ones(2), 0.5) == 0.0
    assert found_in_first(bad[::-1], np.array([0.5, 0.5]), np.ones(2), 0.5) == 1.0


def test_the_interval_brackets_the_mean_and_is_repeatable() -> None:
    values = np.arange(40) % 7.0
    groups = [f"d{at // 4}" for at in range(40)]
    low, high = interval(groups, lambda at: float(values[at].mean()))
    assert low < values.mean() < high
    assert (low, high) == interval(groups, lambda at: float(values[at].mean()))


def test_whole_groups_are_drawn() -> None:
    groups = ["a", "b", "a", "b", "c"]
    drawn: list[list[int]] = []
    interval(groups, lambda at: drawn.append(at.tolist()) or 0.0, trials=20)  # type: ignore[func-returns-value]
    for items in drawn:
        assert items.count(0) == items.count(2)
        assert items.count(1) == items.count(3)
        assert sum(items.count(first) for first in (0, 1, 4)) == 3
    assert len({tuple(items) for items in drawn}) > 1


def test_draws_without_a_value_are_left_out() -> None:
    low, high = interval(["a", "b"], lambda at: 1.0 if 0 in at else None)
    assert (low, high) == (1.0, 1.0)
    assert all(math.isnan(end) for end in interval(["a", "b"], lambda at: None))

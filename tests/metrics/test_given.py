"""Scores from elsewhere behave as a metric: sums of rows, one score of any set, tests of systems."""

from __future__ import annotations

import math
import pickle
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import InputError
from review.metrics import Prepared, available
from review.metrics.given import Given

SCORES = st.lists(st.none() | st.floats(-100, 100), min_size=1, max_size=20)
COMET = Given("COMET", True, "given|file:c.json")


@given(SCORES)
def test_the_score_is_the_mean_of_what_is_there(scores: list[float | None]) -> None:
    there = [score for score in scores if score is not None]
    found = COMET.combine(Given.rows(scores), ())
    if there:
        assert found.value == math.fsum(there) / len(there)
        assert found.verbose == f"mean of {len(there)} segments"
    else:
        assert math.isnan(found.value)


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_of_segments_changes_no_bit(scores: list[float | None], random: Random) -> None:
    turned = list(scores)
    random.shuffle(turned)
    one, other = (COMET.combine(Given.rows(each), ()).value for each in (scores, turned))
    assert one == other or (math.isnan(one) and math.isnan(other))


@given(SCORES)
def test_many_scores_at_once_are_each_score_alone(scores: list[float | None]) -> None:
    rows = Given.rows(scores)
    alone = [COMET.combine(row[None, :], (), level="segment").value for row in rows]
    assert COMET.values(rows, "segment").tolist() == pytest.approx(alone, nan_ok=True, abs=0)


def test_a_score_carries_label_signature_and_place() -> None:
    score = COMET.combine(Given.rows([0.5]), np.array([1]), level="segment", system="A", name="3")
    assert (score.metric, score.signature, score.level) == ("COMET", "given|file:c.json", "segment")
    assert (score.system, score.name, score.verbose) == ("A", "3", "")


def test_rows_have_a_name_for_each_column_and_nan_is_no_score() -> None:
    rows = Given.rows([0.5, None, math.nan, -1.0])
    assert rows.shape == (4, len(COMET.columns))
    assert rows.tolist() == [[0.5, 1.0], [0.0, 0.0], [0.0, 0.0], [-1.0, 1.0]]


def test_it_travels_to_another_process_and_its_key_tells_it_from_another() -> None:
    copy = pickle.loads(pickle.dumps(Given("MQM", False, "given|x")))
    assert (copy.name, copy.label, copy.higher_is_better, copy.signature) == ("MQM", "MQM", False, "given|x")
    assert copy.key != COMET.key


def test_it_is_never_asked_for_by_name_and_measures_no_text() -> None:
    assert Given not in available().values()
    with pytest.raises(InputError, match="another program"):
        COMET.measure(["text"], Prepared([("text",)]))


@pytest.mark.parametrize("test", ["bootstrap", "randomization"])
def test_a_clear_difference_is_significant_and_none_is_not(test: str) -> None:
    rng = np.random.default_rng(1)
    first = rng.normal(size=60)
    noise = rng.normal(size=60) * 0.1
    rows = [("a", Given.rows(first)), ("b", Given.rows(first + 1)), ("c", Given.rows(first + noise - noise.mean()))]
    one, better, alike = COMET.compare(rows, (), test, 500, 12345)
    assert (one.p_value, one.score) == (None, COMET.combine(rows[0][1], ()).value)
    assert better.p_value is not None
    assert alike.p_value is not None
    assert better.p_value < 0.01
    assert alike.p_value > 0.05
    assert better.signature.startswith(f"test:{'bs' if test == 'bootstrap' else 'ar'}|trials:500|seed:12345|given")
    assert (better.mean is None) == (test == "randomization")


def test_the_bootstrap_is_that_of_the_definition_with_the_same_draws() -> None:
    one, other = np.array([0.2, 0.9, 0.4, 0.7]), np.array([0.3, 0.8, 0.9, 0.6])
    picks = np.random.default_rng(5).choice(4, size=(200, 4), replace=True)
    found = COMET.compare([("a", Given.rows(one)), ("b", Given.rows(other))], (), "bootstrap", 200, 5)[1]
    means = other[picks].mean(axis=1)
    differences = np.abs(means - one[picks].mean(axis=1))
    above = int((differences - differences.mean() > abs(one.mean() - other.mean())).sum())
    assert found.p_value == (above + 1) / 201
    assert found.mean == pytest.approx(means.mean())
    ordered = np.sort(means)
    assert found.interval == pytest.approx((ordered[200 - 5 - 1] - ordered[5]) / 2)


def test_resamples_without_any_score_are_left_out_of_a_test() -> None:
    scores = [0.5, *[None] * 5]
    found = COMET.compare([("a", Given.rows(scores)), ("b", Given.rows(scores))], (), "bootstrap", 100, 1)
    assert (found[0].mean, found[0].interval) == (0.5, 0.0)
    assert found[1].p_value is not None
    assert math.isfinite(found[1].p_value)

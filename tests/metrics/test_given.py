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
from review.metrics.base import Comparison
from review.metrics.given import Given
from review.metrics.significance import Subject, against_first, run
from review.metrics.significance.draws import positions

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


def outcome(systems: dict[str, list[float | None]], test: str, trials: int = 500) -> list[Comparison]:
    rows = [Given.rows(scores) for scores in systems.values()]
    subject = Subject.of(COMET, rows, np.ones(len(rows[0]), dtype=np.int64), test, trials, 12345)
    return against_first(subject, run([subject], test, trials, 12345)[0], list(systems))


@pytest.mark.parametrize("test", ["bootstrap", "randomization"])
def test_a_clear_difference_is_significant_and_none_is_not(test: str) -> None:
    rng = np.random.default_rng(1)
    first = rng.normal(size=60)
    noise = rng.normal(size=60) * 0.1
    systems = {"a": first.tolist(), "b": (first + 1).tolist(), "c": (first + noise - noise.mean()).tolist()}
    one, better, alike = outcome(systems, test)
    assert (one.p_value, one.score) == (None, COMET.combine(Given.rows(systems["a"]), ()).value)
    assert better.p_value is not None
    assert alike.p_value is not None
    assert better.p_value < 0.01
    assert alike.p_value > 0.05
    assert better.signature.startswith("given|file:c.json|")
    assert (better.mean is None) == (test == "randomization")


def test_resamples_in_which_a_system_has_no_score_are_left_out_of_a_bootstrap() -> None:
    systems = {"a": [0.5, None, None], "b": [None, 0.75, None]}
    one, other = outcome(systems, "bootstrap", 100)
    [taken] = positions(3, 100, 12345)
    valid = sum({0, 1} <= set(trial) for trial in taken.tolist())
    assert 0 < valid < 100
    assert [(each.mean, each.interval) for each in (one, other)] == [(0.5, 0.0), (0.75, 0.0)]
    assert other.p_value == 1 / (valid + 1)


def test_exchanges_that_leave_a_system_no_score_do_not_speak_against_chance() -> None:
    p_value = outcome({"a": [0.5, None], "b": [None, 0.75]}, "randomization", 400)[1].p_value
    assert p_value is not None
    assert 0.4 < p_value < 0.6

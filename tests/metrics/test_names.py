"""Metrics go by the names that users type and the labels that sacrebleu prints."""

from __future__ import annotations

import pytest

from review.errors import MissingError
from review.metrics import available, find, known, metrics


def test_every_metric_is_found_by_looking() -> None:
    assert list(available()) == ["bleu", "chrf", "chrf++", "ter"]


@pytest.mark.parametrize(
    ("name", "label"), [("BLEU", "BLEU"), ("chrF2", "chrF2"), ("chrf", "chrF2"), ("chrF2++", "chrF2++"), ("Ter", "TER")]
)
def test_case_and_label_do_not_matter(name: str, label: str) -> None:
    assert find(name).label == label


def test_names_come_in_lists_by_comma_or_space_and_count_once() -> None:
    assert [metric.name for metric in metrics(["ter, bleu", "chrf++ ter"])] == ["ter", "bleu", "chrf++"]


@pytest.mark.parametrize(("name", "there"), [("bleu,ter", True), ("bleu,x", False), ("hyp.txt", False), (",", False)])
def test_a_name_is_known_where_each_part_is(name: str, there: bool) -> None:
    assert known(name) is there


def test_an_unknown_metric_is_refused_with_the_names_of_all() -> None:
    with pytest.raises(MissingError, match=r"meteor.*bleu, chrf, chrf\+\+, ter"):
        find("meteor")


def test_each_metric_says_what_it_is_good_for() -> None:
    assert all(metric.title and metric.advice for metric in available().values())

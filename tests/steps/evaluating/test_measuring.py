"""Figures are those counted by hand."""

from __future__ import annotations

import math

import pytest

from review.model import Article, Rated, Segment
from review.steps.evaluating import learning, measuring
from review.steps.evaluating.learning import Outcome
from tests.steps.evaluating.made import OUTCOMES, WORDS, flag, rated, span, values

COMPARED = measuring.Comparison(OUTCOMES, trials=20)


def test_what_raters_say_is_laid_out_by_segment() -> None:
    first, second = learning.truth_of(OUTCOMES[0].rated)
    assert first.words == ((0, 2), (3, 5), (6, 8), (9, 11))
    assert first.raters == (((3, 5, True), (0, 2, False)), ((3, 8, True),))
    assert second.raters == ((), ())
    (source, _) = learning.truth_of(OUTCOMES[0].rated, "source")
    assert source.words == ((0, 1), (1, 2), (2, 3), (3, 4))


@pytest.mark.parametrize(
    ("raters", "accusers", "bad"),
    [
        (("r1",), ("r1",), True),
        (("r1", "r2"), ("r1",), False),
        (("r1", "r2", "r3"), ("r1", "r3"), True),
        ((), (), False),
    ],
)
def test_a_bad_segment_has_two_accusers_or_its_only_rater(
    raters: tuple[str, ...], accusers: tuple[str, ...], bad: bool
) -> None:
    item = rated(*(span(0, 2, name) for name in accusers), raters=raters)
    assert learning.bad_segments(item).tolist() == [bad, False]


def test_flags_are_measured_as_counted_by_hand() -> None:
    found = values(COMPARED.of_flags(COMPARED.judged))
    # Three flags on four segments: bb is right, dd and the one of the clean article are not.
    assert found["flags a segment"] == 3 / 4
    assert found["precision"] == pytest.approx(1 / 3)
    assert found["by chance"] == pytest.approx((3 / 4 + 3 / 4 + 0) / 3)  # aa, bb and cc are marked in the first
    assert found["lift"] == pytest.approx(1 / 1.5)
    assert found["recall of major spans"] == 1.0
    # Flagged for each of two raters: 2 * (2 + 2 + 2); marked 4 + 5; in common bb for both: 4, all major.
    assert found["character F1"] == pytest.approx(2 * 4 / (12 + 9))
    assert found["character F1, half credit"] == pytest.approx(2 * 4 / (12 + 9))
    assert COMPARED.precision_at().value == 1.0


def test_figures_have_intervals_over_documents() -> None:
    figure = COMPARED.of_flags(COMPARED.judged)["precision"]
    assert figure.low <= figure.value <= figure.high
    assert figure.low < figure.high
    alone = measuring.Comparison(OUTCOMES[:1], trials=20)
    assert math.isnan(alone.of_flags(alone.judged)["precision"].low)


def test_omissions_are_what_is_flagged_as_left_out_of_the_source() -> None:
    found = values(COMPARED.of_omissions())
    assert found == {
        "flags a segment": 1 / 4,  # the remark on a mistranslation claims no omission
        "precision": 1.0,
        "by chance": pytest.approx(1.0),  # two characters at any of three places: each touches a mark
        "recall": 1.0,
    }


def test_an_omission_may_be_as_long_as_a_clause() -> None:
    text = "甲乙丙丁戊己庚辛壬癸"
    segments = (Segment(WORDS, "0", source=text),)
    item = Rated(Article("d", segments, "A", "zh", "en"), (span(0, 10, "r1", side="source"),), {"0": ("r1",)}, "d")
    compared = measuring.Comparison([Outcome(item, [flag(0, 10, side="source", subcategory="omission")], {})], 1)
    assert values(compared.of_omissions())["recall"] == 1.0


def test_risks_are_measured_against_segments_that_two_raters_call_bad() -> None:
    found = values(COMPARED.of_segments())
    assert found["bad segments, share"] == 1 / 4
    assert found["AUC of risk"] == 1.0
    assert found["MCC at risk 0.5"] == pytest.approx((1 * 2 - 0 * 1) / math.sqrt(1 * 2 * 3 * 2))
    assert found["found in 20% of segments"] == 0.0  # a fifth of four segments is none
    assert COMPARED.penalties.tolist() == [(5 + 5 + 1 + 5 + 5) / 2, 0, 0, 0]


@pytest.mark.parametrize(
    ("severity", "subcategory", "weight"),
    [
        ("neutral", "", 0),
        ("minor", "grammar", 1),
        ("minor", "punctuation", 0.1),
        ("major", "punctuation", 5),
        ("critical", "", 25),
        ("major", "non-translation", 25),
    ],
)
def test_spans_weigh_what_wmt_gives_them(severity: str, subcategory: str, weight: float) -> None:
    assert measuring.penalty(span(0, 2, "r1", severity, subcategory=subcategory)) == weight


def test_one_rater_is_measured_against_the_others() -> None:
    item = rated(span(3, 5, "r1"), span(6, 8, "r1", "minor"), span(3, 8, "r2"))
    found = measuring.ceiling([item], trials=1)
    assert found is not None
    # r1's two spans overlap r2's, r2's one overlaps r1's; each rater's major span is found by the other.
    assert values(found)["precision"] == 1.0
    assert values(found)["recall of major spans"] == 1.0
    assert values(found)["flags a segment"] == 3 / 4
    assert measuring.ceiling([rated(span(3, 5, "r1"), raters=("r1",))]) is None

"""Every judge says what it is and what it lacks, and where it cannot be asked it says "not checked" of everything."""

from __future__ import annotations

import pytest

from review.detectors import Context, Judge, Tally, detectors, judges
from review.model import CATEGORIES, Article, Segment
from review.settings import Settings

each = pytest.mark.parametrize("judge", judges().values(), ids=list(judges()))


@each
def test_a_judge_says_what_it_is(judge: Judge) -> None:
    assert judges()[judge.name] is judge
    assert judge.title
    assert judge.advice.endswith(".")
    assert judge.source
    assert judge.category in CATEGORIES
    assert judge.name not in detectors(), "a judge never runs unasked"


@each
def test_a_judge_that_is_not_available_says_what_to_do_and_checks_nothing(judge: Judge) -> None:
    able, reason = judge.available(Settings())
    if able:
        pytest.skip("it needs no setting")
    assert reason.endswith(".")
    article = Article("a", (Segment("One.", "1", source="一。"), Segment("Two.", "2", source="二。")))
    tally = Tally()
    found = list(judge.judge([article, article], Context(settings=Settings()), tally))
    assert [(v.article, v.segment, v.checked, v.flags) for v in found] == [
        (number, segment, False, ()) for number in (0, 1) for segment in "12"
    ]
    assert {verdict.reason for verdict in found} == set(tally.failures) == {reason}

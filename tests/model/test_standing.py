"""When a detector is demoted, and what that does to its flags."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.model import Standing, Standings
from review.model.standing import CAP, demotes, wilson
from tests.steps.desk import TEXTS, flag


@pytest.mark.parametrize(
    ("decided", "dismissed", "again", "wanted"),
    [
        (50, 47, 0, True),
        (20, 19, 0, True),
        (19, 19, 0, False),
        (20, 18, 0, False),
        (100, 90, 0, False),
        (100, 91, 0, True),
        (46, 46, 47, False),
        (47, 47, 47, True),
        (60, 47, 47, False),
        (0, 0, 0, False),
    ],
)
def test_more_than_nine_in_ten_of_at_least_twenty_decisions_demote(
    decided: int, dismissed: int, again: int, wanted: bool
) -> None:
    assert demotes(decided, dismissed, again=again) is wanted


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0), (0, 0, 0.0, 1.0)],
)
def test_the_interval_of_a_share(count: int, of: int, low: float, high: float) -> None:
    """The first three are what any table of Wilson's interval gives; a share of nothing can be anything."""
    assert wilson(count, of) == pytest.approx((low, high), abs=5e-5)


def test_a_demoted_detectors_flags_are_neutral_and_hardly_sure() -> None:
    one, other = flag(1, TEXTS[0], "Kaos", "X"), flag(1, TEXTS[0], "firms", "X", detector="doubled")
    held = Standings({"doubled": Standing("doubled", "demoted", 1, 50, 47, 0)})
    first, second = held.shown([one, other])
    assert first == one
    assert second == replace(other, severity="neutral", confidence=CAP)
    assert held.seen(replace(other, confidence=0.05)).confidence == 0.05
    assert held.by_name["doubled"].notice == "47 of 50 dismissed"


def test_a_demotion_is_of_one_version_of_a_rule_and_off_is_of_all() -> None:
    newer = replace(flag(1, TEXTS[0], "firms", "X", detector="doubled"), version=2)
    demoted = Standings({"doubled": Standing("doubled", "demoted", 1, 50, 47, 0)})
    off = Standings({"doubled": Standing("doubled", "off", 1, 0, 0, 0)})
    assert demoted.shown([newer]) == [newer]
    assert off.shown([newer]) == []
    assert len({Standings().key, demoted.key, off.key}) == 3

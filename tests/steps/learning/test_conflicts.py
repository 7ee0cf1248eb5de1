"""Two renderings preferred for one term come up once, with both sides, for a decision."""

from __future__ import annotations

from typing import Any

import pytest

from review.errors import InputError, RefusedError
from review.steps import learning
from review.steps.learning import deciding
from review.store import Store
from tests.steps.desk import article
from tests.steps.learning.conftest import BEFORE, OTHER_SOURCES, OTHERS, Learner


@pytest.fixture
def disputed(desk: Learner) -> Learner:
    """Two people, two renderings."""
    desk.replace(0, "Karo", "KAROPlat")
    desk.replace(1, "Karo", "KAROPlat")
    desk.replace(2, "Karo", "Caro Platform", actor=desk.colleague())
    return desk


def test_two_people_s_renderings_are_one_conflict_and_no_proposal(disputed: Learner) -> None:
    (conflict,) = learning.conflicts(disputed.store, disputed.project)
    assert [(side.preferred, side.people) for side in conflict.sides] == [
        ("KAROPlat", (("Local user", 2),)),
        ("Caro Platform", (("Colleague", 1),)),
    ]
    assert conflict.deprecated == "Karo"
    assert disputed.proposed() == []


def test_the_same_person_at_different_times_is_a_conflict_from_two_each(desk: Learner) -> None:
    for place, right in ((0, "KAROPlat"), (1, "KAROPlat"), (2, "Caro Platform")):
        desk.replace(place, "Karo", right)
    assert learning.conflicts(desk.store, desk.project) == []
    assert [pair[1] for pair in desk.proposed()] == ["KAROPlat"], "one slip does not count"
    desk.replace(3, "Karo", "Caro Platform")
    assert len(learning.conflicts(desk.store, desk.project)) == 1


def test_a_decision_accepts_one_side_and_declines_the_other_with_the_reason(disputed: Learner) -> None:
    (conflict,) = learning.conflicts(disputed.store, disputed.project)
    chosen, other = conflict.sides
    learning.settle(disputed.store, disputed.project, disputed.actor, chosen.id, "the company writes it so")
    decided = [learning.get(disputed.store, disputed.project, side.id) for side in (chosen, other)]
    assert [(one.state, one.decided_by) for one in decided] == [("accepted", "Local user"), ("declined", "Local user")]
    assert decided[0].reason == "the company writes it so"
    assert decided[1].reason == "Another rendering was chosen: the company writes it so"
    assert learning.conflicts(disputed.store, disputed.project) == []


def test_a_decision_needs_a_reason_and_a_conflict(disputed: Learner) -> None:
    (conflict,) = learning.conflicts(disputed.store, disputed.project)
    with pytest.raises(InputError):
        learning.settle(disputed.store, disputed.project, disputed.actor, conflict.sides[0].id, " ")
    with pytest.raises(RefusedError):
        learning.settle(disputed.store, disputed.project, disputed.actor, 999, "because")
    assert len(learning.conflicts(disputed.store, disputed.project)) == 1


def test_a_decision_whose_reason_is_too_long_decides_nothing(disputed: Learner) -> None:
    (conflict,) = learning.conflicts(disputed.store, disputed.project)
    with pytest.raises(InputError, match="shorten it"):
        learning.settle(disputed.store, disputed.project, disputed.actor, conflict.sides[0].id, "because " * 125)
    assert len(learning.conflicts(disputed.store, disputed.project)) == 1


def test_a_decision_that_somebody_overtakes_decides_nothing(disputed: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    (conflict,) = learning.conflicts(disputed.store, disputed.project)
    chosen, other = (side.id for side in conflict.sides)
    check = deciding.termbases.check

    def meanwhile(*given: Any, **more: Any) -> str:
        learning.decline(disputed.store, disputed.project, disputed.actor, other, "a slip")
        return check(*given, **more)

    monkeypatch.setattr(deciding.termbases, "check", meanwhile)
    with pytest.raises(RefusedError, match="just now"):
        learning.settle(disputed.store, disputed.project, disputed.actor, chosen, "the company writes it so")
    states = [learning.get(disputed.store, disputed.project, one) for one in (chosen, other)]
    assert [(one.state, one.reason) for one in states] == [("open", ""), ("declined", "a slip")]


@pytest.mark.parametrize(("right", "count"), [("Caro Platform", 1), ("KAROPlat", 0)])
def test_one_source_term_rendered_in_two_ways_is_a_conflict_whatever_stood_there(
    store: Store, right: str, count: int
) -> None:
    texts = [f"Today {name} helps firm {letter}." for name in ("Karo", "Lasz") for letter in "ABCD"]
    sources = [f"{now}卡罗丝助力{place}企业。" for place, now in enumerate([*BEFORE, "今后", "此后"])]
    desk = Learner(store, [article(texts, sources), article(OTHERS, OTHER_SOURCES, "others")])
    desk.replace(0, "Karo", "KAROPlat")
    desk.replace(4, "Lasz", right, actor=desk.colleague())
    found = learning.conflicts(store, desk.project)
    assert len(found) == count
    assert [(one.source, one.deprecated) for one in found] == [("卡罗丝", "")] * count
    assert len(desk.proposed()) == (0 if count else 2)

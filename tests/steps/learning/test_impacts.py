"""What a proposal would flag, and what of that people wrote or approved."""

from __future__ import annotations

from review.steps import learning
from review.steps.learning import impacts
from tests.steps.learning.conftest import Learner


def test_hits_are_counted_and_shown_with_their_place(desk: Learner) -> None:
    desk.replace(0, "Karo", "KAROPlat")
    (one,) = learning.propose(desk.store, desk.project)
    shown = learning.impact(desk.store, desk.project, one)
    assert (shown.segments, shown.hits, shown.articles) == (5, 5, 1)
    first = shown.examples[0]
    assert (first.article_name, first.number, first.text[first.start : first.end]) == ("karo", 2, "Karo")
    assert (shown.approved, shown.corrected, shown.wrong, shown.objection) == (0, 0, (), "")


def test_approved_and_corrected_text_is_what_it_would_flag_wrongly(desk: Learner) -> None:
    desk.replace(0, "Karo", "KAROPlat")
    (one,) = learning.propose(desk.store, desk.project)
    desk.replace(1, "Today", "Yesterday")
    desk.approve(2)
    shown = learning.impact(desk.store, desk.project, one)
    assert (shown.segments, shown.approved, shown.approved_of, shown.corrected) == (5, 1, 1, 1)
    assert [found.number for found in shown.wrong] == [3, 2], "approved text first"
    assert "1 of 1 confirmed or approved segment whose" in shown.objection


def test_the_impact_of_changed_fields_can_be_asked(desk: Learner) -> None:
    desk.replace(0, "Karo", "KAROPlat")
    (one,) = learning.propose(desk.store, desk.project)
    narrow = impacts.edited(one, source="助力乙企业")
    assert learning.impact(desk.store, desk.project, narrow).segments == 1
    assert impacts.edited(one, preferred=" KARO ").matching == "case"

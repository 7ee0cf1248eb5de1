"""A lead decides; what was accepted is flagged, what was declined stays away."""

from __future__ import annotations

import pytest

from review.errors import AccessError, InputError, MissingError, RefusedError
from review.steps import learning, reflagging, terms
from review.store import concept_changes, people
from review.store import terms as stored
from tests.steps.learning.conftest import Learner


@pytest.fixture
def taught(desk: Learner) -> Learner:
    desk.replace(0, "Karo", "KAROPlat")
    return desk


def flagged(desk: Learner) -> list[str]:
    """The words that the project's own terms flag in the first article."""
    found = reflagging.refresh(desk.store, desk.article)["flags"]
    texts = {str(one["id"]): one["text"] for one in desk.segments()}
    return [
        texts[str(key)][flag["start"] : flag["end"]]
        for key, listed in found.items()
        for flag in listed
        if flag["detector"] == "terminology" and flag["suggestions"] == ["KAROPlat"]
    ]


def test_an_accepted_entry_flags_from_then_on_and_keeps_its_grounds(taught: Learner) -> None:
    assert flagged(taught) == []
    learning.accept(taught.store, taught.project, taught.actor, taught.only(), note="its name")
    assert flagged(taught) == ["Karo"] * 5
    with taught.store.read() as connection:
        (concept,) = stored.concepts(connection, taught.project)
    wrong = next(term for term in concept.terms if term.status == "deprecated")
    assert wrong.note.startswith("its name Learned from corrections of 1 segment: Local user (1), 20")
    assert wrong.part_of_speech == "name"


def test_the_decision_keeps_who_when_and_which_concept(taught: Learner) -> None:
    number = taught.only()
    concept = learning.accept(taught.store, taught.project, taught.actor, number)
    one = learning.get(taught.store, taught.project, number)
    assert (one.state, one.decided_by, one.concept) == ("accepted", "Local user", concept)
    assert one.decided_at > one.made_at
    assert len(one.evidence) == 1
    assert taught.proposed() == []


def test_fields_can_be_changed_on_the_way(taught: Learner) -> None:
    number = taught.only()
    learning.accept(taught.store, taught.project, taught.actor, number, source="卡罗丝", preferred="KAROPlat platform")
    with taught.store.read() as connection:
        (concept,) = stored.concepts(connection, taught.project)
    assert [term.text for term in concept.terms] == ["卡罗丝", "KAROPlat platform", "Karo"]
    one = learning.get(taught.store, taught.project, number)
    assert (one.source, one.preferred) == ("卡罗丝", "KAROPlat platform")


def test_a_reviewer_does_not_decide_where_there_is_a_lead(taught: Learner) -> None:
    number = taught.only()
    with pytest.raises(AccessError):
        learning.accept(taught.store, taught.project, taught.colleague(), number)
    with pytest.raises(AccessError):
        learning.decline(taught.store, taught.project, taught.colleague(), number, "no")
    assert learning.get(taught.store, taught.project, number).state == "open"


def test_a_lead_decides(taught: Learner) -> None:
    learning.accept(taught.store, taught.project, taught.colleague("Lead", "lead"), taught.only())
    assert taught.proposed() == []


def test_where_a_project_has_neither_lead_nor_owner_its_reviewers_decide(taught: Learner) -> None:
    reviewer = taught.colleague()
    number = taught.only()
    taught.store.write(lambda c: people.grant(c, taught.project, taught.actor, "viewer"))
    with pytest.raises(AccessError):
        learning.accept(taught.store, taught.project, taught.actor, number)
    learning.accept(taught.store, taught.project, reviewer, number)


def test_a_declined_proposal_stays_away_while_the_same_person_goes_on(taught: Learner) -> None:
    learning.decline(taught.store, taught.project, taught.actor, taught.only(), "only this once")
    taught.replace(1, "Karo", "KAROPlat")
    assert taught.proposed() == []


def test_a_declined_proposal_comes_back_when_somebody_else_corrects_the_same(taught: Learner) -> None:
    number = taught.only()
    learning.decline(taught.store, taught.project, taught.actor, number, "only this once")
    taught.replace(1, "Karo", "KAROPlat", actor=taught.colleague())
    assert taught.only() == number


def test_a_declined_proposal_can_be_opened_again(taught: Learner) -> None:
    number = taught.only()
    learning.decline(taught.store, taught.project, taught.actor, number, "only this once")
    learning.reopen(taught.store, taught.project, taught.actor, number, "asked the client")
    assert taught.only() == number
    with pytest.raises(RefusedError):
        learning.reopen(taught.store, taught.project, taught.actor, number)


def test_a_decision_needs_a_reason_and_is_made_once(taught: Learner) -> None:
    number = taught.only()
    with pytest.raises(InputError):
        learning.decline(taught.store, taught.project, taught.actor, number, "  ")
    learning.accept(taught.store, taught.project, taught.actor, number)
    for again in (
        lambda: learning.accept(taught.store, taught.project, taught.actor, number),
        lambda: learning.decline(taught.store, taught.project, taught.actor, number, "no"),
    ):
        with pytest.raises(RefusedError):
            again()


def test_a_number_that_is_none_is_named(taught: Learner) -> None:
    with pytest.raises(MissingError, match="no proposal 99"):
        learning.accept(taught.store, taught.project, taught.actor, 99)


def test_an_entry_that_says_otherwise_is_named(taught: Learner) -> None:
    terms.add_term(taught.store, taught.actor, taught.article, source="卡罗丝", wrong="Karo", preferred="Haier Karo")
    with pytest.raises(RefusedError, match="Haier Karo"):
        learning.accept(taught.store, taught.project, taught.actor, taught.only())


def test_an_entry_that_would_flag_approved_text_needs_a_reason(taught: Learner) -> None:
    number = taught.only()
    taught.approve(4)
    with pytest.raises(RefusedError, match="Today Karo helps firm E"):
        learning.accept(taught.store, taught.project, taught.actor, number)
    assert learning.get(taught.store, taught.project, number).state == "open"
    learning.accept(taught.store, taught.project, taught.actor, number, override="approved before we knew")
    with taught.store.read() as connection:
        (concept,) = stored.concepts(connection, taught.project)
    assert concept.terms[-1].note.endswith("Added all the same: approved before we knew")
    assert learning.get(taught.store, taught.project, number).reason == "approved before we knew"


def test_an_accepted_entry_that_is_taken_back_is_proposed_again(taught: Learner) -> None:
    number = taught.only()
    name = learning.accept(taught.store, taught.project, taught.actor, number)
    assert taught.proposed() == []
    with taught.store.read() as connection:
        (change,) = concept_changes.of_concept(connection, taught.project, "project", name)
    terms.history.undo(taught.store, taught.project, taught.actor, change.number)
    assert taught.only() == number
    learning.accept(taught.store, taught.project, taught.actor, number)
    assert flagged(taught) == ["Karo"] * 5

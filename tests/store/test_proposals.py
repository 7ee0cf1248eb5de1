"""Lessons and proposals come back as they were stored; decisions stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.errors import MissingError
from review.model import Proposal, Taught
from review.store import Store, lessons, people, proposals
from tests.steps.desk import Desk


@pytest.fixture
def local(store: Store) -> tuple[int, int]:
    return store.write(people.ensure_local)


def made(project: int, **more: object) -> Proposal:
    proof = Taught(1, 2, "one", "Kaos", "COSMOPlat", "edit", "e1", 1, "Local user", 5)
    one = Proposal(0, project, "卡奥斯", "COSMOPlat", "Kaos", "name", "zh", "en", 2, 1, (proof,), (("Local user", 2),))
    return replace(one, **{"keys": ("kao", "cosmoplat"), **more})  # type: ignore[arg-type]


def put(store: Store, *given: Proposal) -> None:
    store.write(lambda connection: proposals.put(connection, given))


def test_a_proposal_comes_back_as_it_was(store: Store, local: tuple[int, int]) -> None:
    put(store, made(local[0], together=6, apart=1, score=17.25))
    with store.read() as connection:
        (found,) = proposals.rows(connection, local[0])
    assert found == made(local[0], id=found.id, together=6, apart=1, score=17.25, made_at=found.made_at)


def test_the_same_words_are_one_proposal_brought_up_to_date(store: Store, local: tuple[int, int]) -> None:
    put(store, made(local[0]))
    put(store, made(local[0], times=9, source="卡奥"))
    with store.read() as connection:
        (found,) = proposals.rows(connection, local[0])
    assert (found.times, found.source) == (9, "卡奥")


def test_what_was_decided_keeps_its_wording_and_counts_on(store: Store, local: tuple[int, int]) -> None:
    project, actor = local
    put(store, made(project))
    store.write(lambda c: proposals.decide(c, 1, "accepted", actor, "right", "added-1", preferred="COSMOPlat!"))
    put(store, made(project, times=9, state="accepted"))
    with store.read() as connection:
        found = proposals.get(connection, project, 1)
    assert (found.state, found.preferred, found.times, found.reason) == ("accepted", "COSMOPlat!", 9, "right")
    assert (found.decided_by, found.concept) == ("Local user", "added-1")
    assert found.decided_at > 0


def test_only_what_is_undecided_is_dropped(store: Store, local: tuple[int, int]) -> None:
    project, actor = local
    put(store, made(project), made(project, keys=("kao", "other")))
    store.write(lambda c: proposals.decide(c, 1, "declined", actor, "no"))
    store.write(lambda c: proposals.drop(c, project, [("kao", "cosmoplat"), ("kao", "other")]))
    with store.read() as connection:
        assert [one.id for one in proposals.rows(connection, project, ("open", "declined"))] == [1]


def test_another_project_s_proposal_is_missing(store: Store, local: tuple[int, int]) -> None:
    put(store, made(local[0]))
    other = store.write(lambda c: people.ensure_project(c, "other"))
    with store.read() as connection, pytest.raises(MissingError):
        proposals.get(connection, other, 1)


def test_acts_are_told_in_order_with_their_first_segments(store: Store) -> None:
    desk = Desk(store)
    ids = desk.ids()
    first = desk.do("edit", [ids[0]], {"texts": ["COSMOPlat helps."]})
    desk.do("comment", [ids[0]], {"comment": {"id": "c", "text": "so"}})
    second = desk.do("edit", ids[:2], {"texts": ["One.", "Two."]})
    with store.read() as connection:
        acts = lessons.acts(connection, desk.project, 0)
        assert [(act.id, act.kind, act.segments) for act in acts] == [
            (first, "edit", (ids[0],)),
            (second, "edit", tuple(ids[:2])),
        ]
        assert lessons.acts(connection, desk.project, acts[0].seq) == acts[1:]
        assert lessons.source_language(connection, desk.project) == "zh"


def test_settled_segments_are_those_that_somebody_changed_or_approved(store: Store) -> None:
    desk = Desk(store)
    ids = desk.ids()
    desk.do("edit", [ids[0]], {"texts": ["COSMOPlat helps."]})
    desk.do("status", [ids[1]], {"status": "confirmed"})
    desk.do("status", [ids[2]], {"status": "draft"})
    desk.do("edit", [ids[3]], {"texts": ["Gone."]})
    desk.do("delete", [ids[3]], {})
    with store.read() as connection:
        found = lessons.settled(connection, desk.project, 10)
    assert [(one.segment, one.text, one.source, one.done) for one in found] == [
        (ids[0], "COSMOPlat helps.", "卡奥斯助力小企业。", False),
        (ids[1], "Kaos and Kaos again.", "卡奥斯和卡奥斯。", True),
    ]


def test_a_sample_is_of_whole_articles_and_not_much_larger_than_asked_for(store: Store) -> None:
    from tests.steps.desk import article

    desk = Desk(store, [article(name=str(number)) for number in range(10)])
    with store.read() as connection:
        assert len(lessons.sample(connection, desk.project, 1000)) == 40
        assert len(lessons.sample(connection, desk.project, 12)) in (12, 16)

"""Corrections become proposals, with their evidence; what is undone, thin or contradicted does not."""

from __future__ import annotations

from uuid import uuid4

import pytest

from review.model import Article, Correction, ReadingHeader, Rule, Scope, Segment
from review.steps import jobs, learning, propagating, reviewing, terms
from review.store import Store, batches, lessons
from review.store import jobs as queue
from tests.steps.desk import Desk, article
from tests.steps.learning.conftest import KARO, KARO_SOURCES, Learner


def test_a_name_corrected_once_is_proposed_where_its_source_term_is_plain(desk: Learner) -> None:
    desk.replace(0, "Karo", "KAROPlat")
    (one,) = learning.propose(desk.store, desk.project)
    assert (one.deprecated, one.preferred, one.matching, one.times) == ("Karo", "KAROPlat", "name", 1)
    assert one.source == "卡罗丝"
    assert one.together == 6


def test_the_evidence_names_segment_article_person_act_and_words(desk: Learner) -> None:
    other = desk.colleague()
    desk.replace(0, "Karo", "KAROPlat")
    event = desk.replace(1, "Karo", "KAROPlat", actor=other)
    (one,) = learning.propose(desk.store, desk.project)
    newest = one.evidence[0]
    assert (newest.segment, newest.article_name, newest.by, newest.kind) == (desk.ids()[1], "karo", "Colleague", "edit")
    assert (newest.wrong, newest.right, newest.event) == ("Karo", "KAROPlat", event)
    assert newest.at > one.evidence[1].at > 0
    assert one.people == (("Colleague", 1), ("Local user", 1))


def test_an_everyday_word_is_proposed_after_three_corrections(store: Store) -> None:
    texts = [f"Here {letter} is the long appendix." for letter in "ABCDE"]
    desk = Learner(store, [article(texts, [f"这里{c}是附录吗。" for c in "甲乙丙丁戊"]), *_others()])
    for place in range(2):
        desk.replace(place, "appendix", "annex")
    assert desk.proposed() == []
    desk.replace(2, "appendix", "annex")
    assert [(wrong, right) for wrong, right, _ in desk.proposed()] == [("appendix", "annex")]


def test_without_a_source_two_corrections_make_a_phrase_a_proposal(store: Store) -> None:
    desk = Learner(store, [article([f"Here {letter} is a round loop." for letter in "ABC"], None)])
    desk.replace(0, "round loop", "closed circuit")
    assert desk.proposed() == []
    desk.replace(1, "round loop", "closed circuit")
    assert desk.proposed() == [("round loop", "closed circuit", "")]


def test_what_was_undone_is_not_evidence(desk: Learner) -> None:
    event = desk.replace(0, "Karo", "KAROPlat")
    assert len(desk.proposed()) == 1
    desk.do("undo", [desk.ids()[0]], {"event": event})
    assert desk.proposed() == []


def test_accepted_suggestions_and_propagations_are_evidence(desk: Learner) -> None:
    desk.replace(0, "Karo", "KAROPlat")
    rule = Rule("Karo", "KAROPlat")
    propagating.propagate(desk.store, desk.actor, desk.batch, Scope(desk.project), rule, key=str(uuid4()))
    (one,) = learning.propose(desk.store, desk.project)
    assert one.times == 6
    assert {found.kind for found in one.evidence} == {"edit", "propagate"}


def test_imported_post_edits_are_evidence_of_who_brought_them(store: Store) -> None:
    desk = Desk(store, list(_others()))
    read = Article(
        "brought",
        tuple(
            Segment(text, source=source, correction=Correction(text.replace("Karo", "KAROPlat")))
            for text, source in zip(KARO, KARO_SOURCES, strict=True)
        ),
        source_language="zh",
        target_language="en",
    )
    header = ReadingHeader("jsonl")
    batch = store.write(lambda c: batches.create(c, desk.project, desk.actor, "brought", header))
    (number,) = batches.add_articles(store, batch, [read])
    reviewing.record_corrections(store, desk.actor, batch, [(number, read)])
    assert learning.propose(store, desk.project) == [], "what nobody can see teaches nothing yet"
    store.write(lambda c: batches.publish(c, batch))
    (one,) = learning.propose(store, desk.project)
    assert (one.deprecated, one.preferred, one.times) == ("Karo", "KAROPlat", 6)
    assert {found.kind for found in one.evidence} == {"import"}


def test_words_that_as_many_segments_keep_are_not_proposed(desk: Learner) -> None:
    desk.replace(0, "Karo", "KAROPlat")
    assert len(desk.proposed()) == 1
    desk.approve(3)
    assert desk.proposed() == []
    desk.replace(1, "Karo", "KAROPlat")
    assert len(desk.proposed()) == 1


def test_words_corrected_in_as_many_other_ways_are_not_proposed(desk: Learner) -> None:
    desk.replace(0, "Karo", "KAROPlat")
    desk.replace(1, "Karo", "Haier")
    assert desk.proposed() == []


def test_what_the_termbase_has_is_not_proposed(desk: Learner) -> None:
    desk.replace(0, "Karo", "KAROPlat")
    terms.add_term(desk.store, desk.actor, desk.article, source="卡罗丝", wrong="karo", preferred="KAROPlat")
    assert desk.proposed() == []


def test_a_name_seen_where_sentences_begin_alone_keeps_its_capital(store: Store) -> None:
    texts = [f"Modero went to town {letter}." for letter in "ABCD"]
    sources = [f"莫德罗去了{c}镇。" for c in "甲乙丙丁"]
    desk = Learner(store, [article(texts, sources), *_others()])
    desk.replace(0, "Modero", "Modrow")
    desk.replace(1, "Modero", "Modrow")
    (one,) = learning.propose(store, desk.project)
    assert (one.deprecated, one.preferred, one.matching) == ("Modero", "Modrow", "name")


def test_an_edit_queues_learning_once_while_it_waits(desk: Learner) -> None:
    for place in range(3):
        desk.replace(place, "Karo", "KAROPlat")
    with desk.store.read() as connection:
        waiting = [job for job in queue.rows(connection, desk.project) if job.kind == "learn"]
    assert [(job.state, job.payload) for job in waiting] == [("queued", {})]


def test_the_job_makes_the_proposals(desk: Learner) -> None:
    import threading

    desk.replace(0, "Karo", "KAROPlat")
    done = jobs.work_one(desk.store, "worker@1", threading.Event(), {"learn": jobs.handlers()["learn"]})
    assert done is not None
    with desk.store.read() as connection:
        assert queue.get(connection, done.id).result == {"proposals": 1}


def test_nothing_is_read_again_where_nothing_happened(desk: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.replace(0, "Karo", "KAROPlat")
    learning.refresh(desk.store, desk.project)

    def never(*args: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(lessons, "settled", never)
    monkeypatch.setattr(lessons, "replace", never)
    assert learning.refresh(desk.store, desk.project) == 0
    assert len(desk.proposed()) == 1


def test_the_same_events_give_the_same_proposals(desk: Learner) -> None:
    for place, right in ((0, "KAROPlat"), (1, "KAROPlat"), (2, "Haier")):
        desk.replace(place, "Karo", right)
    first = learning.propose(desk.store, desk.project)
    desk.store.write(lambda c: lessons.set_mark(c, desk.project, 0, ""))
    assert learning.propose(desk.store, desk.project) == first


def _others() -> list[Article]:
    from tests.steps.learning.conftest import OTHER_SOURCES, OTHERS

    return [article(OTHERS, OTHER_SOURCES, "others")]

"""Terms that a reviewer adds from an article."""

from __future__ import annotations

from typing import Any

import pytest

from review.detectors import Context
from review.detectors.terminology import DETECTOR
from review.errors import InputError, ReviewError
from review.model import Article, ReadingHeader, Segment
from review.steps import terms
from review.store import Store, articles, batches, people
from review.store import jobs as queue
from review.store import terms as stored
from review.text.termbase import TermIndex
from tests.steps.desk import Desk


@pytest.fixture
def article(store: Store) -> int:
    """An article of one sentence in a published batch."""
    text = Segment(hypothesis="Kaos helps the plant.", source="卡奥斯帮助工厂。")
    project, actor = store.write(people.ensure_local)
    batch = store.write(lambda c: batches.create(c, project, actor, "b", ReadingHeader("lines")))
    made = Article("a", (text,), source_language="zh", target_language="en")
    (number,) = batches.add_articles(store, batch, [made])
    store.write(lambda c: batches.publish(c, batch))
    return number


def flagged(store: Store, article: int, text: str, source: str | None = None) -> list[str]:
    with store.read() as connection:
        project = batches.get(connection, articles.get(connection, article).batch).project
        index = TermIndex(stored.concepts(connection, project))
    subject = Article("x", (Segment(text, id="1", source=source),), source_language="zh", target_language="en")
    return [text[flag.start : flag.end] for flag in DETECTOR.detect(subject, Context(terms=index))]


def add(store: Store, article: int, **fields: str) -> str:
    with store.read() as connection:
        project = batches.get(connection, articles.get(connection, article).batch).project
        actor = people.members(connection, project)[0].actor
    number = actor if isinstance(actor, int) else actor.id
    return terms.add_term(store, number, article, **fields)


def test_a_term_added_from_an_article_is_flagged_from_then_on(store: Store, article: int) -> None:
    add(store, article, wrong="Kaos", preferred="COSMOPlat", note="its name")
    assert flagged(store, article, "The Kaos grew, and kaos too.") == ["Kaos", "kaos"]
    assert flagged(store, article, "The Kaos grew.", "增长。") == ["Kaos"]


def test_with_a_source_term_it_is_flagged_only_where_that_stands(store: Store, article: int) -> None:
    add(store, article, source="卡奥斯", wrong="Kaos", preferred="COSMOPlat")
    assert flagged(store, article, "The Kaos grew.", "卡奥斯增长。") == ["Kaos"]
    assert flagged(store, article, "The Kaos grew.", "别的增长。") == []
    assert flagged(store, article, "The Kaos grew.") == ["Kaos"]


def test_a_second_wrong_wording_joins_the_first(store: Store, article: int) -> None:
    first = add(store, article, source="卡奥斯", wrong="Kaos", preferred="COSMOPlat")
    assert add(store, article, source="卡奥斯", wrong="Ka Aosi", preferred="COSMOPlat") == first
    assert flagged(store, article, "Kaos or Ka Aosi", "卡奥斯") == ["Kaos", "Ka Aosi"]


def test_wordings_that_differ_in_case_alone_are_told_apart_by_it(store: Store, article: int) -> None:
    add(store, article, wrong="cosmoplat", preferred="COSMOPlat")
    assert flagged(store, article, "cosmoplat and COSMOPlat") == ["cosmoplat"]


@pytest.mark.parametrize(
    "fields",
    [
        {"wrong": "", "preferred": "x"},
        {"wrong": "x", "preferred": " "},
        {"wrong": "x", "preferred": "x"},
        {"wrong": "x{", "preferred": "y"},
    ],
)
def test_a_term_that_makes_no_sense_is_refused(store: Store, article: int, fields: dict[str, str]) -> None:
    with pytest.raises(InputError):
        add(store, article, **fields)


def test_of_two_wordings_added_at_the_same_time_none_is_lost(
    store: Store, article: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second comes between what the first reads and what it writes."""
    add(store, article, wrong="Kaos", preferred="COSMOPlat")
    write = store.write
    waiting = ["Ka Aosi"]

    def later(fn: Any, **options: Any) -> Any:
        if waiting:
            add(store, article, wrong=waiting.pop(), preferred="COSMOPlat")
        return write(fn, **options)

    monkeypatch.setattr(store, "write", later)
    add(store, article, wrong="Karlos", preferred="COSMOPlat")
    assert flagged(store, article, "Kaos, Ka Aosi, Karlos") == ["Kaos", "Ka Aosi", "Karlos"]


def test_a_term_queues_each_batch_of_the_project_for_flagging_once(store: Store, article: int) -> None:
    other = Desk(store)
    for wrong in ("Kaos", "Ka Aosi"):
        add(store, article, wrong=wrong, preferred="COSMOPlat")
    with store.read() as connection:
        waiting = queue.rows(connection, other.project)
        batch = articles.get(connection, article).batch
    assert sorted((job.kind, job.payload["batch"]) for job in waiting) == [("flag", batch), ("flag", other.batch)]


def test_an_unknown_article_is_refused(store: Store) -> None:
    with pytest.raises(ReviewError):
        terms.add_term(store, 1, 999_999, wrong="x", preferred="y")

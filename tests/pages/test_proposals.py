"""The proposals on the Terms page: what corrections taught, decided by one key each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from review.model import Article, ReadingHeader, Segment
from review.steps import learning, reviewing
from review.steps.terms import browsing
from review.store import Store, articles, batches, people
from tests.pages.conftest import told

Show = Callable[..., AppTest]
TEXTS = ("The quay was built.", "A quay is long.", "This quay is old.", "One quay is new.", "Every quay is wet.")


@pytest.fixture
def taught(page_store: Store) -> Store:
    """A store in which quay was corrected to wharf three times, and stands twice more."""
    project, actor = page_store.write(people.ensure_local)
    made = page_store.write(lambda c: batches.create(c, project, actor, "Quays", ReadingHeader("jsonl")))
    segments = tuple(Segment(text, source="码头很长。") for text in TEXTS)
    (article,) = batches.add_articles(page_store, made, [Article("quays", segments, "", "zh", "en")])
    page_store.write(lambda c: batches.publish(c, made))
    with page_store.read() as connection:
        keys = [int(one.id) for one in articles.load(connection, article).segments]
    for number in (0, 1, 2):
        event = {
            "id": f"00000000-0000-4000-8000-00000000000{number}", "kind": "edit",
            "targets": [{"segment": keys[number], "base_version": 0}],
            "payload": {"texts": [TEXTS[number].replace("quay", "wharf")]},
        }  # fmt: skip
        assert reviewing.record(page_store, actor, made, [event])["refused"] == []
    return page_store


def test_where_nothing_is_proposed_the_page_says_how_proposals_come_about(show: Show) -> None:
    test = show("terms", tab="proposals")
    assert not test.exception
    assert "Proposals come from corrections" in told(test)


def test_a_proposal_shows_its_evidence_and_what_it_would_flag_and_is_accepted(show: Show, taught: Store) -> None:
    test = show("terms", tab="proposals")
    assert not test.exception
    assert test.subheader[0].value == "quay → wharf"
    assert "Corrected in 3 segments by Local user (3)" in told(test)
    assert "Would flag **2 places in 2 segments** of 1 article." in told(test)
    assert "One **quay** is new" in told(test)
    test.button(key="proposal-accept").click().run()
    assert not test.exception
    assert "quay → wharf flags from now on" in told(test)
    project, _ = taught.write(people.ensure_local)
    assert any("quay" in entry.texts("deprecated") for entry in browsing.entries(taught, project))
    assert "Nothing is proposed" in told(test)


def test_a_proposal_is_declined_with_a_reason_and_comes_back_by_undo(show: Show, taught: Store) -> None:
    project, _ = taught.write(people.ensure_local)
    test = show("terms", tab="proposals")
    test.button(key="proposal-decline").click().run()
    assert not test.exception
    assert learning.propose(taught, project) == []
    test.button(key="terms-undo-decline").click().run()
    assert not test.exception
    assert [one.deprecated for one in learning.propose(taught, project)] == ["quay"]


def test_a_proposal_is_changed_before_it_is_accepted(show: Show, taught: Store) -> None:
    test = show("terms", tab="proposals")
    next(one for one in test.text_input if one.label == "Write").set_value("pier").run()
    test.button(key="proposal-accept").click().run()
    assert not test.exception
    project, _ = taught.write(people.ensure_local)
    assert any("pier" in entry.texts("preferred") for entry in browsing.entries(taught, project))


def test_who_may_only_look_decides_nothing(show: Show, taught: Store) -> None:
    project, actor = taught.write(people.ensure_local)
    taught.write(lambda c: people.grant(c, project, actor, "viewer"))
    test = show("terms", tab="proposals")
    assert "A lead or an owner of the project decides" in told(test)
    assert test.button(key="proposal-accept").disabled

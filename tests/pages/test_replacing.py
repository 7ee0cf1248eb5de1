"""The Replace page: what it finds, what is ticked, the act and its way back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from review.model import Article, ReadingHeader, Rule, Segment
from review.pages.replacing.chosen import Chosen
from review.pages.replacing.fields import address
from review.pages.replacing.hits import parts
from review.steps import finding, reviewing
from review.store import Store, articles, batches, events, people
from tests.pages.conftest import told

Show = Callable[..., AppTest]


@pytest.fixture
def platforms(page_store: Store) -> int:
    """A batch of three articles in which Kaos stands 70 times, in one segment each, and once in a confirmed one."""
    project, actor = page_store.write(people.ensure_local)
    made = page_store.write(lambda c: batches.create(c, project, actor, "Platforms", ReadingHeader("jsonl")))
    given = [
        Article(
            f"part {part}",
            tuple(Segment(f"The Kaos platform has {n} users.", source="卡奥斯平台有用户。") for n in range(size)),
            target_language="en",
        )
        for part, size in enumerate((30, 30, 10))
    ]
    ids = batches.add_articles(page_store, made, given)
    page_store.write(lambda c: batches.publish(c, made))
    last = texts(page_store, ids[2])[-1][0]
    event = {
        "id": "00000000-0000-4000-8000-000000000001",
        "kind": "status",
        "targets": [{"segment": last, "base_version": None}],
        "payload": {"status": "confirmed"},
    }
    assert reviewing.record(page_store, actor, made, [event])["refused"] == []
    return made


def texts(store: Store, article: int) -> list[tuple[int, str]]:
    with store.read() as connection:
        return [(int(one.id), one.text) for one in articles.load(connection, article).segments]


def all_texts(store: Store, batch: int) -> list[str]:
    with store.read() as connection:
        wanted = articles.ids(connection, batch)
    return [text for article in wanted for _, text in texts(store, article)]


def table(test: AppTest) -> dict[str, Any]:
    """What the page handed to the table of hits."""
    (found,) = test.get("bidi_component")
    return json.loads(found.proto.json)


def click(test: AppTest, label: str) -> AppTest:
    return next(button for button in test.button if button.label == label).click().run()


def test_a_project_without_text_leads_to_the_import(show: Show) -> None:
    test = show("replacing")
    assert not test.exception
    assert "no text to look in" in told(test)


def test_an_address_fills_the_fields_and_shows_exact_totals_and_the_first_hits(show: Show, platforms: int) -> None:
    test = show("replacing", find="Kaos", replace="COSMOPlat", batch=str(platforms))
    assert not test.exception
    assert "**70 hits** in 70 segments of 3 articles; 1 confirmed segment stays as it is unless ticked." in told(test)
    assert "1 to 50 of 70" in told(test)
    rows = table(test)["rows"]
    assert len(rows) == 50
    assert rows[0]["before"] == [["The ", False], ["Kaos", True], [" platform has 0 users.", False]]
    assert rows[0]["after"][1] == ["COSMOPlat", True]
    assert (rows[0]["article"], rows[0]["number"], rows[0]["status"], rows[0]["ticked"]) == ("part 0", 1, "new", True)
    assert dict(test.query_params) == {"find": "Kaos", "replace": "COSMOPlat", "batch": str(platforms)}


def test_pages_follow_each_other_and_what_is_confirmed_is_not_ticked(show: Show, platforms: int) -> None:
    test = click(show("replacing", find="Kaos", replace="COSMOPlat"), "›")
    assert "51 to 70 of 70" in told(test)
    rows = table(test)["rows"]
    assert len(rows) == 20
    assert (rows[-1]["status"], rows[-1]["ticked"], rows[-1]["protected"]) == ("confirmed", False, True)
    assert "1 to 50 of 70" in told(click(test, "‹"))


def test_replacing_is_one_event_and_taking_it_back_one_more(show: Show, page_store: Store, platforms: int) -> None:
    before = all_texts(page_store, platforms)
    test = click(show("replacing", find="Kaos", replace="COSMOPlat"), "Replace")
    assert not test.exception
    assert "Replaced in 69 segments of 3 articles." in told(test)
    assert sum("COSMOPlat" in text for text in all_texts(page_store, platforms)) == 69
    assert "**1 hit** in 1 segment of 1 article" in told(test)
    assert "69 segments · Local user" in told(test)
    click(test, "Take it all back")
    assert not test.exception
    assert "Taken back" in told(test)
    assert "UTC · taken back" in told(test)
    assert all_texts(page_store, platforms) == before
    click(test, "Do it again")
    assert sum("COSMOPlat" in text for text in all_texts(page_store, platforms)) == 69
    project, _ = page_store.write(people.ensure_local)
    with page_store.read() as connection:
        kinds = [stored.event.kind for stored in events.of_project(connection, project)]
    assert kinds == ["status", "propagate", "undo", "redo"]


def test_nothing_ticked_is_nothing_to_do(show: Show, platforms: int) -> None:
    test = click(show("replacing", find="Kaos", replace="COSMOPlat"), "Tick none")
    assert not any(row["ticked"] for row in table(test)["rows"])
    assert next(button for button in test.button if button.label == "Replace").disabled
    test = click(test, "Tick all")
    assert all(row["ticked"] for row in table(test)["rows"])


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"find": "(", "kind": "pattern"}, "is refused"),
        ({"find": "Kaos", "source": "(", "source_kind": "pattern"}, "is refused"),
        ({"find": "a*", "kind": "pattern"}, "fits a text without letters"),
        ({"find": "Kaos", "replace": "Kaos"}, "this would change nothing"),
        ({"find": "  "}, "nothing to look for"),
        ({"replace": "COSMOPlat"}, "Write what to look for"),
    ],
)
def test_what_cannot_be_followed_is_said_at_its_field(
    show: Show, platforms: int, query: dict[str, str], sentence: str
) -> None:
    test = show("replacing", **query)
    assert not test.exception
    assert sentence in told(test).replace("\\", "")
    assert not test.error
    assert not test.get("bidi_component")


def test_what_stands_nowhere_is_said(show: Show, platforms: int) -> None:
    assert "This stands nowhere" in told(show("replacing", find="Chaos"))
    assert "where the source has what it must" in told(show("replacing", find="Kaos", replace="x", source="海尔"))


def test_an_address_of_a_batch_that_is_gone_searches_the_project(show: Show, platforms: int) -> None:
    test = show("replacing", find="Kaos", replace="x", batch="999")
    assert "names a batch that is not here" in told(test)
    assert "**70 hits**" in told(test)


def test_a_rule_and_its_address_say_the_same() -> None:
    rule = Rule("Kaos", "COSMOPlat", kind="literal", inflected=False, source="卡奥斯", case=True)
    said = {
        "find": "Kaos",
        "replace": "COSMOPlat",
        "kind": "literal",
        "inflected": "0",
        "case": "1",
        "source": "卡奥斯",
    }
    assert address(rule, 3) == {**said, "batch": "3"}


def hit(segment: int, *, protected: bool = False, skipped: str = "") -> finding.Hit:
    from review.model import Replacement

    return finding.Hit(
        segment, 1, "port", "", 1, segment, 0, "new", "The Kaos grew.", None, (Replacement(4, 8, "COSMOPlat"),),
        protected, skipped,
    )  # fmt: skip


def test_all_but_what_was_unticked_is_chosen_however_many_pages_were_seen() -> None:
    chosen = Chosen()
    first, second = (hit(1), hit(2)), (hit(3), hit(4, protected=True), hit(5, skipped="it is locked"))
    ticks = {"revision": 0, "ticks": {"1": True, "2": False}, "own": {"1": "The Kaos has grown."}}
    assert chosen.hear(first, ticks)
    assert chosen.hear(second, {"revision": 0, "ticks": {"3": True, "4": True, "5": True}, "own": {}})
    choice = chosen.choice()
    assert (choice.every, choice.without, choice.including) == (True, {2}, {4})
    assert choice.own == {1: "The Kaos has grown."}
    assert chosen.told() == "1 unticked · 1 confirmed ticked · 1 edited by hand"
    assert not chosen.hear(first, ticks)
    assert [chosen.ticked(one) for one in second] == [True, True, False]


def test_an_edited_text_counts_only_where_its_segment_is_ticked() -> None:
    chosen = Chosen()
    page = (hit(1), hit(2))
    chosen.hear(page, {"revision": 0, "ticks": {"1": False, "2": True}, "own": {"1": "Mine.", "2": "Mine too."}})
    assert chosen.choice().own == {2: "Mine too."}
    assert chosen.own == {1: "Mine.", 2: "Mine too."}


def test_of_none_but_those_ticked_only_those_are_chosen() -> None:
    chosen = Chosen()
    chosen.set_all(False)
    page = (hit(1), hit(2), hit(3, protected=True))
    assert not chosen.hear(page, {"revision": 0, "ticks": {"1": True}, "own": {}}), "it was told before"
    assert chosen.hear(page, {"revision": 1, "ticks": {"2": True, "3": True}, "own": {}})
    choice = chosen.choice()
    assert (choice.every, choice.without, choice.including) == (False, frozenset(), {2, 3})


def test_a_text_that_was_emptied_or_is_as_proposed_is_no_text_of_ones_own() -> None:
    chosen = Chosen()
    chosen.hear((hit(1), hit(2)), {"revision": 0, "ticks": {}, "own": {"1": "  ", "2": "The COSMOPlat grew."}})
    assert chosen.own == {}


def test_a_text_is_cut_where_it_changes() -> None:
    before, after = parts(hit(1))
    assert before == [("The ", False), ("Kaos", True), (" grew.", False)]
    assert after == [("The ", False), ("COSMOPlat", True), (" grew.", False)]

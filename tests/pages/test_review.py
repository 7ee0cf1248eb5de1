"""The review page around its grid: which article it shows, and how it leads on."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from review.steps import passes
from review.store import Store, articles, judgements
from review.store.judgements import Judgement
from tests.pages.conftest import told

Show = Callable[..., AppTest]


def grid(test: AppTest) -> dict:
    """What the page handed to the grid."""
    (found,) = test.get("bidi_component")
    return json.loads(found.proto.json)


def test_an_empty_project_leads_to_the_import(show: Show) -> None:
    test = show("review")
    assert not test.exception
    assert told(test).startswith("No articles yet")


def test_the_first_unfinished_article_is_shown_with_its_flags(show: Show, batch: int) -> None:
    handed = grid(show("review"))
    assert handed["article"]["name"] == "port"
    flags = [flag["detector"] for segment in handed["article"]["segments"] for flag in segment["flags"]]
    assert sorted(flags) == ["doubled", "terminology"]


def test_what_a_judge_did_not_check_stands_above_the_text_as_plain_words(
    show: Show, batch: int, page_store: Store
) -> None:
    with page_store.read() as connection:
        loaded = articles.load(connection, articles.ids(connection, batch)[0])
    said = [
        Judgement(segment.id, "llm", False, reason="It said **no** [here](http://x).") for segment in loaded.segments
    ]
    assert "Not checked" not in told(show("review"))
    page_store.write(lambda connection: judgements.save(connection, loaded, said))
    shown = told(show("review"))
    assert r"\*\*no\*\* \[here\]" in shown
    assert "Not checked by llm: 2 of 2 segments (It said **no**" in shown.replace("\\", "")


def test_the_token_is_for_this_batch_and_this_person_alone(show: Show, batch: int) -> None:
    handed = grid(show("review"))
    assert passes.read(handed["token"]) == passes.Pass(handed["user"]["id"], batch, handed["store"])


def test_the_address_chooses_article_and_segment(show: Show, batch: int, page_store: Store) -> None:
    with page_store.read() as connection:
        second = articles.ids(connection, batch)[1]
    handed = grid(show("review", article=str(second), segment="3"))
    assert handed["article"]["name"] == "tractors"
    assert handed["segment"] == 3


@pytest.mark.parametrize("value", ["9999", "abc", "-1", "1" * 40, "<script>"])
def test_an_address_that_leads_nowhere_says_so_and_shows_another(show: Show, batch: int, value: str) -> None:
    test = show("review", article=value)
    assert "There is no such article" in told(test)
    assert grid(test)["article"]["name"] == "port"


def test_the_next_article_is_one_press_away(show: Show, batch: int) -> None:
    test = show("review")
    (after,) = [button for button in test.button if button.label == "›"]
    after.click().run()
    assert grid(test)["article"]["name"] == "tractors"
    (after,) = [button for button in test.button if button.label == "›"]
    assert after.disabled


def test_an_article_in_the_list_is_told_by_name_and_system(show: Show, batch: int) -> None:
    (chosen,) = show("review").selectbox
    assert chosen.options == ["port · Quay", "tractors"]


def test_the_address_is_made_to_say_what_is_shown(show: Show, batch: int, page_store: Store) -> None:
    with page_store.read() as connection:
        first = articles.ids(connection, batch)[0]
    for query in ({}, {"batch": "999"}, {"batch": "77", "article": str(first)}, {"article": "x", "batch": "-"}):
        test = show("review", **query)
        assert {name: test.query_params[name] for name in test.query_params} == {
            "batch": str(batch),
            "article": str(first),
        }

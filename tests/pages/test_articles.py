"""The list of articles: counts, filters, and the way in."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from review.steps import reflagging
from review.store import Store
from tests.pages.conftest import told

Show = Callable[..., AppTest]


def names(test: AppTest) -> list[str]:
    return list(test.dataframe[0].value["Article"]) if test.dataframe else []


def test_an_empty_project_leads_to_the_import(show: Show) -> None:
    test = show("articles")
    assert not test.exception
    assert "Nothing is imported yet." in told(test)


def test_every_article_is_listed_with_its_address(show: Show, batch: int) -> None:
    test = show("articles")
    assert names(test) == ["port", "tractors"]
    assert "2 articles" in told(test)
    assert test.dataframe[0].value["Open"].iloc[0].startswith("/?batch=")
    assert list(test.dataframe[0].value["Languages"]) == ["zh → en", "– → en"]


def test_a_search_narrows_the_list_and_says_when_nothing_is_left(show: Show, batch: int) -> None:
    test = show("articles")
    test.text_input(key="articles-search").set_value("tract").run()
    assert names(test) == ["tractors"]
    test.text_input(key="articles-search").set_value("100%").run()
    assert "No article matches" in told(test)


def test_a_flag_kind_narrows_the_list(show: Show, batch: int, page_store: Store) -> None:
    reflagging.flag_batch(page_store, batch)
    test = show("articles")
    (kind,) = [box for box in test.selectbox if box.label == "Flag"]
    kind.set_value("doubled").run()
    assert names(test) == ["port"]
    assert list(test.dataframe[0].value["Flags"]) == [2]


def test_a_status_narrows_the_list(show: Show, batch: int) -> None:
    test = show("articles")
    (status,) = [box for box in test.selectbox if box.label == "Status"]
    status.set_value("confirmed").run()
    assert "No article matches" in told(test)


def test_the_address_chooses_the_batch(show: Show, batch: int) -> None:
    test = show("articles", batch=str(batch))
    (chosen,) = [box for box in test.selectbox if box.label == "Batch"]
    assert chosen.value == batch


def test_the_riskiest_come_first_where_that_order_is_chosen(show: Show, batch: int, page_store: Store) -> None:
    reflagging.flag_batch(page_store, batch)
    test = show("articles")
    (order,) = [box for box in test.selectbox if box.label == "Order"]
    order.set_value("riskiest first").run()
    risks = list(test.dataframe[0].value["Risk"])
    assert len(set(risks)) > 1
    assert risks == sorted(risks, reverse=True)

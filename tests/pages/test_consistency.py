"""The Consistency page: uneven terms, one term's renderings, and the way to the preview that unifies."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from review.model import Article, ReadingHeader, Segment
from review.store import Store, batches, people
from tests.pages.conftest import told

Show = Callable[..., AppTest]
PLACES = ("harbour", "market", "school", "museum", "theatre")


@pytest.fixture
def uneven(page_store: Store) -> int:
    """A batch in which 卡尔扎伊 is Karzai three times and Kalzay twice, and nothing else is uneven."""
    project, actor = page_store.write(people.ensure_local)
    made = page_store.write(lambda c: batches.create(c, project, actor, "Names", ReadingHeader("jsonl")))
    segments = [
        Segment(f"At the {PLACES[n]} number {n} stood {name}.", source=f"第{n}处站着卡尔扎伊。")
        for n, name in enumerate(("Karzai", "Karzai", "Karzai", "Kalzay <b>", "Kalzay"))
    ]
    segments += [Segment(f"Nobody stood at the {PLACES[n % 5]} {n}.", source=f"没有人{n}。") for n in range(20)]
    article = Article("names", tuple(segments), source_language="zh", target_language="en")
    batches.add_articles(page_store, made, [article])
    page_store.write(lambda c: batches.publish(c, made))
    return made


def test_a_project_without_text_leads_to_the_import(show: Show) -> None:
    test = show("consistency")
    assert not test.exception
    assert "no text to look in" in told(test)


def test_uneven_names_are_listed_and_what_was_looked_at_is_said(show: Show, uneven: int) -> None:
    test = show("consistency", batch=str(uneven))
    assert not test.exception
    assert "1 term with more than one rendering, in all 25 segments that have a source." in told(test)
    (row,) = test.dataframe[0].value.to_dict("records")
    assert (row["Source"], row["Kind"], row["Segments"], row["Otherwise"]) == ("卡尔扎伊", "name", 5, 2)
    assert (row["Usual"], row["Other renderings"]) == ("Karzai (3)", "Kalzay (2)")


def test_a_batch_without_sources_says_so(show: Show, page_store: Store) -> None:
    project, actor = page_store.write(people.ensure_local)
    made = page_store.write(lambda c: batches.create(c, project, actor, "bare", ReadingHeader("jsonl")))
    batches.add_articles(page_store, made, [Article("one", (Segment("A text."),), target_language="en")])
    page_store.write(lambda c: batches.publish(c, made))
    assert "No article of this batch has a source" in told(show("consistency", batch=str(made)))


def test_a_term_in_the_address_shows_its_renderings_and_their_segments(show: Show, uneven: int) -> None:
    test = show("consistency", batch=str(uneven), term="卡尔扎伊")
    assert not test.exception
    assert "stands in the source of 5 segments. 2 renderings found." in told(test)
    frame = test.dataframe[0].value
    assert list(frame["Rendering"]) == ["Karzai", "Kalzay"]
    assert list(frame["Segments"]) == [3, 2]
    html = test.get("html")[-1].proto.body
    assert html.count("<mark>Karzai</mark>") == 3
    assert html.count("<mark>卡尔扎伊</mark>") == 3
    test.get("button_group")[0].set_value("Kalzay").run()
    html = test.get("html")[-1].proto.body
    assert html.count("<mark>Kalzay</mark>") == 2
    assert "<b>" not in html
    assert f"batch={uneven}" in html


def test_a_term_that_stands_nowhere_is_said_to(show: Show, uneven: int) -> None:
    assert "No segment of this batch has these words" in told(show("consistency", batch=str(uneven), term="灯塔"))


def test_the_field_asks_about_another_term_and_the_address_follows(show: Show, uneven: int) -> None:
    test = show("consistency", batch=str(uneven))
    test.text_input(key="consistency-term").set_value("卡尔扎伊").run()
    assert "2 renderings found" in told(test)
    assert dict(test.query_params) == {"batch": str(uneven), "term": "卡尔扎伊"}
    next(button for button in test.button if button.label == "All uneven terms").click().run()
    assert "1 term with more than one rendering" in told(test)

"""The Export page: what is chosen comes out, and how finished it is stands beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from review.model import Article, ReadingHeader, Segment
from review.steps import exporting, jobs
from review.store import Store, articles, batches
from tests.pages.conftest import told

Show = Callable[..., AppTest]


def test_an_empty_project_leads_to_the_import(show: Show) -> None:
    test = show("exporting")
    assert not test.exception
    assert "nothing to export" in told(test)


def choose(test: AppTest, choice: exporting.Choice) -> AppTest:
    test.segmented_control(key="export-group").set_value(choice.group).run()
    test.radio(key=f"export-format-{choice.group}").set_value(choice.name).run()
    assert not test.exception
    return test


def test_every_format_gives_a_file_to_download(show: Show, batch: int, page_store: Store) -> None:
    found = exporting.choices(page_store, batch)
    assert {"text", "csv", "tsv", "jsonl", "html", "docx", "report"} <= {choice.name for choice in found}
    test = show("exporting", batch=str(batch))
    for choice in found:
        (button,) = choose(test, choice).get("download_button")
        assert button.proto.label.startswith("Download Morning")


def test_formats_stand_under_what_they_are_for(show: Show, batch: int, page_store: Store) -> None:
    groups = list(dict.fromkeys(choice.group for choice in exporting.choices(page_store, batch)))
    assert groups[:3] == ["Clean text", "With the changes", "For other tools"]
    test = show("exporting", batch=str(batch))
    radio = choose(test, next(one for one in exporting.choices(page_store, batch) if one.name == "csv")).radio[0]
    assert "CSV, a table with a header row" in radio.options


def test_what_a_format_cannot_tell_is_said_before(show: Show, batch: int, page_store: Store) -> None:
    kinds = {choice.name: choice for choice in exporting.choices(page_store, batch)}
    test = show("exporting", batch=str(batch))
    choose(test, kinds["text"])
    assert "Clean article cannot hold the source of 2 segments and the system's name." in told(test)
    choose(test, kinds["jsonl"])
    assert "cannot hold" not in told(test)


def test_a_large_batch_is_prepared_by_the_worker(
    show: Show, batch: int, page_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review.pages.exporting.AT_ONCE", 2)
    test = show("exporting", batch=str(batch))
    assert not test.get("download_button")
    next(one for one in test.button if one.label == "Prepare the file").click().run()
    assert "Waiting for its turn" in str(test.get("progress")[0].proto)
    jobs.work(page_store, threading.Event())
    test.run()
    (button,) = test.get("download_button")
    assert button.proto.label.startswith("Download Morning clean.txt (")
    next(one for one in test.button if one.label == "Prepare it anew").click().run()
    assert [one.label for one in test.button] == ["Prepare the file"]


def test_a_cancelled_preparation_says_so(
    show: Show, batch: int, page_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review.pages.exporting.AT_ONCE", 2)
    test = show("exporting", batch=str(batch))
    next(one for one in test.button if one.label == "Prepare the file").click().run()
    next(one for one in test.button if one.label == "Cancel").click().run()
    jobs.work(page_store, threading.Event())
    test.run()
    assert "Cancelled" in told(test)
    assert not test.get("download_button")


def test_the_address_chooses_the_article(show: Show, batch: int, page_store: Store) -> None:
    with page_store.read() as connection:
        second = articles.ids(connection, batch)[1]
    test = show("exporting", batch=str(batch), article=str(second))
    assert "1 segment, 0 changed · 0% of the words confirmed" in told(test)
    assert "A tractor was built." in "".join(text.value for text in test.text)


@pytest.mark.parametrize("value", ["77", "x"])
def test_an_address_that_leads_nowhere_shows_the_newest_batch(show: Show, batch: int, value: str) -> None:
    test = show("exporting", batch=value, article=value)
    assert not test.exception
    assert "The address names a batch that is not here" in told(test)
    assert "3 segments" in told(test)


def test_the_system_without_a_name_is_not_taken_for_all_of_them(show: Show, batch: int, page_store: Store) -> None:
    third = Article("third", (Segment("Three."),), system="Other")
    made = page_store.write(lambda c: batches.create(c, 1, 1, "Mixed", ReadingHeader("jsonl")))
    batches.add_articles(page_store, made, [third, Article("fourth", (Segment("Four."),))])
    page_store.write(lambda c: batches.publish(c, made))
    test = show("exporting", batch=str(made))
    (system,) = [box for box in test.selectbox if box.label == "System"]
    assert system.options == ["all", "Other", "unnamed"]
    system.set_value("").run()
    assert "1 segment, 0 changed" in told(test)
    assert "Four." in "".join(text.value for text in test.text)

"""The Export page: what is chosen comes out, and how finished it is stands beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from review.steps import exporting
from review.store import Store, articles
from tests.pages.conftest import told

Show = Callable[..., AppTest]


def test_an_empty_project_leads_to_the_import(show: Show) -> None:
    test = show("exporting")
    assert not test.exception
    assert "nothing to export" in told(test)


def test_every_format_gives_a_file_to_download(show: Show, batch: int, page_store: Store) -> None:
    names = [choice.name for choice in exporting.choices(page_store, batch)]
    assert {"text", "csv", "tsv", "jsonl", "html", "docx", "report"} <= set(names)
    test = show("exporting", batch=str(batch))
    for name in names:
        test.radio(key="export-format").set_value(name).run()
        assert not test.exception
        (button,) = test.get("download_button")
        assert button.proto.label.startswith("Download Morning")


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

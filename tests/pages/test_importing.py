"""The Import page: nothing is stored before the button, and what cannot be read is said in one sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from review.steps import jobs
from review.store import Store, articles, batches
from tests.pages.conftest import told

Show = Callable[..., AppTest]

TABLE = "src,mt,ref\n卡奥斯,The Kaos platform grew.,COSMOPlat grew.\n很好,It is good.,It is good.\n"


def paste(show: Show, text: str) -> AppTest:
    test = show("importing")
    test.radio[0].set_value("Pasted text").run()
    test.text_area[0].set_value(text).run()
    return test


def stored(store: Store) -> list[str]:
    with store.read() as connection:
        return [row.name for row in batches.rows(connection, 1)]


def button(test: AppTest, begins: str) -> object:
    (found,) = [one for one in test.button if one.label.startswith(begins)]
    return found


def test_an_empty_page_says_what_it_takes(show: Show) -> None:
    test = show("importing")
    assert not test.exception
    assert "A source is not needed" in told(test)


def test_pasted_text_is_previewed_and_nothing_is_stored(show: Show, page_store: Store) -> None:
    test = paste(show, "A headline\n\nOne sentence. Another one.")
    assert list(test.dataframe[0].value["Translation"]) == ["A headline", "One sentence.", "Another one."]
    assert stored(page_store) == []


def test_after_the_button_a_worker_brings_the_batch_in(show: Show, page_store: Store) -> None:
    test = paste(show, "A headline\n\nThe Kaos platform grew.")
    button(test, "Import 2 segments").click().run()
    assert stored(page_store) == []
    assert "Waiting for its turn" in str(test.get("progress")[0].proto)
    jobs.work(page_store, threading.Event())
    test.run()
    assert "Imported" in told(test)
    with page_store.read() as connection:
        (row,) = articles.rows(connection, 1)
    assert (row.segments, row.open_flags) == (2, 1)


def test_a_cancelled_import_leaves_nothing(show: Show, page_store: Store) -> None:
    test = paste(show, "A headline\n\nOne sentence.")
    button(test, "Import").click().run()
    button(test, "Cancel").click().run()
    jobs.work(page_store, threading.Event())
    test.run()
    assert "Cancelled; nothing of it was stored." in told(test)
    assert stored(page_store) == []


def test_a_tables_columns_are_guessed_and_can_be_chosen(show: Show, page_store: Store) -> None:
    test = paste(show, TABLE)
    assert [box.value for box in test.selectbox if box.label in ("Translation", "Source", "Reference")] == [
        "mt",
        "src",
        "ref",
    ]
    (reference,) = [box for box in test.selectbox if box.label == "Reference"]
    reference.set_value("").run()
    assert "Reference" not in test.dataframe[0].value
    assert list(test.dataframe[0].value["Source"]) == ["卡奥斯", "很好"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('mt,src\n"unclosed,x\n', "quote"),
        ("\x00\x00binary", "binary file"),
        ('{"hypothesis": "a"}\n{"hypothesis": \n', "line 2"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(show: Show, page_store: Store, text: str, part: str) -> None:
    test = paste(show, text)
    assert not test.exception
    (error,) = test.error
    assert part in error.value
    assert "Traceback" not in error.value
    assert stored(page_store) == []


def test_a_table_whose_columns_nobody_knows_asks_which_is_which(show: Show, page_store: Store) -> None:
    test = show("importing")
    test.radio[0].set_value("Pasted text").run()
    test.selectbox[2].set_value("csv").run()
    test.text_area[0].set_value("Nr,Ausgang,Maschine\n1,卡奥斯,The Kaos platform grew.\n").run()
    assert "no column holds the translation" in told(test)
    (translation,) = [box for box in test.selectbox if box.label == "Translation"]
    translation.set_value("Maschine").run()
    assert not test.error
    assert list(test.dataframe[0].value["Translation"]) == ["The Kaos platform grew."]

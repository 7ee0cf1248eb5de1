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
    assert "no column holds the translation (there are: Nr, Ausgang, Maschine). Choose it below." in told(test)
    (translation,) = [box for box in test.selectbox if box.label == "Translation"]
    translation.set_value("Maschine").run()
    assert not test.error
    assert list(test.dataframe[0].value["Translation"]) == ["The Kaos platform grew."]


CHINESE = "港口很繁忙，工人说明年就能使用。\n\n我们在这里看到三座新码头。"


def upload(show: Show, *files: tuple[str, bytes]) -> AppTest:
    test = show("importing")
    test.file_uploader(key="import-files").set_value([(name, data, "") for name, data in files]).run()
    assert not test.exception
    return test


def titles(test: AppTest) -> list[str]:
    return [element.label.replace("\\", "") for element in test.expander if element.label.startswith("**")]


def test_a_file_that_is_not_utf_8_is_asked_about_and_nothing_is_guessed(show: Show, page_store: Store) -> None:
    test = upload(show, ("news.txt", CHINESE.encode("gb18030")))
    assert "Choose how it reads rightly; nothing is imported before." in told(test)
    assert not [one for one in test.button if one.label.startswith("Import")]
    (asked,) = [one for one in test.radio if "news.txt" in one.label]
    assert asked.value is None
    assert asked.options[0] == "Chinese, simplified (GB18030, GBK, GB2312)"
    asked.set_value("gb18030").run()
    assert test.dataframe[0].value["Translation"].iloc[0] == "港口很繁忙，工人说明年就能使用。"
    button(test, "Import 2 segments").click().run()
    jobs.work(page_store, threading.Event())
    with page_store.read() as connection:
        (row,) = batches.rows(connection, 1)
        header = batches.header(connection, row.id)
        assert batches.original(connection, row.id) == CHINESE.encode("gb18030")
    assert header.encoding == "gb18030"


def test_the_encoding_of_one_file_is_not_the_other_s(show: Show, page_store: Store) -> None:
    test = upload(show, ("news.txt", "Größe ist alles.".encode("latin-1")), ("plain.txt", "Schöne Häuser.".encode()))
    assert [title.split(" · ")[1] for title in titles(test)] == ["its encoding must be chosen", "Article, plain text"]
    (asked,) = [one for one in test.radio if "news.txt" in one.label]
    asked.set_value("latin-1").run()
    button(test, "Import 2 files").click().run()
    jobs.work(page_store, threading.Event())
    with page_store.read() as connection:
        texts = {
            row.name: articles.load(connection, row.id).segments[0].hypothesis for row in articles.rows(connection, 1)
        }
    assert texts == {"news": "Größe ist alles.", "plain": "Schöne Häuser."}


def test_all_encodings_can_be_shown(show: Show) -> None:
    test = upload(show, ("news.txt", CHINESE.encode("gb18030")))
    few = len(next(one for one in test.radio if "news.txt" in one.label).options)
    next(box for box in test.checkbox if box.label.startswith("Show all")).check().run()
    assert len(next(one for one in test.radio if "news.txt" in one.label).options) > few


def test_one_bad_file_among_several_is_named_and_the_others_come_in(show: Show, page_store: Store) -> None:
    test = upload(
        show,
        ("a.jsonl", b'{"article": "a", "hypothesis": "One."}\n'),
        ("b.jsonl", b'{"article": "b"}\n'),
        ("c.csv", b"mt,src\nThree.,x\n"),
        ("d.txt", b"Four."),
    )
    assert [title.split(" · ")[0] for title in titles(test)] == ["**a.jsonl**", "**b.jsonl**", "**c.csv**", "**d.txt**"]
    assert titles(test)[1].endswith("cannot be read")
    (error,) = test.error
    assert error.value.startswith("b.jsonl, line 1: the line has no hypothesis.")
    assert "1 file cannot be read and will be left out" in told(test)
    button(test, "Import 3 files").click().run()
    jobs.work(page_store, threading.Event())
    with page_store.read() as connection:
        names = {row.name for row in articles.rows(connection, 1)}
    assert names == {"a", "c", "d"}


def test_a_wrong_suffix_is_noticed(show: Show) -> None:
    test = upload(show, ("news.docx", b"Plain words stand here."))
    assert "news.docx is plain text, not what .docx files hold; it is read as article." in told(test)
    assert button(test, "Import 1 segment")


def test_counts_of_a_large_file_say_that_there_is_more(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review.steps.importing.previewing.HEAD", 60)
    test = upload(show, ("many.jsonl", b'{"hypothesis": "One."}\n' * 9))
    assert "more than 2 segments" in told(test)
    assert button(test, "Import more than 2 segments")


def test_two_files_of_one_name_and_one_file_twice_are_files_apart(show: Show) -> None:
    latin = ("out.en", "Größe ist alles.".encode("latin-1"))
    test = upload(show, ("out.en", b"One."), ("out.en", b"Two."), latin, latin)
    assert len(titles(test)) == 4
    assert len([one for one in test.radio if "out.en" in one.label]) == 1
    assert button(test, "Import 2 files")


GERMAN = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
 <file original="hafen.html" source-language="de" target-language="fr" datatype="html"><body>
  <trans-unit id="1"><source>Der Hafen.</source><target>Le port.</target></trans-unit>
 </body></file>
</xliff>
"""


def test_languages_are_those_of_the_file_unless_others_are_chosen(show: Show, page_store: Store) -> None:
    test = paste(show, GERMAN)
    assert "de → fr" in told(test)
    button(test, "Import 1 segment").click().run()
    jobs.work(page_store, threading.Event())
    with page_store.read() as connection:
        (row,) = articles.rows(connection, 1)
        assert articles.load(connection, row.id).target_language == "fr"


def test_a_text_that_does_not_tell_its_languages_is_the_usual_pair(show: Show, page_store: Store) -> None:
    test = paste(show, "Kaos")
    assert "zh → en" in told(test)
    button(test, "Import 1 segment").click().run()
    jobs.work(page_store, threading.Event())
    with page_store.read() as connection:
        (row,) = articles.rows(connection, 1)
        found = articles.load(connection, row.id)
    assert (found.source_language, found.target_language) == ("zh", "en")


def test_columns_may_be_called_by_the_usual_languages(show: Show) -> None:
    test = paste(show, "zh,output\n港口很忙。,The port is busy.\n")
    assert list(test.dataframe[0].value["Source"]) == ["港口很忙。"]
    assert "zh → en" in told(test)

"""The Terms page: what flags, and who says so."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from review.steps import terms
from review.store import Store, people
from tests.pages.conftest import told

Show = Callable[..., AppTest]


def test_the_shipped_terms_are_there_with_what_not_to_write(show: Show) -> None:
    test = show("terms")
    assert not test.exception
    frame = test.dataframe[0].value.set_index("Source term")
    row = frame[frame.index.str.contains("卡奥斯")].iloc[0]
    assert "COSMOPlat" in row["Write"]
    assert "Kaos" in row["Do not write"]


def test_a_search_finds_a_term_in_either_language(show: Show) -> None:
    test = show("terms")
    for text in ("双循环", "Dual circulation"):
        test.text_input(key="terms-search").set_value(text).run()
        assert any("双循环" in term for term in test.dataframe[0].value["Source term"])


def test_a_search_without_a_hit_says_how_to_add_a_term(show: Show) -> None:
    test = show("terms")
    test.text_input(key="terms-search").set_value("no such term at all").run()
    assert "No term matches" in told(test)


CSV = "source,preferred,forbidden\n卡奥斯,Kaos Cloud,Kaos !\n".encode()


def upload(test: AppTest, name: str, data: bytes) -> AppTest:
    return test.file_uploader(key="termbase-file").upload(name, data).run()


def order(store: Store) -> list[tuple[str, bool]]:
    project, _ = store.write(people.ensure_local)
    with store.read() as connection:
        return [(base.name, base.enabled) for base in terms.bases(connection, project)]


def test_a_termbase_is_previewed_brought_in_moved_and_removed(show: Show, page_store: Store) -> None:
    test = upload(show("terms"), "client.csv", CSV)
    assert "1 concept, 3 terms (2 preferred, 1 forbidden) in zh, en." in told(test)
    test.button(key="termbase-in").click().run()
    assert not test.exception
    assert order(page_store)[0] == ("client", True)
    test.button(key="termbase-down-client").click().run()
    assert order(page_store)[1] == ("client", True)
    test.button(key="termbase-away-client").click().run()
    assert "client" not in dict(order(page_store))


def test_a_shipped_termbase_is_switched_off(show: Show, page_store: Store) -> None:
    test = show("terms")
    test.toggle(key="termbase-on-zh-en-news").set_value(False).run()
    assert ("zh-en-news", False) in order(page_store)
    assert not any("COSMOPlat" in row for row in test.dataframe[0].value["Write"])


def test_what_cannot_be_read_is_listed_by_line_and_nothing_is_brought_in(show: Show, page_store: Store) -> None:
    test = upload(show("terms"), "client.csv", b"preferred,matching\nx,loose\ny,\n,\nz,odd\n")
    assert "2 entries cannot be read; nothing is brought in" in told(test)
    problems = test.dataframe[1].value
    assert list(problems["Line"]) == [2, 5]
    assert not [button for button in test.button if button.key == "termbase-in"]
    assert upload(show("terms"), "x.tbx", b"PK\x03\x04").error[0].value.startswith("x.tbx: the file is a ZIP")


def test_a_termbase_is_prepared_for_download(show: Show) -> None:
    test = show("terms")
    test.selectbox(key="termbase-kind").set_value("tbx-v2").run()
    test.button(key="termbase-prepare").click().run()
    assert not test.exception
    assert [button.label for button in test.get("download_button")] == ["Download zh-en-news.tbx"]

"""The Terms page: what flags, and who says so."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

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

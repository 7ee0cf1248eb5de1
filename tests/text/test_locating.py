"""Quoted words are found where they stand, also where a quote is a little off, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.text.locating import locate

WORDS = ["harbour", "ministry", "announced", "tonnes", "quarterly", "freight", "railway", "Rizhao", "exports", "steel"]


def found(quote: str, text: str) -> str | None:
    span = locate(quote, text)
    return None if span is None else text[slice(*span)]


@pytest.mark.parametrize(
    ("quote", "text", "expected"),
    [
        ("fell", "Output fell.", "fell"),
        ("port", "They export from the port.", "port"),
        ("PORT", "They export from the port.", "port"),
        ("in", "The ministry waits.", None),
        ("in", "The ministry in town waits.", "in"),
        ("the  port", "It left the\nport today.", "the\nport"),
        ("'the \"old\" port'", "It left the “old” port today.", "the “old” port"),
        ("don't", "They don’t know.", "don’t"),
        ("long-term", "A long–term plan.", "long–term"),
        ("caf\u00e9", "The cafe\u0301 closed.", "cafe\u0301"),
        ("ＫＡＯＳ", "The KAOS platform.", "KAOS"),
        ("The port ... closed", "The port of Rizhao was closed early.", "The port of Rizhao was closed"),
        ("port… closed", "The port of Rizhao was closed early.", "port of Rizhao was closed"),
        ("of the harbor", "The depth of the harbour grew.", "of the harbour"),
        ("grain outputs fel", "The grain output fell sharply.", "grain output fell"),
        ("双循环", "加快构建双循环格局。", "双循环"),
        ("构建双循坏格局", "加快构建双循环格局。", "构建双循环格局"),
        ("the price of copper", "Grain output fell by a tenth.", None),
        ("铜价上涨", "粮食产量增长一成。", None),
        ("a much longer quote than the whole text", "Short.", None),
        ("", "Anything.", None),
        ("  ", "Anything.", None),
        ("…", "Anything.", None),
        ('""', "Anything.", None),
        ("word", "", None),
        ("💥 the", "A 💥 the end.", "💥 the"),
    ],
)
def test_a_quote_is_found_or_is_not(quote: str, text: str, expected: str | None) -> None:
    assert found(quote, text) == expected


def test_places_that_are_taken_are_left_until_there_is_no_other() -> None:
    text = "steel and steel"
    assert locate("steel", text) == (0, 5)
    assert locate("steel", text, [(0, 5)]) == (10, 15)
    assert locate("steel", text, [(0, 5), (10, 15)]) == (0, 5)


@given(st.text(max_size=60), st.data())
def test_what_stands_there_letter_by_letter_is_found_as_it_is(text: str, data: st.DataObject) -> None:
    """A span with whole words at its ends, wherever else the same words stand."""
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))]
    span = locate(quote, text)
    if len(quote) >= 4 and quote.strip():
        assert span is not None
        assert text[slice(*span)] in (quote, quote.strip("\"'“”‘’«»「」『』 \t\r\n"))


@given(st.text(max_size=40), st.text(max_size=80))
def test_a_span_lies_within_its_text(quote: str, text: str) -> None:
    span = locate(quote, text)
    assert span is None or 0 <= span[0] < span[1] <= len(text)


@given(st.lists(st.sampled_from(WORDS), min_size=4, max_size=8, unique=True), st.data())
def test_a_letter_lost_within_a_quote_of_three_words_does_not_hide_its_place(
    words: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(words) - 3))
    exact = " ".join(words[first : first + 3])
    lost = data.draw(st.integers(1, len(exact) - 2))
    text = " ".join(words)
    start = text.index(exact)
    span = locate(exact[:lost] + exact[lost + 1 :], text)
    assert span is not None
    assert min(span[1], start + len(exact)) - max(span[0], start) >= len(exact) - len("announced") - 1
    assert span[0] == 0 or text[span[0] - 1] == " "
    assert span[1] == len(text) or text[span[1]] == " "

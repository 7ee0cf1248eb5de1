"""Words as evidence compares them, in any script, at their places."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.text.lexemes import _stemmer, lexemes, stem


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("The port's well-known U.S. rival, 3.5%.", "en", ["The", "port's", "well-known", "U.S", "rival", "3.5"]),
        ("日照港2023年", "zh", ["日", "照", "港", "2023", "年"]),
        ("Größe – über 1.000 Häfen", "de", ["Größe", "über", "1.000", "Häfen"]),
        ("افتتح الميناء، اليوم.", "ar", ["افتتح", "الميناء", "اليوم"]),
        ("— … !", "en", []),
        ("", "en", []),
    ],
)
def test_words_of_many_scripts(text: str, language: str, words: list[str]) -> None:
    assert [word.text for word in lexemes(text, language)] == words


@given(st.text("ab'-.9 中の👍ش\u0301\n", max_size=30), st.sampled_from(["en", "zh", "ar", "de", "und", ""]))
def test_words_stand_where_they_say_and_in_order(text: str, language: str) -> None:
    found = lexemes(text, language)
    for word in found:
        assert text[word.start : word.end] == word.text != ""
    for one, other in pairwise(found):
        assert one.end <= other.start


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Ports", "port", "en"),
        ("port’s", "PORT", "en"),
        ("developed", "developing", "en-GB"),
        ("Häfen", "häfen", "de"),
        ("الكتب", "كتب", "ar"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str, language: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_words_of_a_language_without_a_stemmer_stand_for_themselves() -> None:
    assert stem("Ports", "th") == "ports"


def test_words_of_grammar_are_told_from_words_of_meaning() -> None:
    assert [word.function for word in lexemes("The port of Rizhao", "en")] == [True, False, True, False]
    assert [word.function for word in lexemes("Der Hafen", "de")] == [True, False]
    assert [word.function for word in lexemes("我的港", "zh")] == [True, True, False]
    assert [word.function for word in lexemes("The port", "th")] == [False, False]


def test_threads_do_not_disturb_each_others_words() -> None:
    """A stemmer holds the word that it works on, so each thread has one of its own."""
    words = [f"{first}{middle}ations" for first in "bcdfghjk" for middle in ("organiz", "relat", "foundat", "vibr")]
    expected = {word: stem.__wrapped__(word, "en") for word in words}
    wrong: list[str] = []
    used: list[object] = []

    def work() -> None:
        used.append(_stemmer("en"))
        for _ in range(60):
            wrong.extend(word for word in words if stem.__wrapped__(word, "en") != expected[word])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len({id(one) for one in used}) == 4

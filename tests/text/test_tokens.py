"""Words and sentences with their places."""

from __future__ import annotations

import pytest

from review.text.tokens import sentences, words


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_words_keep_inner_apostrophes_and_hyphens() -> None:
    assert [token.text for token in words("The port’s first-class quay, isn't it?")] == [
        "The",
        "port’s",
        "first-class",
        "quay",
        "isn't",
        "it",
    ]


def test_a_word_knows_its_place_and_its_small_letters() -> None:
    token = words("  Straße")[0]
    assert (token.start, token.end, token.lower) == (2, 8, "strasse")


def test_chinese_without_spaces_is_one_token() -> None:
    assert [token.text for token in words("双循环 grows")] == ["双循环", "grows"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The port opened. The mayor spoke.", ["The port opened.", "The mayor spoke."]),
        ("He said “Go.” She went!", ["He said “Go.”", "She went!"]),
        ("Mr. Li met Dr. Wang of Apple Inc. today.", ["Mr. Li met Dr. Wang of Apple Inc. today."]),
        ("J. Smith of the U.S. Navy came.", ["J. Smith of the U.S. Navy came."]),
        ("It rose 3.5 percent.", ["It rose 3.5 percent."]),
        ("3. Terms and definitions", ["3. Terms and definitions"]),
        ("今天开会。明天休息。", ["今天开会。", "明天休息。"]),
        ("He left... and came back.", ["He left... and came back."]),
        ("", []),
        ("   ", []),
        (" Spaces around. ", ["Spaces around."]),
    ],
)
def test_sentences_end_where_they_do(text: str, parts: list[str]) -> None:
    assert cut(text) == parts

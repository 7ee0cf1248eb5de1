"""Names are found whole, and compared without accents, possessives and the endings of peoples."""

from __future__ import annotations

import pytest

from review.text.names import folded, known, names, similarity, vocabulary


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor met Prime Minister Pham Minh Chinh on Monday.", ["Prime Minister Pham Minh Chinh"]),
        ("It belongs to the Bank of China’s branch.", ["Bank of China"]),
        ("Fans of Haier and Hisense came.", ["Fans of Haier", "Hisense"]),
        ("He said that COSMOPlat and iPhone sell.", ["COSMOPlat", "iPhone"]),
        ("On May 3 he left.", []),
        ("However, they stayed.", []),
        ("Port Of Rizhao Opens New Terminal", []),
        ("", []),
    ],
)
def test_names_are_found_whole(text: str, found: list[str]) -> None:
    assert [name.text for name in names(text)] == found


def test_a_name_knows_its_place_and_whether_it_opens_a_sentence() -> None:
    text = "“Haier grew,” said Li Ming. Shandong did too."
    found = names(text)
    assert [(text[n.start : n.end], n.opens) for n in found] == [
        ("Haier", True),
        ("Li Ming", False),
        ("Shandong", True),
    ]


@pytest.mark.parametrize(
    ("word", "text", "is_known"),
    [
        ("syria", "a Syrian town", True),
        ("vietnamese", "in Vietnam", True),
        ("xiaoming", "met Xiao Ming", True),
        ("gruner", "Herr Grüner", True),
        ("xiaomin", "met Xiaoming", False),
        ("hebei", "in Hubei", False),
    ],
)
def test_a_name_is_known_in_its_other_forms(word: str, text: str, is_known: bool) -> None:
    assert known(word, vocabulary([text])) is is_known


def test_folding_drops_case_accents_possessives_and_dots() -> None:
    assert folded("Élise’s U.S. team-mates’ O'Neil") == ["elise", "us", "team", "mates", "oneil"]


def test_similarity_runs_from_nothing_to_all() -> None:
    assert similarity("Haier", "HAIER") == 1
    assert similarity("abc", "xyz") == 0

"""What one correction teaches, and what it does not."""

from __future__ import annotations

import pytest

from review.text.learning import Lesson, lessons, runs


def pairs(before: str, after: str, language: str = "en") -> list[tuple[str, str]]:
    return [(one.wrong, one.right) for one in lessons(before, after, language)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Today Kaos helps small firms.", "Today COSMOPlat helps small firms.", [("Kaos", "COSMOPlat")]),
        ("A double cycle is planned.", "A dual circulation is planned.", [("double cycle", "dual circulation")]),
        ("It met the Fan Minggeng group.", "It met the Pham Minh Chinh group.", [("Fan Minggeng", "Pham Minh Chinh")]),
        ("He said Kaos’s plan grew.", "He said COSMOPlat’s plan grew.", [("Kaos", "COSMOPlat")]),
        ("The people of the Kaos grew.", "The people of COSMOPlat grew.", [("Kaos", "COSMOPlat")]),
    ],
)
def test_words_that_gave_way_to_others_are_a_lesson(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It grew , and fell.", "It grew, and fell."),
        ("He goes home.", "He went home."),
        ("The cycle ends here.", "The cycles end here."),
        ("It is in the house.", "It is at the house."),
        ("It sold 300 cars.", "It sold 400 cars."),
        ("It sold cars.", "It sold many cars."),
        ("It sold many cars.", "It sold cars."),
        ("It is the same.", "It is the same."),
        ("Internet firms grew.", "internet firms grew."),
        ("It sold first, second and last.", "It sold also, once and then."),
    ],
    ids=[
        "punctuation",
        "tense",
        "number",
        "preposition",
        "figure",
        "insertion",
        "deletion",
        "none",
        "capital",
        "loose",
    ],
)
def test_what_is_no_matter_of_words_is_no_lesson(before: str, after: str) -> None:
    assert pairs(before, after) == []


def test_a_sentence_written_anew_teaches_nothing() -> None:
    before = "The firm has in this year a very big growth of its machines seen."
    after = "This year sales of equipment at our enterprise rose considerably once more."
    assert pairs(before, after) == []


def test_a_run_across_a_comma_is_none() -> None:
    assert runs("They saw Kaos, firms and more people.", "They saw COSMOPlat makers and more people.") == []


def test_more_than_five_words_are_a_rephrasing() -> None:
    before = "Officials said that the green path of the new lake side town was long and winding yesterday."
    after = "Officials said that one narrow road near our old river port city was long and winding yesterday."
    assert pairs(before, after) == []


def test_letter_case_alone_is_a_lesson_for_a_name_that_has_capitals_within() -> None:
    assert lessons("The cosmoplat grew.", "The COSMOPlat grew.") == [
        Lesson("cosmoplat", "COSMOPlat", "=cosmoplat", "=COSMOPlat", "case")
    ]


def test_a_name_is_told_by_its_capitals_within_a_sentence() -> None:
    (within,) = lessons("Here Modero spoke.", "Here Modrow spoke.")
    (opening,) = lessons("Modero spoke here.", "Modrow spoke here.")
    (plain,) = lessons("Here the appendix ends.", "Here the annex ends.")
    assert (within.matching, opening.matching, plain.matching) == ("name", "opening", "inflected")


def test_endings_and_case_do_not_make_another_lesson() -> None:
    (one,) = lessons("A double cycle is planned.", "A dual circulation is planned.")
    (many,) = lessons("Such Double Cycles are planned.", "Such dual circulations are planned.")
    assert (one.wrong_key, one.right_key) == (many.wrong_key, many.right_key)


def test_a_lesson_is_given_once_for_a_segment() -> None:
    assert pairs("We saw Kaos and then Kaos.", "We saw COSMOPlat and then COSMOPlat.") == [("Kaos", "COSMOPlat")]


def test_german_function_words_are_known() -> None:
    found = pairs("Sie sah die Kaos Anlage dort stehen.", "Sie sah den COSMOPlat Betrieb dort stehen.", "de")
    assert found == [("Kaos Anlage", "COSMOPlat Betrieb")]

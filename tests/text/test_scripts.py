"""Scripts of languages and texts."""

from __future__ import annotations

import pytest

from review.text.scripts import FULL_WIDTH, RANGES, counts, direction, letters, main_script, scripts_of


@pytest.mark.parametrize(
    ("language", "scripts"),
    [
        ("zh", {"Han"}),
        ("zh-Hans-CN", {"Han"}),
        ("ja", {"Han", "Hiragana", "Katakana"}),
        ("ru_RU", {"Cyrillic"}),
        ("en", {"Latin"}),
        ("EN-gb", {"Latin"}),
        ("", set()),
    ],
)
def test_a_language_has_its_scripts(language: str, scripts: set[str]) -> None:
    assert scripts_of(language) == scripts


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "rtl"),
        ("fa-IR", "rtl"),
        ("ks", "rtl"),
        ("ks-Deva", "ltr"),
        ("az", "ltr"),
        ("az_Arab_IR", "rtl"),
        ("EN-gb", "ltr"),
        ("de-1996", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_language_runs_one_way_unless_its_script_says_another(language: str, expected: str) -> None:
    assert direction(language) == expected


def test_letters_are_counted_by_script() -> None:
    assert counts("双循环 dual, цикл 12") == {"Han": 3, "Latin": 4, "Cyrillic": 4}


@pytest.mark.parametrize(("text", "script"), [("双循环 dual x", "Han"), ("dual", "Latin"), ("12, 34", ""), ("", "")])
def test_the_main_script_has_most_letters(text: str, script: str) -> None:
    assert main_script(text) == script


@pytest.mark.parametrize("name", RANGES)
def test_every_script_matches_letters_and_no_digits(name: str) -> None:
    pattern = letters(frozenset({name}))
    assert not pattern.search("0123 ,.;:!?-")


def test_full_width_signs_have_plain_ones() -> None:
    assert FULL_WIDTH["，"] == ","
    assert FULL_WIDTH["。"] == "."
    assert FULL_WIDTH["Ａ"] == "A"
    assert FULL_WIDTH["０"] == "0"

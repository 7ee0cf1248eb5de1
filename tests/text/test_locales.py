"""Locales are data found by looking: how a language writes numbers, dates, marks and quotations."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.text import locales
from review.text.locales import locale
from review.text.locales.locale import ARABIC_DIGITS, LATIN_DIGITS, Locale
from review.text.numbers import reader


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "German"),
        ("de-AT", "German"),
        ("DE_CH", "German"),
        ("ar-EG", "Arabic"),
        ("zh-Hant-TW", "Chinese"),
        ("en-GB", "English"),
    ],
)
def test_a_language_is_found_by_its_tag(language: str, name: str) -> None:
    found = locale(language)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("language", ["", "xx", "d", "und", "x-de"])
def test_what_no_file_covers_has_no_locale(language: str) -> None:
    assert locale(language) is None


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("de", "12. Oktober 2024"),
        ("en", "October 12, 2024"),
        ("en-GB", "12 October 2024"),
        ("zh", "2024年10月12日"),
        ("ar", "12 أكتوبر 2024"),
        ("ar-LB", "12 تشرين الأول 2024"),
    ],
)
def test_a_date_is_written_as_the_region_does(language: str, written: str) -> None:
    found = locale(language)
    assert found is not None
    assert found.write_date(12, 10, 2024) == written


@pytest.mark.parametrize(
    ("language", "opening", "closing"),
    [
        ("de", "„", "“"),
        ("de-CH", "«", "»"),
        ("zh-CN", "“", "”"),
        ("zh-TW", "「", "」"),
        ("zh-Hant", "「", "」"),
        ("en", "“", "”"),
    ],
)
def test_the_first_quotation_marks_are_the_usual_ones(language: str, opening: str, closing: str) -> None:
    found = locale(language)
    assert found is not None
    assert found.quotes[0] == (opening, closing)


@pytest.mark.parametrize(
    ("language", "decimal"), [("de", ","), ("de-CH", "."), ("ar", "."), ("ar-MA", ","), ("zh", ".")]
)
def test_the_decimal_sign_is_the_region_s(language: str, decimal: str) -> None:
    found = locale(language)
    assert found is not None
    assert found.decimal == decimal
    assert found.groups[0] != decimal


def test_arabic_digits_have_signs_of_their_own() -> None:
    found = locale("ar")
    assert found is not None
    assert found.other_digits[ARABIC_DIGITS] == ("٫", "٬")
    assert [int(digit) for digit in ARABIC_DIGITS] == [int(digit) for digit in LATIN_DIGITS] == list(range(10))


FILES = ("arabic", "chinese", "english", "german")


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_whole(name: str) -> None:
    from importlib import import_module

    each = import_module(f"review.text.locales.{name}").LOCALE
    assert isinstance(each, Locale)
    assert len(each.months) == len(set(each.months)) == 12
    for region in each.regions:
        changed = locale(f"{each.languages[0]}-{region}")
        assert changed is not None
        assert changed.languages == each.languages
        assert len(changed.months) == 12
    assert reader(each.languages[0]) is not None, "numbers of this language can be read too"


def test_a_new_file_is_all_that_a_language_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "esperanto.py").write_text(
        "from review.text.locales.locale import Locale\n"
        "LOCALE = Locale(('eo',), 'Esperanto', tuple('abcdefghijkl'), '{day}-a de {month} {year}', (('“', '”'),))\n"
    )
    monkeypatch.setattr(locales, "__path__", [*locales.__path__, str(tmp_path)])
    locale.cache_clear()
    found = locale("eo")
    locale.cache_clear()
    assert found is not None
    assert found.write_date(1, 2, 2024) == "1-a de b 2024"

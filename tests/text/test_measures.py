"""Units, currencies and calendar names are read in Chinese and in English."""

from __future__ import annotations

from fractions import Fraction

import pytest

from review.text.numbers import chinese, english
from review.text.numbers.calendar import chinese_calendar, english_calendar
from review.text.numbers.money import DOLLARS, chinese_money, english_money
from review.text.numbers.units import chinese_measures, english_measures


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("3千米", "3 kilometers"),
        ("5千克", "5,000 grams"),
        ("200斤", "100 kg"),
        ("6000万斤", "30,000 tons"),
        ("30亩", "2 hectares"),
        ("30亩", "30 mu"),
        ("100里", "50 kilometers"),
        ("15公顷", "150,000 square meters"),
        ("12公里", "7.5 miles"),
        ("1万千瓦", "10 MW"),
        ("气温35度", "95 degrees Fahrenheit"),
        ("1500米", "1.5 km"),
    ],
)
def test_a_conversion_measures_the_same(theirs: str, ours: str) -> None:
    (there,), (here,) = chinese_measures(theirs, chinese(theirs)), english_measures(ours, english(ours))
    assert here.same(there)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("30亩", "30 acres"),
        ("5千米", "5 meters"),
        ("12公里", "13 kilometers"),
        ("5吨", "5 kilometers"),
        ("8斤", "8 kg"),
    ],
)
def test_another_unit_with_the_same_number_does_not(theirs: str, ours: str) -> None:
    (there,), (here,) = chinese_measures(theirs, chinese(theirs)), english_measures(ours, english(ours))
    assert not here.same(there)


@pytest.mark.parametrize("text", ["三里屯", "3 people", "他有5个"])
def test_what_is_no_unit_makes_no_measure(text: str) -> None:
    assert chinese_measures(text, chinese(text)) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("300元", {"CNY"}),
        ("1.2亿美元", {"USD"}),
        ("500多万港元", {"HKD"}),
        ("2元旦", None),
        ("27块。", {"CNY"}),
        ("27块蛋糕", None),
        ("人民币300", {"CNY"}),
    ],
)
def test_a_chinese_sum_has_its_currency(text: str, codes: set[str] | None) -> None:
    assert [money.codes for money in chinese_money(text, chinese(text))] == ([codes] if codes else [])


@pytest.mark.parametrize(
    ("text", "codes", "surface"),
    [
        ("300 yuan", {"CNY"}, "yuan"),
        ("US$5 million", {"USD"}, "US$"),
        ("a $25 million loan", DOLLARS, "$"),
        ("A$25 million", {"AUD"}, "A$"),
        ("RMB 5 million", {"CNY"}, "RMB"),
        ("300 Hong Kong dollars", {"HKD"}, "Hong Kong dollars"),
        ("¥300", {"CNY", "JPY"}, "¥"),
    ],
)
def test_an_english_sum_has_its_currency(text: str, codes: set[str], surface: str) -> None:
    (money,) = english_money(text, english(text))
    assert (money.codes, text[money.start : money.end]) == (codes, surface)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("9月12日", [("month", 9)]),
        ("1-9月", [("month", 1), ("month", 9)]),
        ("2024.10.12", [("month", 10)]),
        ("增长3.3个百分点", []),
        ("3个月", []),
        ("周一", [("weekday", 1)]),
        ("周一次", []),
        ("第二季度", [("quarter", 2)]),
        ("6月下旬", [("month", 6), ("third", 3)]),
    ],
)
def test_chinese_calendar_names_are_read(text: str, named: list[tuple[str, int]]) -> None:
    assert sorted((one.kind, one.value) for one in chinese_calendar(text)) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("on May 3", [("month", 5, 3)]),
        ("the 3rd of May", [("month", 5, 3)]),
        ("He may march on.", []),
        ("They March on Rome", []),
        ("at 3 p.m. on Monday", [("hour", 2, 0), ("weekday", 1, 0)]),
        ("in the second quarter", [("quarter", 2, 0)]),
    ],
)
def test_english_calendar_names_are_read(text: str, named: list[tuple[str, int, int]]) -> None:
    assert sorted((one.kind, one.value, one.day) for one in english_calendar(text)) == named


def test_three_in_ten_is_a_share() -> None:
    assert Fraction(30) in {value for quantity in english("three in ten") for value in quantity.readings}


@pytest.mark.parametrize(
    ("text", "value"), [("3万5", 35_000), ("两万五", 25_000), ("三万零五", 30_005), ("2万3千", 23_000)]
)
def test_a_last_digit_takes_the_next_scale(text: str, value: int) -> None:
    assert [quantity.value for quantity in chinese(text)] == [value]

"""Numbers are read as values, in Chinese and in English."""

from __future__ import annotations

from fractions import Fraction

import pytest

from review.text.numbers import chinese, english, numeral, plain, readable, rounds


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.5万", 35_000),
        ("1.2亿", 120_000_000),
        ("3亿2000万", 320_000_000),
        ("2万3000", 23_000),
        ("3万5千", 35_000),
        ("5千万", 50_000_000),
        ("10万亿", 10**13),
        ("1.5万亿", 1_500_000_000_000),
        ("5万多人", 50_000),
        ("1300余万吨", 13_000_000),
        ("5000多亿元", 500_000_000_000),
        ("一百零五", 105),
        ("十五", 15),
        ("二十", 20),
        ("一万二千", 12_000),
        ("三点五亿", 350_000_000),
        ("二〇二三年", 2023),
        ("壹佰", 100),
        ("1,234", 1234),
        ("１００", 100),
    ],
)
def test_a_chinese_number_has_its_value(text: str, value: int) -> None:
    assert [quantity.value for quantity in chinese(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("百分之五", 5, "percent"),
        ("12.3%", Fraction("12.3"), "percent"),
        ("2.3个百分点", Fraction("2.3"), "percent"),
        ("三成", 30, "percent"),
        ("三分之一", Fraction(1, 3), "number"),
        ("1.5倍", Fraction("1.5"), "multiple"),
        ("第二十届", 20, "ordinal"),
        ("二十大", 20, "ordinal"),
        ("1996年", 1996, "date"),
        ("20时", 20, "time"),
    ],
)
def test_a_chinese_number_has_its_kind(text: str, value: Fraction, kind: str) -> None:
    assert [(quantity.value, quantity.kind) for quantity in chinese(text)] == [(value, kind)]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("七八个", 7),
        ("七八个", 8),
        ("一两万", 10_000),
        ("两万五", 25_000),
        ("九二共识", 1992),
        ("90后", 1990),
        ("4倍", 5),
        ("20时", 8),
        ("200斤", 100),
        ("5-6万", 50_000),
        ("三分之一", Fraction(100, 3)),
    ],
)
def test_other_readings_are_open_to_the_translator(text: str, other: Fraction) -> None:
    assert any(other in quantity.readings for quantity in chinese(text))


@pytest.mark.parametrize("text", ["万一下雨", "千万别去", "一个人", "百姓", "周三一早", "十六进制"])
def test_numerals_in_words_need_no_rendering(text: str) -> None:
    assert not any(quantity.firm for quantity in chinese(text))


def test_thousand_as_part_of_a_unit_is_no_scale() -> None:
    assert [quantity.value for quantity in chinese("3千米、20千克、5千瓦")] == [3, 20, 5]


def test_places_are_those_of_the_text() -> None:
    text = "今年产值达12.5亿元，增长8%。"
    assert [text[q.start : q.end] for q in chinese(text)] == ["12.5亿", "8%"]
    assert [q.text for q in chinese(text)] == ["12.5亿", "8%"]


def test_the_arithmetic_is_told() -> None:
    assert chinese("3.5万")[0].working == "3.5万 is 3.5 × 10,000 = 35,000"
    assert chinese("百分之五")[0].working == "百分之五 is 5 in 100"


@pytest.mark.parametrize("text", ["", "点", "3.4.5万x"])
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert numeral(text) in (None, Fraction(0))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("35 thousand", 35_000),
        ("1.2 billion", 1_200_000_000),
        ("$3bn", 3 * 10**9),
        ("3.5m", 3_500_000),
        ("12,345", 12_345),
        ("two hundred and five", 205),
        ("twenty-one", 21),
        ("a hundred", 100),
        ("the 20th", 20),
        ("first", 1),
        ("twice", 2),
        ("World War II", 2),
        ("March", 3),
        ("COVID-19", 19),
        ("½", None),
        ("3½", Fraction(7, 2)),
    ],
)
def test_an_english_number_has_its_value(text: str, value: Fraction | None) -> None:
    assert [quantity.value for quantity in english(text)] == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("1990s", 90),
        ("8 p.m.", 20),
        ("two-thirds", Fraction(2, 3)),
        ("one and a half", Fraction(3, 2)),
        ("5 to 6 million", 5_000_000),
    ],
)
def test_other_readings_of_english(text: str, other: Fraction) -> None:
    assert any(other in quantity.readings for quantity in english(text))


def test_a_pronoun_needs_no_counterpart() -> None:
    assert not any(quantity.firm for quantity in english("No one saw the first of the two."))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (35_000, "35,000"),
        (1_200_000, "1.2 million"),
        (476_500_000_000, "476.5 billion"),
        (10**13, "10 trillion"),
        (1_234_567, "1,234,567"),
    ],
)
def test_values_are_written_as_english_has_them(value: int, shown: str) -> None:
    assert readable(Fraction(value)) == shown


def test_plain_digits_part_thousands_and_cut_decimals() -> None:
    assert plain(Fraction(1, 3)) == "0.3333"
    assert plain(Fraction(12_345)) == "12,345"


@pytest.mark.parametrize(
    ("exact", "shown", "good"),
    [
        (3_372_000, 3_400_000, True),
        (3_372_000, 3_300_000, True),
        (3_372_000, 3_500_000, False),
        (18, 19, False),
        (1236, 1235, False),
    ],
)
def test_rounding_leaves_two_digits_at_least(exact: int, shown: int, good: bool) -> None:
    assert rounds(Fraction(exact), Fraction(shown)) is good

"""Numbers of German and Arabic as values, and every language's own way to write them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from review.detectors import Context, detectors
from review.model import Article, Segment
from review.text.numbers import reader


def values(language: str, text: str) -> list[Fraction]:
    found = reader(language)
    assert found is not None
    return [quantity.value for quantity in found.read(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567", 1_234_567),
        ("1.234,5", Fraction("1234.5")),
        ("1’234’567", 1_234_567),
        ("10 000", 10_000),
        ("3,5 Millionen", 3_500_000),
        ("3,5 Mio.", 3_500_000),
        ("1,2 Milliarden", 1_200_000_000),
        ("1,2 Mrd. Euro", 1_200_000_000),
        ("2 Billionen", 2 * 10**12),
        ("eine Million", 1_000_000),
        ("zwei Milliarden", 2_000_000_000),
        ("dreihundertfünfundzwanzig", 325),
        ("zweitausendvierundzwanzig", 2024),
        ("einundzwanzig", 21),
        ("anderthalb", Fraction(3, 2)),
        ("Viertelmillion", 250_000),
        ("42.5", Fraction("42.5")),
        ("1,234,567", 1_234_567),
        ("5 %", 5),
        ("fünf Prozent", 5),
        ("20. Parteitag", 20),
        ("Oktober", 10),
        ("1990er", 1990),
        ("Jänner", 1),
        ("Feber", 2),
    ],
)
def test_a_german_number_has_its_value(text: str, value: Fraction) -> None:
    assert values("de", text) == [value]


@pytest.mark.parametrize("text", ["Undine wandert wunderbar.", "Einigkeit und Recht", "Er hat achtgegeben.", "unddann"])
def test_german_words_that_hold_numerals_are_none(text: str) -> None:
    found = reader("de")
    assert found is not None
    assert not any(quantity.firm for quantity in found.read(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("١٬٢٣٤٬٥٦٧", 1_234_567),
        ("٣٫٥", Fraction("3.5")),
        ("1,234.5", Fraction("1234.5")),
        ("12,5", Fraction("12.5")),
        ("35 ألف", 35_000),
        ("35 ألفا", 35_000),
        ("1.2 مليار", 1_200_000_000),
        ("٤ ملايين", 4_000_000),
        ("مليونان", 2_000_000),
        ("مليوني طن", 2_000_000),
        ("ألفان وثلاثمئة", 2300),
        ("خمسة وعشرون ألفا", 25_000),
        ("مئة وخمسون مليونا", 150_000_000),
        ("أربعة عشر", 14),
        ("15 في المئة", 15),
        ("٦٠٪", 60),
        ("3 تريليونات", 3 * 10**12),
        ("أكتوبر", 10),
        ("تشرين الأول", 10),
        ("تسعينيات", 90),
    ],
)
def test_an_arabic_number_has_its_value(text: str, value: Fraction) -> None:
    assert values("ar", text) == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Es sind 1,2 Mio. Tonnen."),
        ("ar", "\u200fنحو ١٬٢٥٠ طنا، أي 35 ألفا."),
        ("zh", "约3.5万吨"),
        ("en", "some 35 thousand"),
    ],
)
def test_places_are_code_points_of_the_text(language: str, text: str) -> None:
    found = reader(language)
    assert found is not None
    quantities = found.read(text)
    assert quantities
    assert all(text[q.start : q.end] == q.text for q in quantities)


@pytest.mark.parametrize(
    ("value", "english", "german", "arabic", "chinese"),
    [
        (35_000, "35,000", "35.000", "35,000", "3.5万"),
        (1_200_000, "1.2 million", "1,2 Millionen", "1.2 مليون", "120万"),
        (10**9, "1 billion", "1 Milliarde", "1 مليار", "10亿"),
        (2 * 10**12, "2 trillion", "2 Billionen", "2 تريليون", "2万亿"),
        (Fraction(7, 2), "3.5", "3,5", "3.5", "3.5"),
        (1850, "1,850", "1.850", "1,850", "1850"),
    ],
)
def test_a_value_is_written_in_the_language_s_scales_and_read_back(
    value: Fraction, english: str, german: str, arabic: str, chinese: str
) -> None:
    for language, written in (("en", english), ("de", german), ("ar", arabic), ("zh", chinese)):
        found = reader(language)
        assert found is not None
        assert found.write(Fraction(value)) == written
        assert values(language, written) == [value]


def test_a_sign_before_the_figure_makes_it_a_share() -> None:
    found = reader("ar")
    assert found is not None
    assert [(q.value, q.kind) for q in found.read("نحو ٪٦٠ من المدينة")] == [(60, "percent")]


def test_a_suggestion_keeps_to_the_digits_of_the_text() -> None:
    target = "حضر نحو ٣٥٠ ألف شخص و١٫٥ طن."
    article = Article("x", (Segment(target, "1", source="Some 35,000 came with 2.5 tons."),), "", "en", "ar")
    assert {s for f in detectors()["numbers"].detect(article, Context()) for s in f.suggestions} == {"٣٥٬٠٠٠", "٢٫٥"}


def test_a_language_without_a_file_has_no_reader() -> None:
    assert reader("fi") is None
    assert reader("") is None
    assert reader("zh-Hant-TW") is reader("yue")


def numbers(source: str, target: str, pair: tuple[str, str]) -> list[str]:
    article = Article("x", (Segment(target, "1", source=source),), source_language=pair[0], target_language=pair[1])
    flags = list(detectors()["numbers"].detect(article, Context()))
    return [(target if f.side == "target" else source)[f.start : f.end] for f in flags]


@pytest.mark.parametrize(
    ("pair", "source", "wrong", "right"),
    [
        (("en", "de"), "It has 3 billion cells.", "Es hat 3 Billionen Zellen.", "Es hat 3 Milliarden Zellen."),
        (("en", "de"), "It sold 1,500 cars.", "Es verkaufte 1,500 Autos.", "Es verkaufte 1500 Autos."),
        (("de", "en"), "Es sind 2,5 Milliarden Euro.", "It is 2.5 million euros.", "It is 2.5 billion euros."),
        (("de", "en"), "Es kamen 1.500 Gäste.", "1.5 guests came.", "Some 1,500 guests came."),
        (("en", "zh"), "Some 35,000 people came.", "约3500人参加。", "约3.5万人参加。"),
        (("en", "zh"), "It cost 200 million yuan.", "耗资200亿元。", "耗资2亿元。"),
        (("en", "ar"), "Some 35,000 people came.", "حضر نحو ٣٥٠ ألف شخص.", "حضر نحو ٣٥ ألف شخص."),
        (("en", "ar"), "It cost 2 million euros.", "بلغت التكلفة ثلاثة ملايين يورو.", "بلغت التكلفة مليوني يورو."),
        (("zh", "de"), "耗资1.2亿元。", "Es kostete 1,2 Milliarden Yuan.", "Es kostete 120 Millionen Yuan."),
        (("zh", "ar"), "耗资1.2亿元。", "بلغت التكلفة 1.2 مليون يوان.", "بلغت التكلفة 120 مليون يوان."),
        (("ar", "de"), "بلغ العدد ٣٥ ألفا.", "Es waren 350.000.", "Es waren 35.000."),
    ],
)
def test_any_two_languages_with_readers_are_compared(
    pair: tuple[str, str], source: str, wrong: str, right: str
) -> None:
    assert numbers(source, right, pair) == []
    assert numbers(source, wrong, pair) != []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The tower is 200 feet high.", "Der Turm ist 60 Meter hoch."),
        ("It is 12 ft. long.", "Es ist 3,7 Meter lang."),
        ("It can heat itself to 115 Fahrenheit.", "Es kann sich auf 46 Grad Celsius erhitzen."),
        ("We drove 50 miles.", "Wir fuhren 80 Kilometer."),
        ("A parcel of 10 pounds", "Ein Paket von 4,5 Kilogramm"),
    ],
)
def test_units_of_yard_and_pound_may_be_converted(source: str, target: str) -> None:
    assert numbers(source, target, ("en", "de")) == []


def test_a_wrong_conversion_is_told() -> None:
    assert numbers("The tower is 200 feet high.", "Der Turm ist 90 Meter hoch.", ("en", "de")) == ["90"]

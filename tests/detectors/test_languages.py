"""From English into German, Arabic and Chinese: good text is left alone, and broken text gets its flag."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.detectors import Context
from review.model import Article, Flag, Segment
from review.steps import flagging
from tests.detectors.articles import BROKEN, ENGLISH, GOOD


def article(targets: tuple[str, ...], sources: tuple[str | None, ...], language: str) -> Article:
    segments = tuple(
        Segment(target, str(number), source=source, order=number, paragraph=number)
        for number, (target, source) in enumerate(zip(targets, sources, strict=True))
    )
    return Article("tide", segments, source_language="en", target_language=language)


def flags(subject: Article) -> list[Flag]:
    found, failures = flagging.detect(subject, Context())
    assert failures == []
    return flagging.telling(found)


@pytest.mark.parametrize("language", ["de", "de-DE", "ar", "ar-EG", "zh", "zh-Hans-CN"])
@pytest.mark.parametrize("sourced", [True, False])
def test_a_good_article_gets_no_flag(language: str, sourced: bool) -> None:
    targets = GOOD[language[:2]]
    assert len(targets) == len(ENGLISH) == 15
    sources = ENGLISH if sourced else (None,) * 15
    assert [(f.detector, f.message) for f in flags(article(targets, sources, language))] == []


@pytest.mark.parametrize("language", list(GOOD))
def test_its_english_is_good_as_a_translation_too(language: str) -> None:
    subject = replace(article(ENGLISH, GOOD[language], "en"), source_language=language)
    found = [flag for flag in flags(subject) if flag.detector != "unknown_words"]  # the town is made up
    assert [(f.detector, f.message) for f in found] == []


@pytest.mark.parametrize(("language", "source", "target", "detector", "surface"), BROKEN)
def test_a_broken_segment_gets_its_flag(
    language: str, source: str, target: str, detector: str, surface: str | None
) -> None:
    found = [f for f in flags(article((target,), (source,), language)) if f.detector == detector]
    assert found, f"{detector} says nothing"
    assert surface is None or target[found[0].start : found[0].end] == surface


@pytest.mark.parametrize("language", list(GOOD))
def test_each_language_has_eight_broken_segments_of_five_kinds(language: str) -> None:
    own = [row for row in BROKEN if row[0] == language]
    assert len(own) >= 8
    assert len({row[3] for row in own}) >= 5


@pytest.mark.parametrize(
    ("language", "target", "meant"),
    [
        ("de", "Es kostete 1,2 Billionen Euro, und der Bau dauerte 4 Jahre.", "1,2 Milliarden"),
        ("ar", "وبلغت تكلفتها 1.2 مليون يورو، واستغرق بناؤها 4 سنوات.", "1.2 مليار"),
        ("zh", "电站耗资1.2亿欧元，建设历时4年。", "12亿"),
    ],
)
def test_a_scale_that_misleads_is_put_right_in_the_target_s_own_scale(language: str, target: str, meant: str) -> None:
    (flag,) = flags(article((target,), (ENGLISH[2],), language))
    assert flag.suggestions == (meant,)


@pytest.mark.parametrize("language", list(GOOD))
def test_an_article_whose_language_is_not_said_is_not_taken_for_english(language: str) -> None:
    subject = replace(article(GOOD[language], (None,) * 15, ""), source_language="")
    assert [(f.detector, f.message) for f in flags(subject)] == []


def test_an_english_article_whose_language_is_not_said_is_checked_as_english() -> None:
    subject = replace(article((*ENGLISH, "It met the a target."), (None,) * 16, ""), source_language="")
    assert [f.detector for f in flags(subject)] == ["doubled"]


def test_directions_marks_of_arabic_are_no_litter() -> None:
    text = "قال المدير (\u200fأحمد\u200e) إن شركة \u2067OpenPort\u2069 وصلت في 12\u200f/10\u200f/2024."
    assert flags(article((text,), (None,), "ar")) == []
    english = Segment("The na\u200fme is long.", "1")
    found, _ = flagging.detect(Article("x", (english,), target_language="en"), Context())
    assert [f.detector for f in found] == ["encoding"]


def test_zero_width_joiners_stay_in_persian() -> None:
    assert flags(article(("کتاب\u200cها و می\u200cرود",), (None,), "fa")) == []


def test_places_in_right_to_left_text_are_code_points_in_logical_order() -> None:
    text = "\u200fوصلت السفينة, ثم غادرت? نعم"
    found = flags(article((text,), (None,), "ar"))
    assert [text[f.start : f.end] for f in found] == [",", "?"]
    assert [(f.start, f.end) for f in found] == [
        (text.index(","), text.index(",") + 1),
        (text.index("?"), text.index("?") + 1),
    ]


@pytest.mark.parametrize("language", ["fr", "ja", "ru", "ko", "he", "th", "x-none", ""])
def test_a_language_without_a_file_of_its_own_raises_nothing(language: str) -> None:
    texts = ("Rien de rien, 1.234,5 : oui !", "今日は12日です。", "Он купил 3,5 млн тонн.", "שלום, עולם?")
    flags(article(texts, ENGLISH[:4], language))

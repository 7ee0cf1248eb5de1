"""Dates in English order or with English months in other languages: “Oktober 12, 2024”, “10月12日，2024”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from review.detectors._article import target_language
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag
from review.text.locales import Locale, locale

ENGLISH = "January February March April May June July August September October November December".split()
DAY = r"(?P<day>\d{1,2}|[٠-٩]{1,2})"
YEAR = r"(?P<year>\d{4}|[٠-٩]{4})"
SLASHED = re.compile(r"(?<![\d/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>(?:19|20)\d\d)(?![\d/])")


class LocaleDates(Detector):
    name = "locale_dates"
    title = "Dates in another language's form"
    advice = "A date follows the target language: 12. Oktober 2024 in German, 2024年10月12日 in Chinese."
    source = "Unicode CLDR, date formats; DIN 5008; GB/T 7408"
    category = "locale conventions"
    subcategory = "date format"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        conventions = locale(target_language(article))
        if conventions is None or "en" in conventions.languages:
            return
        for segment in article.segments:
            taken = -1
            for match in _pattern(target_language(article)).finditer(segment.text):
                fixed = _fixed(match, conventions)
                if fixed is None or fixed == match.group() or match.start() < taken:
                    continue
                taken = match.end()
                yield self.flag(
                    segment,
                    *match.span(),
                    f"In {conventions.name} the date is written {fixed}.",
                    confidence=0.85,
                    suggestions=(fixed,),
                )
            if conventions.date.startswith("{day}. ") or conventions.unspaced:
                for match in SLASHED.finditer(segment.text):
                    yield self.flag(
                        segment,
                        *match.span(),
                        f"{conventions.name} parts no date by strokes, and day and month may have changed places.",
                        confidence=0.6,
                        suggestions=_both(match, conventions),
                    )

    examples = (
        Example(("Es begann am Oktober 12, 2024.",), ("Oktober 12, 2024",), (), "en", "de"),
        Example(("Es begann am 12 Oktober 2024.",), ("12 Oktober 2024",), (), "en", "de"),
        Example(("Es begann am October 12, 2024.",), ("October 12, 2024",), (), "en", "de"),
        Example(("Es begann am 12th October 2024.",), ("12th October 2024",), (), "en", "de"),
        Example(("Es begann am 10/12/2024.",), ("10/12/2024",), (), "en", "de"),
        Example(("10月12日，2024年开幕",), ("10月12日，2024年",), (), "en", "zh"),
        Example(("于October 12, 2024开幕",), ("October 12, 2024",), (), "en", "zh"),
        Example(("12日10月2024年开幕",), ("12日10月2024年",), (), "en", "zh"),
        Example(("于10/12/2024开幕",), ("10/12/2024",), (), "en", "zh"),
        Example(("في أكتوبر 12، 2024",), ("أكتوبر 12، 2024",), (), "en", "ar"),
        Example(("في October 12, 2024",), ("October 12, 2024",), (), "en", "ar"),
        Example(("Am 12. Oktober 2024 und am 3.5.2024; im Oktober 2024 kamen 12.",), (), (), "en", "de"),
        Example(("2024年10月12日开幕，10月12日上午，2024年的第一场",), (), (), "en", "zh"),
        Example(("في 12 أكتوبر 2024 و١٢ أكتوبر ٢٠٢٤ و12/10/2024",), (), (), "en", "ar"),
        Example(("On October 12, 2024, and on 12 October 2024",)),
    )


@lru_cache(maxsize=16)
def _pattern(language: str) -> re.Pattern[str]:
    """English months in either order, and the language's own in English order."""
    conventions = locale(language)
    assert conventions is not None
    names = rf"(?<![A-Za-z])(?P<month>{'|'.join(ENGLISH)})"
    forms = [rf"{names} {DAY}(?:st|nd|rd|th)?,? {YEAR}", rf"(?<!\d){DAY}(?:st|nd|rd|th)?\.? (?:of )?{names},? {YEAR}"]
    if conventions.unspaced:
        own = r"(?<!\d)(?P<month>\d{1,2})月"
        forms += [rf"{own}{DAY}日[，,、\s]\s*{YEAR}(?!\d)年?(?!的)", rf"(?<!\d){DAY}日{own}{YEAR}年"]
    else:
        own = rf"(?P<month>{'|'.join(sorted(map(re.escape, conventions.months), key=len, reverse=True))})"
        forms += [rf"(?<!\w){own} {DAY}\.?[,،]? {YEAR}", rf"(?<!\d){DAY} {own} {YEAR}"]
    return _numbered(forms)


def _numbered(forms: list[str]) -> re.Pattern[str]:
    """One pattern of several, their groups named day0, month0 ..., day1, ..."""
    joined = "|".join(re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>{number}>", form) for number, form in enumerate(forms))
    return re.compile(rf"(?:{joined})(?!\d)")


def _fixed(match: re.Match[str], conventions: Locale) -> str | None:
    groups = {name.rstrip("0123456789"): value for name, value in match.groupdict().items() if value}
    month = groups["month"]
    if month in ENGLISH:
        number = ENGLISH.index(month) + 1
    elif month in conventions.months:
        number = conventions.months.index(month) + 1
    else:
        number = int(month)
    if not 1 <= number <= 12 or not 1 <= int(groups["day"]) <= 31:
        return None
    if groups["day"].isascii():
        return conventions.write_date(int(groups["day"]), number, int(groups["year"]))
    return conventions.date.format(day=groups["day"], month=conventions.months[number - 1], year=groups["year"])


def _both(match: re.Match[str], conventions: Locale) -> tuple[str, ...]:
    """The date read with the day first and, where that may be, with the month first."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
    pairs = [(day, month) for day, month in ((first, second), (second, first)) if 1 <= month <= 12 and 1 <= day <= 31]
    return tuple(dict.fromkeys(conventions.write_date(day, month, year) for day, month in pairs))


DETECTOR = LocaleDates()

"""Numbers in another language's form: 42.5 in German, 1.234.567 in English, 2.4百万 in Chinese, mixed Arabic digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import target_language
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.locales import Locale, locale
from review.text.locales.locale import ARABIC_DIGITS, LATIN_DIGITS
from review.text.numbers import reader

COMMAS = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+)(?![\w]|[.,]\d)")
"""Parted as in English, and not to be read otherwise."""

POINTS = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+)(?![\w]|[.,]\d)")
"""Parted as in German."""

ONE_COMMA = re.compile(r"(?<![\w.,/-])\d{1,3},\d{3}(?![\w]|[.,]\d)")
POINT = re.compile(r"(?<![\w.,/§-])\d{1,4}\.\d{1,2}(?![\w]|[.,]\d)(?!\.? ?Uhr|\s?h\b)")
COMMA = re.compile(
    r"(?<![\w.,/-])\d{1,3},\d{1,2}(?=\s?(?:%|percent\b|per cent\b|million\b|billion\b|trillion\b"
    r"|euros?\b|dollars\b|yuan\b|kilomet|met(?:er|re)s?\b|tons?\b|tonnes?\b|hectares?\b))"
)
ENGLISH_SCALE = re.compile(r"(?<![A-Za-z\d.,])\d[\d,]*(?:\.\d+)? ?(?:million|billion|trillion|thousand)(?![A-Za-z])")
PERCENT = re.compile(r"(?<=\d)%")
ARABIC_RUN = re.compile(rf"(?<![A-Za-z_/@.-])(?:[{ARABIC_DIGITS}][{ARABIC_DIGITS}٫٬.,]*|\d[\d.,٫٬]*)(?![A-Za-z])")


class LocaleNumbers(Detector):
    name = "locale_numbers"
    title = "Numbers in another language's form"
    advice = "Decimal sign, thousands, digits and scales follow the language: 1.234,5 in German is 1,234.5 in English."
    source = "Unicode CLDR, number formats; DIN 5008; GB/T 15835-2011"
    category = "locale conventions"
    subcategory = "number format"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        language = target_language(article)
        conventions = locale(language)
        if conventions is None:
            return
        spoken = "en" in conventions.languages
        for segment in article.segments:
            if not any(sign.isdigit() for sign in segment.text):
                continue
            yield from self._separators(segment, conventions)
            if not spoken:
                yield from self._scales(segment, conventions)
                if conventions.before_percent:
                    yield from self._percent(segment, conventions)
        if conventions.other_digits:
            yield from self._digits(article)

    def _separators(self, segment: Segment, conventions: Locale) -> Iterator[Flag]:
        text, source = segment.text, segment.source or ""
        point = conventions.decimal == "."
        patterns = [(POINTS if point else COMMAS, 0.85, False)]
        patterns += [(COMMA, 0.8, False)] if point else [(POINT, 0.75, True), (ONE_COMMA, 0.7, True)]
        for pattern, sure, copied in patterns:
            for match in pattern.finditer(text):
                before = text[: match.start()].rstrip().rsplit(" ", 1)[-1].lower()
                if before in conventions.counted or (copied and match.group() not in source):
                    continue
                own = _turned(match.group(), conventions, english_form=not point)
                yield self.flag(
                    segment,
                    *match.span(),
                    f"In {conventions.name}, {match.group()} is written {own}.",
                    confidence=sure,
                    suggestions=(own,),
                )

    def _scales(self, segment: Segment, conventions: Locale) -> Iterator[Flag]:
        """English scales that were left standing, and those that were rendered literally."""
        found = [(match.span(), "en") for match in ENGLISH_SCALE.finditer(segment.text)]
        if conventions.calques:
            pattern = rf"(?<![\d.,])\d+(?:\.\d+)?(?:{'|'.join(conventions.calques)})"
            found += [(match.span(), conventions.languages[0]) for match in re.finditer(pattern, segment.text)]
        ours = reader(conventions.languages[0])
        for (start, end), language in found:
            theirs = reader(language)
            quantities = theirs.read(segment.text[start:end]) if theirs and ours else []
            own = ours.write(quantities[0].value) if ours and len(quantities) == 1 else ""
            surface = segment.text[start:end]
            yield self.flag(
                segment,
                start,
                end,
                f"“{surface}” counts as English does" + (f"; in {conventions.name} it is {own}." if own else "."),
                confidence=0.85,
                suggestions=(own,) if own and own != surface else (),
            )

    def _percent(self, segment: Segment, conventions: Locale) -> Iterator[Flag]:
        for match in PERCENT.finditer(segment.text):
            yield self.flag(
                segment,
                *match.span(),
                f"In {conventions.name} a space stands before the percent sign.",
                severity="neutral",
                confidence=0.5,
                suggestions=(f"{conventions.before_percent}%",),
            )

    def _digits(self, article: Article) -> Iterator[Flag]:
        """Digits of the kind that the article has fewer of, and Arabic digits with Latin signs between them."""
        runs = [(segment, match) for segment in article.segments for match in ARABIC_RUN.finditer(segment.text)]
        arabic = [pair for pair in runs if pair[1].group()[0] in ARABIC_DIGITS]
        latin = [pair for pair in runs if pair[1].group()[0] not in ARABIC_DIGITS]
        rarer = arabic if len(arabic) <= len(latin) else latin
        for segment, match in rarer if arabic and latin else ():
            digits = match.group().rstrip(".,٫٬")
            own = _other_digits(digits)
            usual = "Latin" if rarer is arabic else "Arabic-Indic"
            yield self.flag(
                segment,
                match.start(),
                match.start() + len(digits),
                f"The rest of this article has {usual} digits.",
                confidence=0.7,
                suggestions=(own,),
            )
        for segment, match in arabic if rarer is not arabic or not latin else ():
            digits = match.group().rstrip(".,٫٬")
            own = digits.replace(",", "٬").replace(".", "٫")
            if own != digits and digits.count(".") + digits.count("٫") <= 1:
                yield self.flag(
                    segment,
                    match.start(),
                    match.start() + len(digits),
                    f"Between Arabic-Indic digits the signs are ٬ and ٫: {own}.",
                    confidence=0.6,
                    suggestions=(own,),
                )

    examples = (
        Example(("Es misst 42.5 Meter.",), ("42.5",), ("It is 42.5 metres long.",), "en", "de"),
        Example(("Es kostet 1,234,567 Euro.",), ("1,234,567",), (), "en", "de"),
        Example(("Es kostet 1,234.50 Euro.",), ("1,234.50",), (), "en", "de"),
        Example(("Es kamen 1,200 Gäste.",), ("1,200",), ("Some 1,200 guests came.",), "en", "de"),
        Example(("Es kostet 3.5 million Euro.",), ("3.5 million",), (), "en", "de"),
        Example(("Etwa 60% der Stadt",), ("%",), (), "en", "de"),
        Example(("It cost 1.234.567 euros.",), ("1.234.567",), (), "de", "en"),
        Example(("It grew 3,5 percent to 2,25 million tons.",), ("3,5", "2,25"), (), "de", "en"),
        Example(("每年2.4百万吨",), ("2.4百万",), (), "en", "zh"),
        Example(("投资3十亿元",), ("3十亿",), (), "en", "zh"),
        Example(("投资3 billion欧元",), ("3 billion",), (), "en", "zh"),
        Example(("في عام ١٩٩٨ و2004 و2010",), ("١٩٩٨",), (), "en", "ar"),
        Example(("نحو ١,٢٥٠ طنا",), ("١,٢٥٠",), (), "en", "ar"),
        Example(("بلغ 1.234.567 يورو",), ("1.234.567",), (), "en", "ar"),
        Example(
            ("Am 12.10.2024 um 10.30 Uhr: Version 2.0, § 3.2, 1.234,5 kg, 5 %.",),
            (),
            ("On 12.10.2024 at 10.30: version 2.0, § 3.2, 1,234.5 kg, 5%.",),
            "en",
            "de",
        ),
        Example(("Es kostet 1’234.50 Franken.",), (), ("It costs 1,234.50 francs.",), "en", "de-CH"),
        Example(("On 12.10.2024, version 2.0.1 sold 1,234.5 million; pages 3,5 and 7.",)),
        Example(("投资3亿元，增长3.5%，共1,200人，几百万人。",), (), (), "en", "zh"),
        Example(("نحو ١٬٢٥٠ طنا و٣٫٥٪ في ٢٠٢٤",), (), (), "en", "ar"),
        Example(("نحو 1,250 طنا و3.5% في 2024، وكوفيد-19 وG20",), (), (), "en", "ar"),
        Example(("بلغ 1.234.567 دينارا",), (), (), "en", "ar-DZ"),
    )


def _turned(digits: str, conventions: Locale, *, english_form: bool) -> str:
    """A number of one form in the target's form: groups and decimals change places."""
    group, decimal = (",", ".") if english_form else (".", ",")
    return "".join(
        conventions.groups[0] if sign == group else conventions.decimal if sign == decimal else sign for sign in digits
    )


def _other_digits(digits: str) -> str:
    if digits[0] in ARABIC_DIGITS:
        return digits.translate(str.maketrans(ARABIC_DIGITS + "٫٬", LATIN_DIGITS + ".,"))
    return digits.translate(str.maketrans(LATIN_DIGITS + ".,", ARABIC_DIGITS + "٫٬"))


DETECTOR = LocaleNumbers()

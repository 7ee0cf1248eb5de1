"""Numbers that no English reader would write so: “3.5 ten thousand”, “12,000 million”, “RMB 5 million yuan”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from review.detectors._article import english
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag
from review.text.numbers import plain, readable

_N = r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,20}(?:\.\d{1,9})?)"
MYRIAD = re.compile(
    rf"(?<![\d.,]){_N}\s(?P<scale>ten\sthousand|hundred\smillion|ten\smillion"
    rf"|thousand\smillion|million\smillion)s?\b"
)
SCALES = {
    "ten thousand": 10**4,
    "hundred million": 10**8,
    "ten million": 10**7,
    "thousand million": 10**9,
    "million million": 10**12,
}
HUGE = re.compile(
    r"(?<![\d.,])(?P<n>\d{1,3}(?:,\d{3})+|\d{4,6})(?P<dec>\.\d+)?\s(?P<scale>million"
    r"|billion|trillion)\b(?!\s(?:and|to)\s\d)"
)
TINY = re.compile(r"(?<![\d.,])(?P<n>0\.\d+)\s(?P<scale>million|billion|trillion)\b")
BIG = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
TWICE = re.compile(
    rf"\b(?:RMB|CNY)\s?{_N}(?P<scale>\s(?:thousand|million|billion|trillion))?\s(?P<unit>yuan|RMB)\b", re.I
)
AFTER = re.compile(
    rf"(?<![\d.,]){_N}(?P<scale>\s(?:thousand|million|billion|trillion))?\s(?:yuan\s(?:RMB"
    rf"|CNY)|RMB\syuan)\b",
    re.I,
)
PERCENT = re.compile(r"(?<![\d.])(?P<n>\d{1,20}(?:\.\d{1,9})?)\s?%\s?(?P<again>percent|per\scent|%)", re.I)
GROUPS = re.compile(
    r"(?<![\d.,/-])(?P<n>\d{1,3}(?:,\d{3})*,(?:\d{4,6}|\d{2}(?!\d)))(?![\d,.%/-]"
    r"|\.\d)(?=\s(?:yuan|people|tons?|cars|million|billion|firms|companies|households|jobs"
    r"|units|sets|times|visitors|square|kilometers|meters)\b)"
)
LEVEL = re.compile(
    r"\b(?P<n>(?:\d+[\s-])?(?:ten[\s-]|hundred[\s-]|\d+[\s-])?(?:thousand"
    r"|million|billion|trillion))[\s-]level\b",
    re.I,
)
MU = re.compile(rf"(?<![\d.,(]){_N}(?P<scale>\s(?:thousand|million))?\s(?:mu|acres\s\(mu\))\b(?!\s?\()")


class NumberFormat(Detector):
    name = "number_format"
    title = "Number format"
    advice = (
        "English counts in thousands, millions and billions, names a currency once, and parts digits in threes; "
        "万, 亿 and 亩 have no counterpart and must be converted."
    )
    source = "The Associated Press Stylebook, “numerals”"
    category = "locale conventions"
    subcategory = "number format"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article):
            return
        for segment in article.segments:
            text = segment.text
            if not any(sign.isdigit() for sign in text) and "level" not in text:
                continue
            for start, end, message, fixed, sure in _found(text):
                yield self.flag(segment, start, end, message, confidence=sure, suggestions=fixed)

    examples = (
        Example(("It sold 3.5 ten thousand cars.",), ("3.5 ten thousand",)),
        Example(("Profit was 12 hundred million yuan.",), ("12 hundred million",)),
        Example(("Output was 86 thousand million yuan.",), ("86 thousand million",)),
        Example(("Sales of 19,540 million yuan",), ("19,540 million",)),
        Example(("The total is 25000 billion yuan.",), ("25000 billion",)),
        Example(("It spent 0.3 billion yuan.",), ("0.3 billion",)),
        Example(("A loan of RMB 5 million yuan",), ("RMB 5 million yuan",)),
        Example(("It cost 300 yuan RMB.",), ("300 yuan RMB",)),
        Example(("Growth was 5% percent.",), ("5% percent",)),
        Example(("It has 12,3456 households.",), ("12,3456",)),
        Example(("A 100 million-level industry",), ("100 million-level",)),
        Example(("The park covers 300 mu of land.",), ("300 mu",)),
        Example(("It sold 35,000 cars for 1.2 billion yuan.",)),
        Example(("RMB 5 million was lent; 300 yuan came back.",)),
        Example(("Three hundred million people speak it.",)),
        Example(("In 2020 million-dollar firms grew; 1,500 people work there.",)),
        Example(("It covers 20 hectares (300 mu).", "A level crossing and 5% growth")),
        Example(("Pages 12,34 and 56 are missing.",)),
    )


def _found(text: str) -> Iterator[tuple[int, int, str, tuple[str, ...], float]]:
    for m in MYRIAD.finditer(text):
        shown = readable(_value(m["n"]) * SCALES[" ".join(m["scale"].split()).lower()])
        yield m.start(), m.end(), f"“{m.group()}” counts as Chinese does; in English it is {shown}.", (shown,), 0.88
    for m in HUGE.finditer(text):
        value = _value(m["n"] + (m["dec"] or "")) * BIG[m["scale"]]
        year = "," not in m["n"] and 1900 <= int(m["n"]) <= 2100
        shown = readable(value)
        if not year and shown != m.group():
            yield m.start(), m.end(), f"“{m.group()}” is {shown}.", (shown,), 0.6 if value < 10**13 else 0.7
    for m in TINY.finditer(text):
        shown = readable(_value(m["n"]) * BIG[m["scale"]])
        yield m.start(), m.end(), f"“{m.group()}” is {shown}.", (shown,), 0.5
    for pattern in (TWICE, AFTER):
        for m in pattern.finditer(text):
            fixed = f"{m['n']}{m['scale'] or ''} yuan"
            yield m.start(), m.end(), "The currency is named twice; once is enough.", (fixed,), 0.85
    for m in PERCENT.finditer(text):
        yield (
            m.start(),
            m.end(),
            "The percent sign and the word say one thing twice.",
            (f"{m['n']} percent", f"{m['n']}%"),
            0.9,
        )
    for m in GROUPS.finditer(text):
        fixed = f"{int(m['n'].replace(',', '')):,}"
        yield m.start(), m.end(), "Digits are parted in threes; here a comma or a digit is wrong.", (fixed,), 0.7
    for m in LEVEL.finditer(text):
        yield (
            m.start(),
            m.end(),
            f"“{m.group()}” renders 级 after a number; say what is counted, as in “worth {m['n']} yuan”.",
            (),
            0.5,
        )
    for m in MU.finditer(text):
        value = _value(m["n"]) * {"thousand": 1000, "million": 10**6}.get((m["scale"] or "").strip(), 1)
        hectares = plain(Fraction(round(value / 15)) if value >= 150 else Fraction(round(value / 15 * 10), 10))
        fixed = f"{hectares} hectares"
        message = f"A mu (亩) is a fifteenth of a hectare: {plain(value)} mu are {fixed}."
        yield m.start(), m.end(), message, (fixed, f"{m.group()} ({fixed})"), 0.5


def _value(digits: str) -> Fraction:
    return Fraction(digits.replace(",", ""))


DETECTOR = NumberFormat()

"""Amounts whose currency stands on the wrong side or twice: “5,000 RMB”, “$5 million dollars”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import english
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag

_AMOUNT = r"(?P<n>\d[\d,]*(?:\.\d+)?)(?P<scale>\s?(?:thousand|million|billion|trillion|bn|mn))?"
_NOT_PRICES = r"(?!\s(?:yuan|million|billion|\d|bonds?|loans?|notes?|assets))"
AFTER = re.compile(rf"(?<![\d.,$€£¥])(?<!RMB )(?<!CNY ){_AMOUNT}\s?(?:RMB|CNY)\b{_NOT_PRICES}")
NAMES = {
    "$": r"(?:(?:US|U\.S\.|American|Hong Kong|Singapore|Canadian|Australian|New Taiwan)\s)?dollars?|USD|HKD|SGD",
    "€": r"euros?|EUR",
    "£": r"(?:British\s)?pounds?(?:\ssterling)?|GBP",
    "¥": r"(?:Japanese\s)?yen|(?:Chinese\s)?yuan|RMB|JPY|CNY",
}
TWICE = tuple(
    re.compile(rf"(?P<sign>(?:US|HK|S|NT|C|A)?{re.escape(sign)})\s?{_AMOUNT}\s(?P<word>{names})\b")
    for sign, names in NAMES.items()
)
_WORDS = r"(?:\w+\s)?(?:dollars?|euros?|pounds?|yen)"
CODES = re.compile(rf"\b(?P<code>USD|EUR|GBP|HKD|SGD|JPY)\s?{_AMOUNT}\s(?P<word>{_WORDS})\b")


class Currency(Detector):
    name = "currency"
    title = "Currency of an amount"
    advice = "An amount names its currency once: RMB before the figure, yuan, dollars and euros behind it."
    source = "Xinhua and Reuters style: RMB 5,000 or 5,000 yuan; The Associated Press Stylebook, “currency conversions”"
    category = "locale conventions"
    subcategory = "currency"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article):
            return
        for segment in article.segments:
            text = segment.text
            if not any(sign.isdigit() for sign in text):
                continue
            for match in AFTER.finditer(text):
                amount = match["n"] + (match["scale"] or "")
                message = f"RMB stands before a figure, yuan behind it: “{match.group()}” has it the other way round."
                fixes = (f"{amount} yuan", f"RMB {amount}")
                yield self.flag(segment, *match.span(), message, confidence=0.75, suggestions=fixes)
            for pattern in (*TWICE, CODES):
                for match in pattern.finditer(text):
                    amount = match["n"] + (match["scale"] or "")
                    head = text[match.start() : match.start("n")]
                    message = f"“{match.group()}” names its currency twice; once is enough."
                    fixes = (f"{head}{amount}", f"{amount} {match['word']}")
                    yield self.flag(segment, *match.span(), message, confidence=0.85, suggestions=fixes)

    examples = (
        Example(("Donors receive 5,000 RMB.",), ("5,000 RMB",)),
        Example(("It is worth 1.2 billion RMB.",), ("1.2 billion RMB",)),
        Example(("A check-up costs 300RMB.",), ("300RMB",)),
        Example(("The fund holds 40 million CNY.",), ("40 million CNY",)),
        Example(("It cost $5 million dollars.",), ("$5 million dollars",)),
        Example(("It cost US$300 US dollars.",), ("US$300 US dollars",)),
        Example(("It cost €12 euros.",), ("€12 euros",)),
        Example(("It cost £2.5 million pounds.",), ("£2.5 million pounds",)),
        Example(("It cost ¥800 yuan.",), ("¥800 yuan",)),
        Example(("It cost USD 60 dollars.",), ("USD 60 dollars",)),
        Example(("It cost HK$90 HKD.",), ("HK$90 HKD",)),
        Example(("It cost RMB 5,000, or 5,000 yuan, or $700.",)),
        Example(("The RMB rose; 300 RMB bonds were sold.",)),
        Example(("In 2024 RMB 5 million was lent.",)),
        Example(("It cost 12 euros and £3; 40 yen is nothing.",)),
        Example(("She paid $5 and dollars are scarce.",)),
        Example(("Es kostet 5.000 RMB.",), target_language="de"),
    )


DETECTOR = Currency()

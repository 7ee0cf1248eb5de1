"""Dates as Chinese gives them: “on the 28th”, “November this year”, “2021 November 28”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import english
from review.detectors.base import Context, Detector, Example
from review.detectors.dateline import MONTHS
from review.model import Article, Flag

ORDINAL = r"\d{1,2}(?:st|nd|rd|th)"
BARE = re.compile(
    rf"\b(?:[Oo]n|of)\sthe\s(?P<day>{ORDINAL})(?=[,.;:)]|\s(?:of\s)?this\smonth\b|\s(?:local"
    rf"|Beijing)\stime\b|$)"
)
THIS_MONTH = re.compile(rf"\b(?:[Oo]n\s)?(?:the\s)?(?P<day>{ORDINAL}|\d{{1,2}})\s(?:of\s)?this\smonth\b")
TURNED = re.compile(
    rf"\b(?P<year>(?:19|20)\d\d)[,\s]\s?(?P<month>{MONTHS})\s(?P<day>\d{{1,2}})(?:st"
    rf"|nd|rd|th)?\b(?!,?\s\d{{4}})"
)
DOTTED = re.compile(
    r"(?<![\d./-])(?P<year>(?:19|20)\d\d)[./](?P<month>0?[1-9]|1[0-2])[./](?P<day>0?[1-9]"
    r"|[12]\d|3[01])(?![\d./-])"
)
NAMES = "January February March April May June July August September October November December".split()
MONTH = re.compile(rf"\b(?:{MONTHS})\b")


class DateFormat(Detector):
    name = "date_format"
    title = "Date format"
    advice = "Chinese news gives the day alone (28日); English names the month, and puts month and day before the year."
    source = "The Associated Press Stylebook, “months”"
    category = "locale conventions"
    subcategory = "date format"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article):
            return
        for segment in article.segments:
            text = segment.text
            taken = -1
            for match in THIS_MONTH.finditer(text):
                taken = match.end()
                message = f"“{match.group()}” gives the day alone; name the month."
                yield self.flag(segment, match.start(), match.end(), message, confidence=0.55)
            for match in BARE.finditer(text):
                if match.start() < taken or MONTH.search(text[max(0, match.start() - 30) : match.start()]):
                    continue
                message = f"“{match.group()}” gives the day alone, as Chinese does; name the month or the weekday."
                yield self.flag(segment, match.start(), match.end(), message, confidence=0.5)
            for match in TURNED.finditer(text):
                fixed = f"{match['month']} {int(match['day'])}, {match['year']}"
                message = f"In English the year comes after month and day: {fixed}."
                yield self.flag(segment, match.start(), match.end(), message, confidence=0.8, suggestions=(fixed,))
            for match in DOTTED.finditer(text):
                fixed = f"{NAMES[int(match['month']) - 1]} {int(match['day'])}, {match['year']}"
                message = f"The order of “{match.group()}” is Chinese; in running text write {fixed}."
                yield self.flag(segment, match.start(), match.end(), message, confidence=0.45, suggestions=(fixed,))

    examples = (
        Example(("On the 28th, the port opened.",), ("On the 28th",)),
        Example(("The fair closed on the 3rd.",), ("on the 3rd",)),
        Example(("On the afternoon of the 12th, they met.",), ("of the 12th",)),
        Example(("On the 5th of this month, prices fell.",), ("On the 5th of this month",)),
        Example(("It opened on the 9th this month.",), ("on the 9th this month",)),
        Example(("He came on 21 this month.",), ("on 21 this month",)),
        Example(("On 2021 November 28, the port opened.",), ("2021 November 28",)),
        Example(("It began in 2019, May 4 and lasted.",), ("2019, May 4",)),
        Example(("The law of 2020.05.28 is new.",), ("2020.05.28",)),
        Example(("Signed on 2021/11/8 in Jinan.",), ("2021/11/8",)),
        Example(("On November 28, 2021, the port opened.",)),
        Example(("On the 28th of November, the port opened.",)),
        Example(("On the 10th anniversary, on the 3rd floor, of the 20th century",)),
        Example(("In May, on the 28th, the port opened.",)),
        Example(("Version 2020.10 is out; in 2019, May resigned.",)),
    )


DETECTOR = DateFormat()

"""Names of the calendar that are no plain numbers: months, weekdays, quarters, halves and thirds, parts of a day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from review.text.numbers.chinese import numeral

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

_MONTH = re.compile(
    r"(?<![\w-])(?:(?P<full>January|February|March|April|June|July|August|September|October|November|December)(?![\w’'-])"
    r"|(?P<short>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=\.|\s\d)"
    r"|(?P<may>May)(?=\s\d|,?\s(?:19|20)\d\d)|(?<=\bin\s)(?P<in>May)\b|(?<=\b(?:of|by)\s)(?P<of>May)\b"
    r"|(?<=\b(?:mid)[\s-])(?P<mid>May)\b|(?<=\d\s)(?P<day>May)\b|(?<=\b(?:late|last|this|next)\s)(?P<late>May)\b"
    r"|(?<=\b(?:early|since|until)\s)(?P<since>May)\b)"
)
_MARCH = re.compile(r"(?:\s(?:on|past|out|toward|towards|through|for|against|of)\b)")
_WEEKDAY = re.compile(
    r"\b(?P<day>" + "|".join(WEEKDAYS) + r")s?\b|\b(?P<short>Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.(?=\s)"
)
_QUARTER = re.compile(r"\b(?P<n>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter\b|\bQ(?P<q>[1-4])\b", re.I)
_HALF = re.compile(
    r"\b(?P<n>first|second|latter|1st|2nd)[\s-]half\s(?:of|in)\s(?:the\syear|this\syear|last\syear|next\syear|(?:19|20)\d\d)",
    re.I,
)
_THIRD = re.compile(
    r"\b(?P<n>early|mid|late)[\s-](?="
    + "|".join(MONTHS)
    + r"\b)|\bthe\s(?P<part>beginning|middle|end)\sof\s(?="
    + "|".join(MONTHS)
    + r"\b)",
    re.I,
)
_HOUR = re.compile(r"(?<=\d)\s?(?P<n>[ap])\.?m\b\.?", re.I)

_DIGIT = "一二三四五六七八九十"
_ZH_MONTH = re.compile(
    rf"(?:(?P<from>\d{{1,2}}|[{_DIGIT}]{{1,2}})\s?月?(?:份)?\s?[-—–~～至到、和]\s?)?(?<![{_DIGIT}\d.个点])(?P<n>\d{{1,2}}|[{_DIGIT}]{{1,2}})\s?月(?!球|亮|饼|薪|租|嫂)"
)
_ZH_DAY = re.compile(rf"\s?(?P<d>\d{{1,2}}|[{_DIGIT}]{{1,3}})\s?[日号]")
_ZH_DOTTED = re.compile(
    r"(?<![\d.])(?:(?:19|20)\d\d\s?[./-]\s?)(?P<n>0?[1-9]|1[0-2])(?:\s?[./-]\s?(?:[12]\d|3[01]|0?[1-9]))?(?![\d.])"
)
_ZH_SHORT = re.compile(r"(?<![\d.])(?P<n>[1-9]|1[0-2])[.·](?:[12]\d|3[01]|[1-9])(?=[，,、；;：:”）)\s]|$)")
_ZH_WEEKDAY = re.compile(r"(?:周|星期|礼拜)(?P<n>[一二三四五六日天末])(?![个次届期年百千万])")
_ZH_QUARTER = re.compile(r"(?:第?(?P<n>[一二三四1-4])季度|Q(?P<q>[1-4]))")
_ZH_HALF = re.compile(r"(?P<n>[上下])半年")
_ZH_THIRD = re.compile(r"(?P<n>[上中下])旬|月(?P<part>[初中底末])")
_ZH_HOUR = re.compile(
    r"(?P<n>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|当晚|今晚|昨晚|夜里|午夜|深夜)(?=\s?[\d一二三四五六七八九十])"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What is named at ``[start, end)``: kind month, weekday, quarter, half, third or hour, and which (from 1).

    ``day`` is the day of the month beside a month, 0 where there is none.
    """

    start: int
    end: int
    text: str
    kind: str
    value: int
    day: int = 0


def english_calendar(text: str) -> list[Named]:
    """Calendar names of an English text, by kind and place. “May” counts only where a date stands round it."""
    found = []
    for match in _MONTH.finditer(text):
        name = match.group()
        if name == "March" and _MARCH.match(text, match.end()):
            continue
        number = next(n for n, full in enumerate(MONTHS, 1) if full.startswith(name[:3]))
        found.append(Named(*match.span(), name, "month", number, _day(text, match)))
    for match in _WEEKDAY.finditer(text):
        name = match["day"] or match["short"]
        number = next(n for n, full in enumerate(WEEKDAYS, 1) if full.startswith(name[:3]))
        found.append(Named(*match.span(), match.group(), "weekday", number))
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4, "latter": 2, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
    for match in _QUARTER.finditer(text):
        value = int(match["q"]) if match["q"] else order[match["n"].lower()]
        found.append(Named(*match.span(), match.group(), "quarter", value))
    for match in _HALF.finditer(text):
        found.append(
            Named(
                match.start("n"),
                match.end("n") + 5,
                text[match.start("n") : match.end("n") + 5],
                "half",
                order[match["n"].lower()],
            )
        )
    thirds = {"early": 1, "mid": 2, "late": 3, "beginning": 1, "middle": 2, "end": 3}
    for match in _THIRD.finditer(text):
        key = "n" if match["n"] else "part"
        found.append(Named(*match.span(key), match[key], "third", thirds[match[key].lower()]))
    for match in _HOUR.finditer(text):
        found.append(
            Named(
                match.start("n"),
                match.end(),
                text[match.start("n") : match.end()],
                "hour",
                1 if match["n"] in "aA" else 2,
            )
        )
    return found


def _day(text: str, month: re.Match[str]) -> int:
    """The day beside an English month: “May 3”, “May 3rd”, “3 May”, “the 3rd of May”; 0 without one."""
    after = re.match(r"\.?\s(\d{1,2})(?:st|nd|rd|th)?(?![\d:]|\.\d)", text[month.end() : month.end() + 10])
    before = re.search(
        r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?$", text[max(0, month.start() - 12) : month.start()]
    )
    found = after or before
    return int(found[1]) if found and int(found[1]) <= 31 else 0


def chinese_calendar(text: str) -> list[Named]:
    """Calendar names of a Chinese text, by kind and place; 1月至9月 and 1-9月 name both months."""
    found = []
    for match in _ZH_MONTH.finditer(text):
        for key in ("from", "n"):
            value = numeral(match[key]) if match[key] else None
            if value is not None and 1 <= value <= 12 and value.denominator == 1:
                end = match.end() if key == "n" else match.end(key)
                day = _ZH_DAY.match(text, match.end()) if key == "n" else None
                number = int(numeral(day["d"]) or 0) if day else 0
                found.append(Named(match.start(key), end, text[match.start(key) : end], "month", int(value), number))
    for pattern in (_ZH_DOTTED, _ZH_SHORT):
        for match in pattern.finditer(text):
            found.append(Named(*match.span(), match.group(), "month", int(match["n"])))
    for match in _ZH_WEEKDAY.finditer(text):
        day_of_week = "一二三四五六日".find(match["n"].replace("天", "日").replace("末", "六")) + 1
        if match["n"] != "末":
            found.append(Named(*match.span(), match.group(), "weekday", day_of_week))
    for match in _ZH_QUARTER.finditer(text):
        which = int(match["q"]) if match["q"] else "一二三四".find(match["n"]) + 1 or int(match["n"])
        found.append(Named(*match.span(), match.group(), "quarter", which))
    for match in _ZH_HALF.finditer(text):
        found.append(Named(*match.span(), match.group(), "half", 1 if match["n"] == "上" else 2))
    for match in _ZH_THIRD.finditer(text):
        part = {"上": 1, "中": 2, "下": 3, "初": 1, "底": 3, "末": 3}[match["n"] or match["part"]]
        found.append(Named(*match.span(), match.group(), "third", part))
    for match in _ZH_HOUR.finditer(text):
        morning = match["n"] in ("凌晨", "清晨", "早上", "早晨", "上午")
        found.append(Named(*match.span(), match.group(), "hour", 1 if morning else 2))
    return found

"""Months, weekdays, quarters and parts of the day that are not the source's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._evidence import MANY, sourced
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.numbers.calendar import MONTHS, WEEKDAYS, Named, chinese_calendar, english_calendar

DOTTED = re.compile(r"\d+[.·]\d+")
"""“10.12” may be a date or a decimal: it explains a month, and claims none."""

CONFIDENCE = {"month": 0.9, "weekday": 0.9, "quarter": 0.85, "half": 0.85, "third": 0.6, "hour": 0.7}


class Dates(Detector):
    name = "dates"
    title = "Date differs from source"
    advice = "A month, a weekday, a quarter or a time of day must be the source's."
    source = "ISO 24617-1, time and dates: month, weekday and quarter of one date agree"
    category = "accuracy"
    subcategory = "mistranslation"
    needs = frozenset({"source"})

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        for segment, source in sourced(article):
            yield from self._compare(segment, source)

    def _compare(self, segment: Segment, source: str) -> Iterator[Flag]:
        here = english_calendar(segment.text)
        if not here:
            return
        there = chinese_calendar(source)
        for kind, sure in CONFIDENCE.items():
            wanted = [named for named in there if named.kind == kind][:MANY]
            given = [named for named in here if named.kind == kind][:MANY]
            values, used = {named.value for named in wanted}, {named.value for named in given}
            wrong = [n for n in given if n.value not in values]
            wrong += _misdated(wanted, given)
            lost = [n for n in wanted if n.value not in used and not DOTTED.fullmatch(n.text)]
            lost += [n for n in wanted if n.day and n.day in {g.day for g in wrong}]
            if not lost or not wrong or (kind in ("third", "hour") and len(wanted) + len(given) > 2):
                continue  # what the source leaves unsaid may be added, and what it says left out
            for number, named in enumerate(wrong):
                of_day = [n for n in lost if n.day and n.day == named.day]
                there_is = of_day[0] if of_day else lost[min(number, len(lost) - 1)]
                yield self._differs(segment, named, there_is, sure)

    def _differs(self, segment: Segment, here: Named, there: Named, sure: float) -> Flag:
        suggestion = _written(there, here)
        message = f"The source says {there.text}, which is {suggestion}; the translation says “{here.text}”."
        return self.flag(
            segment,
            here.start,
            here.end,
            message,
            severity="major",
            confidence=sure,
            suggestions=(suggestion,) if suggestion != here.text else (),
            evidence=f"{there.text} is {suggestion}",
        )

    examples = (
        Example(("It opened on August 12.",), ("August",), ("展会于9月12日开幕。",)),
        Example(("It opened on May 3.",), ("May",), ("展会于3月5日开幕。",)),
        Example(("Trade fell in June.",), ("June",), ("七月贸易下降。",)),
        Example(("He arrived on Tuesday.",), ("Tuesday",), ("他于周一抵达。",)),
        Example(("The court meets on Sunday.",), ("Sunday",), ("法院星期六开庭。",)),
        Example(("Output rose in the first quarter.",), ("first quarter",), ("第二季度产量上升。",)),
        Example(("It rose in the second half of the year.",), ("second half",), ("上半年有所上升。",)),
        Example(("The harvest ends in early June.",), ("early",), ("6月下旬收割结束。",)),
        Example(("The train leaves at 3 a.m.",), ("a.m.",), ("列车下午3时发车。",)),
        Example(("The fair opened on Oct. 12, 2024.",), ("Oct",), ("2024.11.12，展会开幕。",)),
        Example(("From January to August, exports grew.",), ("August",), ("1至9月，出口增长。",)),
        Example(("On January 3 the figures for January came out.",), ("January",), ("2月3日公布了1月份数据。",)),
        Example(("It ran from January 3 to February 5.",), (), ("1月3日至2月5日举行。",)),
        Example(("It opened on September 12.",), (), ("展会于9月12日开幕。",)),
        Example(("From January to September, exports grew.",), (), ("1-9月，出口增长。",)),
        Example(("It lasted three months and ended in May.",), (), ("历时3个月，5月结束。",)),
        Example(("He may come on Monday.",), (), ("他可能周一来。",)),
        Example(("In April, output rose.",), (), ("上月产量上升。",)),
        Example(("The fair opened on October 12.",), (), ("10.12，展会开幕。",)),
        Example(("Shares rose on Friday, after losses on Thursday.",), (), ("周四下跌后，周五股价上涨。",)),
    )


def _misdated(wanted: list[Named], given: list[Named]) -> list[Named]:
    """Months of the translation that the source has too, but not with that day: 2月3日 is no January 3."""
    dates = {(n.value, n.day) for n in wanted}
    months, days = {n.value for n in wanted}, {n.day for n in wanted if n.day}
    return [n for n in given if n.value in months and n.day in days and n.day and (n.value, n.day) not in dates]


def _written(there: Named, here: Named) -> str:
    """What the source says, in the manner of the words it replaces."""
    if there.kind == "month":
        name = MONTHS[there.value - 1]
        return (
            name[:3] + "."
            if here.text in ("Jan", "Feb", "Mar", "Apr", "Aug", "Sep", "Oct", "Nov", "Dec") and name != "May"
            else name
        )
    if there.kind == "weekday":
        return WEEKDAYS[there.value - 1]
    if there.kind == "hour":
        return ("a.m.", "p.m.")[there.value - 1]
    if there.kind == "third":
        return ("early", "mid", "late")[there.value - 1]
    ordinal = ("first", "second", "third", "fourth")[there.value - 1]
    return f"{ordinal} {there.kind}"


DETECTOR = Dates()

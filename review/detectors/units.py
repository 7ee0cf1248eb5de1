"""Units that changed while the number did not, and percent signs that were lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._evidence import MANY, sourced
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.numbers import Quantity, chinese, plain
from review.text.numbers import english as english_quantities
from review.text.numbers.units import Measure, chinese_measures, english_measures

WRITTEN = {
    "千米": "kilometers",
    "公里": "kilometers",
    "里": "li",
    "华里": "li",
    "米": "meters",
    "厘米": "centimeters",
    "毫米": "millimeters",
    "英里": "miles",
    "海里": "nautical miles",
    "英尺": "feet",
    "平方公里": "square kilometers",
    "平方千米": "square kilometers",
    "平方米": "square meters",
    "公顷": "hectares",
    "亩": "mu",
    "英亩": "acres",
    "立方米": "cubic meters",
    "升": "liters",
    "毫升": "milliliters",
    "吨": "tons",
    "公斤": "kilograms",
    "千克": "kilograms",
    "斤": "jin",
    "市斤": "jin",
    "克": "grams",
    "毫克": "milligrams",
    "磅": "pounds",
    "千瓦时": "kilowatt-hours",
    "兆瓦时": "megawatt-hours",
    "度电": "kilowatt-hours",
    "千瓦": "kilowatts",
    "兆瓦": "megawatts",
    "吉瓦": "gigawatts",
}
ELSEWHERE = re.compile(r"%|percent|per cent|percentage|pct|basis points?|\bpps?\b|‰|out of|in ten|in a hundred|/", re.I)
"""Ways of saying a share that a lost percent sign may have gone into."""


class Units(Detector):
    name = "units"
    title = "Unit differs from source"
    advice = "A unit is kept or converted together with its number: 30 mu is 2 hectares, and never 30 acres."
    source = "BIPM, The International System of Units, 9th edition, table 8"
    category = "accuracy"
    subcategory = "mistranslation"
    needs = frozenset({"source"})

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        for segment, source in sourced(article):
            theirs, ours = chinese(source)[: 2 * MANY], english_quantities(segment.text)[: 2 * MANY]
            yield from self._units(segment, source, theirs, ours)
            yield from self._percents(segment, theirs, ours)

    def _units(self, segment: Segment, source: str, theirs: list[Quantity], ours: list[Quantity]) -> Iterator[Flag]:
        there = chinese_measures(source, theirs)
        here = english_measures(segment.text, ours) if there else []
        there, here = there[:MANY], here[:MANY]
        for measure in here:
            alike = [other for other in there if measure.quantity.value == other.quantity.value]
            if not alike or any(measure.same(other) for other in there):
                continue
            if sum(q.value == measure.quantity.value for q in theirs) > len(alike):
                continue  # the source has the number once more, without a unit
            yield self._differs(segment, measure, alike[0])

    def _differs(self, segment: Segment, here: Measure, there: Measure) -> Flag:
        unit = WRITTEN.get(there.unit, "")
        meant = f"{there.quantity.text}{there.unit}" + (f" is {plain(there.quantity.value)} {unit}" if unit else "")
        said = segment.text[here.start : here.end]
        message = f"{meant}; the translation says “{said}”: the unit changed and the number did not."
        return self.flag(
            segment,
            here.unit_start,
            here.end,
            message,
            severity="major",
            confidence=0.85,
            suggestions=(unit,) if unit and unit != segment.text[here.unit_start : here.end] else (),
            evidence=meant,
        )

    def _percents(self, segment: Segment, theirs: list[Quantity], ours: list[Quantity]) -> Iterator[Flag]:
        """“15%” that became “15”."""
        shares = [q for q in theirs if q.kind == "percent" and q.text.rstrip().endswith(("%", "％")) and q.value > 0]
        plainly = {q.value for q in theirs if q.kind != "percent"}
        stated = {value for q in ours if q.kind == "percent" for value in q.readings}
        for share in shares:
            if share.value in stated or share.value in plainly:
                continue
            for here in ours:
                if here.kind != "number" or here.value != share.value or not here.text[-1:].isdigit():
                    continue
                if ELSEWHERE.search(segment.text[max(0, here.start - 12) : here.end + 30]):
                    continue
                message = f"The source says {share.text}; the percent sign is missing after “{here.text}”."
                yield self.flag(
                    segment,
                    here.start,
                    here.end,
                    message,
                    severity="major",
                    confidence=0.8,
                    suggestions=(f"{here.text}%",),
                    subcategory="omission",
                    category="accuracy",
                )
                break

    examples = (
        Example(("The farm has 30 acres.",), ("acres",), ("农场有30亩地。",)),
        Example(("The road is 12 miles long.",), ("miles",), ("道路全长12公里。",)),
        Example(("The hall covers 5,000 meters.",), ("meters",), ("大厅占地5000平方米。",)),
        Example(("The pig weighs 100 pounds.",), ("pounds",), ("这头猪重100公斤。",)),
        Example(("They sold 200 kilograms of rice.",), ("kilograms",), ("他们卖了200斤大米。",)),
        Example(("It used 500 kilowatts.",), ("kilowatts",), ("用电500千瓦时。",)),
        Example(("The park covers 80 hectares.",), ("hectares",), ("公园占地80平方公里。",)),
        Example(("He ran 5 meters.",), ("meters",), ("他跑了5千米。",)),
        Example(("The ship carries 400 kg.",), ("kg",), ("该船载重400吨。",)),
        Example(("It was 35 degrees Fahrenheit.",), ("degrees Fahrenheit",), ("气温35摄氏度。",)),
        Example(("Sales rose 15 this year.",), ("15",), ("今年销售增长15%。",)),
        Example(("The farm has 2 hectares.",), (), ("农场有30亩地。",)),
        Example(("The farm has 30 mu (2 hectares).",), (), ("农场有30亩地。",)),
        Example(("The road is 7.5 miles long.",), (), ("道路全长12公里。",)),
        Example(("They sold 100 kilograms of rice.",), (), ("他们卖了200斤大米。",)),
        Example(("The plant makes 10 MW.",), (), ("电厂功率1万千瓦。",)),
        Example(("It was 95 degrees Fahrenheit.",), (), ("气温35摄氏度。",)),
        Example(("Sales rose 15 percent.",), (), ("今年销售增长15%。",)),
        Example(("Fifteen of 100 people agreed.",), (), ("15%的人同意。",)),
        Example(("Between 15 and 20 percent agreed.",), (), ("15%至20%的人同意。",)),
    )


DETECTOR = Units()

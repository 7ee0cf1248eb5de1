"""Sums of money that are in another currency than the source's."""

from __future__ import annotations

from collections.abc import Iterator

from review.detectors._evidence import MANY, sourced
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.numbers import chinese
from review.text.numbers import english as english_quantities
from review.text.numbers.money import DOLLARS, NAMES, Money, chinese_money, english_money


class Currencies(Detector):
    name = "currencies"
    title = "Currency differs from source"
    advice = "元 is the yuan, 美元 the US dollar, 日元 the yen, 港元 the Hong Kong dollar: a sum keeps its currency."
    source = "ISO 4217, Codes for the representation of currencies"
    category = "accuracy"
    subcategory = "mistranslation"
    needs = frozenset({"source"})

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        for segment, source in sourced(article):
            yield from self._compare(segment, source)

    def _compare(self, segment: Segment, source: str) -> Iterator[Flag]:
        there = chinese_money(source, chinese(source))
        here = english_money(segment.text, english_quantities(segment.text)) if there else []
        meant = {code for money in there for code in money.codes}
        there, here = there[:MANY], here[:MANY]
        for money in here:
            same = [other for other in there if other.quantity.readings & money.quantity.readings]
            if not same or any(other.codes & money.codes for other in same):
                continue
            if money.codes & meant and money.quantity.value < 10:
                continue  # a small number may be another sum's
            yield self._differs(segment, money, same[0])

    def _differs(self, segment: Segment, here: Money, there: Money) -> Flag:
        code = next(iter(sorted(there.codes)))
        wanted = "US dollars" if there.codes == DOLLARS else NAMES[code]
        surface = segment.text[here.start : here.end]
        message = f"The source has {there.quantity.text} {NAMES[code]}; the translation says “{surface}”."
        plain = surface.isalpha() or " " in surface
        return self.flag(
            segment,
            here.start,
            here.end,
            message,
            severity="major",
            confidence=0.92,
            suggestions=(wanted,) if plain and here.start > here.quantity.start and wanted != surface else (),
        )

    examples = (
        Example(("It cost 300 dollars.",), ("dollars",), ("花费300元。",)),
        Example(("It cost 300 yuan.",), ("yuan",), ("花费300美元。",)),
        Example(("The budget is $3.2 billion.",), ("$",), ("预算为32亿元。",)),
        Example(("The budget is US$3.2 billion.",), ("US$",), ("预算为32亿欧元。",)),
        Example(("A ticket is 500 Japanese yen.",), ("Japanese yen",), ("票价500港元。",)),
        Example(("He paid €200.",), ("€",), ("他付了200英镑。",)),
        Example(("The fine is RMB 5 million.",), ("RMB",), ("罚款500万美元。",)),
        Example(("Sales were 2 million euros.",), ("euros",), ("销售额200万美元。",)),
        Example(("Sales were 70 billion rubles.",), ("rubles",), ("销售额700亿韩元。",)),
        Example(("Profit was 10 billion won.",), ("won",), ("利润100亿日元。",)),
        Example(("It cost 300 yuan.",), (), ("花费300元。",)),
        Example(("It cost RMB 300 yuan.",), (), ("花费人民币300元。",)),
        Example(("The aid is worth $50 million.",), (), ("援助价值5000万美元。",)),
        Example(("It cost HK$300.",), (), ("花费300港元。",)),
        Example(("It cost $300.",), (), ("花费300澳元。",)),
        Example(("It cost 2,100 yuan ($300).",), (), ("花费2100元（300美元）。",)),
        Example(("It cost about $42.",), (), ("花费300元。",)),
        Example(("He won 300 medals and weighs 60 pounds.",), (), ("他赢得300枚奖牌。",)),
    )


DETECTOR = Currencies()

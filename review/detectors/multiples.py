"""“增长2倍” is to triple: a notice where a translation seems to say “twofold”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from review.detectors._evidence import MANY, sourced
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.numbers import numeral, plain

GROWS = re.compile(
    r"(?P<verb>增长|增加|提高|上升|扩大|上涨|增|高出|高|多)了?(?:约|近|超过|超)?(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十]+)(?:多)?倍"
)
FOLD = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
TOLD = re.compile(
    r"\b(?P<word>doubl(?:ed|es|e|ing))\b|\b(?P<triple>tripl(?:ed|es|e|ing)|trebled)\b"
    r"|\b(?P<quadruple>quadrupl(?:ed|es|e|ing))\b|\b(?P<fold>two|three|four|five|six|seven|eight|nine|ten)[\s-]?fold\b"
    r"|\b(?P<digits>\d+(?:\.\d+)?)[\s-]?fold\b",
    re.I,
)


class Multiples(Detector):
    name = "multiples"
    title = "Growth by or to a multiple"
    advice = "增长N倍 adds N times the old value: 增长2倍 is to triple, 增长到2倍 to double."
    source = "GB/T 15835-2011 and the usage notes of Xiandai Hanyu Cidian, “倍”"
    category = "accuracy"
    subcategory = "mistranslation"
    needs = frozenset({"source"})

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        for segment, source in sourced(article):
            yield from self._compare(segment, source)

    def _compare(self, segment: Segment, source: str) -> Iterator[Flag]:
        for grown in islice(GROWS.finditer(source), MANY):
            times = numeral(grown["n"])
            if times is None:
                continue
            for told in islice(TOLD.finditer(segment.text), MANY):
                said = _said(told)
                if said == times and times > 1:
                    message = (
                        f"{grown.group()} is an increase by {plain(times)} times, to {plain(times + 1)} times the old "
                        f"value; “{told.group()}” is read as {plain(said)} times it. Is that meant?"
                    )
                    yield self.flag(
                        segment, *told.span(), message, severity="neutral", confidence=0.5, evidence=grown.group()
                    )

    examples = (
        Example(("Sales doubled.",), ("doubled",), ("销售增长2倍。",)),
        Example(("Sales rose twofold.",), ("twofold",), ("销售增长了2倍。",)),
        Example(("Output tripled.",), ("tripled",), ("产量增加三倍。",)),
        Example(("Output rose three-fold.",), ("three-fold",), ("产量增加了三倍。",)),
        Example(("Prices quadrupled.",), ("quadrupled",), ("价格上涨4倍。",)),
        Example(("It is a five-fold rise.",), ("five-fold",), ("上升5倍。",)),
        Example(("It rose tenfold.",), ("tenfold",), ("提高十倍。",)),
        Example(("It rose 6-fold.",), ("6-fold",), ("扩大6倍。",)),
        Example(("It grew 2.5-fold.",), ("2.5-fold",), ("增长2.5倍。",)),
        Example(("Profits are doubling.",), ("doubling",), ("利润增长近2倍。",)),
        Example(("Sales tripled.",), (), ("销售增长2倍。",)),
        Example(("Sales doubled.",), (), ("销售增长1倍。",)),
        Example(("Sales doubled.",), (), ("销售增长到2倍。",)),
        Example(("Sales doubled.",), (), ("销售翻番。",)),
        Example(("Sales rose by 200 percent.",), (), ("销售增长2倍。",)),
    )


def _said(told: re.Match[str]) -> Fraction:
    if told["word"]:
        return Fraction(2)
    if told["triple"]:
        return Fraction(3)
    if told["quadruple"]:
        return Fraction(4)
    return Fraction(FOLD[told["fold"].lower()] if told["fold"] else told["digits"])


DETECTOR = Multiples()

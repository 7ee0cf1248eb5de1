"""Parts of the source that the translation leaves out: bracketed remarks, agency lines, site names, items of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from review.detectors._article import english
from review.detectors._evidence import MANY, from_chinese
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment

BRACKETED, AGENCY, SITE, ITEMS = 0.8, 0.7, 0.7, 0.5
"""Confidence, by what is missing."""

REMARK = re.compile(r"(?:（[^）]{2,40}）|\([^)]{2,40}\)|【[^】]{2,40}】)")
LISTED = re.compile(r"包括|包含|含|如|比如|例如|即|也就是")
INCLUDING = re.compile(r"includ|such as|like|for example|that is|namely|i\.e\.|e\.g\.", re.I)
BRACKET = re.compile(r"[(（\[【〔]")
LINE = re.compile(
    r"(?:新华社|中新社|中新网|中央社|越通社|央视网|人民网)[\u4e00-\u9fff]{0,6}(?:\d{1,2}月)?\d{1,2}日(?:电题|电|讯)"
)
TOLD = re.compile(r"news|xinhua|agency|\bcna\b|\bvna\b|cctv|people.s daily|chinanews|\.com", re.I)
TAIL = re.compile(r"\s?[-—_－|]\s*(?P<site>[^-—_－|\s，。]{1,8}(?:网|日报|晚报|社|在线))$")
LIST = re.compile(r"[^，。；：、！？“”（）()\s]{1,12}(?:、[^，。；：、！？“”（）()\s]{1,12}){2,}")
JOINTS = re.compile(r",|;|\b(?:and|or|as well as|plus|to)\b|&|/|、|•|\d\)")


class Missing(Detector):
    name = "missing"
    title = "Possible omission"
    advice = "What stands in the source must stand in the translation, unless the desk leaves it out on purpose."
    source = "MQM Core typology, accuracy/omission"
    category = "accuracy"
    subcategory = "omission"
    needs = frozenset({"source"})

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article) or not from_chinese(article):
            return
        segments = article.segments
        for at, segment in enumerate(segments):
            if segment.source and segment.text.strip():
                following = segments[at + 1].text if at + 1 < len(segments) else ""
                yield from self._remarks(segment, segment.source, following)
                yield from self._agency(segment, segment.source)
                yield from self._items(segment, segment.source)

    def _remarks(self, segment: Segment, source: str, following: str) -> Iterator[Flag]:
        """“（综合11日电）”, where the translation has no bracket and the next does not open with it."""
        if BRACKET.search(segment.text) or BRACKET.match(following):
            return
        for match in islice(REMARK.finditer(source), MANY):
            said = match.group()[1:-1]
            if LISTED.match(said) and INCLUDING.search(segment.text):
                continue  # commas will do
            if re.search(r"[\u4e00-\u9fff]{2}", said) and len(match.group()) < len(source.strip()):
                yield self._left_out(segment, match, "The remark in brackets is", BRACKETED)

    def _agency(self, segment: Segment, source: str) -> Iterator[Flag]:
        for match in islice(LINE.finditer(source), MANY):
            if not TOLD.search(segment.text):
                yield self._left_out(segment, match, "The agency’s line is", AGENCY)
        tail = TAIL.search(source)
        if tail and not TOLD.search(segment.text[-60:]) and not re.search(r"[-–—_|]\s?[A-Z][^-–—]*$", segment.text):
            yield self._left_out(segment, tail, "The name of the site is", SITE)

    def _items(self, segment: Segment, source: str) -> Iterator[Flag]:
        """A list of three items or more in a text that has fewer joints than the source has parts."""
        joints = len(JOINTS.findall(segment.text))
        marks = len(re.findall(r"[、，]", source))
        for match in islice(LIST.finditer(source), MANY):
            items = match.group().count("、") + 1
            if joints + 1 < 0.8 * max(items, marks):
                message = (
                    f"The source lists {items} things here, and the translation has {joints} commas or links for "
                    f"{marks} of the source."
                )
                yield self.flag(segment, *match.span(), message, severity="minor", confidence=ITEMS, side="source")

    def _left_out(self, segment: Segment, match: re.Match[str], what: str, sure: float) -> Flag:
        return self.flag(
            segment,
            *match.span(),
            f"{what} missing from the translation.",
            severity="minor",
            confidence=sure,
            side="source",
        )

    examples = (
        Example(("The tourism board gave figures.",), ("（综合9日电）",), ("（综合9日电）旅游局公布了数字。",)),
        Example(("Days have passed.",), ("（本台中文网）",), ("（本台中文网）已经过去数日。",)),
        Example(("The group is called Dawn.",), ("（黎明）",), ("该组织名叫“Dawn”（黎明）。",)),
        Example(("They met for two days.",), ("(7日及8日)",), ("他们会面两天(7日及8日)。",)),
        Example(("The summit was long.",), ("【本报驻柏林记者王一】",), ("【本报驻柏林记者王一】峰会很长。",)),
        Example(("The forum was held today.",), ("新华社北京3月5日电",), ("新华社北京3月5日电 论坛今天举行。",)),
        Example(("How can shops sell more?",), ("中新网3月5日电题",), ("中新网3月5日电题：商店如何多卖？",)),
        Example(("An engine of growth",), ("-中新网",), ("增长的引擎-中新网",)),
        Example(("Prices fall again",), ("—海港晚报",), ("价格再次下跌—海港晚报",)),
        Example(("He was kind.",), ("他聪明、勤劳、善良、勇敢",), ("他聪明、勤劳、善良、勇敢。",)),
        Example(("Fruit is sold.",), ("出售苹果、香蕉、梨子、桃子、西瓜",), ("出售苹果、香蕉、梨子、桃子、西瓜。",)),
        Example(("(From all agencies, 9th) The board gave figures.",), (), ("（综合9日电）旅游局公布了数字。",)),
        Example(("BEIJING, March 5 (Xinhua) -- The forum was held.",), (), ("新华社北京3月5日电 论坛举行。",)),
        Example(("An engine of growth - China News Network",), (), ("增长的引擎-中新网",)),
        Example(("He was clever, diligent, kind and brave.",), (), ("他聪明、勤劳、善良、勇敢。",)),
        Example(("The leader Ayatollah Khamenei spoke.",), (), ("最高领袖哈梅内伊(Khamenei)发言。",)),
        Example(("Drugs, including cocaine, are sold.",), (), ("毒品（包括可卡因）有售。",)),
        Example(("Figures were given.", "(All agencies)"), (), ("数字公布。（综合9日电）", "（综合9日电）")),
    )


DETECTOR = Missing()

"""Source script left standing in the translation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import source_scripts, target_scripts
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag
from review.text.scripts import RANGES, letters

FOREIGN_BY_DEFAULT = frozenset(RANGES) - {"Latin", "Greek"}
"""Greek letters are symbols in Latin text as often as words."""


class Untranslated(Detector):
    name = "untranslated"
    title = "Untranslated text"
    advice = "Text in the source's script inside the translation was passed over; translate or romanise it."
    source = "MQM Core typology, accuracy/untranslated"
    category = "accuracy"
    subcategory = "untranslated text"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        target = target_scripts(article)
        foreign = (source_scripts(article) - {"Latin"} or FOREIGN_BY_DEFAULT) - target
        if "Latin" not in target and not source_scripts(article):
            return
        if not foreign:
            return
        letter = letters(frozenset(foreign)).pattern
        run = re.compile(rf"{letter}(?:(?:{letter}|[\d\s，。、；：？！（）《》“”·\-—%])*{letter})?")
        own = letters(target)
        for segment in article.segments:
            text = segment.text
            for match in run.finditer(text):
                start, end = match.span()
                if _glossed(text, start, end, own):
                    continue
                whole = own.search(text[:start] + text[end:]) is None
                if whole:
                    message = "This whole segment was left in the source's script; it has no translation."
                else:
                    message = f"“{_short(match.group())}” was left in the source's script; translate or romanise it."
                yield self.flag(
                    segment,
                    start,
                    end,
                    message,
                    severity="major",
                    confidence=0.95 if whole or end - start > 1 else 0.85,
                )

    examples = (
        Example(("The group has 实体企业 in three cities.",), ("实体企业",)),
        Example(("He visited the 展览馆.",), ("展览馆",)),
        Example(("本报讯",), ("本报讯",)),
        Example(("The plan, called 一带一路, was adopted.",), ("一带一路",)),
        Example(("今天上午，会议召开。",), ("今天上午，会议召开",)),
        Example(("Prices rose by 百分之五 this year.",), ("百分之五",)),
        Example(("Mr. 王 spoke first, then Ms. 李.",), ("王", "李")),
        Example(("It was sold in 2万 shops.",), ("万",)),
        Example(("Он приехал in the morning.",), ("Он приехал",), source_language="ru"),
        Example(("The company 삼성 grew.",), ("삼성",), source_language="ko"),
        Example(("The カメラ is new.",), ("カメラ",), source_language="ja"),
        Example(("Der Verein 俱乐部 gewann.",), ("俱乐部",), target_language="de"),
        Example(("The term dual circulation (双循环) is new.",)),
        Example(("The character “福” hangs upside down.",)),
        Example(("The α particle and the β particle",)),
        Example(("An ordinary sentence.",)),
        Example(("企业发展",), target_language="zh", source_language="en"),
        Example(("東京へ行く",), target_language="ja"),
        Example(("Café Müller in Kraków",)),
    )


def _glossed(text: str, start: int, end: int, own: re.Pattern[str]) -> bool:
    """In brackets after a word, or one or two letters in quotes, the script is shown on purpose."""
    before, after = text[:start].rstrip("“\"'《「 "), text[end:].lstrip("”\"'》」 ")
    if before.endswith(("(", "（", "[")) and after.startswith((")", "）", "]", ",", ":", ";")):
        return own.search(before) is not None
    quoted = text[start - 1 : start] in ("“", '"', "'", "‘") and text[end : end + 1] in ("”", '"', "'", "’")
    return quoted and end - start <= 2


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."


DETECTOR = Untranslated()

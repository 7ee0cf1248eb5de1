"""Source script left standing in the translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from review.detectors._article import source_scripts, target_scripts
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.scripts import RANGES, letters
from review.text.termbase import primary
from review.text.tokens import Token, words

FOREIGN_BY_DEFAULT = frozenset(RANGES) - {"Latin", "Greek"}
"""Greek letters are symbols in Latin text as often as words."""

LATIN = re.compile(f"[{RANGES['Latin']}]")


class Untranslated(Detector):
    name = "untranslated"
    title = "Untranslated text"
    advice = "Text in the source's script inside the translation was passed over; translate or romanise it."
    source = "MQM Core typology, accuracy/untranslated"
    category = "accuracy"
    subcategory = "untranslated text"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        yield from self._by_script(article)
        theirs, ours = primary(article.source_language), primary(article.target_language)
        if theirs and ours and theirs != ours and "Latin" in source_scripts(article):
            for segment in article.segments:
                yield from self._copied(segment, 3 if "Latin" not in target_scripts(article) else 5)

    def _copied(self, segment: Segment, least: int) -> Iterator[Flag]:
        """Runs of ``least`` words or more of a source in Latin letters that stand in the translation as they are.

        Most of them in small letters and not in quotation marks: names, titles and sayings may well stay. A segment
        that is the source as a whole is another detector's: see length.
        """
        if not segment.source or " ".join(segment.source.split()) == " ".join(segment.text.split()):
            return
        theirs = [token.text for token in words(segment.source)]
        known = {tuple(theirs[at : at + least]) for at in range(len(theirs) - least + 1)}
        ours = [token for token in words(segment.text) if LATIN.match(token.text)]
        at = 0
        while at + least <= len(ours):
            size = 0
            while at + size + least <= len(ours) and _together(
                segment.text, ours[at : at + size + least], known, least
            ):
                size += 1
            run = ours[at : at + size + least - 1] if size else []
            quoted = bool(run) and segment.text[: run[0].start].rstrip()[-1:] in tuple('"„“«»「《‘‚')
            if sum(token.text.islower() for token in run) * 2 > len(run) and not quoted:
                yield self.flag(
                    segment,
                    run[0].start,
                    run[-1].end,
                    f"“{_short(segment.text[run[0].start : run[-1].end])}” stands in the source word for word; "
                    "translate it.",
                    severity="major",
                    confidence=0.85,
                )
            at += max(1, size + least - 1 if size else 1)

    def _by_script(self, article: Article) -> Iterator[Flag]:
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
        Example(
            ("شركة Tidefall plans to invest في الميناء.",),
            ("Tidefall plans to invest",),
            ("The firm Tidefall plans to invest in the port.",),
            "en",
            "ar",
        ),
        Example(
            ("Die Firma sold more than ten ships im Mai.",),
            ("sold more than ten ships",),
            ("The firm sold more than ten ships in May.",),
            "en",
            "de",
        ),
        Example(
            ("Er sagte: „No port is an island of its own“.",),
            (),
            ("He said “No port is an island of its own”.",),
            "en",
            "de",
        ),
        Example(("他读了《The Old Port》。",), (), ("He read The Old Port.",), "en", "zh"),
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


def _together(text: str, run: list[Token], known: set[tuple[str, ...]], least: int) -> bool:
    """Whether the last words of the run stand so in the source, and nothing but Latin text parts the run's words."""
    tail = run[-least:]
    gaps = [text[left.end : right.start] for left, right in pairwise(tail)]
    return tuple(token.text for token in tail) in known and all(len(gap.strip()) <= 1 for gap in gaps)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."


DETECTOR = Untranslated()

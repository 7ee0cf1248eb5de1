"""Segments that are empty, copied from the source, or far too short or too long for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from review.detectors._article import source_scripts, target_scripts
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.scripts import main_script
from review.text.tokens import words

CJK = frozenset({"Han", "Hiragana", "Katakana", "Hangul"})
USUAL = {(True, False): 3.3, (False, True): 0.32, (True, True): 1.1, (False, False): 1.05}
"""Characters of translation per character of source, by whether source and target are written in CJK scripts."""

SHORT, LONG = 0.38, 2.6
"""Beyond these shares of the usual ratio a length is worth a look; 99% of WMT23 references stay within."""

ENOUGH = 10
_SHORT_NAMES = re.compile(r"^[\W\d_]*$")


class Length(Detector):
    name = "length"
    title = "Length"
    advice = "A translation far shorter than usual has lost something; one far longer has invented something."
    source = "William A. Gale and Kenneth W. Church, A Program for Aligning Sentences in Bilingual Corpora, 1993"
    category = "accuracy"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        theirs, ours = source_scripts(article), target_scripts(article)
        usual = _usual(article, bool(theirs & CJK), bool(ours & CJK))
        for segment in article.segments:
            source, text = (segment.source or "").strip(), segment.text.strip()
            if not text:
                if source or segment.hypothesis.strip() == "":
                    yield self._empty(segment, source)
                continue
            if not source:
                continue
            if _copied(source, text, theirs != ours, "Latin" in theirs):
                yield self.flag(
                    segment,
                    0,
                    len(segment.text),
                    "The translation is the source once more, unchanged.",
                    severity="major",
                    confidence=0.92 if theirs != ours else 0.6,
                    subcategory="untranslated text",
                    category="accuracy",
                )
                continue
            size = len(source)
            if size < ENOUGH:
                continue
            share = len(text) / _expected(source, usual, bool(theirs & CJK))
            slack = 1 + 12 / size  # short sentences vary more
            if share < SHORT / slack:
                yield self._odd(segment, share, "short", "omission", (SHORT / slack) / share)
            elif share > LONG * slack:
                yield self._odd(segment, share, "long", "addition", share / (LONG * slack))

    def _empty(self, segment: Segment, source: str) -> Flag:
        return self.flag(
            segment,
            0,
            0,
            "The source has text here and the translation has none." if source else "This segment is empty.",
            severity="major" if source else "minor",
            confidence=0.95 if source else 0.5,
            category="accuracy",
            subcategory="omission",
        )

    def _odd(self, segment: Segment, share: float, way: str, what: str, beyond: float) -> Flag:
        percent = round(share * 100)
        loss = "something may be missing" if way == "short" else "something may have been added"
        return self.flag(
            segment,
            0,
            len(segment.text),
            f"The translation is {percent}% as long as one of this source usually is; {loss}.",
            severity="major",
            confidence=min(0.85, 0.5 + 0.15 * beyond),
            subcategory=what,
            category="accuracy",
        )

    examples = (
        Example(("",), ("",), ("今天上午，会议在北京召开。",)),
        Example(("  ",), ("",), ("会议召开。",)),
        Example(
            ("The meeting.",),
            ("The meeting.",),
            ("今天上午，来自全国各地的三百多名代表在北京参加了第十届科技创新大会的开幕式。",),
        ),
        Example(("Yes.",), ("Yes.",), ("该公司今年上半年的营业收入同比增长百分之二十。",)),
        Example(
            ("The city opened a new bridge over the river, " * 6 + "and everyone was happy.",),
            ("The city opened a new bridge over the river, " * 6 + "and everyone was happy.",),
            ("市里新建了一座大桥。",),
        ),
        Example(("今天上午召开会议。",), ("今天上午召开会议。",), ("今天上午召开会议。",)),
        Example(("会议，召开了",), ("会议，召开了",), ("会议，召开了",)),
        Example(
            ("Die Sitzung wurde heute eröffnet.",),
            ("Die Sitzung wurde heute eröffnet.",),
            ("Die Sitzung wurde heute eröffnet.",),
            source_language="de",
        ),
        Example(
            ("Good.",),
            ("Good.",),
            ("Der Ausschuss hat gestern nach langer Beratung den Entwurf angenommen.",),
            source_language="de",
        ),
        Example(("好。",), ("好。",), ("The committee adopted the draft after long talks yesterday.",), "en", "zh"),
        Example(("The port opened today.",), ("The port opened today.",), ("The port opened today.",), "en", "ar"),
        Example(("The meeting was held in Beijing this morning.",), (), ("今天上午，会议在北京召开。",)),
        Example(("Yes.",), (), ("是的。",)),
        Example(("COSMOPlat",), (), ("COSMOPlat",)),
        Example(("2023-02-11 13:09:10",), (), ("2023-02-11 13:09:10",)),
        Example(("The report", "has two parts."), (), ()),
        Example(("Microsoft",), (), ("Microsoft",), source_language="de"),
    )


def _usual(article: Article, from_cjk: bool, to_cjk: bool) -> float:
    """The table's ratio, drawn towards the article's own where it has enough sentences to show one."""
    table = USUAL[from_cjk, to_cjk]
    ratios = [
        len(s.text.strip()) / len(s.source.strip())
        for s in article.segments
        if s.source and len(s.source.strip()) >= ENOUGH and s.text.strip()
    ]
    if len(ratios) < 8:
        return table
    return min(max(median(ratios), table * 0.6), table * 1.5)


def _expected(source: str, usual: float, from_cjk: bool) -> float:
    """How long a translation should be; what a Chinese text has in Latin letters or digits keeps its length."""
    if not from_cjk or usual < 2:
        return len(source) * usual
    own = sum(char > "\u2e7f" for char in source)
    return own * usual + (len(source) - own)


def _copied(source: str, text: str, scripts_differ: bool, from_latin: bool) -> bool:
    if " ".join(source.split()) != " ".join(text.split()) or _SHORT_NAMES.match(text):
        return False
    if scripts_differ and not (from_latin and main_script(text) == "Latin"):
        return not text.isascii()
    return len(words(text)) >= 4


DETECTOR = Length()

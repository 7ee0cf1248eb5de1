"""Full-width punctuation, digits and letters in text of Latin script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import target_language, target_scripts
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag
from review.text.locales import Locale, locale
from review.text.scripts import FULL_WIDTH, RANGES

CJK = frozenset({"Han", "Hiragana", "Katakana", "Hangul"})
_MARKS = "".join(sorted(re.escape(c) for c in FULL_WIDTH if c not in "·\u3000"))
RUN = re.compile(rf"[{_MARKS}]+")
_CJK_LETTER = re.compile(f"[{RANGES['Han']}{RANGES['Hiragana']}{RANGES['Katakana']}]")
_SPACED_AFTER = ".,;:?!)]”’،؛؟"
_SPACED_BEFORE = "([“‘"


class FullWidth(Detector):
    name = "fullwidth"
    title = "Full-width characters"
    advice = "Chinese punctuation is as wide as a letter; Latin text has its own marks, with a space after them."
    source = "Unicode Standard Annex #11, East Asian Width"
    category = "linguistic conventions"
    subcategory = "punctuation"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if target_scripts(article) & CJK:
            return
        conventions = locale(target_language(article))
        for segment in article.segments:
            text = segment.text
            for match in RUN.finditer(text):
                start, end = match.span()
                around = text[max(0, start - 1) : start] + text[end : end + 1]
                if _CJK_LETTER.search(around):
                    continue  # inside untranslated text, which has a flag of its own
                plain = _plain(text, start, end, conventions)
                yield self.flag(
                    segment,
                    start,
                    end,
                    f"“{match.group()}” is full-width, as in Chinese text; Latin script has “{plain.strip()}”."
                    if target_scripts(article) == {"Latin"}
                    else f"“{match.group()}” is full-width, as in Chinese text.",
                    confidence=0.88,
                    suggestions=(plain,),
                )

    examples = (
        Example(("Prices rose， and wages fell.",), ("，",)),
        Example(("The line opened。",), ("。",)),
        Example(("Apples、pears and plums",), ("、",)),
        Example(("He said： “Go.”",), ("：",)),
        Example(("The group（founded in 1984）grew.",), ("（", "）")),
        Example(("Read 《Dream of the Red Chamber》 first.",), ("《", "》")),
        Example(("【Notice】 The road is closed.",), ("【", "】")),
        Example(("It costs １００ yuan.",), ("１００",)),
        Example(("Growth was 5％ last year.",), ("％",)),
        Example(("What happened？！",), ("？！",)),
        Example(("The ＧＤＰ rose.",), ("ＧＤＰ",)),
        Example(("وصلت السفينة，ثم غادرت。",), ("，", "。"), target_language="ar"),
        Example(("Plain, ordinary “quotes” - and dashes — here.",)),
        Example(("Ludwig van Beethoven · Symphony No. 5",)),
        Example(("价格上涨，工资下降。",), target_language="zh"),
        Example(("5% of £100 is £5.",)),
    )


def _plain(text: str, start: int, end: int, conventions: Locale | None) -> str:
    plain = "".join(FULL_WIDTH[c] for c in text[start:end])
    if conventions is not None:
        plain = "".join(conventions.marks.get(c, c) for c in plain)
    after = text[end : end + 1]
    if plain[-1] in _SPACED_AFTER and after and (after.isalnum() or after in "“‘(（"):
        plain += " "
    if plain[0] in _SPACED_BEFORE and start and (text[start - 1].isalnum() or text[start - 1] in ",.;:"):
        plain = " " + plain
    return plain


DETECTOR = FullWidth()

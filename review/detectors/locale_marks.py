"""Latin punctuation in a script that has its own: “,” for “，” in Chinese, “?” for “؟” in Arabic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from review.detectors._article import target_language, target_scripts
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag
from review.text.locales import locale
from review.text.scripts import letters

BIDI = "\u200e\u200f\u061c"
"""Direction marks, which are part of good right-to-left text."""


class LocaleMarks(Detector):
    name = "locale_marks"
    title = "Punctuation of the language"
    advice = "Beside its own letters a text takes its language's own marks: ， and 。 in Chinese, ، and ؟ in Arabic."
    source = "GB/T 15834-2011, General rules for punctuation; Unicode CLDR, punctuation exemplars"
    category = "linguistic conventions"
    subcategory = "punctuation"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        conventions = locale(target_language(article))
        if conventions is None or not conventions.marks:
            return
        pattern = _pattern(conventions.languages[0], target_scripts(article))
        for segment in article.segments:
            text = segment.text
            for match in pattern.finditer(text):
                at = match.end() - 1
                own = conventions.marks[text[at]]
                spaces = len(text[at + 1 :]) - len(text[at + 1 :].lstrip(" ")) if conventions.unspaced else 0
                yield self.flag(
                    segment,
                    at,
                    at + 1 + spaces,
                    f"“{text[at]}” is the Latin mark; {conventions.name} has “{own}”.",
                    confidence=0.85,
                    suggestions=(own,),
                )

    examples = (
        Example(("如今,港口很忙。",), (",",), source_language="en", target_language="zh"),
        Example(("港口很忙.",), (".",), source_language="en", target_language="zh"),
        Example(("港口忙吗?很忙。",), ("?",), source_language="en", target_language="zh"),
        Example(("镇长说:港口很忙!",), (":", "!"), source_language="en", target_language="zh"),
        Example(("该部(承担一半费用)同意。",), ("(", ")"), source_language="en", target_language="zh"),
        Example(("港口很忙; 小镇很静。",), ("; ",), source_language="en", target_language="zh"),
        Example(("وصلت السفينة, ثم غادرت.",), (",",), source_language="en", target_language="ar"),
        Example(("هل وصلت السفينة?",), ("?",), source_language="en", target_language="ar"),
        Example(("وصلت السفينة; وغادرت أخرى.",), (";",), source_language="en", target_language="ar"),
        Example(("وصلت السفينة \u200f, ثم غادرت.",), (",",), source_language="en", target_language="ar-EG"),
        Example(("参会人数达1,200人，比例为3:1（见A.B.公司）。",), (), source_language="en", target_language="zh"),
        Example(("他在OpenPort Inc.工作，网址为www.example.org。",), (), source_language="en", target_language="zh"),
        Example(("وصلت 1,200 سفينة، أي 3.5% أكثر؛ فمتى تغادر؟",), (), source_language="en", target_language="ar"),
        Example(("The port, the town: both are busy.",)),
        Example(("Der Hafen, die Stadt: beide sind voll.",), (), source_language="en", target_language="de"),
    )


@lru_cache(maxsize=16)
def _pattern(language: str, scripts: frozenset[str]) -> re.Pattern[str]:
    """A Latin mark of this language, and the space that a full-width mark makes superfluous, beside one of its letters.

    Invisible direction marks may stand between letter and mark. A mark between digits is theirs.
    """
    conventions = locale(language)
    assert conventions is not None
    own = letters(scripts).pattern
    marks = re.escape("".join(mark for mark in conventions.marks if mark != "."))
    beside = rf"(?<={own})(?:[{BIDI} ]{{0,2}})"
    forms = [rf"{beside}[{marks}]"]
    if "." in conventions.marks:
        forms.append(rf"(?<={own})\.(?=\s*(?:$|{own}))")
    if conventions.unspaced:
        forms.append(rf"[{marks}](?=\s?{own})")
    return re.compile(rf"(?:{'|'.join(forms)})")


DETECTOR = LocaleMarks()

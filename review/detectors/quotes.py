"""Quotation marks: of another language, or straight ones without their other half.

Of 66 lonely marks in the WMT23 news articles raters marked .85 (.26 of random signs). Straight and curly marks in one
article were marked no more than chance (.56, .58) and are left alone. Of 126 straight marks in German talks raters
marked .25 (.14): there they are a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from review.detectors._article import target_language
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.locales import Locale, locale

DOUBLE = '"“”„«»「」『』‟〝〞'
ALWAYS_OPEN = frozenset("„「『〝‟")
ALWAYS_CLOSE = frozenset("」』〞")
NEAR = 4
"""Segments that a quotation may run on for."""

INCHES = re.compile(r"\d\s?\"")
BEFORE_OPENING = frozenset(" \u00a0\u202f\t\n([{（【—–-/:：，。、‘'‚«»“„>\u200e\u200f\u061c")
AFTER_CLOSING = frozenset(" \u00a0\u202f\t\n)]}）】.,;:!?…—–،؛؟，。；：！？、’'\u200e\u200f\u061c")


@dataclass(frozen=True, slots=True)
class Mark:
    """A double quotation mark at ``at`` of a segment's text, and whether it opens."""

    segment: Segment
    at: int
    sign: str
    opens: bool


class Quotes(Detector):
    name = "quotes"
    title = "Quotation marks"
    advice = "Quotation marks come in pairs and in the form of the target language."
    source = "The Chicago Manual of Style, 17th edition, 6.115; Unicode CLDR, quotation marks"
    category = "linguistic conventions"
    subcategory = "punctuation"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        language = target_language(article)
        conventions = locale(language)
        marks = [mark for segment in article.segments for mark in _marks(segment, conventions)]
        if not marks:
            return
        if conventions is not None:
            yield from self._foreign(marks, conventions)
        yield from self._lonely(article, marks)

    def _foreign(self, marks: list[Mark], conventions: Locale) -> Iterator[Flag]:
        """Marks that the language does not have in this place."""
        first = conventions.quotes[0]
        for mark in marks:
            if mark.sign == '"':
                if conventions.straight:
                    continue
            elif mark.sign in {pair[0 if mark.opens else 1] for pair in conventions.quotes}:
                continue
            own = first[0 if mark.opens else 1]
            if mark.sign in "「」『』«»" and "en" in conventions.languages:
                continue  # a name's or another detector's: see fullwidth
            yield self.flag(
                mark.segment,
                mark.at,
                mark.at + 1,
                f"{conventions.name} {'opens' if mark.opens else 'closes'} a quotation with {own}.",
                severity="neutral" if mark.sign == '"' else "minor",
                confidence=0.3 if mark.sign == '"' else 0.7,
                suggestions=(own,),
            )

    def _lonely(self, article: Article, marks: list[Mark]) -> Iterator[Flag]:
        """Straight marks in an odd number, where no segment near by has the other half."""
        straight: dict[str, list[Mark]] = {}
        for mark in marks:
            if mark.sign == '"':
                straight.setdefault(mark.segment.id, []).append(mark)
        odd = [
            (number, _unpaired(straight[segment.id]))
            for number, segment in enumerate(article.segments)
            if len(straight.get(segment.id, ())) % 2
        ]
        while odd:
            number, mark = odd.pop(0)
            if odd and odd[0][0] - number <= NEAR and mark.opens and not odd[0][1].opens:
                odd.pop(0)
                continue
            half = "closing" if mark.opens else "opening"
            message = f"The quotation mark {mark.sign} has no {half} half."
            yield self.flag(mark.segment, mark.at, mark.at + 1, message, confidence=0.8)

    examples = (
        Example(('He called it "a good year.',), ('"',)),
        Example(('He called it a good year".',), ('"',)),
        Example(('"Go," he said. "Now.',), ('"',)),
        Example(("He said „go“ and left.",), ("„", "“")),
        Example(("”Go”, he said.",), ("”",)),
        Example(("“Geh”, sagte er.",), ("“", "”"), (), "en", "de"),
        Example(('"Geh", sagte er.',), ('"', '"'), (), "en", "de"),
        Example(("„Geh”, sagte er.",), ("”",), (), "en", "de"),
        Example(('"走吧。"他说。',), ('"', '"'), (), "en", "zh"),
        Example(("「走吧。」他说。",), ("「", "」"), (), "en", "zh-CN"),
        Example(("“走吧。”他說。",), ("“", "”"), (), "en", "zh-TW"),
        Example(("„Geh“, sagte er. »Nein«, sagte sie.",), (), (), "en", "de"),
        Example(("«Geh», sagte er.",), (), (), "en", "de-CH"),
        Example(("“走吧。”他说，“现在就走。”",), (), (), "en", "zh"),
        Example(("قال: «اذهب». وقالت: «لا».",), (), (), "en", "ar"),
        Example(
            (
                '"I came',
                'and I saw," he said.',
            )
        ),
        Example(('The 14" screen and the 6\'2" man',)),
        Example(('"Go," he said. "Now."',)),
        Example(("“I came,” he said. ‘No,’ she said.",)),
    )


def _marks(segment: Segment, conventions: Locale | None) -> Iterator[Mark]:
    """The double quotation marks of a segment; straight ones open and close in turn where place does not tell."""
    text = segment.text
    if not any(sign in DOUBLE for sign in text):
        return
    inside = False
    inches = {match.end() - 1 for match in INCHES.finditer(text)} if text.count('"') % 2 else set()
    for at, sign in enumerate(text):
        if sign not in DOUBLE or at in inches:
            continue
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if sign in ALWAYS_OPEN or sign in ALWAYS_CLOSE:
            opens = sign in ALWAYS_OPEN
        elif conventions is not None and conventions.unspaced:
            opens = sign == "“" or (sign not in "”»" and not inside)
        elif (not before or before in BEFORE_OPENING) and not (not after or after in AFTER_CLOSING):
            opens = True
        elif (not after or after in AFTER_CLOSING) and before and before not in BEFORE_OPENING:
            opens = False
        elif conventions is not None and sign != '"':
            opens = any(sign == pair[0] for pair in conventions.quotes)
        else:
            opens = not inside
        inside = opens
        yield Mark(segment, at, sign, opens)


def _unpaired(marks: list[Mark]) -> Mark:
    """Of an odd number of straight marks, the first that does not alternate, or else the last."""
    for number, mark in enumerate(marks):
        if mark.opens != (number % 2 == 0):
            return marks[number - 1] if mark.opens and number else mark
    return marks[-1]


DETECTOR = Quotes()

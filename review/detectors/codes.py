"""Inline codes of the file that the translation lacks, has too often, or closes in the wrong order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from review.detectors.base import Context, Detector, Example
from review.model import Article, Code, Flag, Segment, flag_id
from review.text import codes

Spot = tuple[int, int, Code]


class Codes(Detector):
    name = "codes"
    title = "Inline code"
    advice = "What is a link, a field or a change of style in the source must be one in the translation, at its words."
    source = "XLIFF 2.1, section 4.7 (inline content)"
    category = "design and markup"
    subcategory = "markup"
    coded = True

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        for segment in article.segments:
            if segment.codes and segment.text.strip():
                yield from self._segment(segment)

    def _segment(self, segment: Segment) -> Iterator[Flag]:
        source = segment.source or ""
        given, found = codes.places(segment.codes, source), codes.places(segment.codes, segment.text)
        if given:
            yield from self._missing(segment, source, given, found)
            yield from self._surplus(segment, given, found)
        wrong = codes.crossing(segment.codes, segment.text)
        if wrong and not codes.crossing(segment.codes, source):
            start, end, _ = next(spot for spot in found if spot[2].token == wrong)
            message = f"{wrong} is out of order; each pair must enclose its text, inside other pairs or apart."
            yield self.flag(segment, start, end, message, severity="major", confidence=0.95)

    def _missing(self, segment: Segment, source: str, given: list[Spot], found: list[Spot]) -> Iterator[Flag]:
        left = Counter(code.token for *_, code in found)
        for number, (start, end, code) in enumerate(given):
            left[code.token] -= 1
            if left[code.token] >= 0 or not code.fixed:
                continue
            message = f"The inline code {_named(code)} of the source is missing."
            place = _place(segment, source, given[: number + 1], found)
            if place is None:
                yield self.flag(segment, start, end, message, severity="major", confidence=0.9, side="source")
                continue
            flag = self.flag(
                segment, place, place, message, severity="major", confidence=0.9, suggestions=(code.token,)
            )
            # Two codes can lack at one place, where no words tell them apart.
            key = flag_id(segment.id, self.name, self.version, "target", code.token, number)
            yield replace(flag, id=key)

    def _surplus(self, segment: Segment, given: list[Spot], found: list[Spot]) -> Iterator[Flag]:
        allowed = Counter(code.token for *_, code in given)
        seen: Counter[str] = Counter()
        for start, end, code in found:
            seen[code.token] += 1
            if seen[code.token] <= allowed[code.token]:
                continue
            if allowed[code.token]:
                again = f"The inline code {_named(code)} stands here more often than in the source."
                yield self.flag(segment, start, end, again, severity="major", confidence=0.9, suggestions=("",))
            else:
                message = f"The source has no inline code {_named(code)}."
                yield self.flag(segment, start, end, message, severity="major", confidence=0.6)

    examples = (
        Example(("Open <1>Settings</1>.",), ("",), ("打开<1>设置</1><2/>",), codes=("<1>", "</1>", "<2/>")),
        Example(("Open Settings</1> now.",), ("",), ("<1>打开设置</1>。",), codes=("<1>", "</1>")),
        Example(("Please open Settings.",), ("<1>", "</1>"), ("请打开<1>设置</1>。",), codes=("<1>", "</1>")),
        Example(("<2/>Open <2/>it",), ("<2/>",), ("打开<2/>",), codes=("<2/>",)),
        Example(
            ("<1>Open <2>it</1> now</2>",), ("</1>",), ("<1>开<2>它</2></1>",), codes=("<1>", "</1>", "<2>", "</2>")
        ),
        Example(("Open </1>it<1>",), ("</1>",), ("打开<1>它</1>",), codes=("<1>", "</1>")),
        Example(("Open <1/>it<3/>",), ("<3/>",), ("打开<1/>它",), codes=("<1/>", "<3/>")),
        Example(("Ask us",), ("", ""), ("<1/>问我们<2/>",), codes=("<1/>", "<2/>")),
        Example(("<1>A</1> and <1>B</1>",), ("<1>", "</1>"), ("<1>甲</1>和乙",), codes=("<1>", "</1>")),
        Example(("Read <1>this.",), ("</1>",), ("读<1>这个</1>。",), codes=("<1>", "</1>")),
        Example(("Now <2/> and <1>here</1>",), (), ("<1>这里</1>和<2/>",), codes=("<1>", "</1>", "<2/>")),
        Example(("See <1> above",), (), ("见上文",), codes=("<2>", "</2>")),
        Example(("See note <1>",), (), ("见注<1>",)),
        Example(("<1>Open</1> it",), (), ("打开",), codes=("<1>", "</1>")),
    )


def _named(code: Code) -> str:
    return f"{code.token} ({code.shown})" if code.shown else code.token


def _place(segment: Segment, source: str, given: list[Spot], found: list[Spot]) -> int | None:
    """Where the last of ``given`` surely belongs in the text: at its start or its end, where it stands at the source's.

    None where only a reader can tell.
    """
    start, end, _ = given[-1]
    before = {spot[2].token for spot in given[:-1]}
    if not codes.bare(segment.codes, source[:start]).strip():
        at = 0
        for first, last, other in found:
            if first != at or other.token not in before:
                break
            at = last
        return at
    if not codes.bare(segment.codes, source[end:]).strip():
        at = len(segment.text)
        for first, last, other in reversed(found):
            if last != at or other.token in before:
                break
            at = first
        return at
    return None


DETECTOR = Codes()

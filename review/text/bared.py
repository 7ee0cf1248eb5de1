"""Texts without the inline codes of their file, and where what is found in them stands in the texts with the codes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from review.model import Article, Code, Flag, Segment
from review.text import codes


@dataclass(frozen=True, slots=True)
class Bared:
    """A text without its codes.

    ``places`` holds for each of its code points, and for its end, the index in the text it was made from. ``gaps``
    are the indexes in ``text`` at which codes stood, and whether one stood there alone (<1/>).
    """

    text: str
    places: tuple[int, ...]
    gaps: tuple[tuple[int, bool], ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Where ``[start, end)`` of the bare text stands in the text with codes; codes at its ends stay outside."""
        if start >= end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + 1

    def forth(self, start: int, end: int) -> tuple[int, int]:
        """Where ``[start, end)`` of the text with codes stands in the bare text; of a code alone, the sign beside it,
        for an empty span would mean all of the text.
        """
        first, last = bisect_left(self.places, start), bisect_left(self.places, end)
        if first == last and start < end:
            first, last = (first, last + 1) if last < len(self.text) else (max(first - 1, 0), last)
        return first, last


def bared(known: Sequence[Code], text: str) -> Bared:
    """The text without the codes ``known``; where one stood between two spaces, or at an end, one space goes too."""
    cuts: list[tuple[int, int, bool]] = []
    for start, end, code in codes.places(known, text):
        alone = code.token.endswith("/>")
        if cuts and cuts[-1][1] == start:
            start, _, before = cuts.pop()
            alone = alone or before
        cuts.append((start, end, alone))
    kept: list[int] = []
    gaps: list[tuple[int, bool]] = []
    at = 0
    for start, end, alone in cuts:
        kept += range(at, start)
        at = end
        lead = not kept or text[kept[-1]].isspace()
        if lead and end < len(text) and text[end].isspace():
            at += 1
        elif end == len(text) and kept and lead:
            kept.pop()
        gaps.append((len(kept), alone))
    kept += range(at, len(text))
    return Bared("".join(text[index] for index in kept), (*kept, len(text)), tuple(gaps))


@dataclass(slots=True)
class BaredArticle:
    """An article whose texts are without codes, for those who judge words; ``back`` puts what they find in place.

    ``article`` is the article itself where no segment has codes.
    """

    given: Article
    article: Article = field(init=False)
    _texts: dict[tuple[str, str], Bared] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.article = self.given
        if any(segment.codes for segment in self.given.segments):
            self.article = replace(self.given, segments=tuple(map(bare_segment, self.given.segments)))

    @property
    def same(self) -> bool:
        """True where nothing was taken away."""
        return self.article is self.given

    def back(self, flags: Iterable[Flag]) -> list[Flag]:
        """The flags with their places in the texts with codes, without those that complain of codes: of signs or
        white space beside one, and of words doubled about one that stands alone.

        Segments need ids of their own.
        """
        if self.same:
            return list(flags)
        coded = {segment.id: segment for segment in self.given.segments if segment.codes}
        return [
            placed
            for flag in flags
            if (placed := self._placed(flag, coded[flag.segment]) if flag.segment in coded else flag)
        ]

    def _placed(self, flag: Flag, segment: Segment) -> Flag | None:
        key = (segment.id, flag.side)
        if key not in self._texts:
            self._texts[key] = bared(segment.codes, (segment.source or "") if flag.side == "source" else segment.text)
        text = self._texts[key]
        words = any(sign.isalnum() for sign in text.text[flag.start : flag.end])
        for gap, alone in text.gaps:
            beside = flag.start < flag.end and flag.start <= gap <= flag.end and not words
            doubled = flag.subcategory == "duplication" and alone and flag.start < gap < flag.end
            if beside or doubled:
                return None
        start, end = text.back(flag.start, flag.end)
        return replace(flag, start=start, end=end)


def bare_segment(segment: Segment) -> Segment:
    """The segment without codes in any of its texts."""
    if not segment.codes:
        return segment

    def plain(text: str) -> str:
        return bared(segment.codes, text).text

    correction = segment.correction
    return replace(
        segment,
        hypothesis=plain(segment.hypothesis),
        source=None if segment.source is None else plain(segment.source),
        references=tuple(map(plain, segment.references)),
        alternatives=tuple(map(plain, segment.alternatives)),
        correction=replace(correction, text=plain(correction.text)) if correction else None,
        codes=(),
    )


def bare_article(article: Article) -> Article:
    """The article without codes in any of its texts; itself where it has none."""
    return BaredArticle(article).article


def bare_judged(article: Article) -> Article:
    """An article as it was imported without codes; its spans, whose segments are places, stand on the same words."""
    if not any(segment.codes for segment in article.segments):
        return article
    found: dict[tuple[str, str], Bared] = {}
    spans = []
    for span in article.spans:
        segment, key = article.segments[int(span.segment)], (span.segment, span.side)
        if key not in found:
            found[key] = bared(segment.codes, (segment.source or "") if span.side == "source" else segment.hypothesis)
        start, end = found[key].forth(span.start, span.end)
        spans.append(replace(span, start=start, end=end))
    return replace(bare_article(article), spans=tuple(spans))

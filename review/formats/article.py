"""An article as plain text: paragraphs and sentences found, and each put back where it stood.

A locator is ``start:end``, code points of the decoded text without its byte order mark. What lies between
locators (blank lines, indents, line ends) is never touched, unless a sentence beside it goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import BinaryIO

from review.errors import FormatError
from review.formats import plain
from review.formats.base import Format, Options, Source
from review.formats.folding import Unit, fold
from review.formats.pairing import Sentence, pair_up, side_of
from review.model import Article, Reading, ReadingHeader
from review.text.sentences import LINE_END, guess_language, join, separator, split, unwrap

ARTICLE_BYTES = 4 << 20
"""More than this is no article but a file of lines."""


def read(source: Source, options: Options) -> Reading:
    """Read one article. Source, references and alternatives are aligned with it where sentence counts differ."""
    opened = plain.open_text(source, options.encoding)
    text = whole(opened)
    language = options.target_language or guess_language(text)
    found = [
        [Sentence(start, end, unwrap(text[start:end]), number) for start, end in ranges]
        for number, ranges in enumerate(split(text, language, options.paragraphs))
    ]
    if not found:
        raise FormatError(source.name, None, "the file holds blank lines only", "Choose a file with text in it.")
    sides = [_side(side, options) for side in (options.source, *options.references, *options.alternatives)]
    source_language = options.source_language
    if options.source and not source_language:
        source_language = guess_language(" ".join(sentence for paragraph in sides[0] for sentence in paragraph))
    segments, warnings = pair_up(
        text,
        found,
        sides[0] if options.source else None,
        sides[1 : 1 + len(options.references)],
        sides[1 + len(options.references) :],
    )
    name = options.name or source.stem
    made = Article(name, tuple(segments), options.system, source_language, language)
    header = opened.header("article", count=len(segments))
    return Reading(header, iter((made,)), tuple(warnings))


def whole(opened: plain.Opened) -> str:
    """All of a text file of one article. Raises FormatError where it is too long for one."""
    parts, size = [], 0
    for _, line in plain.lines(opened):
        parts.append(line)
        size += len(line)
        if size > ARTICLE_BYTES:
            raise FormatError(
                opened.source.name,
                None,
                f"more than {ARTICLE_BYTES >> 20} million characters are too many for one article",
                "If each line is a segment, choose the format lines (--format lines).",
            )
    return "".join(parts)


def paragraphs(source: Source, options: Options, language: str = "") -> list[list[str]]:
    """The sentences of a text file, by paragraph: the other side of an article. Raises FormatError if blank."""
    text = whole(plain.open_text(source, options.encoding))
    found = [[unwrap(text[start:end]) for start, end in ranges] for ranges in split(text, language, options.paragraphs)]
    if not found:
        raise FormatError(source.name, None, "the file holds blank lines only", "Choose a file with text in it.")
    return found


def _side(side: Source | None, options: Options) -> list[list[str]]:
    return side_of(side, options) if side else []


def rewrite(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the original with the corrected sentences in their places; return warnings.

    Deleted sentences go, with the gap that only parted them from the next; inserted ones stand after the
    sentence before them.
    """
    data = original.read()
    _, text = plain.decode(data, header)
    made = next(iter(articles), None)
    if made is None:
        out.write(data)
        return []
    pieces = list(_pieces(text, _spots(fold(made.segments)), header))
    plain.patch(data, header, pieces, out)
    return []


@dataclass(frozen=True, slots=True)
class _Spot:
    """A unit and the range it stands in; the range is empty for an inserted or so far untranslated sentence."""

    start: int
    end: int
    unit: Unit

    @property
    def solid(self) -> bool:
        return self.start < self.end


def _spots(units: list[Unit]) -> list[_Spot]:
    """Where each unit stands; inserted ones behind the unit before, or at the front of the first."""
    found: list[_Spot] = []
    for unit in units:
        if unit.locators:
            ranges = _ranges(unit)
            found.append(_Spot(ranges[0][0], max(end for _, end in ranges), unit))
        else:
            here = found[-1].end if found else 0
            found.append(_Spot(here, here, unit))
    return found


def _ranges(unit: Unit) -> list[tuple[int, int]]:
    return sorted((int(start), int(end)) for start, end in (locator.split(":") for locator in unit.locators))


def _pieces(text: str, spots: list[_Spot], header: ReadingHeader) -> Iterator[plain.Piece]:
    """The new text as ranges to copy and texts to write, in order."""
    solid = [spot for spot in spots if spot.solid]
    if not solid:
        yield 0, len(text), None
        return
    shown = [spot for spot in spots if spot.unit.text]
    yield 0, solid[0].start, None
    joints = _joints(text, solid, shown, header)
    for spot, joint in zip_longest(shown, joints):
        changed = not spot.solid or spot.unit.text != join(unwrap(text[slice(*item)]) for item in _ranges(spot.unit))
        yield spot.start, spot.end, spot.unit.text if changed else None
        if joint:
            yield joint
    yield solid[-1].end, len(text), None


def _joints(text: str, solid: list[_Spot], shown: list[_Spot], header: ReadingHeader) -> list[plain.Piece]:
    """What stands between each two sentences that are shown: a gap of the original, or a new one."""
    gaps = [(before.end, after.start) for before, after in pairwise(solid)]
    breaks = Counter(text[start:end] for start, end in gaps if LINE_END.search(text[start:end]))
    usual = breaks.most_common(1)[0][0] if breaks else header.newline * 2
    joints: list[plain.Piece] = [
        (after.start, after.start, usual if _apart(before, after) else separator(before.unit.text, after.unit.text))
        for before, after in pairwise(shown)
    ]
    anchors = [place for place, spot in enumerate(shown) if spot.solid]
    for first, last in pairwise(anchors):
        between = [gap for gap in gaps if shown[first].end <= gap[0] and gap[1] <= shown[last].start]
        gap = max(between, key=lambda gap: _strength(text[slice(*gap)]))
        broken = bool(LINE_END.search(text[slice(*gap)]))
        fitting = [place for place in range(first, last) if _apart(shown[place], shown[place + 1]) == broken]
        if last == first + 1 or fitting:
            joints[fitting[0] if last > first + 1 else first] = (*gap, None)
    return joints


def _strength(gap: str) -> tuple[int, int]:
    """Of the gaps on both sides of what is deleted the stronger stays: more line ends, then more blanks."""
    return len(LINE_END.findall(gap)), len(gap)


def _apart(before: _Spot, after: _Spot) -> bool:
    return before.unit.segments[-1].paragraph != after.unit.segments[0].paragraph


def sniff(source: Source, options: Options) -> float:
    """Plain text is what is left when it is nothing else."""
    return 0.1


FORMAT = Format(
    "article",
    "Article, plain text",
    (".txt", ".text"),
    "text/plain",
    sniff,
    read,
    rewrite,
    group="text",
    running=True,
)

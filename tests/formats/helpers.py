"""Short words for reading, changing and writing files in tests."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from review import formats
from review.model import Article, Correction, Reading, ReadingHeader, Segment

AT = 1_790_000_000_000_000
"""21 September 2026, 14:13:20 UTC, in microseconds."""

HOSTILE = (
    "<script>alert('x')</script>",
    "a <b>bold</b> & \"quoted\" 'text'",
    "bidi \u202e override \u2066 isolate",
    "line\u2028separator and next\u0085line",
    "zero\u200bwidth \ufeff inside",
    "emoji 👩‍🏭 and rare 𠮷",
    '=HYPERLINK("http://example.com")',
    "]]> &amp; &#0; %s {0} \\n",
    "e\u0301 combining",
)


def read(data: bytes, format: str | None = None, **options: Any) -> tuple[ReadingHeader, list[Article]]:
    """Read everything."""
    reading = formats.read(data, format, **options)
    return reading.header, list(reading.articles)


def write(
    header: ReadingHeader, articles: Iterable[Article], original: bytes | None = None, format: str | None = None
) -> bytes:
    """Write to bytes; warnings are dropped."""
    return written(header, articles, original, format)[0]


def written(
    header: ReadingHeader, articles: Iterable[Article], original: bytes | None = None, format: str | None = None
) -> tuple[bytes, list[str]]:
    """Write to bytes; with the warnings."""
    out = io.BytesIO()
    warnings = formats.write(Reading(header, iter(articles)), original, out, format)
    return out.getvalue(), warnings


def again(data: bytes, format: str | None = None, **options: Any) -> bytes:
    """What an export gives where nothing was done."""
    header, articles = read(data, format, **options)
    return write(header, articles, data)


def corrected(segment: Segment, text: str, **more: Any) -> Segment:
    """The segment with a correction by Li Wei."""
    return replace(segment, correction=Correction(text, "draft", "Li Wei", AT, **more))


def deleted(segment: Segment) -> Segment:
    return corrected(segment, segment.text, deleted=True)


def inserted(text: str, paragraph: int = 0) -> Segment:
    return Segment("", paragraph=paragraph, correction=Correction(text, "draft", "Li Wei", AT, inserted=True))


def edit(
    data: bytes, change: Callable[[list[Segment]], Sequence[Segment]], format: str | None = None, **options: Any
) -> tuple[bytes, list[str]]:
    """Read, change the segments of the first article, write over the original."""
    header, articles = read(data, format, **options)
    first = replace(articles[0], segments=tuple(change(list(articles[0].segments))))
    return written(header, [first, *articles[1:]], data)


def at(place: int, text: str) -> Callable[[list[Segment]], Sequence[Segment]]:
    """A change of one segment's text."""

    def change(segments: list[Segment]) -> Sequence[Segment]:
        segments[place] = corrected(segments[place], text)
        return segments

    return change

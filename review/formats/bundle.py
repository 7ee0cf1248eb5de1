"""Several originals kept as one: a ZIP archive of the files of a batch, and locators that say which file they are in.

A bundle's locator is ``K/`` and the file's own locator, K counting from 1. It is never read as a format of its own.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace

from review.formats.base import Source
from review.model import Article, ReadingHeader

FORMAT_NAME = "bundle"


def pack(sources: Sequence[Source]) -> bytes:
    """The files' bytes in one archive, as members ``1``, ``2``, ..."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, source in enumerate(sources, 1):
            archive.writestr(zipfile.ZipInfo(str(number)), source.bytes())
    return made.getvalue()


def unpack(original: bytes, number: int) -> bytes:
    """The bytes of file ``number``, from 1."""
    with zipfile.ZipFile(io.BytesIO(original)) as archive:
        return archive.read(str(number))


def header(headers: Sequence[ReadingHeader]) -> ReadingHeader:
    """One header that holds those of all files."""
    count = sum(int(item.extra.get("count", 0)) for item in headers)
    return ReadingHeader(FORMAT_NAME, extra={"files": [asdict(item) for item in headers], "count": count})


def headers(bundle: ReadingHeader) -> list[ReadingHeader]:
    """The headers of the files, in order."""
    return [ReadingHeader(**item) for item in bundle.extra["files"]]


def marked(articles: Iterable[Article], number: int) -> Iterator[Article]:
    """The articles with locators that say they are in file ``number``."""
    for article in articles:
        segments = tuple(
            replace(segment, locators=tuple(f"{number}/{locator}" for locator in segment.locators))
            for segment in article.segments
        )
        yield replace(article, segments=segments)


def number_of(article: Article) -> int:
    """The number of the file that an article is in; 0 where no segment of it stands in one."""
    for segment in article.segments:
        for locator in segment.locators:
            return int(locator.split("/", 1)[0])
    return 0


def unmarked(article: Article) -> Article:
    """The article with the locators of its own file."""
    segments = tuple(
        replace(segment, locators=tuple(locator.split("/", 1)[1] for locator in segment.locators))
        for segment in article.segments
    )
    return replace(article, segments=segments)

"""Several originals kept as one: a ZIP archive of the files of a batch, and locators that say which file they are in.

A bundle's locator is ``K/`` and the file's own locator, K counting from 1. It is never read as a format of its own.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import BinaryIO, cast

from review.formats.base import Source
from review.model import Article, ReadingHeader

FORMAT_NAME = "bundle"


IN_MEMORY = 8 << 20
"""Bytes above which a copy is made on disk."""


def pack(sources: Sequence[Source]) -> BinaryIO:
    """The files' bytes in one archive, as members ``1``, ``2``, ...; open for reading."""
    made = _copy()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, source in enumerate(sources, 1):
            member = zipfile.ZipInfo(str(number))
            member.compress_type = zipfile.ZIP_DEFLATED
            with source.open() as file, archive.open(member, "w", force_zip64=True) as out:
                shutil.copyfileobj(file, out, 1 << 20)
    made.seek(0)
    return made


def unpack(original: BinaryIO, number: int) -> BinaryIO:
    """File ``number``, from 1, open for reading."""
    made = _copy()
    with zipfile.ZipFile(original) as archive, archive.open(str(number)) as file:
        shutil.copyfileobj(file, made, 1 << 20)
    made.seek(0)
    return made


def _copy() -> BinaryIO:
    # Closed, and gone, when its last reader lets go.
    return cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))


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

"""The clean article as plain text: corrected, without what was deleted, one blank line between paragraphs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import BinaryIO

from review.formats.base import Format
from review.model import Article, ReadingHeader
from review.text import codes
from review.text.sentences import join


def clean(article: Article) -> list[str]:
    """The paragraphs of an article as they are now, without inline codes; what is deleted is left out."""
    paragraphs = []
    for _, group in groupby(article.segments, key=lambda segment: segment.paragraph):
        text = join(codes.bare(s.codes, s.text).strip() for s in group if not s.deleted)
        if text:
            paragraphs.append(text)
    return paragraphs


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write the articles in UTF-8; two blank lines between one and the next."""
    for number, article in enumerate(articles):
        lead = "\n\n" if number else ""
        out.write((lead + "\n\n".join(clean(article)) + "\n").encode("utf-8"))
    return []


FORMAT = Format(
    "text",
    "Clean article, plain text",
    (".txt",),
    "text/plain",
    build=build,
    group="text",
    about="to publish or to paste: what was deleted is gone, a blank line stands between paragraphs",
)

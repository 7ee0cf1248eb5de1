"""A clean Word document: the corrected text on the original's own runs and styles, or from scratch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from review.formats.base import Format
from review.formats.docx import MIME
from review.formats.docx.building import build, clean
from review.formats.docx.rewriting import rewrite_clean
from review.model import Article, ReadingHeader


def build_clean(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write a document from scratch, deleted sentences left out."""
    return build(header, (clean(article) for article in articles), out)


FORMAT = Format(
    "docx-clean",
    "Word document, clean",
    (".docx",),
    MIME,
    rewrite=rewrite_clean,
    build=build_clean,
    over=("docx",),
    holds=frozenset(("inserted", "merges", "splits")),
    kept=frozenset(("inserted", "merges", "splits", "codes")),
    group="text",
    about="to publish: the corrected text in the document's own styles, nothing tracked",
)

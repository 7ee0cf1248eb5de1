"""A Markdown text as an article. A locator is ``BLOCK#START:END``, code points of the decoded text without its mark."""

from __future__ import annotations

import re

from review.errors import FormatError
from review.formats import plain, runs
from review.formats.article import whole
from review.formats.base import Options, Source
from review.formats.markdown._blocks import HEADING, Text, text_of
from review.model import Article, Reading
from review.text import encodings
from review.text.sentences import guess_language

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_LIKE = re.compile(r"\A\s*(?:---\s*\n|#{1,6} \S)")


def read(source: Source, options: Options) -> Reading:
    """Read one article. Raises FormatError where there is no text in it, or it is none."""
    opened = plain.open_text(source, options.encoding)
    text = whole(opened)
    try:
        found = text_of(text)
    except Exception as error:
        raise FormatError(
            source.name,
            None,
            f"this cannot be taken apart as Markdown ({type(error).__name__})",
            "Import it as plain text (--format article).",
        ) from error
    if not found.blocks:
        remedy = "Code, HTML and front matter are left alone; choose another file, or --format article."
        raise FormatError(source.name, None, "there is no text to review in it", remedy)
    language = options.target_language or guess_language(" ".join(block.bare for block in found.blocks))
    made = runs.segments(((block, block.kind == HEADING) for block in found.blocks), language)
    name = options.name or _title(found) or source.stem
    article = Article(name, tuple(made), options.system, options.source_language, language)
    return Reading(opened.header("markdown", count=len(made)), iter((article,)))


def _title(found: Text) -> str:
    heading = next((block.bare for block in found.blocks if block.kind == HEADING), "")
    return " ".join((found.title or heading).split())[:200].strip()


def sniff(source: Source, options: Options) -> float:
    """The suffix tells; what has none and begins with a heading or front matter is likely to be."""
    if source.suffix in SUFFIXES:
        return 0.7
    head = source.head(2048)
    marked, length = encodings.mark(head)
    named = "." in source.name
    return 0.3 if not named and _LIKE.match(head[length:].decode(marked or "utf-8", "ignore")) else 0.0

"""Markdown: paragraphs, headings, list items, table cells and quotes are text; all else stays byte for byte.

CommonMark with GitHub's tables and strikethrough, as markdown-it-py reads it; footnotes and front matter are seen too.
"""

from __future__ import annotations

from review.formats.base import Format
from review.formats.markdown._reading import read, sniff
from review.formats.markdown._writing import build, rewrite

FORMAT = Format(
    "markdown",
    "Markdown",
    (".md", ".markdown", ".mdown", ".mkd"),
    "text/markdown",
    sniff,
    read,
    rewrite,
    build,
    holds=frozenset({"inserted"}),
    kept=frozenset({"inserted", "codes"}),
    running=True,
    group="text",
    about="the file as it was with its text corrected; else the clean article, its headline as a heading",
)

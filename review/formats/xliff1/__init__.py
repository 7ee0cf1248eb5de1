"""XLIFF 1.2 and the dialects of Trados (sdlxliff), memoQ (mqxliff) and Phrase (mxliff): read, and written by the byte.

    <file>                             an article
    <trans-unit>, or a segment of it   a segment; its locator is ``FILE:UNIT`` or ``FILE:UNIT#SEGMENT``, counted from 1
    <alt-trans>                        an alternative, or a reference (alttranstype "reference")
    <note>, comments of the tools      notes
    g x bx ex bpt ept it ph mrk        inline codes; comments and processing instructions in a target too

``header.extra["dialect"]`` is "", "sdlxliff", "mqxliff" or "mxliff". Rules and remedies stand in ``rules``.
"""

from __future__ import annotations

import re

from review.formats.base import Format, Options, Source
from review.formats.xliff1.building import build
from review.formats.xliff1.reading import read
from review.formats.xliff1.rewriting import rewrite

_ROOT = re.compile(r"<(?:[\w.-]+:)?xliff\b[^>]*")
_TWO = re.compile(r"""(?<![\w:])version\s*=\s*["']2|urn:oasis:names:tc:xliff:document:2""")


def sniff(source: Source, options: Options) -> float:
    """Sure of a root element <xliff> that does not say version 2; willing to believe the suffix."""
    head = source.head(16384)
    text = head.replace(b"\0", b"").decode("utf-8", "ignore")
    root = _ROOT.search(text)
    if root:
        return 0.0 if _TWO.search(root.group()) else 0.97
    return 0.3 if source.suffix in FORMAT.suffixes and text.lstrip("\ufeff \t\r\n").startswith("<") else 0.0


FORMAT = Format(
    "xliff",
    "XLIFF 1.2 (also sdlxliff, mqxliff, mxliff)",
    (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"),
    "application/xliff+xml",
    sniff,
    read,
    rewrite,
    build,
    holds=frozenset(
        ("source", "references", "alternatives", "machine", "comments", "status", "inserted", "merges", "splits")
    )
    | {"notes", "codes"},
    kept=frozenset({"status"}),
    about="for CAT tools: Trados, memoQ, Phrase and most others",
)

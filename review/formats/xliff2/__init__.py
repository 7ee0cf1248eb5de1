"""XLIFF 2.0, 2.1 and 2.2 (OASIS): read, written over the original, and written from scratch.

    file -> article       unit -> paragraph       segment -> segment       mtc:match -> alternative

Inline codes (ph, pc, sc, ec, mrk, sm, em; cp where XML cannot hold the character) are tokens that the source and the
target of a unit share. A locator is ``f=FILE/u=UNIT#N``, N counting the unit's segments and ignorables.
"""

from __future__ import annotations

import re

from review.formats.base import Format, Options, Source
from review.formats.xliff2._building import build
from review.formats.xliff2._reading import read
from review.formats.xliff2._rewriting import rewrite
from review.text import encodings

_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?xliff\b[^>]*", re.DOTALL)


def sniff(source: Source, options: Options) -> float:
    """Sure of an <xliff> whose namespace or version is of 2; another version is another format."""
    head = source.head(8192)
    found, length = encodings.mark(head)
    if not found:
        found = "utf-16-le" if head[1:2] == b"\0" else "utf-16-be" if head[:1] == b"\0" else "utf-8"
    root = _ROOT.search(_COMMENT.sub("", head[length:].decode(found, "ignore")))
    if root is None:
        return 0.0
    if "urn:oasis:names:tc:xliff:document:2" in root[0]:
        return 0.99
    return 0.98 if re.search(r"""(?<![\w:.-])version\s*=\s*["']\s*(?!1\.)[0-9]""", root[0]) else 0.0


FORMAT = Format(
    "xliff2",
    "XLIFF 2",
    (".xlf", ".xliff"),
    "application/xliff+xml",
    sniff,
    read,
    rewrite,
    build,
    holds=frozenset(
        {"source", "alternatives", "machine", "comments", "status", "inserted", "splits", "notes", "codes"}
    ),
    about="for CAT tools that read XLIFF 2",
)

"""Which door a file belongs to: articles to review, terms, or a memory. Whoever stands before a wrong one is told."""

from __future__ import annotations

import re

from review.errors import FormatError, InputError
from review.formats.base import Options, Source
from review.formats.columns import guess
from review.text import encodings

TERMS, MEMORY, ARTICLES = "terms", "memory", "articles"

_GO = {
    TERMS: "Bring it in on the page Terms, or by terms import.",
    MEMORY: "Bring it in on the page Memory, or by memory import.",
    ARTICLES: "Bring it in on the page Import, or by import.",
}
_ROOTS = {"martif": TERMS, "tbx": TERMS, "TBX": TERMS, "tmx": MEMORY}
_WHAT = {TERMS: "a termbase", MEMORY: "a translation memory (TMX)"}
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_PROLOG = (("<?", "?>"), ("<!--", "-->"), ("<!", ">"))


def refuse(source: Source, here: str) -> None:
    """Raise FormatError, naming the right door, where a file belongs to another one than ``here``.

    A memory may be reviewed as articles too. What cannot be told is let through.
    """
    what, there = _told(_head(source))
    if not there and here != ARTICLES:
        what, there = _articles(source)
    if not there or there == here or (there == MEMORY and here == ARTICLES):
        return
    raise FormatError(source.name, None, f"this is {what}", _GO[there])


def _head(source: Source) -> str:
    data = source.head(16_384)
    encoding, mark = encodings.mark(data[:4])
    return data[mark:].decode(encoding or "utf-8", "replace")


def _told(head: str) -> tuple[str, str]:
    """What the first characters show, and where it belongs; ("", "") for what is no termbase and no memory."""
    if head.lstrip().startswith("<"):
        there = _ROOTS.get(_root(head), "")
        return _WHAT.get(there, ""), there
    names = _columns(head)
    if "preferred" in names and "hypothesis" not in guess(names):
        return _WHAT[TERMS], TERMS
    return "", ""


def _root(head: str) -> str:
    """The name of the first element, behind declarations and comments."""
    at = 0
    while True:
        at += len(head[at:]) - len(head[at:].lstrip())
        closing = next((closing for opening, closing in _PROLOG if head.startswith(opening, at)), "")
        if not closing:
            found = _ROOT.match(head, at)
            return found[1] if found else ""
        end = head.find(closing, at)
        if end < 0:
            return ""
        at = end + len(closing)


def _columns(head: str) -> list[str]:
    """The names in the first line, taken for the header of a table."""
    first = next((line for line in head.splitlines() if line.strip()), "")
    sign = max(",;\t", key=first.count)
    return [cell.strip(' "').lower() for cell in first.split(sign)] if sign in first else []


def _articles(source: Source) -> tuple[str, str]:
    """What kind of translations a file holds; ("", "") where it may be anything."""
    from review.formats import surest

    try:
        kind = surest(source, Options())
    except InputError:
        return "", ""
    if kind.read is None or kind.name in ("article", "lines", "markdown", "html"):
        return "", ""
    if kind.name in ("csv", "tsv") and "hypothesis" not in guess(_columns(_head(source))):
        return "", ""
    return f"{kind.title}, with texts to review", ARTICLES

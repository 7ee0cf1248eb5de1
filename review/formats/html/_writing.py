"""Corrected text back into its page; what nobody touched is the same byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

from review.formats import plain, runs, splicing
from review.formats.html._blocks import page_of
from review.model import Article, ReadingHeader

_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_QUOTES = {**_SIGNS, '"': "&quot;", "'": "&#39;"}
_NO_PLACE = re.compile("[\0\ud800-\udfff]")


def rewrite(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the page with the corrected sentences in their places; return warnings.

    Deleted sentences go, and blocks of which nothing is left are emptied; inserted ones stand after the sentence
    before. Characters that the page's encoding lacks are written as numbers.
    """
    data = original.read()
    bom, text = plain.decode(data, header)
    made = next(iter(articles), None)
    if made is None:
        out.write(data)
        return []

    def reread(new: str) -> tuple[runs.Block, ...]:
        return page_of(in_page(new, header.encoding).decode(header.encoding)).blocks

    page = page_of(text)
    outcome, warnings = splicing.settled(text, page.blocks, made.segments, escaped, escaped, reread)

    def write(new: str) -> bytes:
        return in_page(new, header.encoding)

    out.write(bom + splicing.encoded(data[len(bom) :], text, outcome.edits, header, write))
    return _told(outcome) + warnings


def escaped(text: str, block: runs.Block, leads: bool) -> str:
    """Text as markup: signs that would begin any, and in attributes quotation marks, as references."""
    signs = _QUOTES if block.kind == "description" else _SIGNS
    return "".join(signs.get(sign, sign) for sign in _NO_PLACE.sub("\ufffd", text))


def in_page(text: str, encoding: str) -> bytes:
    """Text in a page's encoding; characters that it lacks as numeric references."""
    return text.encode(encoding, "xmlcharrefreplace")


def _told(outcome: splicing.Outcome) -> list[str]:
    found = []
    if outcome.emptied:
        count = len(outcome.emptied)
        found.append(
            "One block is empty now, because all of it was deleted; its tags are still there."
            if count == 1
            else f"{count} blocks are empty now, because all of them was deleted; their tags are still there."
        )
    if outcome.moved:
        found.append(f"Merged across blocks of the page, so written into the first of them: {outcome.moved} segments.")
    return found

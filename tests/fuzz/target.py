"""What is asked of a reader whatever it is given: articles or a ReviewError, and the same bytes written again."""

from __future__ import annotations

import io
from dataclasses import replace

from review import formats
from review.errors import ReviewError
from review.model import Correction, Reading
from review.text import codes

EDITED = "Edited <b>& new</b>."
FICKLE = ("html",)
"""Which blocks of a page are its article hangs on their words, so an edit may be written and not read again."""


def check(name: str, data: bytes) -> None:
    """Read bytes as a format, write them untouched, write them with an edit, and read that again.

    Raises AssertionError where something is lost, and whatever the format raises besides ReviewError.
    """
    kind = formats.find(name)
    try:
        reading = formats.read(data, name)
        articles = list(reading.articles)
    except ReviewError:
        return
    assert articles
    assert all(article.segments for article in articles)
    if kind.rewrite is None:
        return
    out = io.BytesIO()
    try:
        formats.write(Reading(reading.header, iter(articles)), data, out, name)
    except ReviewError:
        # A file can be read that could not be written again only where nothing was corrected by it.
        assert any(segment.correction for article in articles for segment in article.segments)
        return
    if not any(segment.correction for article in articles for segment in article.segments):
        assert out.getvalue() == data, "untouched, and not the same bytes"
    first = articles[0].segments[0]
    tokens = "".join(code.token for *_, code in codes.places(first.codes, first.hypothesis))
    edited = replace(first, correction=Correction(EDITED + tokens, "draft"))
    articles[0] = replace(articles[0], segments=(edited, *articles[0].segments[1:]))
    out = io.BytesIO()
    try:
        warnings = formats.write(Reading(reading.header, iter(articles)), data, out, name)
        again = list(formats.read(out.getvalue(), name, encoding=reading.header.encoding).articles)
    except ReviewError as error:
        raise AssertionError(f"an edited file cannot be written and read again: {error}") from error
    texts = "".join(codes.bare(item.codes, item.text) for item in again[0].segments)
    assert (
        "".join(EDITED.split()) in "".join(texts.split())
        or warnings
        or (name in FICKLE and b"Edited" in out.getvalue())
    ), "the edit is not there"

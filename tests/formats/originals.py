"""An original of every format that reads: by hand where nothing builds one, else as the program builds it."""

from __future__ import annotations

import io
from collections.abc import Sequence

from review import formats
from review.model import Article, Reading, ReadingHeader, Segment
from tests.formats.xliff1.samples import SAMPLES as XLIFF1

BY_HAND = {
    **{f"xliff.{name}": data for name, data in XLIFF1.items()},
    "article": b"Haier Group began in Qingdao. It grew.\r\n\r\n  The Kaos platform is new.\n",
}
"""Originals of formats that cannot be written from scratch, by format; several by ``FORMAT.what``."""


def article(texts: Sequence[str], **more: object) -> Article:
    """An article with a segment for each text, two to a paragraph, with sources."""
    segments = tuple(
        Segment(text, name=str(number + 1), source=f"第{number + 1}句。", order=number, paragraph=number // 2)
        for number, text in enumerate(texts)
    )
    return Article("Haier", segments, source_language="zh", target_language="en", **more)  # type: ignore[arg-type]


def built(name: str, made: Article) -> tuple[bytes, list[str]]:
    """The article in a format, and what writing it warned of."""
    out = io.BytesIO()
    warnings = formats.write(Reading(ReadingHeader(name, "Haier"), iter((made,))), None, out, name)
    return out.getvalue(), warnings


def originals(name: str) -> dict[str, bytes]:
    """What there is to read of a format, by name."""
    found = {key: data for key, data in BY_HAND.items() if key.partition(".")[0] == name}
    if formats.find(name).build:
        found[f"{name} as built"] = built(name, article(["Haier began in Qingdao.", "It grew.", "Kaos is new."]))[0]
    return found

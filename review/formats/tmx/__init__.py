"""TMX, the exchange format of translation memories: 1.1 to 1.4b are read, 1.4 is written.

A unit's texts hold the native codes of inline elements as they stand (``<bpt i="1">&lt;b&gt;</bpt>`` reads ``<b>``);
where the elements stood, and attributes, properties and notes, are kept in the unit's ``props``:

    tu, source, target   attributes of <tu> and of both <tuv>, as they were written
    props, notes         [place ("tu", "source", "target"), type ("" of a note), language, text], in order
    codes                {"source": [[depth, start, end, element, attributes], ...], "target": ...}: inline elements in
                         document order, ``[start, end)`` in code points of the text

That is a memory's reading; as a batch to review (``FORMAT``) inline elements are inline codes of the segments.
"""

from __future__ import annotations

from review.formats import plain
from review.formats.base import Format, Options, Source
from review.formats.tmx import _batch, _batch_writing
from review.formats.tmx._reading import Reading, read
from review.formats.tmx._writing import Written, write

__all__ = ["FORMAT", "Reading", "Written", "read", "write"]


def _sniff(source: Source, options: Options) -> float:
    """Sure of a first tag, behind the prolog, that is <tmx>; willing to believe the suffix."""
    head = source.head(4096)
    text = head.decode(plain.encodings.mark(head[:4])[0] or "utf-8", "ignore")
    if "<tmx" in text[:4096] and text.lstrip("\ufeff \r\n\t").startswith("<"):
        return 0.95
    return 0.8 if source.suffix == ".tmx" else 0.0


FORMAT = Format(
    "tmx",
    "TMX, a translation memory",
    (".tmx",),
    "application/xml",
    _sniff,
    _batch.read,
    _batch_writing.rewrite,
    _batch_writing.build,
    holds=frozenset(("source", "notes", "codes", "merges", "splits")),
    kept=frozenset(),
    about="for the memories of other programs: source and corrected text in pairs",
)

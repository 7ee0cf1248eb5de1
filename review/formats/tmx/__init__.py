"""TMX, the exchange format of translation memories: 1.1 to 1.4b are read, 1.4 is written.

A unit's texts hold the native codes of inline elements as they stand (``<bpt i="1">&lt;b&gt;</bpt>`` reads ``<b>``);
where the elements stood, and attributes, properties and notes, are kept in the unit's ``props``:

    tu, source, target   attributes of <tu> and of both <tuv>, as they were written
    props, notes         [place ("tu", "source", "target"), type ("" of a note), language, text], in order
    codes                {"source": [[depth, start, end, element, attributes], ...], "target": ...}: inline elements in
                         document order, ``[start, end)`` in code points of the text
"""

from __future__ import annotations

from review.formats.tmx._reading import Reading, read
from review.formats.tmx._writing import Written, write

__all__ = ["Reading", "Written", "read", "write"]

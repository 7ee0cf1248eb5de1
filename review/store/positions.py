"""Order within an article: byte strings, read as fractions, so that there is always room between two."""

from __future__ import annotations


def initial(number: int) -> bytes:
    """The position of the segment that came as number ``number`` (from 0)."""
    return (number + 1).to_bytes(4, "big")


def between(low: bytes, high: bytes | None) -> bytes:
    """A position after ``low`` and before ``high`` (None: the end of the article).

    Both are read as digits to base 256 after the point; the result never ends in zero, so that something
    always fits before it. Raises ValueError where ``low`` is not before ``high``.
    """
    if high is not None and low >= high:
        raise ValueError("positions out of order")
    made = bytearray()
    bounded = high is not None
    for place in range(max(len(low), len(high or b"")) + 2):
        floor = low[place] if place < len(low) else 0
        ceiling = 256
        if bounded:
            assert high is not None
            ceiling = high[place] if place < len(high) else 0
        if ceiling - floor > 1:
            made.append((floor + ceiling) // 2)
            return bytes(made)
        made.append(floor)
        if floor < ceiling:
            bounded = False  # already below ``high``; only ``low`` bounds what follows
    raise ValueError("no room between these positions")

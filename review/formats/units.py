"""Places in texts as browsers count them, in UTF-16 units, and as they are counted here, in code points."""

from __future__ import annotations

from collections.abc import Sequence


def units(text: str, skipped: str = "") -> list[int]:
    """The code point that each UTF-16 unit belongs to; characters in ``skipped`` have none.

    >>> units("a😀b")
    [0, 1, 1, 2]
    """
    found: list[int] = []
    for place, char in enumerate(text):
        if char not in skipped:
            found += (place,) if ord(char) < 0x10000 else (place, place)
    return found


def told(counted: Sequence[int], start: int, end: int) -> tuple[int, int] | None:
    """First and last unit of the code points ``[start, end)``; None where that is not exactly what they tell."""
    inside = [number for number, place in enumerate(counted) if start <= place < end]
    if not inside or (counted[inside[0]], counted[inside[-1]] + 1) != (start, end):
        return None
    return inside[0], inside[-1]

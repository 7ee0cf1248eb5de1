"""When two names may be one: by their letters, and by what the source has in both places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from review.model import Segment

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


def same_letters(one: str, other: str) -> bool:
    """Whether two different names differ only in spaces, hyphens, apostrophes or case."""
    return one != other and _letters(one) == _letters(other)


def close(one: str, other: str) -> bool:
    """Whether two names share a word and differ in the other by one letter or two, and not by its ending.

    Words of fewer than five letters are too short to tell.
    """
    left, right = one.split(), other.split()
    if len(left) != len(right) or len(left) < 2:
        return False
    differing = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if len(differing) != 1:
        return False
    a, b = (part.lower() for part in differing[0])
    if (
        min(len(a), len(b)) < 5
        or a[0] != b[0]
        or {a + "s", a + "n", a + "an"} & {b}
        or {b + "s", b + "n", b + "an"} & {a}
    ):
        return False
    return distance(a, b, 1) <= 1


def distance(a: str, b: str, limit: int) -> int:
    """Edit distance with neighbours' exchange (optimal string alignment), or ``limit + 1`` where it is more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return min(last[-1], limit + 1)


def shared_source(segments: Sequence[Segment], ones: list[int], others: list[int]) -> str | None:
    """The longest Chinese string, two to six signs, that the sources of all these segments share and few others have.

    None without sources or without such a string.
    """
    wanted = sorted({*ones, *others})
    if len(wanted) < 2:
        return None
    sources = [segments[number].source or "" for number in wanted]
    if not all(sources):
        return None
    shared: set[str] | None = None
    for source in sources:
        grams = {run[i : i + n] for run in _HAN.findall(source) for n in range(2, 7) for i in range(len(run) - n + 1)}
        shared = grams if shared is None else shared & grams
        if not shared:
            return None
    rest = [segment.source or "" for number, segment in enumerate(segments) if number not in wanted]
    rare = [gram for gram in shared or () if sum(gram in source for source in rest) <= max(1, len(rest) // 5)]
    return max(rare, key=lambda gram: (len(gram), gram), default=None)


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()

"""Joining texts in a merge, and finding where each of a segment's texts falls apart in a split."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_UNSPACED = re.compile(r"[\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_SENTENCE_END = re.compile(r"(?<=[.!?][\s\"'”’)])|(?<=[。！？；])(?![”’」』）])|(?<=[。！？][”’」』）])")


def separator(left: str, right: str) -> str:
    """What goes between two texts: a space, but nothing between Chinese or Japanese characters."""
    if not left or not right or left[-1].isspace() or right[0].isspace():
        return ""
    return "" if _UNSPACED.match(left[-1]) and _UNSPACED.match(right[0]) else " "


def join(texts: Iterable[str]) -> str:
    """The texts one after another."""
    joined = ""
    for text in texts:
        joined += separator(joined, text) + text
    return joined


def cut(text: str, at: int) -> tuple[str, str]:
    """The texts before and after a place, without the white space at the cut."""
    return text[:at].rstrip(), text[at:].lstrip()


def same_place(before: str, after: str, at: int) -> int:
    """Where the place ``at`` of ``before`` is in ``after``, by what the two have in common."""
    if before == after:
        return at
    place = 0
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        if block.a > at:
            break
        place = block.b + min(at - block.a, block.size)
    return place


def likely_place(text: str, share: float) -> int:
    """Where a text is best cut so that about ``share`` of it comes before: at a sentence end near by, else
    between two words, else between two characters."""
    aim = share * len(text)
    near = max(len(text) * 0.25, 4)
    for pattern in (_SENTENCE_END, re.compile(r"\s+")):
        places = [found.end() for found in pattern.finditer(text) if 0 < found.end() < len(text)]
        best = min(places, key=lambda place: abs(place - aim), default=None)
        if best is not None and abs(best - aim) <= near:
            return best
    return round(aim)


def moved(start: int, end: int, before: str, after: str) -> tuple[int, int] | None:
    """Where the span ``[start, end)`` of ``before`` stands in ``after``; None where its words changed.

    Offsets are code points.
    """
    if before == after:
        return start, end
    head = 0
    for left, right in zip(before, after, strict=False):
        if left != right:
            break
        head += 1
    if end <= head:
        return start, end
    tail = 0
    room = min(len(before), len(after)) - head
    while tail < room and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    delta = len(after) - len(before)
    if start >= len(before) - tail:
        return start + delta, end + delta
    if len(before) * len(after) > 4_000_000:
        return None
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        if block.a <= start and end <= block.a + block.size and end > start:
            return start - block.a + block.b, end - block.a + block.b
    return None

"""Words and sentences of a text, with their places. Fast and rough: it serves detectors, not segmentation."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:[’'\-‐‑][^\W_]+)*")

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st no nos vol fig vs etc inc ltd co corp gov sen rep gen col lt sgt capt jr sr eg ie "
    "e.g i.e u.s u.k u.n a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec approx dept univ".split()
)

_STOP = re.compile(r"(?:[.!?…؟۔]+|[。！？]+)[\"'”’)\]》」]*(?=\s|$|[A-Z“\"\[(（\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Token:
    """A word at ``[start, end)`` (code points) and its text; ``lower`` is the text case-folded."""

    start: int
    end: int
    text: str
    lower: str


def words(text: str) -> list[Token]:
    """The words of a text in order: letters and digits, with inner apostrophes and hyphens.

    A run of CJK characters, which has no spaces, comes out as one token.
    """
    return [Token(m.start(), m.end(), m.group(), m.group().casefold()) for m in _WORD.finditer(text)]


def sentences(text: str) -> list[tuple[int, int]]:
    """Where sentences stand in a segment: ``(start, end)`` without the space around them.

    Splits after ``. ! ? …`` and their Chinese and Arabic forms, but not after initials, known abbreviations, or
    before a lower-case letter or a digit that goes on with a number.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        if not _ends(text, start, stop):
            continue
        _add(found, text, start, stop.end())
        start = stop.end()
    _add(found, text, start, len(text))
    return found


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    after = text[stop.end() :].lstrip()
    if after[:1].islower():
        return False
    if stop.group()[0] != ".":
        return True
    before = re.search(r"[^\s(“\"]*$", text[start : stop.start()])
    word = before.group() if before else ""
    if stop.group() == "." and (word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())):
        return not after
    if stop.group() == "." and word.isdigit() and len(word) <= 2 and start + len(word) == stop.start():
        return not after  # "3. Terms": a list number
    return True


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    if part.strip():
        found.append((start + left, start + len(part.rstrip())))

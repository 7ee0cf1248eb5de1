"""Pinyin: how Chinese characters are read, and which characters an English name may be a reading of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from review.text.names import folded, similarity

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
LONGEST = 6
"""Characters of the longest name looked for."""

SEARCHED = 1000
"""Characters of a text that are searched: no sentence is longer."""

NEAR = 0.8
"""How like a reading a word must be, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The characters ``[start, end)`` of a Chinese text that a word reads as, and how nearly (0 to 1)."""

    start: int
    end: int
    text: str
    likeness: float


@lru_cache(maxsize=4096)
def syllables(text: str) -> tuple[str, ...]:
    """The toneless syllable of each character of a run of Chinese characters, the likeliest reading of each."""
    from pypinyin import lazy_pinyin

    found = lazy_pinyin(text)
    return tuple(found) if len(found) == len(text) else tuple(lazy_pinyin(c)[0] for c in text)


def spelt(characters: str) -> str:
    """A name's characters in pinyin, written as one word in lower case: 卡奥斯 is “kaaosi”."""
    return "".join(syllables(characters))


def reading_of(word: str, source: str, near: float = NEAR) -> Reading | None:
    """Which two to six characters of the source a word (or name) reads as: the nearest, and of equals the first.

    Spaces, hyphens, accents and case are left out of account. None where nothing is as near as ``near``.
    """
    wanted = "".join(folded(word))
    if len(wanted) < 4 or not wanted.isascii():
        return None
    best: Reading | None = None
    for run in _HAN.finditer(source[:SEARCHED]):
        read = syllables(run.group())
        for start in range(len(read)):
            spelling = ""
            for end in range(start + 1, min(len(read), start + LONGEST) + 1):
                spelling += read[end - 1]
                if len(spelling) > len(wanted) * 1.6:
                    break
                if end - start < 2 or spelling[0] != wanted[0] or len(spelling) * 1.6 < len(wanted):
                    continue
                likeness = similarity(wanted, spelling)
                if likeness >= near and (best is None or likeness > best.likeness):
                    at = run.start()
                    best = Reading(at + start, at + end, source[at + start : at + end], likeness)
    return best

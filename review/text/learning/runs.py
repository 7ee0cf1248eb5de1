"""Which words of a text a correction replaced by which, word-aligned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from review.text.lexemes import Lexeme, lexemes
from review.text.likeness import opcodes
from review.text.matching import opens_sentence

MOST_WORDS = 5
"""A longer replacement is a rephrasing."""

REPHRASED = 0.6
"""Where more than this share of a sentence's words changed, it was written anew and its parts teach nothing."""

_CLOSE = re.compile(r"[\s\-‐-–'’&/.]*\Z")


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``[start, end)`` of the text before (code points) that gave way to ``right``.

    ``opens`` says that either side begins a sentence, where a capital tells nothing.
    """

    start: int
    end: int
    wrong: tuple[Lexeme, ...]
    right: tuple[Lexeme, ...]
    opens: bool


def runs(before: str, after: str, language: str = "en") -> list[Run]:
    """The replaced word runs of 1 to MOST_WORDS words on both sides (Levenshtein over words, letter case counts).

    Insertions and deletions alone are none; nor is a run across a comma or full stop, nor anything of a sentence
    that was mostly written anew.
    """
    if before == after:
        return []
    old, new = lexemes(before, language), lexemes(after, language)
    changed, found = 0, []
    for start, end, other_start, other_end in _changes([one.text for one in old], [one.text for one in new]):
        changed += max(end - start, other_end - other_start)
        wrong, right = old[start:end], new[other_start:other_end]
        if not (1 <= len(wrong) <= MOST_WORDS and 1 <= len(right) <= MOST_WORDS):
            continue
        if _together(wrong, before) and _together(right, after):
            opens = opens_sentence(before, wrong[0].start) or opens_sentence(after, right[0].start)
            found.append(Run(wrong[0].start, wrong[-1].end, wrong, right, opens))
    return found if changed <= max(REPHRASED * max(len(old), len(new)), MOST_WORDS) else []


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The stretches that differ: neighbouring operations are one."""
    found: list[tuple[int, int, int, int]] = []
    for tag, start, end, other_start, other_end in opcodes(old, new):
        if tag == "equal":
            continue
        if found and found[-1][1] == start and found[-1][3] == other_start:
            start, _, other_start, _ = found.pop()
        found.append((start, end, other_start, other_end))
    return found


def _together(words: Sequence[Lexeme], text: str) -> bool:
    """Whether nothing but spaces, hyphens and the like parts the words."""
    return all(_CLOSE.match(text[one.end : other.start]) for one, other in pairwise(words))

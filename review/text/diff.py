"""What changed between two versions of a text, in words; in characters where a script writes no spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import Indel, Levenshtein

Opcode = tuple[str, str, str]
"""(tag, text before, text after); the tag is equal, replace, insert or delete."""

_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u31c0-\u31ef\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"
_SOUTH_EAST_ASIAN = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6\u1000-\u109f\u1780-\u17b3"
)
_ISLAND = 4
"""The longest word run (code points without spaces) that may be swallowed between two larger changes."""


def _ranges(points: list[int]) -> str:
    """Write sorted code points as the inside of a character class."""
    parts, start = [], points[0]
    for point, following in pairwise([*points, -1]):
        if following != point + 1:
            parts.append(f"{chr(start)}-{chr(point)}")
            start = following
    return "".join(parts)


@lru_cache(maxsize=2)
def _pattern(korean: bool) -> re.Pattern[str]:
    # Python's \w leaves out combining marks, which would cut words of Hindi, Arabic and Thai apart.
    marks = [point for point in range(0x300, 0x20000) if unicodedata.category(chr(point)).startswith("M")]
    extend = _ranges(sorted([*marks, 0x200C, 0x200D, *range(0xE0100, 0xE01F0)]))
    # Korean puts spaces between words, Han characters among them.
    unspaced = f"{_KANA}{_SOUTH_EAST_ASIAN}" + ("" if korean else _HAN)
    word = rf"(?![{unspaced}])\w(?:(?![{unspaced}])[\w{extend}])*"
    joint = r"(?:['’]|(?<=\d)[.,](?=\d))"
    return re.compile(rf"\s+|{word}(?:{joint}{word})*|.[{extend}]*", re.DOTALL)


def words(text: str, language: str = "") -> list[str]:
    """Cut ``text`` into words, runs of spaces, and single signs; joined they give it back.

    A word keeps its apostrophes and a number its separators. Han, kana, Thai, Lao, Khmer and Burmese are
    cut into characters (with their combining marks), whatever ``language`` (BCP 47) says, except Han in Korean.
    """
    return _pattern(language.lower().startswith("ko")).findall(text)


def _seen(text: str, language: str) -> list[str]:
    return [token for token in words(text, language) if not token.isspace()]


def _placed(text: str, language: str) -> list[tuple[str, int, int]]:
    """The tokens that are no spaces, each with its ``[start, end)`` in code points."""
    placed, at = [], 0
    for token in words(text, language):
        if not token.isspace():
            placed.append((token, at, at + len(token)))
        at += len(token)
    return placed


def opcodes(before: str, after: str, language: str = "") -> list[Opcode]:
    """List what was kept, replaced, inserted and deleted, in order; the texts joined give both sides back.

    The longest common run of words is kept (rapidfuzz's Indel alignment). Spaces go with the words beside
    them, and a small island (``of``, ``the``) between two larger changes is made part of one change.
    """
    if before == after:
        return [("equal", before, after)] if before else []
    old, new = _placed(before, language), _placed(after, language)
    anchors = []
    for code in Indel.opcodes([token[0] for token in old], [token[0] for token in new]):
        if code.tag == "equal":
            for offset in range(code.src_end - code.src_start):
                anchors.append((old[code.src_start + offset][1:], new[code.dest_start + offset][1:]))
    pieces = _between(before, after, anchors)
    return _joined([part for piece in _without_islands(pieces) for part in _cut(*piece)])


def _between(before: str, after: str, anchors: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[Opcode]:
    """Alternate kept words with what stands between them (often the same space on both sides)."""
    pieces: list[Opcode] = []
    at_before = at_after = 0
    for (start, end), (other_start, other_end) in anchors:
        gap = (before[at_before:start], after[at_after:other_start])
        pieces.append(("equal" if gap[0] == gap[1] else "replace", *gap))
        pieces.append(("equal", before[start:end], after[other_start:other_end]))
        at_before, at_after = end, other_end
    tail = (before[at_before:], after[at_after:])
    pieces.append(("equal" if tail[0] == tail[1] else "replace", *tail))
    return _joined(pieces)


def _joined(pieces: list[Opcode]) -> list[Opcode]:
    """Drop empty pieces and join neighbours: kept with kept, changed with changed."""
    joined: list[Opcode] = []
    for tag, old, new in pieces:
        if not old and not new:
            continue
        if joined and (joined[-1][0] == "equal") == (tag == "equal"):
            _, last_old, last_new = joined.pop()
            old, new = last_old + old, last_new + new
        joined.append((_tag(tag, old, new), old, new))
    return joined


def _tag(tag: str, old: str, new: str) -> str:
    if tag == "equal":
        return "equal"
    return "insert" if not old else "delete" if not new else "replace"


def _without_islands(pieces: list[Opcode]) -> list[Opcode]:
    """Turn a kept piece into a change where it is small, and smaller than the changes on both sides of it."""

    def size(piece: Opcode) -> int:
        return max(len("".join(piece[1].split())), len("".join(piece[2].split())))

    changed = True
    while changed:
        changed = False
        for index in range(1, len(pieces) - 1):
            piece = pieces[index]
            smallest = min(size(pieces[index - 1]), size(pieces[index + 1]))
            if piece[0] == "equal" and size(piece) <= _ISLAND and size(piece) < smallest:
                pieces[index] = ("replace", piece[1], piece[2])
                changed = True
        pieces = _joined(pieces)
    return pieces


def _cut(tag: str, old: str, new: str) -> list[Opcode]:
    """Give the spaces that both sides of a change begin or end with back to the kept text."""
    if tag == "equal":
        return [(tag, old, new)]
    lead = _shared_spaces(old, new)
    tail = _shared_spaces(old[lead:][::-1], new[lead:][::-1])
    middle = (old[lead : len(old) - tail], new[lead : len(new) - tail])
    kept = old[len(old) - tail :] if tail else ""
    return [("equal", old[:lead], old[:lead]), (_tag("replace", *middle), *middle), ("equal", kept, kept)]


def _shared_spaces(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right or not left.isspace():
            break
        count += 1
    return count


def edit_distance(before: str, after: str, language: str = "") -> dict[str, int | float]:
    """Count the insertions, deletions and substitutions (Levenshtein) that turn ``before`` into ``after``.

    ``word`` counts over words without spaces (characters in scripts written without them), ``character``
    over code points; ``words`` and ``characters`` are the lengths of ``after``, and the rates divide by
    them, as HTER does. Where ``after`` is empty the rate is 0.0 for no change and 1.0 otherwise.
    """
    old = _seen(before, language)
    new = old if after == before else _seen(after, language)
    word, character = Levenshtein.distance(old, new), Levenshtein.distance(before, after)
    return {
        "word": word,
        "words": len(new),
        "word_rate": _rate(word, len(new)),
        "character": character,
        "characters": len(after),
        "character_rate": _rate(character, len(after)),
    }


def _rate(edits: int, length: int) -> float:
    return edits / length if length else float(edits > 0)

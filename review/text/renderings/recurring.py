"""Word runs that recur in many texts and stand freely there: with different neighbours on either side."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from review.text.lexemes import lexemes
from review.text.matching import has_cjk

CHARACTERS, WORDS = 6, 3
"""The longest run, of characters without spaces between words, and of words."""

FREE = 3
"""Neighbours that a run must have on each side, the edge of a clause being one each time."""

_NEXT = re.compile(r"[\s·・\-‐’']*\Z")


def recurring(texts: Iterable[str], language: str, least: int = 4, most: int = 100) -> dict[str, int]:
    """Runs with the number of texts that have them, the most frequent first; one that nearly always
    stands within a longer one is left out.
    """
    counts: Counter[str] = Counter()
    left: defaultdict[str, set[str]] = defaultdict(set)
    right: defaultdict[str, set[str]] = defaultdict(set)
    for number, text in enumerate(texts):
        counts.update({run for run, _, _ in _runs(text, language)})
        for run, before, after in _runs(text, language):
            if len(left[run]) < FREE:
                left[run].add(before or f"\n{number}")
            if len(right[run]) < FREE:
                right[run].add(after or f"\n{number}")
    free = [run for run, count in counts.items() if count >= least and len(left[run]) + len(right[run]) == 2 * FREE]
    free.sort(key=lambda run: (-counts[run], -len(run), run))
    found: dict[str, int] = {}
    for run in free[: 10 * most]:
        wider = (other for other in free[: 10 * most] if len(other) > len(run) and run in other)
        if not any(counts[other] >= 0.8 * counts[run] for other in wider):
            found[run] = counts[run]
            if len(found) == most:
                break
    return found


def _runs(text: str, language: str) -> list[tuple[str, str, str]]:
    """(run, the word before, the word after), "" at the edge of a clause. Little words and numbers are at no end."""
    words = lexemes(text, language)
    bare = [one.function or one.text.isdigit() for one in words]
    joined = [bool(_NEXT.match(text[a.end : b.start])) for a, b in pairwise(words)]
    found = []
    for start in range(len(words)):
        if bare[start]:
            continue
        cjk = has_cjk(words[start].text)
        for end in range(start, min(start + (CHARACTERS if cjk else WORDS), len(words))):
            if end > start and not joined[end - 1]:
                break
            if bare[end] or (cjk and end == start) or has_cjk(words[end].text) != cjk:
                continue
            if not cjk and end == start and len(words[end].text) < 4:
                continue
            before = words[start - 1].text if start and joined[start - 1] else ""
            after = words[end + 1].text if end + 1 < len(words) and joined[end] else ""
            found.append((text[words[start].start : words[end].end], before, after))
    return found

"""Which words of the source a rendering stood for, found by where both stand together.

Each candidate (a run of source words; of Chinese, Japanese or Korean characters two or more) is measured by the
log-likelihood ratio of the two-by-two table of segments that have it and segments whose machine output has the wrong
rendering (T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics 19,
1993):

    G2 = 2 * sum over the cells of observed * ln(observed / expected)

Segments that have the right rendering are left out: they say nothing against a source term. The highest G2 wins; of
equals the longest, which loses no evidence; then the one with the most characters that write foreign sounds, for where
one context always goes with a name, counts cannot tell where the name ends; then the first. SIGNIFICANT is the 0.001
point of chi squared with one degree of freedom.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from review.text.association import SIGNIFICANT, log_likelihood
from review.text.lexemes import lexemes
from review.text.source_names import sounds
from review.text.termbase import primary

UNSPACED = frozenset({"zh", "ja", "yue", "lzh", "th"})
IN_ANCHORS = 0.6
"""The share of the corrected segments that must have the source term."""

_GAP = re.compile(r"[\s·・\-‐’']*\Z")


@dataclass(frozen=True, slots=True)
class SourceTerm:
    """A source term; in ``together`` segments it stands beside the wrong rendering, in ``apart`` without it (and
    without the right one); ``known`` where a termbase has it. ``score`` is G2.
    """

    text: str
    together: int
    apart: int
    score: float
    known: bool = False


class Sample:
    """Segments, each a source text, to count source words in; those of the same source count once."""

    def __init__(self, sources: Iterable[str], language: str = "zh") -> None:
        self.language = language
        self.unspaced = primary(language) in UNSPACED
        self.sources: list[str] = []
        self.place: dict[str, int] = {}
        self._written: list[str] = []
        self._postings: dict[tuple[str, ...], list[int]] = {}
        for source in sources:
            self.add(source)

    def add(self, source: str) -> int:
        """The number of this source, counted in where it is new."""
        known = self.place.get(source)
        if known is not None:
            return known
        number = self.place[source] = len(self.sources)
        self.sources.append(source.lower())
        self._written.append(source)
        words = [word.text.lower() for word in lexemes(source, self.language)]
        parts = {(word,) for word in words} | set(pairwise(words))
        for part in parts:
            self._postings.setdefault(part, []).append(number)
        return number

    def written(self, number: int, text: str) -> str:
        """How a segment writes ``text`` (lower case)."""
        source = self._written[number]
        at = source.lower().find(text)
        return source[at : at + len(text)] if at >= 0 and len(source.lower()) == len(source) else text

    def having(self, words: Sequence[str], text: str) -> set[int]:
        """The segments that have these words (lower case) as ``text`` (lower case) writes them."""
        parts: list[tuple[str, ...]] = [*pairwise(words)] or [(words[0],)]
        postings = sorted((self._postings.get(part, []) for part in parts), key=len)
        found = set(postings[0])
        for more in postings[1:]:
            found.intersection_update(more)
        return {number for number in found if text in self.sources[number]}


def source_term(
    sample: Sample,
    wrong: Collection[int],
    right: Collection[int],
    anchors: Collection[int],
    renderings: Sequence[str],
    known: Collection[str] = (),
) -> SourceTerm | None:
    """The source term behind a rendering; None where nothing in the sample is significant.

    ``wrong`` and ``right`` are the segments whose machine output has the wrong and the right rendering, ``anchors``
    those that were corrected, ``renderings`` the wrong and the right words, which say how long the source term can be,
    ``known`` the source terms of the termbase (lower case): one that explains half as much as the best wins, for people
    have said that it is a term.
    """
    standing = set(wrong) | set(anchors)
    neutral = set(right) - standing
    candidates = _candidates(sample, anchors, renderings)
    total = len(sample.sources) - len(neutral)
    best: SourceTerm | None = None
    best_known: SourceTerm | None = None
    first = sample.sources[min(anchors)] if anchors else ""

    def order(one: SourceTerm) -> tuple[float, int, int, int]:
        at = first.find(one.text)
        return round(one.score, 6), len(one.text), sounds(one.text), -at if at >= 0 else -len(first)

    for text, parts in candidates:
        having = sample.having(parts, text)
        together, apart = len(having & standing), len(having - standing - neutral)
        score = log_likelihood(together, apart, len(standing) - together, total - len(standing) - apart)
        found = SourceTerm(text, together, apart, score, text in known)
        if together / len(standing) <= apart / max(1, total - len(standing)):
            continue
        if score < SIGNIFICANT or together < 2:
            continue
        if best is None or order(found) > order(best):
            best = found
        if found.known and (best_known is None or order(found) > order(best_known)):
            best_known = found
    if best is not None and best_known is not None and 2 * best_known.score >= best.score:
        best = best_known
    return None if best is None else replace(best, text=sample.written(min(anchors), best.text))


def _candidates(
    sample: Sample, anchors: Collection[int], renderings: Sequence[str]
) -> list[tuple[str, tuple[str, ...]]]:
    """The source word runs that most anchors have, in the order of the alphabet, each with its words."""
    most = min(_size(text) for text in renderings) if sample.unspaced else _spaced(renderings)
    counts: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for anchor in sorted(anchors):
        counts.update(_grams(sample.sources[anchor], sample.language, most, sample.unspaced))
    least = max(1, math.ceil(IN_ANCHORS * len(anchors)))
    return sorted(gram for gram, count in counts.items() if count >= least)


def _size(rendering: str) -> int:
    """The most characters of a source without spaces that stand behind a rendering: two a word and one more; for a
    name one for each letter and a half, in an abbreviation two for each letter.
    """
    words = rendering.split()
    letters = sum(letter.isalpha() for letter in rendering)
    if rendering.isupper():
        return 2 * letters
    if all(word[:1].isupper() for word in words):
        return max(2 * len(words) + 1, math.ceil(letters / 1.5))
    return 2 * len(words) + 1


def _spaced(renderings: Sequence[str]) -> int:
    return max(len(text.split()) for text in renderings) + 2


def _grams(text: str, language: str, most: int, unspaced: bool) -> set[tuple[str, tuple[str, ...]]]:
    tokens = lexemes(text, language)
    found = set()
    for start, first in enumerate(tokens):
        if first.function:
            continue
        for end in range(start + 1, min(start + most, len(tokens)) + 1):
            last = tokens[end - 1]
            if end - start > 1 and not _GAP.match(text[tokens[end - 2].end : last.start]):
                break
            if (
                last.text.isdigit()
                or first.text.isdigit()
                or last.function
                or (unspaced and end - start == 1 and len(last.text) == 1)
            ):
                continue
            found.add((text[first.start : last.end], tuple(token.text for token in tokens[start:end])))
    return found

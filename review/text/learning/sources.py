"""Which words of the source a rendering stood for, found by where both stand together.

Each candidate (a run of source words; of Chinese, Japanese or Korean characters two or more) is measured by the
log-likelihood ratio of the two-by-two table of segments that have it and segments whose machine output has the wrong
rendering (T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics 19,
1993):

    G2 = 2 * sum over the cells of observed * ln(observed / expected)

Segments that have the right rendering are left out: they say nothing against a source term. The highest G2 wins; of
equals the longest, which loses no evidence. SIGNIFICANT is the 0.001 point of chi squared with one degree of freedom.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from review.text.lexemes import lexemes
from review.text.termbase import primary

SIGNIFICANT = 10.83
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
        parts = {(word,) for word in words} | set(zip(words, words[1:], strict=False))
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
        parts = list(zip(words, words[1:], strict=False)) or [(words[0],)]
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
    words: int,
    known: Collection[str] = (),
) -> SourceTerm | None:
    """The source term behind a rendering; None where nothing in the sample is significant.

    ``wrong`` and ``right`` are the segments whose machine output has the wrong and the right rendering, ``anchors``
    those that were corrected, ``words`` how many words the longer rendering has, ``known`` the source terms of the
    termbase (lower case): one that stands in the corrected segments wins over what is only counted.
    """
    standing = set(wrong) | set(anchors)
    neutral = set(right) - standing
    candidates = _candidates(sample, standing, anchors, words)
    total = len(sample.sources) - len(neutral)
    best: SourceTerm | None = None
    best_known: SourceTerm | None = None
    for text, parts in candidates:
        having = sample.having(parts, text)
        together, apart = len(having & standing), len(having - standing - neutral)
        score = log_likelihood(together, apart, len(standing) - together, total - len(standing) - apart)
        found = SourceTerm(text, together, apart, score, text in known)
        if together / len(standing) <= apart / max(1, total - len(standing)):
            continue
        if score >= SIGNIFICANT and together >= 2 and (best is None or _order(found) > _order(best)):
            best = found
        if found.known and (best_known is None or _order(found) > _order(best_known)):
            best_known = found
    if best_known is not None and (best is None or 2 * best_known.together >= best.together):
        best = best_known
    return None if best is None else replace(best, text=sample.written(min(anchors), best.text))


def log_likelihood(both: int, one: int, other: int, neither: int) -> float:
    """G2 of a two-by-two table; 0 where the two are independent."""
    total = both + one + other + neither
    rows, columns = (both + one, other + neither), (both + other, one + neither)
    cells = ((both, rows[0], columns[0]), (one, rows[0], columns[1]))
    cells += ((other, rows[1], columns[0]), (neither, rows[1], columns[1]))  # type: ignore[assignment]
    return 2 * sum(seen * math.log(seen * total / (row * column)) for seen, row, column in cells if seen > 0)


def _order(found: SourceTerm) -> tuple[float, int, str]:
    return round(found.score, 6), len(found.text), found.text


def _candidates(
    sample: Sample, standing: Collection[int], anchors: Collection[int], words: int
) -> list[tuple[str, tuple[str, ...]]]:
    """The source word runs that most anchors have, in the order of the alphabet, each with its words."""
    most = 3 * words + 2 if sample.unspaced else words + 2
    counts: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for anchor in sorted(anchors):
        counts.update(_grams(sample.sources[anchor], sample.language, most, sample.unspaced))
    least = max(1, math.ceil(IN_ANCHORS * len(anchors)))
    return sorted(gram for gram, count in counts.items() if count >= least)


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

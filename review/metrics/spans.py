"""How well flags find what experts mark: precision, precision by chance, recall, character F1.

A flag is right where it overlaps any rater's span on its side. Chance is the precision of a flag of as many words at
any place of the same segment. Recall counts each rater's major spans, found where a flag overlaps them. Offsets
are code points, end-exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

LONGEST = 6
"""Words in a flag, at most; a longer one does not count."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A segment with its words' places, and each rater's spans on one side: start, end, whether it is major."""

    length: int
    words: tuple[Span, ...]
    raters: tuple[tuple[tuple[int, int, bool], ...], ...]

    def hit(self, start: int, end: int) -> bool:
        """Whether any rater marked something in ``[start, end)``."""
        return any(overlaps(start, end, a, b) for spans in self.raters for a, b, _ in spans)

    def chance(self, words: int) -> float:
        """The precision of a flag of so many words at any place of this segment."""
        if not self.words:
            return 0.0
        words = max(1, min(words, len(self.words)))
        places = range(len(self.words) - words + 1)
        return sum(self.hit(self.words[at][0], self.words[at + words - 1][1]) for at in places) / len(places)

    def size(self, start: int, end: int) -> int:
        """How many words ``[start, end)`` touches."""
        return sum(overlaps(start, end, a, b) for a, b in self.words)


def overlaps(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether two spans share a code point; an empty span counts as the one after its place."""
    return start < max(other_end, other_start + 1) and other_start < max(end, start + 1)


@dataclass(frozen=True, slots=True)
class Judged:
    """A flag against the experts: which segment, whether it was right, chance there, and the majors it found."""

    segment: int
    start: int
    end: int
    confidence: float
    right: bool
    chance: float
    found: frozenset[tuple[int, int]]
    detector: str = ""
    category: str = ""
    major: bool = False


def judge(
    segments: Sequence[Marked],
    flags: Iterable[tuple[int, int, int, float, str, str, bool]],
    longest: int | None = LONGEST,
) -> list[Judged]:
    """Compare flags (segment, start, end, confidence, detector, category, major) with the marks.

    Flags of more than ``longest`` words are dropped; None: no flag is too long. ``found`` holds (rater, number of the
    span) of each major span that the flag overlaps.
    """
    judged = []
    chances: dict[tuple[int, int], float] = {}
    for number, start, end, confidence, detector, category, major in flags:
        segment = segments[number]
        size = segment.size(start, end)
        if longest is not None and size > longest:
            continue
        key = (number, size)
        if key not in chances:
            chances[key] = segment.chance(size)
        found = frozenset(
            (rater, at)
            for rater, spans in enumerate(segment.raters)
            for at, (a, b, heavy) in enumerate(spans)
            if heavy and overlaps(start, end, a, b)
        )
        right = segment.hit(start, end)
        judged.append(Judged(number, start, end, confidence, right, chances[key], found, detector, category, major))
    return judged


def majors(segments: Iterable[Marked]) -> int:
    """How many major spans there are, each rater's counted."""
    return sum(heavy for segment in segments for spans in segment.raters for _, _, heavy in spans)


def credits(judged: Sequence[Judged]) -> list[int]:
    """How many major spans each flag is the first to find, when flags are taken by falling confidence."""
    first: dict[tuple[int, int, int], int] = {}
    for number in sorted(range(len(judged)), key=lambda at: -judged[at].confidence):
        for place in judged[number].found:
            first.setdefault((judged[number].segment, *place), number)
    counts = [0] * len(judged)
    for number in first.values():
        counts[number] += 1
    return counts


def precision_at(
    recall: float, confidence: np.ndarray, right: np.ndarray, found: np.ndarray, total: int
) -> float | None:
    """Interpolated precision of flags taken by falling confidence, ties together: the best at this recall or more.

    ``found`` are the ``credits`` of the flags, ``total`` the major spans there are. None where it is not reached.
    """
    if not len(confidence) or not total:
        return None
    order = np.argsort(-confidence, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(confidence[order]) != 0, True))
    precision = np.cumsum(right[order])[ends] / (ends + 1)
    reached = np.cumsum(found[order])[ends] / total >= recall
    return float(precision[reached].max()) if reached.any() else None


def character_counts(segments: Sequence[Marked], judged: Iterable[Judged]) -> tuple[float, float, float, float]:
    """Sums over segments and raters: characters both flagged and marked, flagged, marked, and with half credit.

    Half credit: a character that both mark, but with another severity (major or not), counts half.
    """
    flagged: dict[int, dict[int, bool]] = {}
    for flag in judged:
        here = flagged.setdefault(flag.segment, {})
        for at in range(flag.start, flag.end):
            here[at] = here.get(at, False) or flag.major
    both = said = marked = half = 0.0
    for number, segment in enumerate(segments):
        here = flagged.get(number, {})
        for spans in segment.raters:
            theirs: dict[int, bool] = {}
            for start, end, heavy in spans:
                for at in range(start, end):
                    theirs[at] = theirs.get(at, False) or heavy
            shared = here.keys() & theirs.keys()
            both += len(shared)
            half += sum(1.0 if here[at] == theirs[at] else 0.5 for at in shared)
            said += len(here)
            marked += len(theirs)
    return both, said, marked, half


def f1(both: float, said: float, marked: float) -> float:
    """F1 of counts: the harmonic mean of both/said and both/marked."""
    return 2 * both / (said + marked) if said + marked else 0.0

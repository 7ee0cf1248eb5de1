"""chrF's rows: characters matched up to order 6, and words up to ``word_order``, against the best reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numba
import numpy as np

from review.metrics.kernels import kinds, ngrams, words
from review.metrics.kernels.kinds import SPACE
from review.metrics.kernels.packing import Packed, pack

_ORDER = 6


class Texts(NamedTuple):
    """Characters (spaces left out, or not) and, where words count, their numbers."""

    characters: Packed
    numbers: np.ndarray
    firsts: np.ndarray
    known: words.Numbered | None


def prepare(texts: Sequence[str], whitespace: bool, word_order: int, known: words.Numbered | None = None) -> Texts:
    """Read texts; words are numbered as they are in ``known``, or anew without it."""
    packed = pack(texts)
    characters = packed
    if not whitespace:
        characters = Packed(*_without_spaces(packed.points, packed.starts, kinds.table("none")))
    if not word_order:
        nothing = np.zeros(0, dtype=np.uint32), np.zeros(len(texts) + 1, dtype=np.int64)
        return Texts(characters, *nothing, None)
    cut = words.cut(packed, "chrf")
    if known is not None:
        return Texts(characters, words.look_up(cut, known), cut.firsts, known)
    known = words.number(cut)
    return Texts(characters, known.numbers, cut.firsts, known)


def measure(
    hypotheses: Sequence[str], references: Texts, counts: np.ndarray, whitespace: bool, word_order: int
) -> np.ndarray:
    """chrF's row of each hypothesis, shape (segments, 18 + 3 * word_order), int64."""
    texts = prepare(hypotheses, whitespace, word_order, references.known)
    return _rows(
        *texts.characters,
        texts.numbers,
        texts.firsts,
        *references.characters,
        references.numbers,
        references.firsts,
        counts,
        word_order,
    )


@numba.njit(nogil=True, cache=True)
def _without_spaces(points: np.ndarray, starts: np.ndarray, kinds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    found = np.empty(len(points), dtype=np.uint32)
    ends = np.zeros(len(starts), dtype=np.int64)
    filled = 0
    for text in range(len(starts) - 1):
        for place in range(starts[text], starts[text + 1]):
            # Written in any case, and written over unless it counts: no branch to guess.
            found[filled] = points[place]
            filled += not kinds[points[place]] & SPACE
        ends[text + 1] = filled
    return found[:filled].copy(), ends


@numba.njit(nogil=True, cache=True)
def _rows(
    points: np.ndarray,
    starts: np.ndarray,
    words: np.ndarray,
    firsts: np.ndarray,
    reference_points: np.ndarray,
    reference_starts: np.ndarray,
    reference_words: np.ndarray,
    reference_firsts: np.ndarray,
    counts: np.ndarray,
    word_order: int,
) -> np.ndarray:
    segments, orders = len(counts), _ORDER + word_order
    rows = np.zeros((segments, 3 * orders), dtype=np.int64)
    room = ngrams.room(
        max(_longest(starts), _longest(firsts)), max(_longest(reference_starts), _longest(reference_firsts))
    )
    row = np.empty(3 * orders, dtype=np.int64)
    matches = np.empty(orders, dtype=np.int64)
    reference = 0
    for segment in range(segments):
        start, stop, first, last = starts[segment], starts[segment + 1], firsts[segment], firsts[segment + 1]
        best = -1.0
        for one in range(reference, reference + counts[segment]):
            ngrams.match(room, points, start, stop, reference_points, reference_starts, one, one + 1, matches[:_ORDER])
            ngrams.match(room, words, first, last, reference_words, reference_firsts, one, one + 1, matches[_ORDER:])
            length, reference_length = stop - start, reference_starts[one + 1] - reference_starts[one]
            for order in range(orders):
                if order == _ORDER:
                    length, reference_length = last - first, reference_firsts[one + 1] - reference_firsts[one]
                # sacrebleu counts none of the hypothesis where the reference has none.
                row[3 * order] = max(0, length) if reference_length > 0 else 0
                row[3 * order + 1] = max(0, reference_length)
                row[3 * order + 2] = matches[order]
                length, reference_length = length - 1, reference_length - 1
            score = _score(row)
            if score > best:
                best = score
                rows[segment] = row
        reference += counts[segment]
    return rows


@numba.njit(nogil=True)
def _longest(starts: np.ndarray) -> int:
    longest = 0
    for text in range(len(starts) - 1):
        longest = max(longest, starts[text + 1] - starts[text])
    return longest


@numba.njit(nogil=True)
def _score(row: np.ndarray) -> float:
    """sacrebleu's F-score, the same operations in the same order: it decides which reference is the best."""
    factor = 4
    precision, recall, orders = 0.0, 0.0, 0
    for place in range(0, len(row), 3):
        if row[place] > 0 and row[place + 1] > 0:
            precision += row[place + 2] / row[place]
            recall += row[place + 2] / row[place + 1]
            orders += 1
    if orders:
        precision /= orders
        recall /= orders
    if precision + recall == 0.0:
        return 0.0
    score = (1 + factor) * precision * recall
    score /= (factor * precision) + recall
    return 100 * score

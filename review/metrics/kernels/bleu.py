"""BLEU's rows: words matched up to order 4, clipped by the largest count of any reference."""

from __future__ import annotations

from collections.abc import Sequence

import numba
import numpy as np

from review.metrics.kernels import ngrams, words
from review.metrics.kernels.packing import pack

_ORDER = 4


def prepare(references: Sequence[str], tokenizer: str) -> words.Numbered:
    """The references' words; segments' references follow each other."""
    return words.number(words.cut(pack(references), tokenizer))


def measure(hypotheses: Sequence[str], references: words.Numbered, counts: np.ndarray, tokenizer: str) -> np.ndarray:
    """BLEU's row of each hypothesis, shape (segments, 10), int64; ``counts`` says how many references each has."""
    cut = words.cut(pack(hypotheses), tokenizer)
    numbers = words.look_up(cut, references)
    return _rows(numbers, cut.firsts, references.numbers, references.words.firsts, counts)


@numba.njit(nogil=True, cache=True)
def _rows(
    words: np.ndarray, firsts: np.ndarray, references: np.ndarray, reference_firsts: np.ndarray, counts: np.ndarray
) -> np.ndarray:
    segments = len(counts)
    rows = np.zeros((segments, 2 + 2 * _ORDER), dtype=np.int64)
    longest, longest_reference, reference = 0, 0, 0
    for segment in range(segments):
        after = reference + counts[segment]
        longest = max(longest, firsts[segment + 1] - firsts[segment])
        longest_reference = max(longest_reference, reference_firsts[after] - reference_firsts[reference])
        reference = after
    room = ngrams.room(longest, longest_reference)
    reference = 0
    for segment in range(segments):
        row, start, stop = rows[segment], firsts[segment], firsts[segment + 1]
        after = reference + counts[segment]
        row[0] = stop - start
        row[1] = reference_firsts[reference + 1] - reference_firsts[reference]
        for one in range(reference + 1, after):
            length = reference_firsts[one + 1] - reference_firsts[one]
            distance, least = abs(row[0] - length), abs(row[0] - row[1])
            # Of two lengths as near as each other, the shorter.
            if distance < least or (distance == least and length < row[1]):
                row[1] = length
        ngrams.match(room, words, start, stop, references, reference_firsts, reference, after, row[2 : 2 + _ORDER])
        for order in range(_ORDER):
            row[2 + _ORDER + order] = max(0, row[0] - order)
        reference = after
    return rows

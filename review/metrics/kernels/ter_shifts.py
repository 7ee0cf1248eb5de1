"""The shifts that Tercom looks at in one round, in sacrebleu's order and under its conditions."""

from __future__ import annotations

import numpy as np
from numba import njit

from review.metrics.kernels.ter_band import Trace

LONGEST = 10
FARTHEST = 50
CANDIDATES = 1000
"""sacrebleu's limits: words of a shifted block, places between the equal words, shifts looked at for one pair."""

ROOM = CANDIDATES + LONGEST + 1
"""Shifts that a round can find: the limit is looked at after each pair of blocks."""


@njit(nogil=True, cache=True)
def find_shifts(
    output: np.ndarray, reference: np.ndarray, distinct: int, trace: Trace, checked: int, shifts: np.ndarray
) -> tuple[int, int]:
    """Fill ``shifts`` (ROOM, 3) with the start, length and target of each; return how many, and all ``checked`` so far.

    Words are numbers below ``distinct``, which itself stands for a word that the reference does not have.
    """
    count = 0
    wrong_until = np.zeros(output.size + 1, np.int64)
    for i in range(output.size):
        wrong_until[i + 1] = wrong_until[i] + trace.output_wrong[i]
    awry_until = np.zeros(reference.size + 1, np.int64)
    for j in range(reference.size):
        awry_until[j + 1] = awry_until[j] + trace.reference_wrong[j]
    # Each word's places in the reference, in order: the first still near enough, and from each the next.
    places = np.full(distinct, -1, np.int64)
    following = np.empty(reference.size, np.int64)
    for j in range(reference.size - 1, -1, -1):
        following[j] = places[reference[j]]
        places[reference[j]] = j
    for start in range(output.size):
        word = output[start]
        if word == distinct:
            continue
        while places[word] >= 0 and places[word] < start - FARTHEST:
            places[word] = following[places[word]]
        place = places[word]
        while place >= 0 and place <= start + FARTHEST:
            aligned = trace.align[place]
            longest = min(LONGEST, min(output.size - start, reference.size - place))
            length = 0
            while length < longest and output[start + length] == reference[place + length]:
                length += 1
                if wrong_until[start + length] == wrong_until[start]:
                    continue
                if awry_until[place + length] == awry_until[place] or start <= aligned < start + length:
                    continue
                before = -1
                for at in range(place - 1, place + length):
                    target = trace.align[at] + 1 if at >= 0 else 0
                    if target != before:
                        shifts[count, 0], shifts[count, 1], shifts[count, 2] = start, length, target
                        count += 1
                        before = target
                if checked + count >= CANDIDATES:
                    return count, checked + count
            place = following[place]
    return count, checked + count


@njit(nogil=True, cache=True)
def shift(output: np.ndarray, start: int, length: int, target: int, moved: np.ndarray) -> tuple[int, int, int]:
    """Write into ``moved`` the words of ``output`` that a shift changes.

    A block goes before its ``target``; where that lies within the block or at its end, the block goes forward by as
    many words. Returns the changed words' first place, the place after them, and the most by which the distance to
    any text can change.
    """
    if target < start:
        first, middle, stop = target, start, start + length
    elif target > start + length:
        first, middle, stop = start, start + length, target
    else:
        first, middle, stop = start, start + length, min(output.size, target + length)
    ahead, back = middle - first, stop - middle
    # The shorter side is deleted here and inserted there.
    most = 2 * min(ahead, back)
    turn = stop - ahead
    while first < stop and output[first] == (output[first + ahead] if first < turn else output[first - back]):
        first += 1
    while first < stop and output[stop - 1] == (output[stop - 1 + ahead] if stop <= turn else output[stop - 1 - back]):
        stop -= 1
    for place in range(first, stop):
        moved[place - first] = output[place + ahead] if place < turn else output[place - back]
    return first, stop, min(most, stop - first)

"""Words of texts, cut as a tokenizer cuts them, and numbered so that equal words have equal numbers."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from review.metrics.kernels import kinds, tokens
from review.metrics.kernels.packing import Packed


class Words(NamedTuple):
    """The words of some texts, their characters without a gap.

    Text ``i`` has words ``firsts[i]`` up to ``firsts[i + 1]``; word ``w`` is ``points[starts[w]:starts[w + 1]]``, and
    ``hashes[w]`` is a hash of that. Types: uint32, int64, uint64, int64.
    """

    points: np.ndarray
    starts: np.ndarray
    hashes: np.ndarray
    firsts: np.ndarray


class Numbered(NamedTuple):
    """Words, the number of each (uint32), and the table that other words are looked up in."""

    words: Words
    numbers: np.ndarray
    table: np.ndarray


_PRIME = np.uint64(0x100000001B3)
_BASIS = np.uint64(0xCBF29CE484222325)
_SHIFT = np.uint64(29)

UNKNOWN = 0xFFFFFFFE
"""The number of a word that the table does not have."""


def cut(packed: Packed, tokenizer: str) -> Words:
    """Cut texts into words; ``tokenizer`` is one of ``tokens.MODES``."""
    return Words(*_cut(packed.points, packed.starts, kinds.table(tokenizer), tokens.MODES[tokenizer]))


def number(words: Words) -> Numbered:
    """Give each word the position of the first one that equals it."""
    return Numbered(words, *_number(words.points, words.starts, words.hashes))


def look_up(words: Words, known: Numbered) -> np.ndarray:
    """The number that each word has among ``known``, or UNKNOWN."""
    there = known.words
    return _look_up(
        words.points, words.starts, words.hashes, there.points, there.starts, there.hashes, known.table
    )  # fmt: skip


@numba.njit(nogil=True, cache=True)
def _cut(
    points: np.ndarray, starts: np.ndarray, kinds: np.ndarray, mode: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    count = len(starts) - 1
    longest = 0
    for text in range(count):
        longest = max(longest, starts[text + 1] - starts[text])
    buffer = np.empty(longest, dtype=np.uint32)
    bounds = np.empty((longest, 2), dtype=np.int64)
    # No tokenizer adds characters other than spaces, so words never need more room than the text.
    found = np.empty(len(points), dtype=np.uint32)
    ends = np.zeros(len(points) + 1, dtype=np.int64)
    hashes = np.empty(len(points), dtype=np.uint64)
    firsts = np.zeros(count + 1, dtype=np.int64)
    words, filled = 0, 0
    for text in range(count):
        length = starts[text + 1] - starts[text]
        buffer[:length] = points[starts[text] : starts[text + 1]]
        start, stop = tokens.cleaned(buffer, length, kinds, mode)
        for number in range(tokens.split(buffer, start, stop, kinds, mode, bounds)):
            begin, end = bounds[number, 0], bounds[number, 1]
            cut = tokens.sign(buffer, begin, end) if mode == tokens.CHRF else end
            while begin < end:
                mixed = _BASIS
                for place in range(begin, cut):
                    found[filled] = buffer[place]
                    filled += 1
                    mixed = (mixed ^ np.uint64(buffer[place])) * _PRIME
                words += 1
                ends[words] = filled
                # The lower bits choose the place in a table, and the upper ones are the better mixed.
                hashes[words - 1] = mixed ^ (mixed >> _SHIFT)
                begin, cut = cut, end
        firsts[text + 1] = words
    return found[:filled].copy(), ends[: words + 1].copy(), hashes[:words].copy(), firsts


@numba.njit(nogil=True)
def _same(points: np.ndarray, start: int, stop: int, others: np.ndarray, other: int, end: int) -> bool:
    if stop - start != end - other:
        return False
    for place in range(stop - start):  # noqa: SIM110
        if points[start + place] != others[other + place]:
            return False
    return True


@numba.njit(nogil=True, cache=True)
def _number(points: np.ndarray, starts: np.ndarray, hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    size = 16
    while size < 2 * len(hashes):
        size *= 2
    table = np.zeros(size, dtype=np.uint32)
    numbers = np.empty(len(hashes), dtype=np.uint32)
    for word in range(len(hashes)):
        slot = np.int64(hashes[word] & np.uint64(size - 1))
        while table[slot] != 0:
            there = np.int64(table[slot]) - 1
            if hashes[there] == hashes[word] and _same(
                points, starts[word], starts[word + 1], points, starts[there], starts[there + 1]
            ):
                break
            slot = (slot + 1) & (size - 1)
        if table[slot] == 0:
            table[slot] = word + 1
        numbers[word] = table[slot] - 1
    return numbers, table


@numba.njit(nogil=True, cache=True)
def _look_up(
    points: np.ndarray,
    starts: np.ndarray,
    hashes: np.ndarray,
    known: np.ndarray,
    known_starts: np.ndarray,
    known_hashes: np.ndarray,
    table: np.ndarray,
) -> np.ndarray:
    numbers = np.empty(len(hashes), dtype=np.uint32)
    size = len(table)
    for word in range(len(hashes)):
        numbers[word] = UNKNOWN
        slot = np.int64(hashes[word] & np.uint64(size - 1))
        while table[slot] != 0:
            there = np.int64(table[slot]) - 1
            if known_hashes[there] == hashes[word] and _same(
                points, starts[word], starts[word + 1], known, known_starts[there], known_starts[there + 1]
            ):
                numbers[word] = there
                break
            slot = (slot + 1) & (size - 1)
    return numbers

"""TER's edit matrix without a band, its rows made 64 columns at a time (Myers, 1999, as Hyyrö, 2003, writes it).

Its cells are never more than those of sacrebleu's band (``ter_band``). Where the alignment that is read from its
corner keeps inside the band, that alignment is the band's too: each cell on its way has the same value in both,
reached by the way itself, and a cell beside it is not less in the band, so no other step is preferred. Hence:

- The output's distance and alignment are checked so in each round.
- A shift gains no more in the band than here. So the shift that ranks first here ranks first in the band, if it gains
  there as much; and that is checked in the next round.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from review.metrics.kernels.ter_band import BEAM, Trace

BLOCKS = 8
"""The widest reference, in blocks of 64 words; the band is as quick from there on."""

ROWS = 64 * BLOCKS + 2 * BEAM
"""The most words of an output."""


class Bits(NamedTuple):
    """The rows (rows, blocks) of an output, bit by bit.

    ``masks`` (words, blocks) are each word's places in the reference. ``plus`` and ``minus`` say where a cell is one
    more or less than its left neighbour, ``diagonal`` where it equals the one to its upper left; ``ends`` (rows,) is
    the last column. ``one`` and ``other`` are scratch, a row each.
    """

    masks: np.ndarray
    plus: np.ndarray
    minus: np.ndarray
    diagonal: np.ndarray
    ends: np.ndarray
    one: np.ndarray
    other: np.ndarray


@njit(nogil=True, cache=True)
def make_bits() -> Bits:
    """Room for any output and reference that rows of bits are for."""
    return Bits(
        np.zeros((64 * BLOCKS + 1, BLOCKS), np.int64),
        np.full((ROWS + 1, BLOCKS), -1, np.int64),
        np.zeros((ROWS + 1, BLOCKS), np.int64),
        np.zeros((ROWS + 1, BLOCKS), np.int64),
        np.zeros(ROWS + 1, np.int64),
        np.zeros(BLOCKS, np.int64),
        np.zeros(BLOCKS, np.int64),
    )


@njit(nogil=True, cache=True)
def inside(distance: int, words: int, wanted: int) -> bool:
    """True where no path of ``distance`` edits between texts of these lengths leaves the band.

    Such a path leaves the line between the corners by (distance + difference of the lengths) / 2 columns at most. Row i
    of the band holds the columns from floor(i * wanted / words) - BEAM up to it + BEAM - 1, and the floor (of a float)
    is at most 1 below the line: BEAM - 2 columns to either side of the line are always there.
    """
    return distance + abs(words - wanted) <= 2 * (BEAM - 2)


@njit(nogil=True, cache=True)
def bit_rows(output: np.ndarray, start: int, wanted: int, bits: Bits) -> int:
    """Fill the rows after row ``start`` for a reference of ``wanted`` words, and return the distance."""
    blocks, last = (wanted + 63) >> 6, (wanted - 1) & 63
    if start == 0:
        bits.ends[0] = wanted
    for i in range(start, output.size):
        more, less = np.int64(1), np.int64(0)
        end = bits.ends[i]
        for block in range(blocks):
            vp, vn = bits.plus[i, block], bits.minus[i, block]
            x = bits.masks[output[i], block] | less
            d0 = (((x & vp) + vp) ^ vp) | x | vn
            hp = vn | ~(d0 | vp)
            hn = d0 & vp
            if block == blocks - 1:
                end += ((hp >> last) & 1) - ((hn >> last) & 1)
            up, down = (hp >> 63) & 1, (hn >> 63) & 1
            hp, hn = (hp << 1) | more, (hn << 1) | less
            more, less = up, down
            bits.plus[i + 1, block] = hn | ~(d0 | hp)
            bits.minus[i + 1, block] = hp & d0
            bits.diagonal[i + 1, block] = d0
        bits.ends[i + 1] = end
    return bits.ends[output.size]


@njit(nogil=True, cache=True)
def bit_shifted(output: np.ndarray, moved: np.ndarray, start: int, stop: int, wanted: int, bits: Bits) -> int:
    """As ``band_shifted``, in the whole matrix."""
    size = output.size
    blocks, last = (wanted + 63) >> 6, (wanted - 1) & 63
    masks, plus, minus = bits.masks, bits.plus, bits.minus
    end = bits.ends[start]
    kept = int((np.int64(2) << last) - 1)
    if blocks > 1:
        return _wide(output, moved, start, stop, blocks, last, kept, bits)
    vp, vn = plus[start, 0], minus[start, 0]
    for i in range(start, size):
        if i < stop:
            x = masks[moved[i - start], 0]
        elif ((vp ^ plus[i, 0]) | (vn ^ minus[i, 0])) & kept == 0:
            return bits.ends[size]
        else:
            x = masks[output[i], 0]
        d0 = (((x & vp) + vp) ^ vp) | x | vn
        hp = vn | ~(d0 | vp)
        hn = d0 & vp
        end += ((hp >> last) & 1) - ((hn >> last) & 1)
        hp, hn = (hp << 1) | 1, hn << 1
        vp = hn | ~(d0 | hp)
        vn = hp & d0
    return end


@njit(nogil=True, cache=True)
def _wide(
    output: np.ndarray, moved: np.ndarray, start: int, stop: int, blocks: int, last: int, kept: int, bits: Bits
) -> int:
    """The same for a reference of more than 64 words; ``kept`` are the bits of the last block that stand for words."""
    size = output.size
    end = bits.ends[start]
    for block in range(blocks):
        bits.one[block], bits.other[block] = bits.plus[start, block], bits.minus[start, block]
    for i in range(start, size):
        if i < stop:
            word = moved[i - start]
        else:
            differs = np.int64(0)
            for block in range(blocks):
                differs = (bits.one[block] ^ bits.plus[i, block]) | (bits.other[block] ^ bits.minus[i, block])
                if block == blocks - 1:
                    differs &= kept
                if differs:
                    break
            if not differs:
                return bits.ends[size]
            word = output[i]
        more, less = np.int64(1), np.int64(0)
        for block in range(blocks):
            vp, vn = bits.one[block], bits.other[block]
            x = bits.masks[word, block] | less
            d0 = (((x & vp) + vp) ^ vp) | x | vn
            hp = vn | ~(d0 | vp)
            hn = d0 & vp
            if block == blocks - 1:
                end += ((hp >> last) & 1) - ((hn >> last) & 1)
            up, down = (hp >> 63) & 1, (hn >> 63) & 1
            hp, hn = (hp << 1) | more, (hn << 1) | less
            more, less = up, down
            bits.one[block] = hn | ~(d0 | hp)
            bits.other[block] = hp & d0
    return end


@njit(nogil=True, cache=True)
def bit_trace(
    output: np.ndarray, reference: np.ndarray, bits: Bits, firsts: np.ndarray, stops: np.ndarray, trace: Trace
) -> bool:
    """As ``band_trace``, out of rows of bits; False where the path leaves the band.

    Row i of the band has the columns from ``firsts[i]`` up to ``stops[i]``; both are empty where no path leaves it.
    """
    i, j = output.size, reference.size
    while i > 0 or j > 0:
        if 0 < i < firsts.size and not firsts[i] <= j < stops[i]:
            return False
        block, bit = (j - 1) >> 6, (j - 1) & 63
        if i > 0 and j > 0 and output[i - 1] == reference[j - 1]:
            i, j = i - 1, j - 1
            trace.align[j], trace.output_wrong[i], trace.reference_wrong[j] = i, 0, 0
        elif i > 0 and j > 0 and not (bits.diagonal[i, block] >> bit) & 1:
            i, j = i - 1, j - 1
            trace.align[j], trace.output_wrong[i], trace.reference_wrong[j] = i, 1, 1
        elif i > 0 and (j == 0 or (bits.minus[i - 1, block] >> bit) & 1):
            i -= 1
            trace.output_wrong[i] = 1
        else:
            j -= 1
            trace.align[j], trace.reference_wrong[j] = i - 1, 1
    return True

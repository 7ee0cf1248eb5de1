"""Two ways to the rows of TER's edit matrix (output words down, reference words across), and to their alignment.

sacrebleu fills a band around the diagonal that runs from corner to corner: BEAM columns to either side (``band_*``).
Where every cheapest path keeps inside the band, the whole matrix has the same cheapest paths, and its rows are made
64 columns at a time (``bit_*``; Myers, 1999, as Hyyrö, 2003, writes it). A path with d edits, for lengths that differ
by n, leaves the diagonal by (d + n) / 2 columns at most, so ``inside`` decides it from the distance alone. The band's
cells are never less than the whole matrix's: a shifted output that is dearer there is dearer in the band.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

BEAM = 25
FAR = 1 << 29
"""More than any distance."""

BLOCKS = 8
"""The widest reference for bits, in blocks of 64 words; the band is as quick from there on."""

ROWS = 64 * BLOCKS + 2 * BEAM
"""More rows than outputs have whose distance passes ``inside`` for such a reference."""


@njit(nogil=True, cache=True)
def inside(distance: int, words: int, wanted: int) -> bool:
    """True where no path of ``distance`` edits between texts of these lengths leaves the band.

    Row i of the band holds the columns from floor(i * wanted / words) - BEAM up to it + BEAM - 1, and the floor (of a
    float) is at most 1 below the diagonal: BEAM - 2 columns to either side of the diagonal are always there.
    """
    return distance + abs(words - wanted) <= 2 * (BEAM - 2)


@njit(nogil=True, cache=True)
def bit_rows(output, start, masks, blocks, last, plus, minus, diagonal, ends):
    """Fill the rows after row ``start``, and return the distance.

    ``plus`` and ``minus`` (rows, blocks) say where a cell is one more or less than its left neighbour, ``diagonal``
    where it equals the one to its upper left, ``ends`` (rows,) is the last column. ``last`` is that column's bit.
    """
    for i in range(start, output.size):
        more, less = np.int64(1), np.int64(0)
        end = ends[i]
        for block in range(blocks):
            vp, vn = plus[i, block], minus[i, block]
            x = masks[output[i], block] | less
            d0 = (((x & vp) + vp) ^ vp) | x | vn
            hp = vn | ~(d0 | vp)
            hn = d0 & vp
            if block == blocks - 1:
                end += ((hp >> last) & 1) - ((hn >> last) & 1)
            up, down = (hp >> 63) & 1, (hn >> 63) & 1
            hp, hn = (hp << 1) | more, (hn << 1) | less
            more, less = up, down
            plus[i + 1, block] = hn | ~(d0 | hp)
            minus[i + 1, block] = hp & d0
            diagonal[i + 1, block] = d0
        ends[i + 1] = end
    return ends[output.size]


@njit(nogil=True, cache=True)
def bit_shifted(output, moved, start, stop, masks, blocks, last, plus, minus, ends, up, un):
    """The distance of ``output`` with ``moved`` in the place of its words from ``start`` up to ``stop``.

    As soon as a later row equals that of ``output`` itself, the rest does too. ``up`` and ``un`` are scratch (blocks,).
    """
    size = output.size
    end = ends[start]
    kept = (np.int64(2) << last) - 1
    if blocks == 1:
        vp, vn = plus[start, 0], minus[start, 0]
        for i in range(start, size):
            if i >= stop:
                if ((vp ^ plus[i, 0]) | (vn ^ minus[i, 0])) & kept == 0:
                    return ends[size]
                x = masks[output[i], 0]
            else:
                x = masks[moved[i - start], 0]
            d0 = (((x & vp) + vp) ^ vp) | x | vn
            hp = vn | ~(d0 | vp)
            hn = d0 & vp
            end += ((hp >> last) & 1) - ((hn >> last) & 1)
            hp, hn = (hp << 1) | 1, hn << 1
            vp = hn | ~(d0 | hp)
            vn = hp & d0
        return end
    for block in range(blocks):
        up[block], un[block] = plus[start, block], minus[start, block]
    for i in range(start, size):
        if i >= stop:
            differs = ((up[blocks - 1] ^ plus[i, blocks - 1]) | (un[blocks - 1] ^ minus[i, blocks - 1])) & kept
            for block in range(blocks - 1):
                differs |= (up[block] ^ plus[i, block]) | (un[block] ^ minus[i, block])
            if differs == 0:
                return ends[size]
            word = output[i]
        else:
            word = moved[i - start]
        more, less = np.int64(1), np.int64(0)
        for block in range(blocks):
            vp, vn = up[block], un[block]
            x = masks[word, block] | less
            d0 = (((x & vp) + vp) ^ vp) | x | vn
            hp = vn | ~(d0 | vp)
            hn = d0 & vp
            if block == blocks - 1:
                end += ((hp >> last) & 1) - ((hn >> last) & 1)
            higher, lower = (hp >> 63) & 1, (hn >> 63) & 1
            hp, hn = (hp << 1) | more, (hn << 1) | less
            more, less = higher, lower
            up[block] = hn | ~(d0 | hp)
            un[block] = hp & d0
    return end


@njit(nogil=True, cache=True)
def bit_trace(output, reference, minus, diagonal, align, output_wrong, reference_wrong):
    """Read the alignment backwards out of the rows that ``bit_rows`` filled (see ``band_trace``)."""
    i, j = output.size, reference.size
    while i > 0 or j > 0:
        block, bit = (j - 1) >> 6, (j - 1) & 63
        if i > 0 and j > 0 and output[i - 1] == reference[j - 1]:
            i, j = i - 1, j - 1
            align[j], output_wrong[i], reference_wrong[j] = i, 0, 0
        elif i > 0 and j > 0 and not (diagonal[i, block] >> bit) & 1:
            i, j = i - 1, j - 1
            align[j], output_wrong[i], reference_wrong[j] = i, 1, 1
        elif i > 0 and (j == 0 or (minus[i - 1, block] >> bit) & 1):
            i -= 1
            output_wrong[i] = 1
        else:
            j -= 1
            align[j], reference_wrong[j] = i - 1, 1


@njit(nogil=True, cache=True)
def band_windows(words, wanted, first, stop):
    """Set the columns of each row, from ``first`` up to ``stop``; return the widest row's width.

    Neighbouring rows touch: a step of the diagonal is ceil(wanted / words) columns at most, a row 2 * beam wide or
    cut off at the matrix's edge. So the last cell is always reached, and an alignment never meets an empty cell.
    """
    ratio = wanted / words
    beam = math.ceil(ratio / 2 + BEAM) if ratio / 2 > BEAM else BEAM
    width = 0
    for i in range(1, words + 1):
        middle = math.floor(i * ratio)
        first[i] = max(0, middle - beam)
        stop[i] = wanted + 1 if i == words else min(wanted + 1, middle + beam)
        width = max(width, stop[i] - first[i])
    first[0], stop[0] = 0, stop[1]  # the cells that row 1 looks at
    return max(width, stop[0])


@njit(nogil=True, cache=True)
def band_row(word, reference, before, before_first, before_stop, row, first, stop):
    """Fill one row from the one before it. Cell j stands at 1 + j - first, after a cell that is out of reach."""
    row[0] = FAR
    left = FAR
    j = first
    if j == 0:
        left = row[1] = before[1] + 1
        j = 1
    shared = min(stop, before_stop)
    at = j - before_first
    to = 1 + j - first
    while j < shared:
        cost = before[at] + (word != reference[j - 1])
        cost = min(cost, min(before[at + 1], left) + 1)
        row[to] = left = cost
        j, at, to = j + 1, at + 1, to + 1
    if j < stop and j == before_stop:
        left = row[to] = min(before[at] + (word != reference[j - 1]), left + 1)
        j, to = j + 1, to + 1
    while j < stop:
        left = row[to] = left + 1
        j, to = j + 1, to + 1


@njit(nogil=True, cache=True)
def band_rows(output, start, reference, first, stop, band):
    """Fill the rows after row ``start``, and return the distance."""
    if start == 0:
        band[0, 0] = FAR
        for j in range(stop[0]):
            band[0, 1 + j] = j
    for i in range(start, output.size):
        band_row(output[i], reference, band[i], first[i], stop[i], band[i + 1], first[i + 1], stop[i + 1])
    return band[output.size, 1 + reference.size - first[output.size]]


@njit(nogil=True, cache=True)
def band_shifted(output, moved, start, stop_moved, reference, first, stop, band, one, other):
    """As ``bit_shifted``, in the band; ``one`` and ``other`` are scratch of a row's width."""
    size = output.size
    before = band[start]
    for i in range(start, size):
        word = moved[i - start] if i < stop_moved else output[i]
        band_row(word, reference, before, first[i], stop[i], one, first[i + 1], stop[i + 1])
        if i + 1 >= stop_moved:
            same = True
            for at in range(1, 1 + stop[i + 1] - first[i + 1]):
                if one[at] != band[i + 1, at]:
                    same = False
                    break
            if same:
                return band[size, 1 + reference.size - first[size]]
        before = one
        one, other = other, one
    return before[1 + reference.size - first[size]]


@njit(nogil=True, cache=True)
def band_cell(band, first, stop, i, j):
    """A cell of the band; out of reach outside it."""
    if i == 0:
        return j
    return band[i, 1 + j - first[i]] if first[i] <= j < stop[i] else FAR


@njit(nogil=True, cache=True)
def band_trace(output, reference, first, stop, band, align, output_wrong, reference_wrong):
    """Read the alignment backwards out of the rows: a word kept or replaced is preferred, then one deleted.

    ``align`` is the position in the output (or -1) for each word of the reference; the others are 1 at words that are
    not the same on the other side.
    """
    i, j = output.size, reference.size
    while i > 0 or j > 0:
        here = band_cell(band, first, stop, i, j)
        if i > 0 and j > 0:
            wrong = 1 if output[i - 1] != reference[j - 1] else 0
            if band_cell(band, first, stop, i - 1, j - 1) + wrong == here:
                i, j = i - 1, j - 1
                align[j], output_wrong[i], reference_wrong[j] = i, wrong, wrong
                continue
        if i > 0 and (j == 0 or band_cell(band, first, stop, i - 1, j) + 1 == here):
            i -= 1
            output_wrong[i] = 1
        else:
            j -= 1
            align[j], reference_wrong[j] = i - 1, 1

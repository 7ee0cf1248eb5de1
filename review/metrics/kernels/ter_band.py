"""TER's edit matrix as sacrebleu fills it: output words down, reference words across, a band from corner to corner.

A row holds BEAM columns to either side of the line between the corners; all other cells are out of reach.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

BEAM = 25
FAR = 1 << 29
"""More than any distance."""


class Band(NamedTuple):
    """Row i has the columns from ``firsts[i]`` up to ``stops[i]``.

    ``cells`` (rows, width + 1) have them behind one out of reach; ``one`` and ``other`` are scratch, a row each.
    """

    firsts: np.ndarray
    stops: np.ndarray
    cells: np.ndarray
    one: np.ndarray
    other: np.ndarray


class Trace(NamedTuple):
    """An alignment: each reference word's place in the output or -1, and on either side 1 for words that differ."""

    align: np.ndarray
    output_wrong: np.ndarray
    reference_wrong: np.ndarray


@njit(nogil=True, cache=True)
def make_band(words: int, wanted: int, filled: bool) -> Band:
    """The band for texts of these lengths; its cells and scratch only if they are to be ``filled``. None for 0 words.

    Neighbouring rows touch: a step of the diagonal is ceil(wanted / words) columns at most, and a row is at least that
    wide or cut off at the matrix's edge. So the last cell is always reached and an alignment meets no empty cell.
    """
    if words == 0:
        none = np.empty(0, np.int32)
        return Band(np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, 0), np.int32), none, none)
    firsts, stops = np.empty(words + 1, np.int64), np.empty(words + 1, np.int64)
    ratio = wanted / words
    beam = math.ceil(ratio / 2 + BEAM) if ratio / 2 > BEAM else BEAM
    width = 0
    for i in range(1, words + 1):
        middle = math.floor(i * ratio)
        firsts[i] = max(0, middle - beam)
        stops[i] = wanted + 1 if i == words else min(wanted + 1, middle + beam)
        width = max(width, stops[i] - firsts[i])
    firsts[0], stops[0] = 0, stops[1]  # of the first row, what the next looks at
    width = max(width, stops[0]) + 1 if filled else 0
    cells = np.empty((words + 1 if filled else 0, width), np.int32)
    return Band(firsts, stops, cells, np.empty(width, np.int32), np.empty(width, np.int32))


@njit(nogil=True, cache=True)
def fill_row(
    word: int, reference: np.ndarray, before: np.ndarray, firsts: np.ndarray, stops: np.ndarray, i: int, row: np.ndarray
) -> None:
    """Fill ``row``, the one after row i (``before``). Cell j stands at 1 + j - first."""
    first, stop = firsts[i + 1], stops[i + 1]
    row[0] = FAR
    left = FAR
    j = first
    if j == 0:
        left = row[1] = before[1] + 1
        j = 1
    shared = min(stop, stops[i])
    at = j - firsts[i]
    to = 1 + j - first
    while j < shared:
        cost = before[at] + (word != reference[j - 1])
        row[to] = left = min(cost, min(before[at + 1], left) + 1)
        j, at, to = j + 1, at + 1, to + 1
    if j < stop and j == stops[i]:
        row[to] = left = min(before[at] + (word != reference[j - 1]), left + 1)
        j, to = j + 1, to + 1
    while j < stop:
        row[to] = left = left + 1
        j, to = j + 1, to + 1


@njit(nogil=True, cache=True)
def band_rows(output: np.ndarray, start: int, reference: np.ndarray, band: Band) -> int:
    """Fill the rows after row ``start``, and return the distance."""
    if start == 0:
        band.cells[0, 0] = FAR
        for j in range(band.stops[0]):
            band.cells[0, 1 + j] = j
    for i in range(start, output.size):
        fill_row(output[i], reference, band.cells[i], band.firsts, band.stops, i, band.cells[i + 1])
    return int(band.cells[output.size, 1 + reference.size - band.firsts[output.size]])


@njit(nogil=True, cache=True)
def band_shifted(
    output: np.ndarray, moved: np.ndarray, start: int, stop: int, reference: np.ndarray, band: Band
) -> int:
    """The distance of ``output`` with ``moved`` in the place of its words from ``start`` up to ``stop``.

    As soon as a later row equals that of ``output`` itself, the rest does too.
    """
    size = output.size
    before, one, other = band.cells[start], band.one, band.other
    for i in range(start, size):
        word = moved[i - start] if i < stop else output[i]
        fill_row(word, reference, before, band.firsts, band.stops, i, one)
        if i + 1 >= stop:
            same = True
            for at in range(1, 1 + band.stops[i + 1] - band.firsts[i + 1]):
                if one[at] != band.cells[i + 1, at]:
                    same = False
                    break
            if same:
                return int(band.cells[size, 1 + reference.size - band.firsts[size]])
        before = one
        one, other = other, one
    return int(before[1 + reference.size - band.firsts[size]])


@njit(nogil=True, cache=True)
def cell(band: Band, i: int, j: int) -> int:
    """A cell of the band; out of reach outside it."""
    if i == 0:
        return j
    return int(band.cells[i, 1 + j - band.firsts[i]]) if band.firsts[i] <= j < band.stops[i] else FAR


@njit(nogil=True, cache=True)
def band_trace(output: np.ndarray, reference: np.ndarray, band: Band, trace: Trace) -> None:
    """Read the alignment backwards: a word kept or replaced is preferred, then one deleted, then one inserted."""
    i, j = output.size, reference.size
    while i > 0 or j > 0:
        here = cell(band, i, j)
        wrong = 1 if i > 0 and j > 0 and output[i - 1] != reference[j - 1] else 0
        if i > 0 and j > 0 and cell(band, i - 1, j - 1) + wrong == here:
            i, j = i - 1, j - 1
            trace.align[j], trace.output_wrong[i], trace.reference_wrong[j] = i, wrong, wrong
        elif i > 0 and (j == 0 or cell(band, i - 1, j) + 1 == here):
            i -= 1
            trace.output_wrong[i] = 1
        else:
            j -= 1
            trace.align[j], trace.reference_wrong[j] = i - 1, 1

"""TER's edits, exactly as sacrebleu's Tercom counts them: shifts of blocks of words while they pay, then word edits.

Words are numbers; a word of the output that its reference does not have is any number below 0, because words are
only ever compared across. Nothing here knows text.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from review.metrics.kernels.ter_rows import (
    BLOCKS,
    ROWS,
    band_rows,
    band_shifted,
    band_trace,
    band_windows,
    bit_rows,
    bit_shifted,
    bit_trace,
    inside,
)
from review.metrics.kernels.ter_shifts import CANDIDATES, ROOM, find_shifts, shift


@njit(nogil=True, cache=True)
def edits(outputs, output_starts, references, reference_starts, firsts, vocabulary):
    """The fewest edits of each segment over its references, int64 (segments,).

    Segment s is ``outputs[output_starts[s]:output_starts[s + 1]]``; its references are those numbered from
    ``firsts[s]`` up to ``firsts[s + 1]``, cut out of ``references`` in the same way. Words are int32, from 0 up to
    ``vocabulary`` (exclusive); outputs may have words below 0.
    """
    segments = output_starts.size - 1
    found = np.empty(segments, np.int64)
    local = np.full(vocabulary, -1, np.int32)
    masks = np.zeros((64 * BLOCKS + 1, BLOCKS), np.int64)
    bits = np.empty((3, ROWS + 1, BLOCKS), np.int64)
    shifts = np.empty((ROOM, 3), np.int64)
    for segment in range(segments):
        output = outputs[output_starts[segment] : output_starts[segment + 1]]
        best = np.int64(-1)
        for number in range(firsts[segment], firsts[segment + 1]):
            reference = references[reference_starts[number] : reference_starts[number + 1]]
            one = _pair(output, reference, local, masks, bits, shifts)
            if best < 0 or one < best:
                best = one
        found[segment] = best
    return found


@njit(nogil=True, cache=True)
def _pair(given, wanted, local, masks, bits, shifts):
    """The edits of one output against one reference, both renumbered from 0 for the pair.

    ``local`` (all -1) and ``masks`` (all 0) are left as they came.
    """
    if wanted.size == 0 or given.size == 0:
        return np.int64(max(wanted.size, given.size))
    reference = np.empty(wanted.size, np.int32)
    left = np.zeros(wanted.size, np.int32)
    distinct = np.int32(0)
    for j in range(wanted.size):
        if local[wanted[j]] < 0:
            local[wanted[j]] = distinct
            distinct += 1
        reference[j] = local[wanted[j]]
        left[reference[j]] += 1
    output = np.empty(given.size, np.int32)
    common = 0
    for i in range(given.size):
        word = local[given[i]] if given[i] >= 0 else np.int32(-1)
        output[i] = word if word >= 0 else distinct
        if word >= 0 and left[word] > 0:
            left[word] -= 1
            common += 1
    for j in range(wanted.size):
        local[wanted[j]] = -1
    # No order of the output's words has a smaller distance than this.
    least = max(output.size, reference.size) - common
    small = reference.size <= 64 * BLOCKS and output.size <= ROWS
    if small:
        for j in range(reference.size):
            masks[reference[j], j >> 6] |= np.int64(1) << (j & 63)
    found = _shifted(output, reference, distinct, least, small, masks, bits, shifts)
    if small:
        for j in range(reference.size):
            masks[reference[j], j >> 6] = 0
    return found


@njit(nogil=True, cache=True)
def _shifted(output, reference, distinct, least, small, masks, bits, shifts):
    """Shift blocks of ``output`` while the distance falls; the shifts and the distance that is left, added up.

    ``small`` texts have rows of bits. They tell everything where ``inside`` says so (the distance only falls, so what
    holds once holds on); elsewhere they still tell which shifts cannot gain.
    """
    size = output.size
    blocks, last = (reference.size + 63) >> 6, (reference.size - 1) & 63
    plus, minus, diagonal = bits[0], bits[1], bits[2]
    ends = np.empty(size + 1 if small else 0, np.int64)
    whole = False
    distance = full = np.int64(least)
    if small:
        plus[0, :blocks] = -1
        minus[0, :blocks] = 0
        ends[0] = reference.size
        distance = full = bit_rows(output, 0, masks, blocks, last, plus, minus, diagonal, ends)
        whole = inside(distance, size, reference.size)
        if whole and distance <= least:
            return distance
    height = 0 if whole else size + 1
    firsts, stops = np.empty(height, np.int64), np.empty(height, np.int64)
    width = 0 if whole else band_windows(size, reference.size, firsts, stops) + 1
    band = np.empty((height, width), np.int32)
    if not whole:
        distance = np.int64(band_rows(output, 0, reference, firsts, stops, band))
    row, other = np.empty(width, np.int32), np.empty(width, np.int32)
    up, un = np.empty(blocks, np.int64), np.empty(blocks, np.int64)
    align, moved = np.empty(reference.size, np.int64), np.empty(size, np.int32)
    output_wrong, reference_wrong = np.empty(size, np.int64), np.empty(reference.size, np.int64)
    done, checked = 0, 0
    while distance > least:
        if whole:
            bit_trace(output, reference, minus, diagonal, align, output_wrong, reference_wrong)
        else:
            band_trace(output, reference, firsts, stops, band, align, output_wrong, reference_wrong)
        count, checked = find_shifts(output, reference, distinct, align, output_wrong, reference_wrong, checked, shifts)
        # The round that reaches the limit ends the search, and its best shift is not made.
        if checked >= CANDIDATES:
            break
        gain, length, start, target = 0, 0, 0, 0
        for number in range(count):
            begin, words, aim = shifts[number, 0], shifts[number, 1], shifts[number, 2]
            first, stop, most = shift(output, begin, words, aim, moved)
            # What holds of the whole matrix's distance is carried over to the band's, which is never less.
            most = min(most + distance - full, distance - least) if stop > first else 0
            if most <= 0 or not _before(most, words, begin, aim, gain, length, start, target):
                continue
            if small:
                rest = bit_shifted(output, moved, first, stop, masks, blocks, last, plus, minus, ends, up, un)
                most = min(most, distance - rest)
            if not whole and most > 0 and _before(most, words, begin, aim, gain, length, start, target):
                rest = band_shifted(output, moved, first, stop, reference, firsts, stops, band, row, other)
                most = min(most, distance - rest)
            if most > 0 and _before(most, words, begin, aim, gain, length, start, target):
                gain, length, start, target = most, words, begin, aim
        if gain <= 0:
            break
        first, stop, _ = shift(output, start, length, target, moved)
        output[first:stop] = moved[: stop - first]
        if small:
            distance = full = bit_rows(output, first, masks, blocks, last, plus, minus, diagonal, ends)
        if not whole:
            distance = np.int64(band_rows(output, first, reference, firsts, stops, band))
        done += 1
    return done + distance


@njit(nogil=True, cache=True)
def _before(gain, length, start, target, other_gain, other_length, other_start, other_target):
    """True where a shift ranks before another: by gain, then the longer, then the earlier, then the nearer to the start."""
    if gain != other_gain:
        return gain > other_gain
    if length != other_length:
        return length > other_length
    if start != other_start:
        return start < other_start
    return target < other_target

"""TER's edits, exactly as sacrebleu's Tercom counts them: shifts of blocks of words while they pay, then word edits.

Words are numbers; a word of the output that its reference does not have is any number below 0, because words are
only ever compared across. Nothing here knows text.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from review.metrics.kernels.ter_band import Trace, band_rows, band_shifted, band_trace, make_band
from review.metrics.kernels.ter_bits import BLOCKS, ROWS, Bits, bit_rows, bit_shifted, bit_trace, inside, make_bits
from review.metrics.kernels.ter_shifts import CANDIDATES, ROOM, find_shifts, shift


@njit(nogil=True, cache=True)
def edits(
    outputs: np.ndarray,
    output_starts: np.ndarray,
    references: np.ndarray,
    reference_starts: np.ndarray,
    firsts: np.ndarray,
    vocabulary: int,
) -> np.ndarray:
    """The fewest edits of each segment over its references, int64 (segments,).

    Segment s is ``outputs[output_starts[s]:output_starts[s + 1]]``; its references are those numbered from
    ``firsts[s]`` up to ``firsts[s + 1]``, cut out of ``references`` in the same way. Words are int32, from 0 up to
    ``vocabulary`` (exclusive); outputs may have words below 0.
    """
    segments = output_starts.size - 1
    found = np.empty(segments, np.int64)
    local = np.full(vocabulary, -1, np.int32)
    bits = make_bits()
    shifts = np.empty((ROOM, 3), np.int64)
    for segment in range(segments):
        output = outputs[output_starts[segment] : output_starts[segment + 1]]
        best = -1
        for number in range(firsts[segment], firsts[segment + 1]):
            reference = references[reference_starts[number] : reference_starts[number + 1]]
            one = _pair(output, reference, local, bits, shifts)
            if best < 0 or one < best:
                best = one
        found[segment] = best
    return found


@njit(nogil=True, cache=True)
def _pair(given: np.ndarray, wanted: np.ndarray, local: np.ndarray, bits: Bits, shifts: np.ndarray) -> int:
    """The edits of one output against one reference, both renumbered from 0 for the pair.

    ``local`` (all -1) and ``bits.masks`` (all 0) are left as they came.
    """
    if wanted.size == 0 or given.size == 0:
        return max(wanted.size, given.size)
    reference = np.empty(wanted.size, np.int32)
    left = np.zeros(wanted.size, np.int32)
    distinct = int(np.int64(0))  # a plain 0 would be a type of its own, and compile what it is given to again
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
            bits.masks[reference[j], j >> 6] |= np.int64(1) << (j & 63)
    found = _shifted(output.copy(), reference, distinct, least, small, small, bits, shifts)
    if found < 0:  # it was small
        found = _shifted(output, reference, distinct, least, small, not small, bits, shifts)
    if small:
        for j in range(reference.size):
            bits.masks[reference[j], j >> 6] = 0
    return found


@njit(nogil=True, cache=True)
def _shifted(
    output: np.ndarray,
    reference: np.ndarray,
    distinct: int,
    least: int,
    small: bool,
    whole: bool,
    bits: Bits,
    shifts: np.ndarray,
) -> int:
    """Shift blocks of ``output`` while the distance falls; the shifts and the distance that is left, added up.

    ``small`` texts have rows of bits. ``whole`` asks for nothing else, and has -1 come back where the path leaves the
    band. Otherwise the band decides, and rows of bits tell which shifts cannot gain.
    """
    size, wanted = output.size, reference.size
    distance = full = least
    begin = done = checked = int(np.int64(0))
    if small:
        distance = full = bit_rows(output, begin, wanted, bits)
    sure = whole and inside(distance, size, wanted)
    if sure and distance <= least:
        return distance
    band = make_band(0 if sure else size, wanted, not whole)
    if not whole:
        distance = band_rows(output, begin, reference, band)
    trace = Trace(np.empty(wanted, np.int64), np.empty(size, np.int64), np.empty(wanted, np.int64))
    moved = np.empty(size, np.int32)
    while True:
        if not whole:
            if distance > least:
                band_trace(output, reference, band, trace)
        elif not bit_trace(output, reference, bits, band.firsts, band.stops, trace):
            return -1
        if distance <= least:
            break
        count, checked = find_shifts(output, reference, distinct, trace, checked, shifts)
        # The round that reaches the limit ends the search, and its best shift is not made.
        if checked >= CANDIDATES:
            break
        gain = length = start = target = int(np.int64(0))
        longest = int(np.int64(0))
        for number in range(count):
            longest = max(longest, shifts[number, 1])
        # The longest first, because they may gain most; what cannot rank before the best so far is not tried.
        for words in range(longest, 0, -1):
            for number in range(count):
                if shifts[number, 1] != words:
                    continue
                source, aim = shifts[number, 0], shifts[number, 2]
                first, stop, most = shift(output, source, words, aim, moved)
                # The band's distance is never less than that of the whole matrix, by which the change is bounded.
                most = min(most + distance - full, distance - least) if stop > first else 0
                if most <= 0 or not _before(most, words, source, aim, gain, length, start, target):
                    continue
                if small:
                    most = min(most, distance - bit_shifted(output, moved, first, stop, wanted, bits))
                if not whole and most > 0 and _before(most, words, source, aim, gain, length, start, target):
                    most = min(most, distance - band_shifted(output, moved, first, stop, reference, band))
                if most > 0 and _before(most, words, source, aim, gain, length, start, target):
                    gain, length, start, target = most, words, source, aim
        if gain <= 0:
            break
        first, stop, most = shift(output, start, length, target, moved)
        for place in range(first, stop):
            output[place] = moved[place - first]
        if small:
            distance = full = bit_rows(output, first, wanted, bits)
        if not whole:
            distance = band_rows(output, first, reference, band)
        done += 1
    return done + distance


@njit(nogil=True, cache=True)
def _before(
    gain: int, length: int, start: int, target: int,
    other_gain: int, other_length: int, other_start: int, other_target: int,
) -> bool:  # fmt: skip
    """True where a shift ranks before another: the greater gain, then the longer, the earlier, the earlier target."""
    if gain != other_gain:
        return gain > other_gain
    if length != other_length:
        return length > other_length
    if start != other_start:
        return start < other_start
    return target < other_target

r"""sacrebleu's tokenizers, each pass of theirs a pass here, in their order, over a text's code points.

A pass that only takes characters out works in place; one that puts spaces in writes to a second buffer. Searching goes
from left to right and goes on after what it found, as Python's ``replace`` and ``sub`` do.
"""

from __future__ import annotations

from collections.abc import Callable

import numba
import numpy as np

from review.metrics.kernels.kinds import ALONE, CHINESE, DASH, DIGIT, SPACE, STOP, international, western

NONE, V13A, ZH, INTL, CHAR, CHRF = range(6)

MODES: dict[str, tuple[int, Callable[[], np.ndarray]]] = {
    "none": (NONE, western),
    "13a": (V13A, western),
    "zh": (ZH, western),
    "intl": (INTL, international),
    "char": (CHAR, western),
    "chrf": (CHRF, western),
}
"""Tokenizers by name: the mode of ``spaced`` and ``split``, and the table of characters. ``chrf``: chrF's words."""

_BLANK = np.uint32(0x20)
_SKIPPED = np.array([ord(letter) for letter in "<skipped>"], dtype=np.uint32)
_HYPHENATED = np.array([ord(letter) for letter in "-\n"], dtype=np.uint32)
_LINE = np.array([ord(letter) for letter in "\n"], dtype=np.uint32)
_QUOTE = np.array([ord(letter) for letter in "&quot;"], dtype=np.uint32)
_AND = np.array([ord(letter) for letter in "&amp;"], dtype=np.uint32)
_LESS = np.array([ord(letter) for letter in "&lt;"], dtype=np.uint32)
_MORE = np.array([ord(letter) for letter in "&gt;"], dtype=np.uint32)
_NOTHING = np.uint32(0)
_PRIME = np.uint64(0x100000001B3)
_BASIS = np.uint64(0xCBF29CE484222325)
_SHIFT = np.uint64(29)


@numba.njit(nogil=True)
def room(length: int, mode: int) -> int:
    """How long a buffer must be for a text of ``length``.

    A pass adds 2 spaces to a character that it sets apart. Stops are set apart twice, and what ``zh`` puts around a
    Chinese character is set apart again.
    """
    if mode == V13A:
        return 5 * (length + 2)
    if mode == ZH:
        return 9 * length
    if mode == INTL:
        return 7 * length
    return length


@numba.njit(nogil=True)
def spaced(one: np.ndarray, two: np.ndarray, length: int, kinds: np.ndarray, mode: int) -> tuple[np.ndarray, int]:
    """Put spaces between the words of a text, which ``one`` holds; returns the buffer that has them, and its length."""
    if mode == V13A:
        length = _stripped(one, length, kinds)
        length = _replace(one, length, _SKIPPED, _NOTHING)
        length = _replace(one, length, _HYPHENATED, _NOTHING)
        length = _replace(one, length, _LINE, _BLANK)
        length = _replace(one, length, _QUOTE, np.uint32(0x22))
        length = _replace(one, length, _AND, np.uint32(0x26))
        length = _replace(one, length, _LESS, np.uint32(0x3C))
        length = _replace(one, length, _MORE, np.uint32(0x3E))
        length = _between_blanks(one, length)
        length = _apart(one, 0, length, two, kinds, ALONE)
    if mode == ZH:
        length = _stripped(one, length, kinds)
        start = 0
        while start < length and kinds[one[start]] & SPACE:
            start += 1
        length = _apart(one, start, length, two, kinds, CHINESE)
        length = _apart(two, 0, length, one, kinds, ALONE)
        one, two = two, one
    if mode in (V13A, ZH):
        length = _stop_after(two, length, one, kinds)
        length = _stop_before(one, length, two, kinds)
        length = _dash_after(two, length, one, kinds)
        return one, length
    if mode == INTL:
        length = _stripped(one, length, kinds)
        length = _stop_after(one, length, two, kinds)
        length = _stop_before(two, length, one, kinds)
        length = _apart(one, 0, length, two, kinds, ALONE)
        return two, length
    return one, length


@numba.njit(nogil=True)
def _stripped(text: np.ndarray, length: int, kinds: np.ndarray) -> int:
    """The length without spaces at the end."""
    while length > 0 and kinds[text[length - 1]] & SPACE:
        length -= 1
    return length


@numba.njit(nogil=True)
def _replace(text: np.ndarray, length: int, old: np.ndarray, new: np.uint32) -> int:
    """Replace ``old`` by one character, or by _NOTHING, in place; returns the new length."""
    there = False
    for place in range(length):
        there |= text[place] == old[0]
    if not there:
        return length
    place, end = 0, 0
    while place < length:
        same = place + len(old) <= length
        for offset in range(len(old)):
            same = same and text[place + offset] == old[offset]
        if not same:
            text[end] = text[place]
            end += 1
            place += 1
            continue
        if new != _NOTHING:
            text[end] = new
            end += 1
        place += len(old)
    return end


@numba.njit(nogil=True)
def _between_blanks(text: np.ndarray, length: int) -> int:
    """Put a space before and after, in place."""
    for place in range(length - 1, -1, -1):
        text[place + 1] = text[place]
    text[0] = _BLANK
    text[length + 1] = _BLANK
    return length + 2


@numba.njit(nogil=True)
def _apart(text: np.ndarray, start: int, stop: int, to: np.ndarray, kinds: np.ndarray, kind: int) -> int:
    """Each character of that kind between two spaces; returns the length of what is in ``to``, as all passes do."""
    end = 0
    for place in range(start, stop):
        if kinds[text[place]] & kind:
            to[end] = _BLANK
            to[end + 1] = text[place]
            to[end + 2] = _BLANK
            end += 3
        else:
            to[end] = text[place]
            end += 1
    return end


@numba.njit(nogil=True)
def _stop_after(text: np.ndarray, length: int, to: np.ndarray, kinds: np.ndarray) -> int:
    """A stop after anything but a digit, between two spaces."""
    place, end = 0, 0
    while place < length:
        to[end] = text[place]
        end += 1
        if place + 1 < length and kinds[text[place + 1]] & STOP and not kinds[text[place]] & DIGIT:
            to[end] = _BLANK
            to[end + 1] = text[place + 1]
            to[end + 2] = _BLANK
            end += 3
            place += 1
        place += 1
    return end


@numba.njit(nogil=True)
def _stop_before(text: np.ndarray, length: int, to: np.ndarray, kinds: np.ndarray) -> int:
    """A stop before anything but a digit, between two spaces."""
    place, end = 0, 0
    while place < length:
        if place + 1 < length and kinds[text[place]] & STOP and not kinds[text[place + 1]] & DIGIT:
            to[end] = _BLANK
            to[end + 1] = text[place]
            to[end + 2] = _BLANK
            to[end + 3] = text[place + 1]
            end += 4
            place += 2
        else:
            to[end] = text[place]
            end += 1
            place += 1
    return end


@numba.njit(nogil=True)
def _dash_after(text: np.ndarray, length: int, to: np.ndarray, kinds: np.ndarray) -> int:
    """A dash after a digit, between two spaces."""
    place, end = 0, 0
    while place < length:
        to[end] = text[place]
        end += 1
        if place + 1 < length and kinds[text[place]] & DIGIT and kinds[text[place + 1]] & DASH:
            to[end] = _BLANK
            to[end + 1] = text[place + 1]
            to[end + 2] = _BLANK
            end += 3
            place += 1
        place += 1
    return end


@numba.njit(nogil=True)
def split(
    text: np.ndarray,
    length: int,
    kinds: np.ndarray,
    mode: int,
    found: np.ndarray,
    ends: np.ndarray,
    hashes: np.ndarray,
    words: int,
) -> int:
    """Cut at spaces and add each word to ``found``, its end and its hash; returns how many words there are then."""
    place = 0
    while place < length:
        if kinds[text[place]] & SPACE:
            place += 1
            continue
        first = place
        place += 1
        while mode != CHAR and place < length and not kinds[text[place]] & SPACE:
            place += 1
        cut = place
        if mode == CHRF and place - first > 1:
            # chrF takes one sign off a word, the last if it can: "(hi)" becomes "(hi" and ")".
            if _sign(text[place - 1]):
                cut = place - 1
            elif _sign(text[first]):
                cut = first + 1
        words = _add(text, first, cut, found, ends, hashes, words)
        if cut < place:
            words = _add(text, cut, place, found, ends, hashes, words)
    return words


@numba.njit(nogil=True)
def _sign(point: int) -> bool:
    """True for ASCII's punctuation."""
    return 0x21 <= point <= 0x2F or 0x3A <= point <= 0x40 or 0x5B <= point <= 0x60 or 0x7B <= point <= 0x7E


@numba.njit(nogil=True)
def _add(
    text: np.ndarray, start: int, stop: int, found: np.ndarray, ends: np.ndarray, hashes: np.ndarray, words: int
) -> int:
    end, mixed = ends[words], _BASIS
    for place in range(start, stop):
        found[end] = text[place]
        end += 1
        mixed = (mixed ^ np.uint64(text[place])) * _PRIME
    ends[words + 1] = end
    hashes[words] = mixed ^ (mixed >> _SHIFT)
    return words + 1

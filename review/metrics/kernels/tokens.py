r"""sacrebleu's tokenizers, over a text's code points, in one pass where sacrebleu makes several.

After its replacements, ``13a`` (and ``zh``, and ``intl`` with other classes) sets apart, one after another:

1. every symbol;
2. a stop after anything but a digit: ``([^0-9])([.,])``, from left to right, none overlapping. So what stands before
   must be there, be no digit, and not be a stop that was just set apart itself, as it is used up;
3. a stop before anything but a digit: ``([.,])([^0-9])``. What step 2 set apart is so already; of two stops beside each
   other, step 2 put a space between, which is no digit;
4. a dash after a digit. No step before puts a space between these.

So each character is decided by itself, what stands before and what comes next. ``intl`` sets symbols apart last; until
then a symbol is no digit, as the space beside it would be.
"""

from __future__ import annotations

import numba
import numpy as np

from review.metrics.kernels.kinds import DASH, DIGIT, SPACE, STOP

NONE, V13A, ZH, INTL, CHAR, CHRF = range(6)

MODES = {"none": NONE, "13a": V13A, "zh": ZH, "intl": INTL, "char": CHAR, "chrf": CHRF}
"""Tokenizers by name; ``chrf`` cuts the words of chrF++."""

_BLANK = np.uint32(0x20)
_SKIPPED = np.array([ord(letter) for letter in "<skipped>"], dtype=np.uint32)
_HYPHENATED = np.array([ord(letter) for letter in "-\n"], dtype=np.uint32)
_LINE = np.array([ord(letter) for letter in "\n"], dtype=np.uint32)
_QUOTE = np.array([ord(letter) for letter in "&quot;"], dtype=np.uint32)
_AND = np.array([ord(letter) for letter in "&amp;"], dtype=np.uint32)
_LESS = np.array([ord(letter) for letter in "&lt;"], dtype=np.uint32)
_MORE = np.array([ord(letter) for letter in "&gt;"], dtype=np.uint32)
_NOTHING = np.uint32(0)


@numba.njit(nogil=True)
def cleaned(text: np.ndarray, length: int, kinds: np.ndarray, mode: int) -> tuple[int, int]:
    """Take out and replace, in place, what a tokenizer does before it cuts; returns where the text starts and stops."""
    start = 0
    while length > 0 and kinds[text[length - 1]] & SPACE:
        length -= 1
    if mode == ZH:
        while start < length and kinds[text[start]] & SPACE:
            start += 1
    if mode == V13A:
        length = _replace(text, length, _SKIPPED, _NOTHING)
        length = _replace(text, length, _HYPHENATED, _NOTHING)
        length = _replace(text, length, _LINE, _BLANK)
        if _has(text, length, _AND[0]):
            length = _replace(text, length, _QUOTE, np.uint32(0x22))
            length = _replace(text, length, _AND, np.uint32(0x26))
            length = _replace(text, length, _LESS, np.uint32(0x3C))
            length = _replace(text, length, _MORE, np.uint32(0x3E))
    return start, length


@numba.njit(nogil=True)
def _has(text: np.ndarray, length: int, point: np.uint32) -> bool:
    """True where the character is there: most passes have nothing to do, and this looks at many at a time."""
    there = False
    for place in range(length):
        there |= text[place] == point
    return there


@numba.njit(nogil=True)
def _replace(text: np.ndarray, length: int, old: np.ndarray, new: np.uint32) -> int:
    """Replace ``old`` by one character, or by _NOTHING, in place; returns the new length."""
    if not _has(text, length, old[0]):
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
def split(text: np.ndarray, start: int, stop: int, kinds: np.ndarray, mode: int, bounds: np.ndarray) -> int:
    """Find the words: writes where each begins and ends to a row of ``bounds``, and returns how many there are."""
    # 13a puts a space before and after the text, so that a stop there has something beside it; the others do not.
    padded = mode == V13A
    free = padded  # whether what stands before can be the first of a pair with a stop (step 2)
    digit = False  # whether it is a digit
    begin = start  # where the open word began; it is empty where that is here
    count = 0
    for place in range(start, stop):
        kind = kinds[text[place]]
        if kind in (0, DIGIT):
            digit = kind == DIGIT
            free = not digit
            continue
        if kind & STOP:
            last = place + 1 == stop
            apart = free or (padded if last else not kinds[text[place + 1]] & DIGIT)
            free = not free
        else:
            apart = digit or not kind & DASH
            free = True
        digit = False
        if apart:
            if begin < place:
                bounds[count, 0], bounds[count, 1] = begin, place
                count += 1
            if not kind & SPACE:
                bounds[count, 0], bounds[count, 1] = place, place + 1
                count += 1
            begin = place + 1
    if begin < stop:
        bounds[count, 0], bounds[count, 1] = begin, stop
        count += 1
    return count


@numba.njit(nogil=True)
def sign(text: np.ndarray, begin: int, end: int) -> int:
    """Where chrF cuts a word again, to take one sign off: the last if it can, so that "(hi)" becomes "(hi" and ")"."""
    if end - begin > 1:
        if _is_sign(text[end - 1]):
            return end - 1
        if _is_sign(text[begin]):
            return begin + 1
    return end


@numba.njit(nogil=True)
def _is_sign(point: int) -> bool:
    """True for ASCII's punctuation."""
    return 0x21 <= point <= 0x2F or 0x3A <= point <= 0x40 or 0x5B <= point <= 0x60 or 0x7B <= point <= 0x7E

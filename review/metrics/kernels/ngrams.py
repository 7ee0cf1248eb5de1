"""How many n-grams of a text stand in its references too, order by order.

An n-gram is known by its node: the slot of an open-addressing table whose key is the node of the (n-1)-gram that it
begins with and its last item, both whole, in 64 bits. So two n-grams never share a key, and one whose beginning has no
match is not looked up. Items are code points, or the numbers of words.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np


class Room(NamedTuple):
    """What ``match`` writes to, long enough for the longest text: made once for many segments."""

    keys: np.ndarray
    left: np.ndarray
    spent: np.ndarray
    reference_nodes: np.ndarray
    nodes: np.ndarray
    places: np.ndarray


EMPTY = np.uint64(0)
_ONE = np.uint64(1)
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_FIRST = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xD6E8FEB86659FD93)


@numba.njit(nogil=True)
def _bits(items: int) -> int:
    """The size of a table for so many n-grams, as a power of two: mostly empty, so that few keys meet."""
    found = 4
    while (1 << found) < 4 * items:
        found += 1
    return found


@numba.njit(nogil=True)
def room(longest: int, longest_reference: int) -> Room:
    """Make room for texts of so many items, and references (all of a segment's together)."""
    slots = 1 << _bits(longest_reference)
    return Room(
        np.empty(slots, dtype=np.uint64),
        np.empty(slots, dtype=np.int32),
        np.empty(slots, dtype=np.int32),
        np.empty(longest_reference, dtype=np.uint32),
        np.empty(longest, dtype=np.uint32),
        np.empty(longest, dtype=np.int64),
    )


@numba.njit(nogil=True)
def _key(node: int, item: int) -> np.uint64:
    """The key of ``item`` after the n-gram of ``node``: never EMPTY, whatever the item."""
    return (np.uint64(node) << _HALF) | (np.uint64(item) + _ONE)


@numba.njit(nogil=True)
def _find(keys: np.ndarray, size: int, key: np.uint64) -> np.uint64:
    """The slot of a key in a table of 2 ** ``size`` slots, or the empty one where it would stand."""
    mixed = (key >> _HALF) * _FIRST + (key & _LOW) * _SECOND
    slot = mixed >> np.uint64(64 - size)
    mask = (_ONE << np.uint64(size)) - _ONE
    there = keys[slot]
    # One comparison for "neither empty nor the key": whether a key is new cannot be guessed, and guessing is slow.
    while min(there, there ^ key) != EMPTY:
        slot = (slot + _ONE) & mask
        there = keys[slot]
    return slot


@numba.njit(nogil=True)
def match(
    room: Room,
    items: np.ndarray,
    start: int,
    stop: int,
    references: np.ndarray,
    starts: np.ndarray,
    first: int,
    after: int,
    matches: np.ndarray,
) -> None:
    """Count the n-grams of ``items[start:stop]`` that stand in a reference, each as often as one reference has it.

    The references are numbers ``first`` up to ``after``; number ``i`` is ``references[starts[i]:starts[i + 1]]``.
    Writes the number of n-grams of order ``n`` to ``matches[n - 1]``.
    """
    keys, left, spent, reference_nodes, nodes, places = room
    base = starts[first]
    size = _bits(starts[after] - base)
    slots = 1 << size
    reference_nodes[: starts[after] - base] = 0
    nodes[: stop - start] = 0
    for place in range(start, stop):
        places[place - start] = place
    alive = stop - start
    for order in range(len(matches)):
        keys[:slots] = EMPTY
        left[:slots] = 0
        for place in range(base, starts[first + 1] - order):
            key = _key(reference_nodes[place - base], references[place + order])
            slot = _find(keys, size, key)
            keys[slot] = key
            left[slot] += 1
            reference_nodes[place - base] = slot
        for further in range(first + 1, after):
            spent[:slots] = 0
            for place in range(starts[further], starts[further + 1] - order):
                key = _key(reference_nodes[place - base], references[place + order])
                slot = _find(keys, size, key)
                keys[slot] = key
                spent[slot] += 1
                left[slot] = max(left[slot], spent[slot])
                reference_nodes[place - base] = slot
        # What has a match is kept for the next order, moved to the front.
        kept, found = 0, 0
        # Of those left, only the last may be too near to the end.
        if alive and places[alive - 1] + order >= stop:
            alive -= 1
        for number in range(alive):
            place = places[number]
            key = _key(nodes[number], items[place + order])
            slot = _find(keys, size, key)
            there = keys[slot] == key
            counted = there & (left[slot] > 0)
            left[slot] -= counted
            found += counted
            nodes[kept] = slot
            places[kept] = place
            kept += there
        alive = kept
        matches[order] = found

"""The draws of a test, in blocks of trials: together the same ones that sacrebleu makes in one call.

Numbers below 2**32 are halves of the generator's 64 bits, and the half that is left over waits in its state for the
next call. Bits that are left over of a call for bools are lost, so those are asked for in thirty-twos.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

BLOCK = 4_000_000
"""Draws of a block: 16 MB of positions."""


def sizes(count: int, trials: int, block: int = BLOCK) -> Iterator[int]:
    """How many of ``trials`` are in each block, for ``count`` units (at least one trial)."""
    size = max(1, block // max(1, count))
    for start in range(0, trials, size):
        yield min(size, trials - start)


def positions(count: int, trials: int, seed: int, block: int = BLOCK) -> Iterator[np.ndarray]:
    """Which units each bootstrap trial takes, in the order of drawing: blocks (trials of it, count) of int32."""
    generator = np.random.default_rng(seed)
    for size in sizes(count, trials, block):
        yield generator.integers(0, count, size=(size, count), dtype=np.int32)


def coins(count: int, trials: int, seed: int, block: int = BLOCK) -> Iterator[np.ndarray]:
    """Which units each randomization trial leaves in place: blocks (trials of it, count) of bool."""
    generator = np.random.default_rng(seed)
    rest = np.zeros(0, dtype=bool)
    for size in sizes(count, trials, block):
        wanted = size * count
        more = -(-(wanted - len(rest)) // 32) * 32
        if more > 0:
            rest = np.concatenate([rest, generator.integers(2, size=more, dtype=bool)])
        yield rest[:wanted].reshape(size, count)
        rest = rest[wanted:]


def multiplicities(taken: np.ndarray, count: int) -> np.ndarray:
    """How often each trial of a block takes each unit: float32 (trials, count)."""
    found = np.empty((len(taken), count), dtype=np.float32)
    for trial, row in zip(found, taken, strict=True):
        trial[:] = np.bincount(row, minlength=count)
    return found

"""Texts as one array of code points: what compiled loops read, and the only step of theirs that Python does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Packed(NamedTuple):
    """Some texts: text ``i`` is ``points[starts[i]:starts[i + 1]]``.

    ``points`` is uint32 and cannot be written to; ``starts`` int64, one longer than there are texts.
    """

    points: np.ndarray
    starts: np.ndarray


def pack(texts: Sequence[str]) -> Packed:
    """Join texts into one array. A lone surrogate is one code point, as in Python's own strings."""
    # The byte order is said: without it, Python writes a mark first.
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)), out=starts[1:])
    return Packed(points, starts)

"""Resamples of a matrix, added up in float32 in the order of drawing."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def add_in_order(rows: np.ndarray, taken: np.ndarray, sums: np.ndarray) -> None:  # pragma: no cover
    """Add to ``sums`` (trials, columns) the ``rows`` (n, columns) that each trial has ``taken``; float32, int32."""
    for trial in range(taken.shape[0]):
        total = sums[trial]
        for place in range(taken.shape[1]):
            row = rows[taken[trial, place]]
            for column in range(rows.shape[1]):
                total[column] += row[column]

"""How surely two things stand together, from how often each is there with and without the other."""

from __future__ import annotations

import math

SIGNIFICANT = 10.83
"""The 0.001 point of chi squared with one degree of freedom."""


def log_likelihood(both: int, one: int, other: int, neither: int) -> float:
    """G2 of a two-by-two table, 0 where the two are independent:

        G2 = 2 * sum over the cells of observed * ln(observed / expected)

    T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics 19, 1993.
    """
    total = both + one + other + neither
    rows, columns = (both + one, other + neither), (both + other, one + neither)
    cells = [(both, 0, 0), (one, 0, 1), (other, 1, 0), (neither, 1, 1)]
    return 2 * sum(seen * math.log(seen * total / (rows[row] * columns[column])) for seen, row, column in cells if seen)

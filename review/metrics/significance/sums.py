"""Adding up resamples of many matrices at once, exactly, and as sacrebleu does it in float32."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from review.metrics import kernels
from review.metrics.base import Matrix

LIMIT = 2.0**24
"""Whole numbers below it are added without rounding in float32."""

_SCALES = (1.0, 2.0, 4.0, 8.0, 16.0)
_CHUNK = 2.0**22
_ROWS_A_SECOND = 20_000_000


def scale(rows: Matrix) -> float | None:
    """The power of two that makes whole numbers of ``rows`` (halves come from two references); None for no such."""
    if np.issubdtype(rows.dtype, np.integer):
        return 1.0
    for one in _SCALES:
        if bool((rows * one == np.floor(rows * one)).all()):
            return one
    return None


class Stack:
    """Matrices side by side, each of n rows, to be multiplied by what many trials take of each row.

    Whole numbers (after ``scales``) are multiplied in float32, so many rows at a time as stay exact, and these
    products are added up in float64. Other numbers are multiplied in float64.
    """

    def __init__(self, matrices: Sequence[Matrix]) -> None:
        self.scales = [scale(rows) for rows in matrices]
        self._widths = [rows.shape[1] for rows in matrices]
        whole = [position for position, rows in enumerate(matrices) if self._is_whole(position, rows)]
        other = [position for position in range(len(matrices)) if position not in whole]
        self._groups = [
            (group, _side_by_side([matrices[at] for at in group], [self.scales[at] or 1.0 for at in group], kind))
            for group, kind in ((whole, np.float32), (other, np.float64))
            if group
        ]

    def _is_whole(self, position: int, rows: Matrix) -> bool:
        factor = self.scales[position]
        if factor is None or not rows.size:
            return False
        return bool(rows.min() >= 0) and bool(rows.max() * factor < LIMIT)

    def product(self, weights: np.ndarray) -> list[np.ndarray]:
        """The sums (trials, columns) in float64 of each matrix, for ``weights`` (trials, n): bool, or whole float32."""
        found: list[np.ndarray] = [np.zeros(0)] * len(self._widths)
        for group, table in self._groups:
            multiply = _whole_product if table.dtype == np.float32 else _product
            sums = multiply(weights, table)
            starts = np.cumsum([0, *(self._widths[at] for at in group)])
            for at, start, stop in zip(group, starts[:-1], starts[1:], strict=True):
                # Dividing by a power of two is exact.
                found[at] = np.ascontiguousarray(sums[:, start:stop]) / (self.scales[at] or 1.0)
        return found


def _side_by_side(matrices: Sequence[Matrix], scales: Sequence[float], kind: type[np.floating]) -> np.ndarray:
    table = np.empty((len(matrices[0]), sum(rows.shape[1] for rows in matrices)), dtype=kind)
    start = 0
    for rows, factor in zip(matrices, scales, strict=True):
        stop = start + rows.shape[1]
        np.multiply(rows, factor, out=table[:, start:stop], casting="unsafe")
        start = stop
    return table


def _product(weights: np.ndarray, table: np.ndarray) -> np.ndarray:
    sums = np.zeros((len(weights), table.shape[1]))
    step = max(1, 16_000_000 // max(1, len(weights)))
    for start in range(0, len(table), step):
        sums += weights[:, start : start + step].astype(np.float64) @ table[start : start + step]
    return sums


def _whole_product(weights: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Products in float32 of so many rows at once that no sum reaches 2**24; where one does, again in float64.

    (A sum of numbers that are not negative, once rounded at 2**24 or above, stays there: the outcome tells.)
    """
    total = max(float(table.sum(axis=0, dtype=np.float64).max()), 1.0)
    step = max(1, min(int(len(table) * _CHUNK / total), 16_000_000 // max(1, len(weights))))
    sums = np.zeros((len(weights), table.shape[1]))
    for start in range(0, len(table), step):
        part = table[start : start + step]
        taken = weights[:, start : start + step]
        found = taken.astype(np.float32, copy=False) @ part
        sums += found if found.max() < LIMIT else taken.astype(np.float64) @ part.astype(np.float64)
    return sums


Adder = Callable[[np.ndarray, np.ndarray], np.ndarray]


class Rounded:
    """sacrebleu's float32 sums of one matrix's resamples: rows are added one after another as they were drawn."""

    def __init__(self, rows: Matrix, factor: float | None) -> None:
        self._given = rows
        self._factor = factor
        self._rows: np.ndarray | None = None

    def sums(self, exact: np.ndarray, taken: np.ndarray) -> np.ndarray:
        """float32 (trials, columns), for the ``exact`` sums and the positions ``taken`` in the order of drawing."""
        found = exact.astype(np.float32)
        late = self.late(exact)
        if late.any():
            if self._rows is None:
                self._rows = np.ascontiguousarray(self._given, dtype=np.float32)
            found[late] = add_in_order(self._rows, taken[late])
        return found

    def late(self, exact: np.ndarray) -> np.ndarray:
        """Which trials' float32 sums need not be exact."""
        if self._factor is None:
            return np.ones(len(exact), dtype=bool)
        return np.asarray((exact * self._factor >= LIMIT).any(axis=1))


def add_in_order(rows: np.ndarray, taken: np.ndarray, fast: bool | None = None) -> np.ndarray:
    """Add rows up in float32 in the order ``taken`` (trials, n), as numpy does over the first axis.

    ``fast`` asks for the compiled loop; None decides by the amount of work.
    """
    if fast is None:
        fast = kernels.worth(taken.size / _ROWS_A_SECOND)
    if not fast or rows.shape[1] == 1:
        return np.array([rows[order].sum(axis=0) for order in taken], dtype=np.float32)
    add = kernels.load("resampling").add_in_order
    found = np.zeros((len(taken), rows.shape[1]), dtype=np.float32)
    halves = np.array_split(np.arange(len(taken)), 2)
    with ThreadPoolExecutor(2, thread_name_prefix="add") as pool:
        waiting = [
            pool.submit(add, rows, taken[half[0] : half[-1] + 1], found[half[0] : half[-1] + 1])
            for half in halves
            if len(half)
        ]
        for done in waiting:
            done.result()
    return found

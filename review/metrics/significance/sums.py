"""Adding up resamples of many matrices at once, exactly, and as sacrebleu does it in float32."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np

from review.metrics import kernels
from review.metrics.base import Matrix

LIMIT = 2.0**24
"""Whole numbers below it are added without rounding in float32."""

_SCALES = (1.0, 2.0, 4.0, 8.0, 16.0)
_CHUNK = 2.0**22
"""What the sums of rows that are multiplied at once come to: far enough below the limit for most resamples."""

_AT_ONCE = 16_000_000
"""Weights that are converted at once."""

_ROWS_A_SECOND = 10_000_000
"""Rows that numpy adds up in order, roughly."""

_KERNEL = "resampling"


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

    A column that stands in several matrices (lengths of references, chrF's part of chrF++) is multiplied once. Whole
    numbers (after ``scales``) are multiplied in float32, so many rows at a time as stay exact, and these products
    are added up in float64. Other numbers are multiplied in float64.
    """

    def __init__(self, matrices: Sequence[Matrix]) -> None:
        self.scales = [scale(rows) for rows in matrices]
        whole = [self._is_whole(rows, factor) for rows, factor in zip(matrices, self.scales, strict=True)]
        self._wholes = _Columns(np.float32)
        self._others = _Columns(np.float64)
        self._places = [
            (
                self._wholes if exact else self._others,
                (self._wholes if exact else self._others).add(rows, factor or 1.0),
            )
            for rows, factor, exact in zip(matrices, self.scales, whole, strict=True)
        ]
        for columns in (self._wholes, self._others):
            columns.close()

    @staticmethod
    def _is_whole(rows: Matrix, factor: float | None) -> bool:
        if factor is None or not rows.size:
            return False
        return bool(rows.min() >= 0) and bool(rows.max() * factor < LIMIT)

    def product(self, weights: np.ndarray) -> list[np.ndarray]:
        """The sums (trials, columns) in float64 of each matrix, for ``weights`` (trials, n): bool, or whole float32."""
        sums = {id(columns): columns.product(weights) for columns in (self._wholes, self._others)}
        # Dividing by a power of two is exact.
        return [
            sums[id(columns)][:, places] / (factor or 1.0)
            for (columns, places), factor in zip(self._places, self.scales, strict=True)
        ]


class _Columns:
    """Different columns of one dtype, and their table (columns, n) once ``close`` was called."""

    def __init__(self, kind: type[np.floating]) -> None:
        self._kind = kind
        self._known: dict[tuple[float, float], list[int]] = {}
        self._found: list[tuple[Matrix, int, float]] = []
        self._taken: list[tuple[Matrix, list[int], float]] = []
        self.table = np.zeros((0, 0), dtype=kind)

    def add(self, rows: Matrix, factor: float) -> list[int]:
        """Take in a matrix times ``factor``; returns where its columns stand."""
        columns = np.ascontiguousarray(rows.T, dtype=np.float64)
        # Columns with other sums are other columns; those with the same ones are looked at.
        keys = zip(columns.sum(axis=1).tolist(), (columns @ (np.arange(len(rows)) % 1021.0)).tolist(), strict=True)
        places, fresh = [], []
        for column, key in enumerate(keys):
            alike = self._known.setdefault((key[0] * factor, key[1] * factor), [])
            place = next((at for at in alike if np.array_equal(self._column(at), columns[column] * factor)), None)
            if place is None:
                place = len(self._found)
                self._found.append((rows, column, factor))
                alike.append(place)
                fresh.append(column)
            places.append(place)
        self._taken.append((rows, fresh, factor))
        return places

    def _column(self, place: int) -> np.ndarray:
        rows, column, factor = self._found[place]
        return np.asarray(rows[:, column] * factor)

    def close(self) -> None:
        if self._found:
            self.table = np.empty((len(self._found), len(self._found[0][0])), dtype=self._kind)
        start = 0
        for rows, fresh, factor in self._taken:
            self.table[start : start + len(fresh)] = np.ascontiguousarray(rows.T)[fresh] * factor
            start += len(fresh)
        self._found, self._taken = [], []

    def product(self, weights: np.ndarray) -> np.ndarray:
        if not self.table.size:
            return np.zeros((len(weights), 0))
        return (_whole_product if self._kind is np.float32 else _product)(weights, self.table)


def _product(weights: np.ndarray, table: np.ndarray) -> np.ndarray:
    sums = np.zeros((len(weights), len(table)))
    step = max(1, _AT_ONCE // max(1, len(weights)))
    for start in range(0, table.shape[1], step):
        sums += weights[:, start : start + step].astype(np.float64) @ table[:, start : start + step].T
    return sums


def _whole_product(weights: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Products in float32 of so many rows at once that no sum reaches 2**24; where one does, again in float64.

    (A sum of numbers that are not negative, once rounded at 2**24 or above, stays there: the outcome tells.)
    """
    count = table.shape[1]
    total = max(float(table.sum(axis=1, dtype=np.float64).max()), 1.0)
    step = max(1, min(int(count * _CHUNK / total), _AT_ONCE // max(1, len(weights))))
    sums = np.zeros((len(weights), len(table)))
    for start in range(0, count, step):
        part = table[:, start : start + step].T
        taken = weights[:, start : start + step]
        found = taken.astype(np.float32, copy=False) @ part
        sums += found if found.max() < LIMIT else taken.astype(np.float64) @ part.astype(np.float64)
    return sums


class Rounded:
    """sacrebleu's float32 sums of many matrices' resamples: rows are added one after another as they were drawn.

    ``native`` tells which matrices sacrebleu has (of others no sums are made), ``may_pass`` where a resample's sums
    could reach 2**24. ``trials`` is how many there will be, to choose the quicker way.
    """

    def __init__(self, matrices: Sequence[Matrix], native: Sequence[bool], trials: int) -> None:
        self._scales = [scale(rows) for rows in matrices]
        self.may_pass = [
            own and float(rows.max(initial=0)) * len(rows) * (factor or 1.0) >= LIMIT
            for own, rows, factor in zip(native, matrices, self._scales, strict=True)
        ]
        self._matrices = matrices
        self._native = native
        self._doubtful = [
            at for at, own in enumerate(native) if own and (self._scales[at] is None or self.may_pass[at])
        ]
        self._fast = kernels.worth(len(matrices[0]) * trials / _ROWS_A_SECOND, [_KERNEL])
        self._table: np.ndarray | None = None

    def passed(self, at: int, exact: np.ndarray) -> np.ndarray:
        """Which trials' ``exact`` sums (trials, columns) of a matrix reach 2**24: (trials,) of bool."""
        if not self.may_pass[at]:
            return np.zeros(len(exact), dtype=bool)
        return np.asarray((exact * (self._scales[at] or 1.0) >= LIMIT).any(axis=1))

    def sums(self, exact: Sequence[np.ndarray], taken: np.ndarray) -> list[np.ndarray]:
        """float32 (trials, columns) of each matrix, for ``exact`` sums and the positions ``taken`` in drawing order."""
        found = [each.astype(np.float32) if own else each for each, own in zip(exact, self._native, strict=True)]
        late = np.zeros(len(taken), dtype=bool)
        for at in self._doubtful:
            late |= True if self._scales[at] is None else self.passed(at, exact[at])
        if late.any():
            if self._table is None:
                # One row for all, so that each segment is looked up once.
                self._table = np.concatenate(
                    [self._matrices[at].astype(np.float32) for at in self._doubtful], axis=1, dtype=np.float32
                )
            added = add_in_order(self._table, taken[late], self._fast)
            start = 0
            for at in self._doubtful:
                stop = start + found[at].shape[1]
                found[at][late] = added[:, start:stop]
                start = stop
        return found


def add_in_order(rows: np.ndarray, taken: np.ndarray, fast: bool) -> np.ndarray:
    """Add rows up in float32 in the order ``taken`` (trials, n), as numpy does over the first axis.

    ``fast`` asks for the compiled loop.
    """
    if fast and rows.shape[1] > 1:
        try:
            return _add_fast(rows, taken)
        except Exception as error:  # noqa: BLE001  as in Metric.measure
            kernels.failed(error)
    return np.array([rows[order].sum(axis=0) for order in taken], dtype=np.float32)


def _add_fast(rows: np.ndarray, taken: np.ndarray) -> np.ndarray:
    add = kernels.load(_KERNEL).add_in_order
    found = np.zeros((len(taken), rows.shape[1]), dtype=np.float32)
    width = min(len(taken), kernels.threads())
    ends = np.linspace(0, len(taken), width + 1).astype(int)
    with ThreadPoolExecutor(width, thread_name_prefix="add") as pool:
        waiting = [pool.submit(add, rows, taken[start:stop], found[start:stop]) for start, stop in pairwise(ends)]
        for done in waiting:
            done.result()
    return found

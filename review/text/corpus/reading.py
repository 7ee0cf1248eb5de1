"""Reading a corpus: rows by number, and looking through all of them block by block."""

from __future__ import annotations

import json
import os
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from review.text import nearness
from review.text.corpus.layout import (
    COLUMNS,
    DELETED,
    LOCKED,
    META,
    SIDES,
    SIGNATURES,
    SOURCED,
    STARTS,
    VERSION,
    Row,
)
from review.text.rules.scanning import PART, Scanner

BLOCK = 1 << 22
"""Bytes looked through at a time."""
FEW = 16
"""Where fewer than one row in so many is looked at, each is read by itself."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows (ascending) in which something stands, how often, and of how many bytes in all."""

    rows: np.ndarray
    counts: np.ndarray
    covered: np.ndarray


class Corpus:
    """An open corpus. Its files may be taken away by others while it is open; it goes on as it was."""

    def __init__(self, folder: Path, facts: dict[str, Any], rows: int) -> None:
        self.folder, self.facts, self.rows = folder, facts, rows
        for name, kind in COLUMNS.items():
            setattr(self, name, self._mapped(name, kind, rows))
        self.signatures = self._mapped("signatures", SIGNATURES, rows * nearness.WORDS).reshape(nearness.WORDS, rows)
        self._starts = {side: self._mapped(f"{side}.starts", STARTS, rows + 1) for side in SIDES}
        self._files = {side: os.open(folder / side, os.O_RDONLY) for side in SIDES}
        weakref.finalize(self, _close, tuple(self._files.values()))

    ids: np.ndarray
    articles: np.ndarray
    versions: np.ndarray
    statuses: np.ndarray
    bits: np.ndarray
    sizes: np.ndarray

    @classmethod
    def open(cls, folder: Path) -> Corpus | None:
        """The corpus in a folder; None where there is none, or it is broken or of another version."""
        try:
            said = json.loads((folder / META).read_text("utf-8"))
            if said["version"] != VERSION:
                return None
            if any((folder / name).stat().st_size != size for name, size in said["sizes"].items()):
                return None
            return cls(folder, said["facts"], int(said["rows"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def text(self, row: int, side: str = "target") -> str:
        """One text of a row; "" for a source that is not there."""
        start, end = (int(at) for at in self._starts[side][row : row + 2])
        return os.pread(self._files[side], end - start - 1, start).decode()

    def row(self, row: int) -> Row:
        """A whole row."""
        bits = int(self.bits[row])
        source = self.text(row, "source") if bits & SOURCED else None
        return Row(
            int(self.ids[row]), int(self.articles[row]), int(self.versions[row]), int(self.statuses[row]),
            bool(bits & LOCKED), bool(bits & DELETED), self.text(row), source,
        )  # fmt: skip

    def lengths(self, rows: np.ndarray, side: str = "target") -> np.ndarray:
        """Bytes of the texts of rows."""
        starts = self._starts[side]
        return np.asarray(starts[rows + 1] - starts[rows] - 1)

    def scan(self, scanner: Scanner, side: str = "target") -> Hits:
        """Every row in which the scanner's words stand."""
        rows, counts, covered = [], [], []
        for first, block, starts in self._blocks(side):
            begun: list[int] = []
            lengths: list[int] = []
            for start, end in _spans(scanner, block, starts):
                begun.append(start)
                lengths.append(end - start)
            if begun:
                place = np.searchsorted(starts, np.array(begun, np.int64), side="right") - 1
                found, at = np.unique(place, return_index=True)
                rows.append(found + first)
                counts.append(np.diff(np.append(at, len(place))))
                covered.append(np.add.reduceat(np.array(lengths, np.int64), at))
        none = np.empty(0, np.int64)
        return Hits(*(np.concatenate(part) if part else none for part in (rows, counts, covered)))

    def within(self, scanner: Scanner, rows: np.ndarray, side: str = "target") -> Hits:
        """The same among ``rows`` (ascending) alone; quicker where they are few."""
        if len(rows) * FEW > self.rows:
            hits = self.scan(scanner, side)
            keep = np.isin(hits.rows, rows, assume_unique=True)
            return Hits(hits.rows[keep], hits.counts[keep], hits.covered[keep])
        found = []
        for row in rows.tolist():
            lengths = [end - start for start, end in scanner.spans(self._raw(row, side))]
            if lengths:
                found.append((row, len(lengths), sum(lengths)))
        columns = np.array(found, np.int64).reshape(-1, 3)
        return Hits(columns[:, 0], columns[:, 1], columns[:, 2])

    @cached_property
    def _order(self) -> np.ndarray | None:
        ascending = bool(np.all(self.ids[1:] > self.ids[:-1])) if self.rows else True
        return None if ascending else np.argsort(self.ids)

    def places(self, ids: np.ndarray) -> np.ndarray:
        """The rows of segments, -1 for those that are not there."""
        if not self.rows:
            return np.full(len(ids), -1, np.int64)
        order = self._order
        at = np.minimum(np.searchsorted(self.ids, ids, sorter=order), self.rows - 1)
        row = at if order is None else order[at]
        return np.where(self.ids[row] == ids, row, -1)

    @cached_property
    def firsts(self) -> tuple[np.ndarray, np.ndarray]:
        """The first row of each article in order, and the article there."""
        if not self.rows:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        first = np.flatnonzero(np.concatenate([[True], self.articles[1:] != self.articles[:-1]]))
        return first, np.asarray(self.articles[first])

    def _raw(self, row: int, side: str) -> bytes:
        start, end = (int(at) for at in self._starts[side][row : row + 2])
        return os.pread(self._files[side], end - start - 1, start)

    def _blocks(self, side: str) -> Iterator[tuple[int, bytes, np.ndarray]]:
        """(first row, the texts with a parting byte after each, where each begins in the block)."""
        starts = self._starts[side]
        first = 0
        while first < self.rows:
            begin = int(starts[first])
            last = int(np.searchsorted(starts, begin + BLOCK, side="right")) - 1
            last = min(max(last, first + 1), self.rows)
            block = os.pread(self._files[side], int(starts[last]) - begin, begin)
            yield first, block, np.asarray(starts[first:last]) - begin
            first = last

    def _mapped(self, name: str, kind: str, count: int) -> np.ndarray:
        if not count:
            return np.empty(0, kind)
        # As a plain array: one number of a memmap takes ten times as long to read.
        return np.asarray(np.memmap(self.folder / name, dtype=kind, mode="r", shape=(count,)))


def _close(files: tuple[int, ...]) -> None:
    for file in files:
        os.close(file)


def _spans(scanner: Scanner, block: bytes, starts: np.ndarray) -> Iterator[tuple[int, int]]:
    if not scanner.edged:
        yield from scanner.spans(block)
        return
    at = 0
    for text in block.split(PART)[: len(starts)]:
        for start, end in scanner.spans(text):
            yield at + start, at + end
        at += len(text) + 1

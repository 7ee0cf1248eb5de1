"""Scores that follow corrections: one segment's row is exchanged, and no other segment is read again."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np

from review.metrics.base import Matrix, Metric
from review.model import Score


class Running:
    """A metric's sums over a whole text and over groups of its segments (documents), kept up to date.

    ``rows`` is taken over and changed; ``groups`` names each segment's group, None for none. A score costs what
    sacrebleu's own object costs, whatever the size of the text.
    """

    def __init__(
        self, metric: Metric, rows: Matrix, counts: np.ndarray, groups: Sequence[Hashable | None] | None = None
    ) -> None:
        self.metric, self.rows, self.counts = metric, rows, counts
        self._groups: Sequence[Hashable | None] = groups if groups is not None else [None] * len(rows)
        self._members: dict[Hashable, list[int]] = {}
        for position, group in enumerate(self._groups):
            if group is not None:
                self._members.setdefault(group, []).append(position)
        self._sums = self._added(rows)
        self._parts = {group: self._added(rows[members]) for group, members in self._members.items()}
        self._kinds: dict[Hashable, tuple[int, ...]] = {}

    def _added(self, rows: Matrix) -> list[Any]:
        return self.metric.add(rows) if len(rows) else [0] * len(self.metric.columns)

    def replace(self, position: int, row: Sequence[Any] | np.ndarray) -> None:
        """Exchange the row of the segment at ``position`` (from 0)."""
        old, new = self.rows[position].tolist(), [*row]
        self.rows[position] = new
        group = self._groups[position]
        # Whole numbers are exact in any order; mean reference lengths are added anew in sacrebleu's order.
        exact = all(float(after - before).is_integer() for before, after in zip(old, new, strict=True))
        for sums, members in ((self._sums, None), (self._parts.get(group), self._members.get(group))):
            if sums is None:
                continue
            if exact:
                for column, (before, after) in enumerate(zip(old, new, strict=True)):
                    if after != before:
                        sums[column] += type(sums[column])(after - before)
            else:
                sums[:] = self._added(self.rows if members is None else self.rows[members])

    def system(self, name: str = "") -> Score:
        """The score of all segments."""
        return self.metric.score(self._sums, self._counts(None), system=name)

    def group(self, group: Hashable, system: str = "", name: str = "") -> Score:
        """The score of one group's segments. Raises KeyError for a group that no segment is in."""
        return self.metric.score(
            self._parts[group], self._counts(group), level="document", system=system, name=name or str(group)
        )

    def segment(self, position: int, system: str = "", name: str = "") -> Score:
        """The score of one segment alone."""
        sums = self.metric.add(self.rows[position : position + 1])
        count = self.counts[position : position + 1]
        return self.metric.score(sums, count, level="segment", system=system, name=name or str(position + 1))

    def _counts(self, group: Hashable | None) -> tuple[int, ...]:
        """Which numbers of references there are: all that a signature asks."""
        if group not in self._kinds:
            counts = self.counts if group is None else self.counts[self._members[group]]
            self._kinds[group] = tuple(np.unique(counts).tolist())
        return self._kinds[group]

"""The score of each group of segments, exactly what sacrebleu gives for these segments alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from review.model import Score
from review.steps.scoring.slices.groups import Group
from review.steps.scoring.systems import Measured


@dataclass(frozen=True, slots=True)
class Slice:
    """One system's scores on one group, a Score a metric; of a group without segments there is no slice.

    In a batch ``scores`` are the machine output's and ``after`` those of the text after review; else that is empty.
    """

    by: str
    group: Group
    system: str
    scores: tuple[Score, ...]
    after: tuple[Score, ...] = ()

    @property
    def segments(self) -> int:
        return len(self.group.positions)


def score(found: Measured, by: str, groups: Sequence[Group]) -> list[Slice]:
    """Score each group by each system; in the order of groups, then systems. ``by`` says what the groups are."""
    return [
        Slice(by, group, system, _scores(found, group, system))
        for group in groups
        if len(group.positions)
        for system in found.systems
    ]


def _scores(found: Measured, group: Group, system: str) -> tuple[Score, ...]:
    at = group.positions
    # A part of the text is scored as a document is: at no level but a segment's does sacrebleu do anything else.
    scores = (
        metric.combine(
            found.rows[system, metric.name][at], found.counts[at], level="document", system=system, name=group.name
        )
        for metric in found.metrics
    )
    return tuple(one for one in scores if not math.isnan(one.value))

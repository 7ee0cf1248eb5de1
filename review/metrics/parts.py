"""One part of a text, several systems and several metrics: the piece of work that threads and cluster workers do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from review.metrics.base import Matrix, Metric, Prepared


@dataclass(frozen=True, slots=True)
class Part:
    """Segments ``start`` up to ``start + len(references)``, of each system; ``systems`` holds each one's texts."""

    start: int
    systems: tuple[Sequence[str], ...]
    references: Prepared


def measure_part(part: Part, metrics: Sequence[Metric], fast: bool = True) -> list[list[Matrix]]:
    """Each metric's matrix for each system: ``result[metric][system]``, numbers alone and no text."""
    return [[metric.measure(texts, part.references, fast=fast) for texts in part.systems] for metric in metrics]

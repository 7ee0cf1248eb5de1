"""One part of a text, several systems and several metrics: the piece of work that threads and cluster workers do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from review.metrics.base import Matrix, Metric, Prepared


@dataclass(frozen=True, slots=True)
class Part:
    """Segments ``start`` up to ``start + len(references)``, of each system; ``systems`` holds each one's texts."""

    start: int
    systems: tuple[Sequence[str], ...]
    references: Prepared


STEP = 2000
"""Segments measured at once: what is made of their texts (packed code points, n-grams) stays small."""


def measure_part(part: Part, metrics: Sequence[Metric], fast: bool = True) -> list[list[Matrix]]:
    """Each metric's matrix for each system: ``result[metric][system]``, numbers alone and no text."""
    blocks = [_measured(block, metrics, fast) for block in _blocks(part)]
    if len(blocks) == 1:
        return blocks[0]
    return [
        [np.concatenate(matrices) for matrices in zip(*of_metric, strict=True)]
        for of_metric in zip(*blocks, strict=True)
    ]


def _blocks(part: Part) -> Iterator[Part]:
    count = len(part.references)
    if count <= STEP:
        yield part
        return
    for start in range(0, count, STEP):
        stop = start + STEP
        texts = tuple(each[start:stop] for each in part.systems)
        yield Part(part.start + start, texts, part.references.part(start, stop))


def _measured(part: Part, metrics: Sequence[Metric], fast: bool) -> list[list[Matrix]]:
    found = [[metric.measure(texts, part.references, fast=fast) for texts in part.systems] for metric in metrics]
    part.references.made.clear()
    return found

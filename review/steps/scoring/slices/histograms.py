"""How segment scores lie: counted by bins, as data for tables and charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from review.errors import InputError
from review.metrics import Metric, find
from review.steps.scoring.systems import Measured

TENS = tuple(float(edge) for edge in range(0, 101, 10))
"""Bins of ten points, from 0 to 100."""


class Bin(NamedTuple):
    """How many values (``size``) are at or above ``start`` and below ``end``, which is None in the last bin."""

    start: float
    end: float | None
    size: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """One system's segment scores by one metric (label); ``text`` says of which text, where there are several."""

    system: str
    metric: str
    bins: tuple[Bin, ...]
    text: str = ""


def histograms(found: Measured, edges: Sequence[float] | None = None, text: str = "") -> list[Histogram]:
    """The segment scores of each system by each metric, in that order.

    Without ``edges`` sacrebleu's metrics have tens, and scores from elsewhere ten steps of their own range.
    """
    bins = {one.name: edges if edges is not None else _edges(found, one) for one in found.metrics}
    return [
        Histogram(system, one.label, tuple(histogram(segment_values(found, system, one.name), bins[one.name])), text)
        for system in found.systems
        for one in found.metrics
    ]


def _edges(found: Measured, metric: Metric) -> Sequence[float]:
    if metric.sacrebleu:
        return TENS
    values = np.concatenate([segment_values(found, system, metric.name) for system in found.systems])
    low, high = np.nanmin(values), np.nanmax(values)
    return np.linspace(low, high, 11)[:-1].tolist() if high > low else [float(low)]


def histogram(values: Iterable[float | None], edges: Sequence[float] = TENS) -> list[Bin]:
    """Count values by bins that begin at ``edges`` (ascending); None and NaN are left out.

    A value that is an edge belongs to the bin that begins there. The last bin has no end: it holds perfect scores
    and, for TER, all that is worse than 100. Values below the first edge count in the first bin. Raises InputError.
    """
    bounds = np.asarray(edges, dtype=float)
    if not len(bounds) or not (np.diff(bounds) > 0).all():
        raise InputError("The edges of a histogram must go up; give at least one.")
    found = np.array([np.nan if value is None else value for value in values], dtype=float)
    found = found[~np.isnan(found)]
    places = np.clip(np.searchsorted(bounds, found, side="right") - 1, 0, None)
    counts = np.bincount(places, minlength=len(bounds)).tolist()
    return [
        Bin(start, end, count)
        for start, end, count in zip(bounds.tolist(), [*bounds.tolist()[1:], None], counts, strict=True)
    ]


def segment_values(found: Measured, system: str, metric: str) -> np.ndarray:
    """Each segment's score by a metric (name or label), in order. Raises MissingError, InputError."""
    chosen = measured_by(found, metric)
    if system not in found.systems:
        raise InputError(f"There is no system {system!r}; the systems are: {', '.join(found.systems)}.")
    return np.asarray(chosen.values(found.rows[system, chosen.name], "segment"), dtype=float)


def measured_by(found: Measured, metric: str) -> Metric:
    """The metric of that name or label, among those that were measured or came from elsewhere.

    Raises MissingError, InputError.
    """
    chosen = next((one for one in found.metrics if metric in (one.name, one.label)), None)
    if chosen is None:
        name = find(metric).name
        chosen = next((one for one in found.metrics if one.name == name), None)
    if chosen is None:
        raise InputError(f"There are no scores by {find(metric).label}: {find(metric).label} was not asked for.")
    return chosen

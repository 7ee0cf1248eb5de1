"""The segments where two systems differ most, with all that is needed to read them side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from review.errors import InputError
from review.steps.scoring.slices.histograms import measured_by, segment_values
from review.steps.scoring.systems import Measured

SHOWN = 20


class Place(NamedTuple):
    """Where a segment of the store is: the ids of its article and its own, for a link to the review page."""

    article: str
    segment: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A segment by two systems: ``scores`` and ``texts`` are theirs, ``line`` counts from 1.

    ``difference`` is the first score less the second. ``places`` are both segments' in a batch, () for files.
    """

    line: int
    difference: float
    scores: tuple[float, float]
    texts: tuple[str, str] = ("", "")
    references: tuple[str, ...] = ()
    document: str = ""
    source: str = ""
    places: tuple[Place, ...] = ()


def differing(
    found: Measured,
    first: str,
    second: str,
    metric: str,
    count: int = SHOWN,
    both_directions: bool = True,
    *,
    texts: tuple[Sequence[str], Sequence[str]] | None = None,
    references: Sequence[Sequence[str | None]] = (),
    documents: Sequence[str | None] = (),
    source: Sequence[str] = (),
) -> list[Difference]:
    """The ``count`` segments whose scores by ``metric`` (name or label) lie furthest apart; ties by order.

    Without ``both_directions`` only those where ``first`` is the better. Segments of equal score are left out.
    ``texts`` are the two systems', ``references`` the streams. Raises InputError for a system or metric that was
    not measured.
    """
    if first == second:
        raise InputError(f"{first} cannot be compared with itself; name two systems.")
    scores = [segment_values(found, name, metric) for name in (first, second)]
    chosen = furthest(scores[0], scores[1], measured_by(found, metric).higher_is_better, count, both_directions)
    return [
        Difference(
            line=at + 1,
            difference=float(scores[0][at] - scores[1][at]),
            scores=(float(scores[0][at]), float(scores[1][at])),
            texts=(texts[0][at], texts[1][at]) if texts else ("", ""),
            references=tuple(text for stream in references if (text := stream[at]) is not None),
            document=(documents[at] or "") if documents else "",
            source=source[at] if source else "",
        )
        for at in chosen
    ]


def furthest(
    first: np.ndarray, second: np.ndarray, higher_is_better: bool, count: int, both_directions: bool
) -> list[int]:
    """Positions by how much better ``first`` is (how far apart both are), most first, ties by order, none at zero."""
    gain = first - second if higher_is_better else second - first
    if both_directions:
        gain = np.abs(gain)
    gain = np.nan_to_num(gain)  # a score that is missing is no difference
    order = np.argsort(-gain, kind="stable")
    found: list[int] = order[gain[order] > 0][:count].tolist()
    return found

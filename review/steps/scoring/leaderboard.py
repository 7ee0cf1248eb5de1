"""The systems of a batch against each other: on the segments that all of them have."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from review.errors import InputError
from review.metrics.significance import Pairwise
from review.steps.scoring.batches import BatchScores
from review.steps.scoring.pairing import named
from review.steps.scoring.sheets import Sheet
from review.steps.scoring.significance import SEED, pairwise
from review.steps.scoring.systems import Measured


def comparable(found: BatchScores) -> tuple[Measured, list[str]]:
    """The machine's outputs, segment by segment beside each other, and a warning where some were left out.

    Segments are paired by article and by their name in the file (see ``pairing``).
    Raises InputError where fewer than two systems share a segment that has references.
    """
    sheets = [sheet for sheet in found.sheets if sheet.before]
    if len(sheets) < 2:
        raise InputError("A comparison needs two systems or more that have references.")
    ranks = [named(sheet) for sheet in sheets]
    shared = [key for key in ranks[0] if all(key in others for others in ranks[1:])]
    if not shared:
        raise InputError("The batch's systems have no segment in common, so they cannot be compared.")
    picked = [np.array([each[key] for key in shared], dtype=np.intp) for each in ranks]
    rows = {
        (sheet.system, metric.name): sheet.before[metric.label][positions]
        for sheet, positions in zip(sheets, picked, strict=True)
        for metric in sheet.metrics
    }
    counts = sheets[0].references.counts[picked[0]]
    measured = Measured(tuple(sheet.system for sheet in sheets), found.metrics, counts, rows)
    return measured, _left_out(sheets, len(shared))


def compare_batch(
    found: BatchScores, test: str, trials: int | None = None, seed: int = SEED
) -> tuple[list[Pairwise], list[str]]:
    """Test every system of a batch against every other, one result a metric; see ``comparable`` for warnings."""
    measured, warnings = comparable(found)
    return pairwise(measured, test, trials, seed), warnings


def _left_out(sheets: Sequence[Sheet], shared: int) -> list[str]:
    most = max(len(sheet.references) for sheet in sheets)
    if most == shared:
        return []
    return [f"{shared:,} segments that all systems have are compared; {most - shared:,} others are left out."]

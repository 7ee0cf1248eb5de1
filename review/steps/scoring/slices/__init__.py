"""Parts of what was measured: groups of segments, how their scores lie, and where two systems differ most.

Nothing here measures a text again: all is read from the matrices of ``Measured``.
"""

from review.steps.scoring.slices.batches import KINDS, MARKED, batch_differing, batch_histograms, score_batch
from review.steps.scoring.slices.columns import column, column_names
from review.steps.scoring.slices.differing import SHOWN, Difference, Place, differing
from review.steps.scoring.slices.groups import (
    EITHER,
    FIFTHS,
    LENGTHS,
    SMALL,
    Buckets,
    Group,
    by_flags,
    by_label,
    by_length,
    by_risk,
)
from review.steps.scoring.slices.histograms import TENS, Bin, Histogram, histogram, histograms, segment_values
from review.steps.scoring.slices.marks import Marks, marks
from review.steps.scoring.slices.scored import Slice, score

__all__ = [
    "EITHER",
    "FIFTHS",
    "KINDS",
    "LENGTHS",
    "MARKED",
    "SHOWN",
    "SMALL",
    "TENS",
    "Bin",
    "Buckets",
    "Difference",
    "Group",
    "Histogram",
    "Marks",
    "Place",
    "Slice",
    "batch_differing",
    "batch_histograms",
    "by_flags",
    "by_label",
    "by_length",
    "by_risk",
    "column",
    "column_names",
    "differing",
    "histogram",
    "histograms",
    "marks",
    "score",
    "score_batch",
    "segment_values",
]

"""Scoring: systems against references, and a batch before and after its review."""

from review.steps.scoring import runs
from review.steps.scoring.agreement import Agreement, agreements
from review.steps.scoring.batches import (
    ORDERS,
    BatchScores,
    Scope,
    load,
    machine_table,
    review_scores,
    rows_of,
    segments_by,
)
from review.steps.scoring.confidence import intervals
from review.steps.scoring.effort import Effort, effort
from review.steps.scoring.files import (
    DOCUMENT,
    documents_in,
    read_columns,
    read_documents,
    read_lines,
    system_names,
)
from review.steps.scoring.following import Followed
from review.steps.scoring.given import Elsewhere, Wanted, extend, join, read_given, testable
from review.steps.scoring.jobs import JOBS
from review.steps.scoring.partitioned import measure_files
from review.steps.scoring.places import place
from review.steps.scoring.shelf import Shelf
from review.steps.scoring.significance import TRIALS, compare, pairwise
from review.steps.scoring.systems import Measured, Table, check_documents, combine, measure, score

__all__ = [
    "DOCUMENT",
    "JOBS",
    "ORDERS",
    "TRIALS",
    "Agreement",
    "BatchScores",
    "Effort",
    "Elsewhere",
    "Followed",
    "Measured",
    "Scope",
    "Shelf",
    "Table",
    "Wanted",
    "agreements",
    "check_documents",
    "combine",
    "compare",
    "documents_in",
    "effort",
    "extend",
    "intervals",
    "join",
    "load",
    "machine_table",
    "measure",
    "measure_files",
    "pairwise",
    "place",
    "read_columns",
    "read_documents",
    "read_given",
    "read_lines",
    "review_scores",
    "rows_of",
    "runs",
    "score",
    "segments_by",
    "system_names",
    "testable",
]

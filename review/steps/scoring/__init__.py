"""Scoring: systems against references, and a batch before and after its review."""

from review.steps.scoring import runs
from review.steps.scoring.batches import BatchScores, Scope, load, machine_table, review_scores
from review.steps.scoring.confidence import intervals
from review.steps.scoring.effort import Effort, effort
from review.steps.scoring.files import read_documents, read_lines, system_names
from review.steps.scoring.significance import compare
from review.steps.scoring.systems import Measured, Table, check_documents, combine, measure, score

__all__ = [
    "BatchScores",
    "Effort",
    "Measured",
    "Scope",
    "Table",
    "check_documents",
    "combine",
    "compare",
    "effort",
    "intervals",
    "load",
    "machine_table",
    "measure",
    "read_documents",
    "read_lines",
    "review_scores",
    "runs",
    "score",
    "system_names",
]

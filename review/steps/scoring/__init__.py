"""Scoring: systems against references, and a batch before and after its review."""

from review.steps.scoring.batches import BatchScores, Scope, load, machine_table, review_scores
from review.steps.scoring.effort import Effort, effort
from review.steps.scoring.files import read_documents, read_lines, system_names
from review.steps.scoring.partitioned import measure_files
from review.steps.scoring.places import place
from review.steps.scoring.significance import compare
from review.steps.scoring.systems import Measured, Table, check_documents, combine, measure, score, too_low

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
    "load",
    "machine_table",
    "measure",
    "measure_files",
    "place",
    "read_documents",
    "read_lines",
    "review_scores",
    "score",
    "system_names",
    "too_low",
]

"""Scores of marked errors: JSON, CSV and plain tables, each with its weights, its basis and the human error counts."""

from review.steps.scoring.reports.mqm.data import as_data
from review.steps.scoring.reports.mqm.tables import as_rows, as_table, comparison_rows
from review.steps.scoring.reports.mqm.view import View, cautions, failures, notes

__all__ = ["View", "as_data", "as_rows", "as_table", "cautions", "comparison_rows", "failures", "notes"]

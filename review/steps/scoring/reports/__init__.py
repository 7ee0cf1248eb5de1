"""Scores as JSON, CSV, LaTeX, plain tables, and in sacrebleu's own words."""

from review.steps.scoring.reports.agreements import agreement_data, agreement_text
from review.steps.scoring.reports.batches import OWN_POST_EDIT, batch_csv, batch_data, batch_text
from review.steps.scoring.reports.comparisons import comparison_csv, comparison_data, comparison_text
from review.steps.scoring.reports.layout import as_csv, as_json, plain, signatures
from review.steps.scoring.reports.native import comparison_sacrebleu, sacrebleu_json, sacrebleu_text, score_only
from review.steps.scoring.reports.pairs import pairwise_csv, pairwise_data, pairwise_text
from review.steps.scoring.reports.slices import (
    differing_csv,
    differing_data,
    differing_text,
    histograms_csv,
    histograms_data,
    histograms_text,
    slices_csv,
    slices_data,
    slices_text,
)
from review.steps.scoring.reports.systems import as_data, table_csv, table_latex, table_text

__all__ = [
    "OWN_POST_EDIT",
    "agreement_data",
    "agreement_text",
    "as_csv",
    "as_data",
    "as_json",
    "batch_csv",
    "batch_data",
    "batch_text",
    "comparison_csv",
    "comparison_data",
    "comparison_sacrebleu",
    "comparison_text",
    "differing_csv",
    "differing_data",
    "differing_text",
    "histograms_csv",
    "histograms_data",
    "histograms_text",
    "pairwise_csv",
    "pairwise_data",
    "pairwise_text",
    "plain",
    "sacrebleu_json",
    "sacrebleu_text",
    "score_only",
    "signatures",
    "slices_csv",
    "slices_data",
    "slices_text",
    "table_csv",
    "table_latex",
    "table_text",
]

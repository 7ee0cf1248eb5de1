"""Scores and error spans as Appraise exports them (github.com/AppraiseDev/Appraise, ExportSystemScoresToCSV).

A row is what one user said of one item, without a header:

    user, system, item, type, source language, target language, score, document, complete[, spans], start, end

Spans are JSON: ``start_i`` and ``end_i`` (inclusive, UTF-16 units of the trimmed text; "missing" or -1 for words that
are not there), ``severity``, and ``error_type``, null (ESA) or a list of names (MQM). Appraise keeps the texts
elsewhere: they are taken from the campaign's batches (JSON), given as the table of documents. Files written here have
them in columns of their own at the end: segment, source, target, reference. A header with names is read too.
"""

from __future__ import annotations

from review.formats.appraise_csv._reading import read
from review.formats.appraise_csv._rows import sniff
from review.formats.appraise_csv._writing import build
from review.formats.base import Format

FORMAT = Format(
    "appraise-csv",
    "Appraise scores and error spans (CSV)",
    (".csv",),
    "text/csv",
    sniff,
    read,
    build=build,
    holds=frozenset({"source", "references", "spans", "ratings", "systems"}),
    judged=True,
    group="evaluation",
    about="what raters said, as Appraise exports it, on the text as imported",
)

"""CSV, a table with a header row. See ``table``."""

from __future__ import annotations

from functools import partial

from review.formats import table, table_writing
from review.formats.base import Format

_SUFFIXES = (".csv",)

FORMAT = Format(
    "csv",
    "CSV, a table with a header row",
    _SUFFIXES,
    "text/csv",
    partial(table.sniff, delimiters=",;|", suffixes=_SUFFIXES),
    partial(table.read, name="csv"),
    table_writing.rewrite,
    lambda header, articles, out: table_writing.build(articles, out, ",", header.extra.get("sides")),
    holds=table_writing.HOLDS,
    kept=frozenset({"machine", "deleted"}),
    about="to edit as a spreadsheet: UTF-8, formulas made harmless",
)

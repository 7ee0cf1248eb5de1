"""TSV, a table parted by tabs. See ``table``."""

from __future__ import annotations

from functools import partial

from review.formats import table, table_writing
from review.formats.base import Format

_SUFFIXES = (".tsv", ".tab")

FORMAT = Format(
    "tsv",
    "TSV, a table parted by tabs",
    _SUFFIXES,
    "text/tab-separated-values",
    partial(table.sniff, delimiters="\t", suffixes=_SUFFIXES),
    partial(table.read, name="tsv"),
    table_writing.rewrite,
    lambda header, articles, out: table_writing.build(articles, out, "\t", header.extra.get("sides")),
    holds=table_writing.HOLDS,
    kept=frozenset({"machine", "deleted"}),
    about="a table for scripts, parted by tabs",
)

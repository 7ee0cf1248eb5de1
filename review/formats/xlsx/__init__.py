"""XLSX workbooks: a table read by column role as CSV is, written over cell by cell, or made from scratch.

Numbers are read as their format shows them; formulas are never run. What is written is text, never a formula.
"""

from __future__ import annotations

import zipfile

from review.formats.base import Format, Options, Source
from review.formats.xlsx._building import build
from review.formats.xlsx._package import OLE
from review.formats.xlsx._reading import read
from review.formats.xlsx._rewriting import rewrite

_OTHERS = (".xls", ".xlsb", ".xltx")
"""What other workbooks are called: reading says what to do with them."""


def sniff(source: Source, options: Options) -> float:
    """Sure of an archive with a workbook in it; willing to believe the suffix, so that what is wrong is told."""
    head = source.head(4)
    if head[:2] == b"PK":
        try:
            with source.open() as file, zipfile.ZipFile(file) as archive:
                if any(name.lower().startswith("xl/workbook.") for name in archive.namelist()):
                    return 0.95
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
            pass
    return 0.8 if source.suffix in (*FORMAT.suffixes, *_OTHERS) and head[:4] in (OLE, b"PK\x03\x04") else 0.0


FORMAT = Format(
    "xlsx",
    "XLSX, an Excel workbook",
    (".xlsx", ".xlsm"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    sniff,
    read,
    rewrite,
    build,
    holds=frozenset(
        (
            "source",
            "references",
            "alternatives",
            "machine",
            "status",
            "deleted",
            "inserted",
            "merges",
            "splits",
            "systems",
        )
    ),
    kept=frozenset({"machine", "deleted"}),
    about="to edit in Excel or LibreOffice: a row a segment, every cell text",
)

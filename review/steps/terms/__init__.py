"""Termbases: shipped ones, a project's own (``bases``), files of them, and terms that a reviewer adds (``adding``)."""

from review.formats.termbases import kinds, preview_termbase, read_termbase, write_termbase
from review.formats.termbases.csv import dump_csv, load_csv
from review.formats.termbases.notation import COLUMNS, split
from review.steps.terms.adding import add_term
from review.steps.terms.shipped import files, shipped

__all__ = [
    "COLUMNS",
    "add_term",
    "dump_csv",
    "files",
    "kinds",
    "load_csv",
    "preview_termbase",
    "read_termbase",
    "shipped",
    "split",
    "write_termbase",
]

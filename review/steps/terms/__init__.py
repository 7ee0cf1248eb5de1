"""Termbases: read from CSV and written again (``tables``), shipped ones, and added to by a reviewer (``adding``)."""

from review.steps.terms.adding import add_term
from review.steps.terms.shipped import files, shipped
from review.steps.terms.tables import COLUMNS, dump_csv, load_csv, split

__all__ = ["COLUMNS", "add_term", "dump_csv", "files", "load_csv", "shipped", "split"]

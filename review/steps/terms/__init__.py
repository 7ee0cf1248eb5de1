"""Termbases: shipped ones, a project's own (``bases``), files of them, and terms that a reviewer adds (``adding``)."""

from review.formats.termbases import kinds, preview_termbase, read_termbase, write_termbase
from review.formats.termbases.csv import dump_csv, load_csv
from review.formats.termbases.notation import COLUMNS, split
from review.steps.terms.adding import add_term
from review.steps.terms.bases import Base, bases, bring_in, concepts_of, export, move, preview, ranked, remove, switch
from review.steps.terms.checking import Share, Wording, approved, check, circle, object_to
from review.steps.terms.looking_up import look_up
from review.steps.terms.shipped import files, shipped

__all__ = [
    "COLUMNS",
    "Base",
    "Share",
    "Wording",
    "add_term",
    "approved",
    "bases",
    "bring_in",
    "check",
    "circle",
    "concepts_of",
    "dump_csv",
    "export",
    "files",
    "kinds",
    "load_csv",
    "look_up",
    "move",
    "object_to",
    "preview",
    "preview_termbase",
    "ranked",
    "read_termbase",
    "remove",
    "shipped",
    "split",
    "switch",
    "write_termbase",
]

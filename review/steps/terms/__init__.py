"""Termbases: shipped ones, a project's own (``bases``), files of them, and terms that a reviewer adds (``adding``).

Concepts are looked through (``browsing``), changed (``editing``), made one (``merging``), and put back (``history``);
``impact`` says what a change would flag.
"""

from review.formats.termbases import kinds, preview_termbase, read_termbase, write_termbase
from review.formats.termbases.csv import dump_csv, load_csv
from review.formats.termbases.notation import COLUMNS, split
from review.steps.terms import browsing, editing, history, impact, merging, validating
from review.steps.terms.adding import add_term
from review.steps.terms.bases import (
    SHARERS,
    Base,
    bases,
    bring_in,
    concepts_of,
    export,
    move,
    preview,
    ranked,
    remove,
    share,
    switch,
)
from review.steps.terms.checking import Share, Wording, approved, check, circle, object_to
from review.steps.terms.comparing import Comparison, compare
from review.steps.terms.looking_up import look_up
from review.steps.terms.shipped import by_name, files, shipped

__all__ = [
    "COLUMNS",
    "SHARERS",
    "Base",
    "Comparison",
    "Share",
    "Wording",
    "add_term",
    "approved",
    "bases",
    "bring_in",
    "browsing",
    "by_name",
    "check",
    "circle",
    "compare",
    "concepts_of",
    "dump_csv",
    "editing",
    "export",
    "files",
    "history",
    "impact",
    "kinds",
    "load_csv",
    "look_up",
    "merging",
    "move",
    "object_to",
    "preview",
    "preview_termbase",
    "ranked",
    "read_termbase",
    "remove",
    "share",
    "shipped",
    "split",
    "switch",
    "validating",
    "write_termbase",
]

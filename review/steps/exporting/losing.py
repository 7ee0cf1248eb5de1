"""What an export would lose: told before the file is written."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

from review.formats import Format
from review.model import ReadingHeader
from review.steps.exporting.writing import File, export, kind_of, plan
from review.store import Store, inventory

DRY = 5000
"""Segments up to which a file over its original is written once for its warnings alone."""

WORDS = {
    "comments": ("1 comment", "{} comments"),
    "spans": ("1 marked error", "{} marked errors"),
    "ratings": ("1 rating", "{} ratings"),
    "status": ("the status of 1 segment", "the status of {} segments"),
    "deleted": ("which segment was deleted", "which {} segments were deleted"),
    "inserted": ("1 inserted sentence apart", "{} inserted sentences apart"),
    "merges": ("1 merge", "{} merges"),
    "splits": ("1 split", "{} splits"),
    "machine": ("the machine's text of 1 changed segment", "the machine's text of {} changed segments"),
    "history": ("who changed 1 segment and when", "who changed {} segments and when"),
    "notes": ("the notes of 1 segment", "the notes of {} segments"),
    "codes": ("the inline codes of 1 segment", "the inline codes of {} segments"),
    "source": ("the source of 1 segment", "the source of {} segments"),
    "references": ("the reference of 1 segment", "the references of {} segments"),
    "alternatives": ("other translations of 1 segment", "other translations of {} segments"),
    "systems": ("the system's name", "the names of {} systems"),
}
"""What is said of each word of ``formats.base.HELD``, one of it and several; reviewers' own work first."""

CAME = frozenset({"source", "references", "alternatives", "notes", "codes", "systems"})
"""What came with the file, and is there still where the original is written over."""


def losses(
    store: Store,
    batch: int,
    format: str,
    article: int | None = None,
    system: str | None = None,
    *,
    dry: bool = True,
) -> list[str]:
    """What the chosen format cannot tell of what is to be exported, in sentences; none where it tells everything.

    ``dry``: the warnings of writing over the original are told too, which writes it once and throws it away, unless it
    is large. Raises MissingError and InputError as ``export`` does.
    """
    files = plan(store, batch, format, article, system)
    kind = kind_of(files[0], format)
    with store.read() as connection:
        tally = inventory.tally(connection, [key for file in files for key in file.articles])
        size = inventory.segments(connection, [key for file in files for key in file.articles])
    held = frozenset.intersection(*(telling(kind_of(file, format), file) for file in files))
    found = [said(kind, {key: count for key, count in tally.items() if key not in held})]
    if dry and files[0].original and size <= DRY:
        found += export(store, batch, format, io.BytesIO(), article, system)
    return [sentence for sentence in found if sentence]


def telling(kind: Format, file: File) -> frozenset[str]:
    """What of HELD a file will tell."""
    if not file.original:
        return kind.holds
    held = kind.holds if kind.kept is None else kind.kept
    return held | CAME | _columns(file.header) if file.header.format == kind.name else held | kind.holds


def _columns(header: ReadingHeader) -> frozenset[str]:
    """What a table or a file of records has a place for, because it came with one."""
    columns = header.extra.get("columns", {})
    return frozenset({"status", "deleted"} if "status" in columns or header.extra.get("statuses") else ())


def said(kind: Format, lost: Mapping[str, int]) -> str:
    """One sentence of all that is lost, "" where nothing is.

    >>> from review.formats import find
    >>> said(find("text"), {"comments": 2, "merges": 1, "ratings": 0})
    'Clean article cannot hold 2 comments and 1 merge.'
    """
    parts = [
        one if lost[key] == 1 else many.format(f"{lost[key]:,}") for key, (one, many) in WORDS.items() if lost.get(key)
    ]
    if not parts:
        return ""
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"{re.split(r'[,:(]', kind.title)[0].strip()} cannot hold {listed}."

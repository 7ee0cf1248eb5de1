"""The files of a corpus, and one row of it."""

from __future__ import annotations

from dataclasses import dataclass

VERSION = 1
"""Goes up where the files' form or meaning changes; a corpus of another version is made anew."""

META = "corpus.json"
SIDES = ("target", "source")
COLUMNS = {"ids": "<i8", "articles": "<i8", "versions": "<i4", "statuses": "u1", "bits": "u1", "sizes": "<u2"}
"""One number a row; ``sizes`` and the signatures are as ``nearness`` measures the target."""
STARTS = "<i8"
SIGNATURES = "<u8"

LOCKED, DELETED, SOURCED, CODED = 1, 2, 4, 8
"""Bits: it is locked; it is deleted; it has a source; inline codes stand in its target."""


@dataclass(frozen=True, slots=True)
class Row:
    """A segment as it is now. ``status`` is its place in ``STATUSES``."""

    id: int
    article: int
    version: int
    status: int
    locked: bool
    deleted: bool
    target: str
    source: str | None

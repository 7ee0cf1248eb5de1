"""TBX version 2 (ISO 30042:2008): martif, termEntry, langSet, tig; TBX-Basic is written, any is read."""

from __future__ import annotations

from collections.abc import Sequence

from review.formats.termbases._tbx import V2
from review.formats.termbases._tbx_reading import ROOT, read
from review.formats.termbases._tbx_writing import write
from review.formats.termbases.base import Termbase
from review.model import Concept


def dump(concepts: Sequence[Concept]) -> bytes:
    """The concepts as TBX-Basic of 2008."""
    return write(concepts, V2)


def _recognise(head: str) -> bool:
    found = ROOT.search(head) if head.startswith("<") else None
    return found is not None and found.group(1) == "martif"


TERMBASE = Termbase("tbx-v2", "TBX v2 (2008)", (".tbx", ".xml", ".martif"), "application/x-tbx", _recognise, read, dump)

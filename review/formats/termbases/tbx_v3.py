"""TBX version 3 (ISO 30042:2019), data categories as attributes: TBX-Basic is written, any dialect is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from review.formats.termbases._tbx import DCA
from review.formats.termbases._tbx_reading import ROOT, read
from review.formats.termbases._tbx_writing import write
from review.formats.termbases.base import Termbase
from review.model import Concept


def dump(concepts: Sequence[Concept], dialect: str = "basic") -> bytes:
    """The concepts in a dialect: core, min or basic."""
    return write(concepts, replace(DCA, dialect=dialect))


def _recognise(head: str) -> bool:
    found = ROOT.search(head) if head.startswith("<") else None
    return found is not None and found.group(1) != "martif" and not _DCT.search(head)


_DCT = re.compile(r"""\sstyle\s*=\s*["']dct["']""", re.IGNORECASE)

TERMBASE = Termbase("tbx-v3", "TBX v3 (2019)", (".tbx", ".xml"), "application/x-tbx", _recognise, read, dump)

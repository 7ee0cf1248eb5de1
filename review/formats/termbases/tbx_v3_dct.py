"""TBX version 3 (ISO 30042:2019), data categories as elements (DCT), written in any public dialect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from review.formats.termbases._tbx import DCT
from review.formats.termbases._tbx_reading import ROOT, read
from review.formats.termbases._tbx_writing import write
from review.formats.termbases.base import Termbase
from review.model import Concept


def dump(concepts: Sequence[Concept], dialect: str = "basic") -> bytes:
    """The concepts in a dialect: core, min or basic."""
    return write(concepts, replace(DCT, dialect=dialect))


def _recognise(head: str) -> bool:
    return head.startswith("<") and ROOT.search(head) is not None and _DCT.search(head) is not None


_DCT = re.compile(r"""\sstyle\s*=\s*["']dct["']""", re.IGNORECASE)

TERMBASE = Termbase(
    "tbx-v3-dct", "TBX v3 (2019), DCT style", (".tbx", ".xml"), "application/x-tbx", _recognise, read, dump
)

"""Segments as they stand in their file, though its articles take turns: held on disk, not in memory."""

from __future__ import annotations

import pickle
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from review.steps.flagging import Flagged


def in_file_order(segments: Iterable[Flagged]) -> Iterator[Flagged]:
    """Yield the segments by the lines or rows that their locators name, all being read before the first comes.

    In memory 16 bytes are kept for each, and their order; the segments wait in a temporary file. Those without a
    line keep the place that they came in, after the line before them.
    """
    lines, offsets = array("q"), array("q")
    with tempfile.TemporaryFile() as file:
        for item in segments:
            offsets.append(file.tell())
            lines.append(_line(item, lines[-1] if lines else 0))
            pickle.dump(item, file, pickle.HIGHEST_PROTOCOL)
        for at in sorted(range(len(lines)), key=lines.__getitem__):
            file.seek(offsets[at])
            yield pickle.load(file)  # noqa: S301  our own file, which has no name


def _line(item: Flagged, otherwise: int) -> int:
    kind, _, place = (item.segment.locators[0] if item.segment.locators else "").partition(":")
    number = place.split(":")[0]
    return int(number) if kind in ("line", "row") and number.isdigit() else otherwise

"""A new corpus of an old one and of what changed: the ranges between the changes are copied as they are."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from review.text import nearness
from review.text.corpus.layout import COLUMNS, SIDES, SIGNATURES, STARTS, Row
from review.text.corpus.reading import Corpus
from review.text.corpus.writing import Columns, seal

_COPIED = 1 << 22


def fold(old: Corpus, new: Sequence[Row], order: np.ndarray, folder: Path, facts: Mapping[str, Any]) -> None:
    """Write a corpus into ``folder``, which must not exist.

    ``order`` (int64) names its rows: those of ``old`` by number, those of ``new`` by ``old.rows`` and up.
    """
    part = folder.with_name(folder.name + ".part")
    part.mkdir(parents=True)
    try:
        made = Columns(list(new))
        for name in COLUMNS:
            both = np.concatenate([np.asarray(getattr(old, name)), made.numbers[name]])
            both[order].tofile(part / name)
        with (part / "signatures").open("wb") as file:
            for word in range(nearness.WORDS):
                both = np.concatenate([np.asarray(old.signatures[word]), made.signatures[word].astype(SIGNATURES)])
                file.write(both[order].tobytes())
        cuts = np.flatnonzero(np.diff(order) != 1) + 1
        runs = list(zip([0, *cuts.tolist()], [*cuts.tolist(), len(order)], strict=True)) if len(order) else []
        for side in SIDES:
            _texts(old, made, order, runs, side, part)
        seal(part, folder, len(order), facts)
    finally:
        with suppress(OSError):
            shutil.rmtree(part)


def _texts(old: Corpus, made: Columns, order: np.ndarray, runs: list[tuple[int, int]], side: str, part: Path) -> None:
    starts = np.asarray(old._starts[side])
    own = np.concatenate([[0], np.cumsum(made.lengths(side))])
    lengths = np.concatenate([np.diff(starts), np.diff(own)])[order]
    np.concatenate([[0], np.cumsum(lengths)]).astype(STARTS).tofile(part / f"{side}.starts")
    block = memoryview(made.block(side))
    source = old._files[side]
    with (part / side).open("wb", buffering=1 << 20) as out:
        for begin, end in runs:
            first, last = int(order[begin]), int(order[end - 1]) + 1
            if first < old.rows < last:  # the old rows' end and the new rows' beginning, side by side
                _copy(source, int(starts[first]), int(starts[old.rows]), out)
                out.write(block[: int(own[last - old.rows])])
            elif first >= old.rows:
                out.write(block[int(own[first - old.rows]) : int(own[last - old.rows])])
            else:
                _copy(source, int(starts[first]), int(starts[last]), out)


def _copy(source: int, begin: int, end: int, out: Any) -> None:
    while begin < end:
        piece = os.pread(source, min(_COPIED, end - begin), begin)
        out.write(piece)
        begin += len(piece)

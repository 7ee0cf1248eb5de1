"""Writing a corpus, row by row, beside the place where it will be."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from review.text import codes, nearness
from review.text.corpus.layout import (
    CODED,
    COLUMNS,
    DELETED,
    LOCKED,
    META,
    SIDES,
    SIGNATURES,
    SOURCED,
    STARTS,
    VERSION,
    Row,
)
from review.text.rules.scanning import PART

_AT_ONCE = 2048


class Columns:
    """Rows as arrays, as the files hold them."""

    def __init__(self, rows: list[Row]) -> None:
        self.texts = {
            "target": [row.target.encode("utf-8", "replace") for row in rows],
            "source": [(row.source or "").encode("utf-8", "replace") for row in rows],
        }
        measured = nearness.measure([row.target for row in rows])
        self.signatures = measured.signatures
        self.numbers = {
            "ids": np.array([row.id for row in rows], COLUMNS["ids"]),
            "articles": np.array([row.article for row in rows], COLUMNS["articles"]),
            "versions": np.array([row.version for row in rows], COLUMNS["versions"]),
            "statuses": np.array([row.status for row in rows], COLUMNS["statuses"]),
            "bits": np.array([_bits(row) for row in rows], COLUMNS["bits"]),
            "sizes": measured.sizes.astype(COLUMNS["sizes"]),
        }

    def lengths(self, side: str) -> np.ndarray:
        """Bytes of each text with the byte that parts it from the next."""
        return np.fromiter((len(text) + 1 for text in self.texts[side]), np.int64, len(self.texts[side]))

    def block(self, side: str) -> bytes:
        """All texts, each with the byte after it."""
        texts = self.texts[side]
        return PART.join([*texts, b""]) if texts else b""


class Writer:
    """Writes a new corpus into ``folder``, which must not exist. Used in a ``with`` statement; without ``finish``
    nothing of it stays.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = 0
        self._part = folder.with_name(folder.name + ".part")
        self._waiting: list[Row] = []
        self._files = ExitStack()
        self._part.mkdir(parents=True)
        names = [*COLUMNS, *SIDES, *(f"{side}.starts" for side in SIDES), "signatures"]
        self._open = {name: self._files.enter_context((self._part / name).open("wb")) for name in names}
        self._ends = dict.fromkeys(SIDES, 0)
        for side in SIDES:
            self._open[f"{side}.starts"].write(np.zeros(1, STARTS).tobytes())

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()
        with suppress(OSError):
            shutil.rmtree(self._part)

    def add(self, row: Row) -> None:
        """Write a row after the last one."""
        self._waiting.append(row)
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Put the corpus in its place, with ``facts`` (JSON) about it."""
        self._flush()
        self._files.close()
        turned = np.fromfile(self._part / "signatures", SIGNATURES).reshape(self.rows, nearness.WORDS)
        with (self._part / "signatures").open("wb") as file:
            for word in range(nearness.WORDS):
                file.write(np.ascontiguousarray(turned[:, word]).tobytes())
        seal(self._part, self.folder, self.rows, facts)

    def _flush(self) -> None:
        made = Columns(self._waiting)
        for name, column in made.numbers.items():
            self._open[name].write(column.tobytes())
        self._open["signatures"].write(np.ascontiguousarray(made.signatures.T).astype(SIGNATURES).tobytes())
        for side in SIDES:
            self._open[side].write(made.block(side))
            starts = np.cumsum(made.lengths(side)) + self._ends[side]
            self._open[f"{side}.starts"].write(starts.astype(STARTS).tobytes())
            self._ends[side] = int(starts[-1]) if len(starts) else self._ends[side]
        self.rows += len(self._waiting)
        self._waiting.clear()


def seal(part: Path, folder: Path, rows: int, facts: Mapping[str, Any]) -> None:
    """Write what the corpus is into ``part``, with every file's size, and move it to ``folder``."""
    sizes = {path.name: path.stat().st_size for path in part.iterdir() if path.name != META}
    said = {"version": VERSION, "rows": rows, "sizes": sizes, "facts": dict(facts)}
    (part / META).write_text(json.dumps(said), "utf-8")
    os.replace(part, folder)


def _bits(row: Row) -> int:
    found = LOCKED * row.locked | DELETED * row.deleted | SOURCED * (row.source is not None)
    return found | CODED * bool(codes.spans(row.target))

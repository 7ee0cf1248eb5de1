"""Rows on disk: folders of plain arrays, written whole or not at all, mapped when they are read.

``work-FROM-TO`` holds what events after FROM up to TO left remembered; work-0-TO is all of it. ``memory-ID`` holds the
units of a memory. A folder gets its name when everything in it is on disk; one that is broken is taken away and made
again.
"""

from __future__ import annotations

import json
import mmap
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import numpy as np

from review.log import log
from review.steps.memory.rows import SIDES, Entry, Rows, Side, made
from review.text import nearness

VERSION = 1
"""Goes up where the files, the items of a text or the signatures change."""

NAME = re.compile(r"(?:work-(\d+)-(\d+)|memory-(\d+))\.v" + str(VERSION))
TOGETHER = 4_096
_STRIPE = 1 << 15
_COLUMNS = {"keys": "<i8", "batches": "<i8", "pairs": "<u2", "at": "<i8"}
_SIDE = {"sizes": "<u2", "hashes": "<u8", "ends": "<u8", "rows": "<u8", "text": "u1"}


@dataclass(frozen=True, slots=True)
class Part:
    """A folder that was opened. ``since`` and ``until`` are event numbers; ``head`` is the hash of the event
    ``until``."""

    path: Path
    rows: Rows
    since: int
    until: int
    head: str
    batches: frozenset[int]


class Writing:
    """Writes a part: ``add`` entries in ascending order of their keys, then ``finish``. Use it in a ``with``
    statement: what is not finished is taken away."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._path = Path(tempfile.mkdtemp(dir=folder, prefix="part."))
        self._files: dict[str, BinaryIO] = {}
        self._count = 0
        self._ends = dict.fromkeys(SIDES, 0)
        self._batches: set[int] = set()
        self._languages: list[tuple[str, str]] = []

    def __enter__(self) -> Writing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.close()
        shutil.rmtree(self._path, ignore_errors=True)

    def add(self, entries: Sequence[Entry]) -> None:
        """Write more entries."""
        rows = made(entries, self._languages, ())
        for name, kind in _COLUMNS.items():
            self._append(name, getattr(rows, name).astype(kind))
        for name in SIDES:
            side = rows.side(name)
            bodies = [side.texts[place].encode("utf-8", "surrogatepass") for place in range(len(entries))]
            ends = np.cumsum([len(body) for body in bodies], dtype=np.int64) + self._ends[name]
            self._ends[name] = int(ends[-1]) if len(ends) else self._ends[name]
            self._append(f"{name}.rows", np.ascontiguousarray(side.signatures.T))
            self._append(f"{name}.sizes", side.sizes)
            self._append(f"{name}.hashes", side.hashes)
            self._append(f"{name}.ends", ends.astype("<u8"))
            self._append(f"{name}.text", np.frombuffer(b"".join(bodies), np.uint8))
        self._count += len(entries)
        self._batches.update(entry.batch for entry in entries)

    def finish(self, name: str, touched: Iterable[int] = (), since: int = 0, until: int = 0, head: str = "") -> None:
        """Give the part its name; where another process made it first, that one stays."""
        if not self._files:
            self.add([])
        self._append("touched", np.array(sorted(touched), "<i8"))
        for file in self._files.values():
            file.flush()
        for side in SIDES:
            self._turn(side)
        self._files["touched"].flush()
        sizes = {path.name: path.stat().st_size for path in self._path.iterdir()}
        said: dict[str, Any] = {"count": self._count, "languages": self._languages, "batches": sorted(self._batches)}
        said |= {"since": since, "until": until, "head": head, "sizes": sizes}
        (self._path / "part.json").write_text(json.dumps(said), "utf-8")
        for path in self._path.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        with suppress(OSError):  # it is there already
            self._path.rename(self._folder / f"{name}.v{VERSION}")

    def _append(self, name: str, array: np.ndarray) -> None:
        if name not in self._files:
            self._files[name] = (self._path / name).open("wb")
        self._files[name].write(array.tobytes())

    def _turn(self, side: str) -> None:
        """Put signatures column by column, as they are searched, a stripe at a time."""
        path = self._path / f"{side}.rows"
        self._files.pop(f"{side}.rows").close()
        rows = _mapped(path, "<u8").reshape(-1, nearness.WORDS)
        with (self._path / f"{side}.signatures").open("wb") as file:
            for column in range(nearness.WORDS):
                for at in range(0, len(rows), _STRIPE):
                    file.write(rows[at : at + _STRIPE, column].tobytes())
        del rows
        path.unlink()


class _Text:
    """Texts one after another in a file, cut at ``ends``."""

    def __init__(self, path: Path, ends: np.ndarray) -> None:
        self._ends = ends
        self._bytes: bytes | mmap.mmap = b""
        if path.stat().st_size:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __getitem__(self, place: int, /) -> str:
        start = int(self._ends[place - 1]) if place else 0
        return self._bytes[start : int(self._ends[place])].decode("utf-8", "replace")


def opened(path: Path) -> Part | None:
    """A part as it is on disk; None where it is broken, in which case it is taken away."""
    try:
        return _opened(path)
    except FileNotFoundError as error:
        if not path.exists():
            return None  # another process made a better one
        log("warning", "a broken part of the memory is made again", error=error)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        log("warning", "a broken part of the memory is made again", error=error)
    shutil.rmtree(path, ignore_errors=True)
    return None


def _opened(path: Path) -> Part:
    found = NAME.fullmatch(path.name)
    said = json.loads((path / "part.json").read_text("utf-8"))
    count = int(said["count"])
    for name, size in said["sizes"].items():
        if name != "part.json" and not name.endswith(".rows") and (path / name).stat().st_size != size:
            raise ValueError(f"{name} is not as long as it was")
    columns = {name: _mapped(path / name, kind) for name, kind in _COLUMNS.items()}
    sides = []
    for name in SIDES:
        signatures = _mapped(path / f"{name}.signatures", "<u8").reshape(nearness.WORDS, count)
        sizes, hashes, ends = (_mapped(path / f"{name}.{kind}", _SIDE[kind]) for kind in ("sizes", "hashes", "ends"))
        if count and int(ends[-1]) != (path / f"{name}.text").stat().st_size:
            raise ValueError(f"{name}.text does not end where it should")
        sides.append(Side(signatures, sizes, hashes, _Text(path / f"{name}.text", ends)))
    if not all(len(column) == count for column in [*columns.values(), *(side.sizes for side in sides)]):
        raise ValueError("its files do not agree")
    rows = Rows(
        memory=int(found.group(3) or 0) if found else 0,
        source=sides[0],
        target=sides[1],
        languages=[(str(one), str(two)) for one, two in said["languages"]],
        touched=_mapped(path / "touched", "<i8"),
        **columns,
    )
    return Part(path, rows, int(said["since"]), int(said["until"]), str(said["head"]), frozenset(said["batches"]))


def _mapped(path: Path, kind: str) -> np.ndarray:
    if not path.stat().st_size:
        return np.empty(0, kind)
    return np.asarray(np.memmap(path, dtype=kind, mode="r"))


def names(folder: Path) -> list[Path]:
    """The parts in a folder, by name."""
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))
    return []


def chain(folder: Path) -> list[Path]:
    """The parts that hold the work, each going on where the one before ended, as far as they go."""
    there: dict[int, tuple[int, Path]] = {}
    for path in names(folder):
        found = NAME.fullmatch(path.name)
        if found and found.group(1) is not None:
            since, until = int(found.group(1)), int(found.group(2))
            if until > there.get(since, (-1, path))[0]:
                there[since] = (until, path)
    wanted: list[Path] = []
    at = 0
    while at in there and there[at][0] >= at:
        until, path = there.pop(at)
        wanted.append(path)
        at = until
    return wanted

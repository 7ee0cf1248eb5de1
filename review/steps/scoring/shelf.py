"""Measured statistics on a shelf in the cache folder: what was measured once is not measured again.

A file holds one system's matrix for one metric configuration and one set of references, with a digest of each
segment's text, so that after a correction only the corrected segment is measured. Losing a file loses time only.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from review.log import log
from review.metrics import Matrix, Metric, Prepared
from review.settings import settings
from review.workers.identity import identity

LARGEST = 1024**3
"""Bytes on the shelf; what was used longest ago goes first."""

_LOOKED_AT = 8
"""How many systems of the same references are looked through for a segment's text."""

_DIGEST = 16

_ABANDONED = 24 * 3600
"""Seconds after which a file that is not complete belongs to nobody."""


class Shelf:
    """Matrices in ``folder``, by metric configuration, references and texts."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or settings().cache_folder / "statistics"
        self.refused = ""
        """A sentence, where something could not be kept."""

    def open(self, metric: Metric, references: Prepared) -> Board:
        """The part of the shelf for one configuration and one set of references."""
        key = "references"
        if key not in references.made:
            references.made[key] = _of_references(references.texts)
        # Rows of another version of this program, or of a library, are not taken for this one's.
        said = f"{metric.key} {identity()} {references.made[key]}"
        name = hashlib.blake2b(said.encode(), digest_size=_DIGEST).hexdigest()
        return Board(self.folder / name, metric, len(references), self)

    def tidy(self, largest: int = LARGEST) -> None:
        """Take away what nobody finished, and what was used longest ago until ``largest`` bytes are left at most."""
        for path, state in _files(self.folder, "*.part"):
            if state.st_mtime < time.time() - _ABANDONED:
                with suppress(OSError):
                    path.unlink()
        files = sorted(_files(self.folder), key=lambda item: item[1].st_mtime, reverse=True)
        size = 0
        for path, state in files:
            size += state.st_size
            if size > largest:
                with suppress(OSError):
                    path.unlink()


class Board:
    """The matrices of one configuration and one set of references; told once to ``shelf`` where none can be kept."""

    def __init__(self, folder: Path, metric: Metric, count: int, shelf: Shelf | None = None) -> None:
        self.folder, self._metric, self._count, self._shelf = folder, metric, count, shelf

    def get(self, texts: np.ndarray) -> tuple[Matrix, np.ndarray]:
        """The rows of texts (see ``digests``) as far as they are known, and which of them are (bool)."""
        rows = np.zeros((self._count, len(self._metric.columns)), dtype=self._metric.dtype)
        known = np.zeros(self._count, dtype=bool)
        own = self.folder / f"{_name(texts)}.npz"
        others = sorted((item for item in _files(self.folder)), key=lambda item: item[1].st_mtime, reverse=True)
        for path in [own, *(path for path, _ in others[:_LOOKED_AT] if path != own)]:
            found = _read(path, self._count, len(self._metric.columns))
            if found is None:
                continue
            same = (found[0] == texts) & ~known
            rows[same] = found[1][same]
            known |= same
            if known.all():
                with suppress(OSError):
                    os.utime(path)
                break
        return rows, known

    def put(self, texts: np.ndarray, rows: Matrix) -> None:
        """Keep the rows of texts; where that is not possible, the work goes on without."""
        if self._shelf and self._shelf.refused:
            return
        part: Path | None = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as file:
                part = Path(file.name)
                np.savez(file, texts=texts, rows=_small(rows))
            os.replace(part, self.folder / f"{_name(texts)}.npz")
        except OSError as error:
            log("info", "statistics were not kept", error=error)
            if self._shelf:
                self._shelf.refused = (
                    f"What was measured cannot be kept for next time in {self._shelf.folder} ({error.strerror}); "
                    "set REVIEW_CACHE to a folder that can be written."
                )
        finally:
            if part is not None:
                with suppress(OSError):
                    part.unlink()


def digests(texts: Sequence[str]) -> np.ndarray:
    """A digest of each text (128 bits, so that two texts do not meet), shape (segments,)."""
    joined = b"".join(
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest() for text in texts
    )
    return np.frombuffer(joined, dtype=f"V{_DIGEST}")


def _name(texts: np.ndarray) -> str:
    return hashlib.blake2b(texts.tobytes(), digest_size=_DIGEST).hexdigest()


def _of_references(texts: Iterable[tuple[str, ...]]) -> str:
    found = hashlib.blake2b(digest_size=_DIGEST)
    for each in texts:
        for text in each:
            found.update(text.encode("utf-8", "surrogatepass") + b"\xff")
        found.update(b"\xfe")
    return found.hexdigest()


def _small(rows: Matrix) -> Matrix:
    """Whole numbers in 32 bits where they fit."""
    if rows.dtype == np.int64 and rows.size and rows.max() < 2**31:
        return rows.astype(np.int32)
    return rows


def _read(path: Path, count: int, columns: int) -> tuple[np.ndarray, Matrix] | None:
    """A file's texts and rows; None where it is not there, broken, or of another size."""
    try:
        with np.load(path, allow_pickle=False) as found:
            texts, rows = found["texts"], found["rows"]
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile):
        return None  # a RuntimeError where broken bytes read like a compression or a password
    if texts.shape != (count,) or rows.shape != (count, columns) or texts.dtype != np.dtype(f"V{_DIGEST}"):
        return None
    return texts, rows


def _files(folder: Path, pattern: str = "*.npz") -> Iterator[tuple[Path, os.stat_result]]:
    """The files of that form that can be looked at; another process may take them away meanwhile."""
    with suppress(OSError):
        for path in folder.rglob(pattern):
            with suppress(OSError):
                yield path, path.stat()

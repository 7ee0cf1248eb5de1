"""Compiled loops (numba), imported only where the work repays it. What they count equals sacrebleu's counts.

A file of this folder is imported by ``load`` alone: numba comes with it. Machine code is kept in the cache folder
under a digest of these sources, because numba's own cache does not see that a function in another file changed. Where
numba does not work, sacrebleu measures: slower, and the same.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import sys
import tempfile
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from review.log import log
from review.settings import settings

IMPORT_SECONDS = 0.4
"""About what importing numba and reading compiled code takes, in sacrebleu's seconds that it must save."""

COMPILE_SECONDS = 10.0
"""The same where nothing is compiled yet."""

_LOCK = threading.Lock()
_TEMPORARY: dict[Path, tempfile.TemporaryDirectory[str]] = {}
_broken: ImportError | None = None
_told: set[type[Exception]] = set()
_loaded: set[str] = set()


def worth(seconds: float, names: Iterable[str]) -> bool:
    """True where work that takes sacrebleu ``seconds`` is done sooner by these kernels, their loading included."""
    if _broken:
        return False
    missing = [name for name in names if name not in _loaded]
    if not missing:
        return True
    return seconds > (IMPORT_SECONDS if all(map(compiled, missing)) else COMPILE_SECONDS)


def compiled(name: str) -> bool:
    """True where the cache holds code that this Python compiled of a kernel's sources, and that numba will use.

    (numba takes nothing from a folder that it cannot write to.)
    """
    folder = cache_folder()
    if not os.access(folder, os.W_OK | os.X_OK):
        return False
    return any(folder.rglob(f"{name}.*.py{sys.version_info.major}{sys.version_info.minor}.nbi"))


@lru_cache(maxsize=1)
def digest() -> str:
    """A digest of this folder's sources, and of where they are: numba keeps the code of each checkout apart."""
    found = hashlib.sha256(str(Path(__file__).parent).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def cache_folder() -> Path:
    """Where compiled code is kept."""
    return settings().cache_folder / f"kernels-{digest()}"


def load(name: str) -> ModuleType:
    """Import a kernel file of this folder, its machine code kept in the cache folder.

    Raises whatever a missing or broken numba raises; see ``failed``.
    """
    with _LOCK:
        if _broken:
            raise _broken
        import numba

        numba.config.CACHE_DIR = str(_writable(cache_folder()))  # type: ignore[attr-defined]
        module = importlib.import_module(f"{__name__}.{name}")
        _loaded.add(name)
        return module


def threads() -> int:
    """How many compiled loops may run side by side."""
    import numba

    return int(numba.config.NUMBA_DEFAULT_NUM_THREADS)  # type: ignore[attr-defined]


def failed(error: Exception) -> None:
    """Say once that compiled code does not work here; a numba that cannot be imported is not tried again."""
    global _broken
    if isinstance(error, ImportError):
        _broken = error
    if type(error) not in _told:
        _told.add(type(error))
        log("warning", "compiled code does not work; sacrebleu measures, which takes longer", error=error)


def _writable(folder: Path) -> Path:
    """The folder, else one of this process: numba would go on beside its sources, where old code is not told apart."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        if folder not in _TEMPORARY:
            log("warning", "compiled code is not kept: the cache cannot be written", error=error)
            _TEMPORARY[folder] = tempfile.TemporaryDirectory(prefix="rendition-", ignore_cleanup_errors=True)
        return Path(_TEMPORARY[folder].name)

"""Compiled loops (numba), imported only where the work repays it. What they count equals sacrebleu's counts.

A file of this folder is imported by ``load`` alone: numba comes with it. Machine code is kept in the cache folder
under a digest of these sources, because numba's own cache does not see that a function in another file changed.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
import threading
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from review.settings import settings

IMPORT_SECONDS = 0.4
"""About what importing numba and reading compiled code takes, in sacrebleu's seconds that it must save."""

COMPILE_SECONDS = 10.0
"""The same where nothing is compiled yet."""

_LOCK = threading.Lock()


def worth(seconds: float) -> bool:
    """True where work that takes sacrebleu ``seconds`` is done sooner by compiled code, its loading included."""
    if "numba" in sys.modules:
        return True
    return seconds > (IMPORT_SECONDS if compiled() else COMPILE_SECONDS)


def compiled() -> bool:
    """True where the cache holds compiled code of these sources."""
    folder = cache_folder()
    return folder.is_dir() and any(folder.rglob("*.nbi"))


@lru_cache(maxsize=1)
def digest() -> str:
    """A digest of this folder's sources."""
    found = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def cache_folder() -> Path:
    """Where compiled code is kept."""
    return settings().cache_folder / f"kernels-{digest()}"


def load(name: str) -> ModuleType:
    """Import a kernel file of this folder, its machine code kept in the cache folder."""
    with _LOCK:
        import numba

        numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]
        return importlib.import_module(f"{__name__}.{name}")


def threads() -> int:
    """How many compiled loops may run side by side."""
    import numba

    return int(numba.config.NUMBA_DEFAULT_NUM_THREADS)  # type: ignore[attr-defined]

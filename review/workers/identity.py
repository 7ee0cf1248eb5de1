"""Who measures: what must be the same on every machine for the same numbers to come of the same text."""

from __future__ import annotations

import hashlib
import sys
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import review

_ROOMS = ("metrics", "workers", "formats", "steps/scoring")
"""The rooms whose code runs on a worker."""


@lru_cache(maxsize=1)
def identity() -> tuple[tuple[str, str], ...]:
    """Name and version of what measures: Python, this package with a digest of its sources, and libraries."""
    return (
        ("Python", f"{sys.version_info.major}.{sys.version_info.minor}"),
        *((name, _version(name)) for name in ("distributed", "sacrebleu", "numba", "numpy")),
        ("review", f"{review.__version__} ({_digest()})"),
    )


def difference(here: tuple[tuple[str, str], ...], there: tuple[tuple[str, str], ...]) -> str:
    """The first thing that differs, as "X 1 there and X 2 here"; "" where nothing does."""
    found = dict(there)
    for name, mine in here:
        theirs = found.get(name, "nothing known")
        if theirs != mine:
            return f"{name} {theirs} there and {mine} here"
    return ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _digest() -> str:
    house = Path(review.__file__).parent
    found = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((house / room).rglob("*.py")):
            found.update(path.relative_to(house).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:8]

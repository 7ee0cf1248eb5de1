"""The termbases that come with the program, by language pair: ``zh-en-news.csv`` is Chinese to English.

Their order among themselves says nothing: they were written to fit each other.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from review.formats.termbases.csv import load_csv
from review.model import Concept

FOLDER = Path(__file__).parents[3] / "corpora" / "termbases"


def files() -> list[Path]:
    """The shipped termbases: terms before calques, as their names stand in the alphabet backwards."""
    return sorted(FOLDER.glob("*.csv"), reverse=True)


def shipped(source_language: str = "", target_language: str = "") -> tuple[Concept, ...]:
    """The concepts for a pair of languages (BCP 47); "" stands for any.

    Raises FormatError where a file does not hold to the notation.
    """
    return tuple(concept for found in by_name(source_language, target_language).values() for concept in found)


def by_name(source_language: str = "", target_language: str = "") -> dict[str, tuple[Concept, ...]]:
    """The same, by the name of each termbase; those for other languages are left out."""
    source, target = (code.split("-")[0].lower() for code in (source_language, target_language))
    return {
        path.stem: _read(path, theirs, ours)
        for path in files()
        for theirs, ours in (path.stem.split("-")[:2],)
        if source in ("", theirs) and target in ("", ours)
    }


@lru_cache(maxsize=32)
def _read(path: Path, source: str, target: str) -> tuple[Concept, ...]:
    return tuple(load_csv(path, source_language=source, target_language=target))

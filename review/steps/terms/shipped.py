"""The termbases that come with the program, by language pair: ``zh-en-news.csv`` is Chinese to English."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from review.formats.termbases.csv import load_csv
from review.model import Concept

FOLDER = Path(__file__).parents[3] / "corpora" / "termbases"


def files() -> list[Path]:
    """The shipped termbases, in alphabetical order."""
    return sorted(FOLDER.glob("*.csv"))


def shipped(source_language: str = "", target_language: str = "") -> tuple[Concept, ...]:
    """The concepts for a pair of languages (BCP 47); "" stands for any.

    Raises FormatError where a file does not hold to the notation.
    """
    source, target = (code.split("-")[0].lower() for code in (source_language, target_language))
    return tuple(
        concept
        for path in files()
        for theirs, ours in (path.stem.split("-")[:2],)
        if source in ("", theirs) and target in ("", ours)
        for concept in _read(path, theirs, ours)
    )


@lru_cache(maxsize=32)
def _read(path: Path, source: str, target: str) -> tuple[Concept, ...]:
    return tuple(load_csv(path, source_language=source, target_language=target))

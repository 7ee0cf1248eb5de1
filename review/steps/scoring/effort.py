"""What the editor did: HTER and edit distance of an output against its own post-edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from review.metrics import Options, Prepared
from review.metrics.ter import Ter
from review.model import Score
from review.text.diff import edit_distance

_UNSPACED = ("zh", "ja")


@dataclass(frozen=True, slots=True)
class Effort:
    """The work on a set of segments. Never a rank: the reference is the output's own post-edit.

    ``hter`` is TER of the output against the current text, with TER's signature. ``word_edits`` and
    ``character_edits`` are Levenshtein distances, the rates divide them by the length of the current text.
    """

    segments: int
    changed: int
    hter: Score
    word_edits: int
    words: int
    character_edits: int
    characters: int

    @property
    def changed_share(self) -> float:
        return self.changed / self.segments if self.segments else 0.0

    @property
    def word_rate(self) -> float:
        return self.word_edits / self.words if self.words else float(self.word_edits > 0)

    @property
    def character_rate(self) -> float:
        return self.character_edits / self.characters if self.characters else float(self.character_edits > 0)


@dataclass(frozen=True, slots=True)
class Edits:
    """One segment's share of it: TER's row and score, and both distances."""

    row: np.ndarray
    hter: float
    word: int
    words: int
    character: int
    characters: int
    changed: bool


def hter_options(language: str) -> Options:
    """TER with its defaults; characters are its words in Chinese and Japanese."""
    unspaced = language.lower().split("-")[0] in _UNSPACED
    return Options(ter_normalized=unspaced, ter_asian_support=unspaced)


def edits(before: Sequence[str], after: Sequence[str], language: str) -> Iterator[Edits]:
    """Measure each segment's way from the output to its post-edit."""
    ter = Ter(hter_options(language))
    for row, old, new in zip(_rows(ter, before, after), before, after, strict=True):
        distance = edit_distance(old, new, language)
        value = ter.combine(row[None, :], [1], level="segment").value
        word, words = int(distance["word"]), int(distance["words"])
        character, characters = int(distance["character"]), int(distance["characters"])
        yield Edits(row, value, word, words, character, characters, old != new)


def _rows(ter: Ter, before: Sequence[str], after: Sequence[str]) -> np.ndarray:
    """TER's rows; what was not edited, most of a batch, is not aligned with itself."""
    changed = [position for position, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    rows = np.array([ter.unchanged(text) for text in after], dtype=ter.dtype).reshape(len(after), 2)
    prepared = Prepared([(after[position],) for position in changed])
    rows[changed] = ter.measure([before[position] for position in changed], prepared)
    return rows


def total(found: Sequence[Edits], language: str, system: str = "", name: str = "") -> Effort:
    """Add the work on segments up."""
    ter = Ter(hter_options(language))
    level = "document" if name else "system"
    rows = np.array([one.row for one in found] or [np.zeros(2)])
    return Effort(
        segments=len(found),
        changed=sum(one.changed for one in found),
        hter=ter.combine(rows, [1], level=level, system=system, name=name),
        word_edits=sum(one.word for one in found),
        words=sum(one.words for one in found),
        character_edits=sum(one.character for one in found),
        characters=sum(one.characters for one in found),
    )


def effort(before: Sequence[str], after: Sequence[str], language: str = "", system: str = "") -> Effort:
    """The work that turned the segments ``before`` into ``after`` (BCP 47 target language)."""
    return total(list(edits(before, after, language)), language, system)

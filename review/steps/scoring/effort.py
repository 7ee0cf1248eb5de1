"""What the editor did: HTER and edit distance of an output against its own post-edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from review.metrics import Options, Prepared
from review.metrics.ter import Ter
from review.model import Score
from review.text.diff import edit_distance

COLUMNS = ("edits", "length", "word", "words", "character", "characters", "changed")
"""What is counted of a segment: TER's row, both distances with the lengths they go by, and 1 where it was changed."""

_TER = slice(0, 2)
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


def ter(language: str) -> Ter:
    """TER as HTER uses it: its defaults; characters are its words in Chinese and Japanese."""
    unspaced = language.lower().split("-")[0] in _UNSPACED
    return Ter(Options(ter_normalized=unspaced, ter_asian_support=unspaced))


def work(before: Sequence[str], after: Sequence[str], language: str) -> np.ndarray:
    """Count each segment's way from the output to its post-edit, shape (segments, COLUMNS).

    What was not edited, most of a batch, is not aligned with itself.
    """
    metric = ter(language)
    rows = np.zeros((len(after), len(COLUMNS)))
    changed = []
    for position, (old, new) in enumerate(zip(before, after, strict=True)):
        distance = edit_distance(old, new, language)
        counts = (distance["word"], distance["words"], distance["character"], distance["characters"])
        rows[position] = (*metric.unchanged(new), *counts, old != new)
        if old != new:
            changed.append(position)
    references = Prepared([(after[position],) for position in changed])
    rows[changed, _TER] = metric.measure([before[position] for position in changed], references)
    return rows


def hters(rows: np.ndarray, language: str) -> np.ndarray:
    """HTER of each segment alone, shape (segments,)."""
    return ter(language).values(rows[:, _TER], "segment")


def total(rows: np.ndarray, language: str, system: str = "", name: str = "") -> Effort:
    """Add the work on segments up."""
    metric = ter(language)
    sums = metric.add(rows[:, _TER]) if len(rows) else [0, 0.0]
    counts = dict(zip(COLUMNS, rows.sum(axis=0).astype(int).tolist(), strict=True))
    return Effort(
        segments=len(rows),
        changed=counts["changed"],
        hter=metric.score(sums, [1], level="document" if name else "system", system=system, name=name),
        word_edits=counts["word"],
        words=counts["words"],
        character_edits=counts["character"],
        characters=counts["characters"],
    )


def effort(before: Sequence[str], after: Sequence[str], language: str = "", system: str = "") -> Effort:
    """The work that turned the segments ``before`` into ``after`` (BCP 47 target language)."""
    return total(work(before, after, language), language, system)

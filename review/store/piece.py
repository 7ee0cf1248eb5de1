"""A segment as reviewers see it: what it was made as, which never changes, and its state, which events change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from review.model import Code


@dataclass(frozen=True, slots=True)
class State:
    """What events change in a segment. ``source`` counts only with ``source_set``."""

    text: str
    version: int = 0
    status: str = "new"
    locked: bool = False
    deleted: bool = False
    retired: bool = False
    source_set: bool = False
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment: what it was made as, which never changes, and its state.

    ``alternatives`` are (system, text). ``origin`` is the id of the event that made it, None if imported.
    """

    id: int
    article: int
    position: bytes
    paragraph: int
    name: str
    hypothesis: str
    base_source: str | None
    references: tuple[str, ...]
    alternatives: tuple[tuple[str, str], ...]
    locators: tuple[str, ...]
    parents: tuple[int, ...]
    origin: str | None
    state: State
    words: int = field(default=0, compare=False)
    """Words of the current text, as counted when it was stored."""
    touched: tuple[int, int] | None = field(default=None, compare=False)
    """Actor and time of the last change of the state; None while there was none."""
    codes: tuple[Code, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def inserted(self) -> bool:
        """True where a reviewer wrote the segment, and it has no part in the file."""
        return self.origin is not None and not self.parents

    @property
    def source(self) -> str | None:
        """The current source: the re-paired or attached one where there is one."""
        return self.state.source if self.state.source_set else self.base_source


def paragraphs(keys: Sequence[int]) -> list[int]:
    """Paragraph numbers as shown, of segments in order: the file's own, or counted anew where a reviewer made one."""
    if all(key < 2**40 for key in keys):
        return list(keys)
    numbers: list[int] = []
    for place, key in enumerate(keys):
        numbers.append(0 if place == 0 else numbers[-1] + (key != keys[place - 1]))
    return numbers

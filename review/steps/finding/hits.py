"""What finding hands on: hits, a page of them, and what segments are to read from now on."""

from __future__ import annotations

from dataclasses import dataclass

from review.model import Replacement
from review.text.rules import applied


@dataclass(frozen=True, slots=True)
class Hit:
    """A segment that a rule changes. ``number`` is its place in the article, from 1; ``skipped`` says why it is left
    alone ("" where it is not); ``likeness`` (0 to 1) is there for similar segments alone.
    """

    segment: int
    article: int
    article_name: str
    system: str
    batch: int
    number: int
    version: int
    status: str
    text: str
    source: str | None
    changes: tuple[Replacement, ...]
    protected: bool
    skipped: str = ""
    likeness: float | None = None

    @property
    def after(self) -> str:
        """The text with the changes made."""
        return applied(self.text, self.changes)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a rule's hits, and how many there are in all. ``protected`` and ``skipped`` are segments among them;
    ``next`` is what to pass as ``after`` for the next page, None at the end.
    """

    segments: int
    hits: int
    articles: int
    protected: int
    skipped: int
    rows: tuple[Hit, ...]
    next: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A segment and what it is to read from now on, or why it is ``skipped``."""

    segment: int
    article: int
    version: int
    text: str
    skipped: str = ""

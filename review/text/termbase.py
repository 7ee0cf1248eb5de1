"""Where the terms of a termbase stand in a text: an index over all concepts, looked up once per text."""

from __future__ import annotations

from collections.abc import Iterable

from review.model import Concept


class TermIndex:
    """All concepts of the termbases in use, ready to be found in a text.

    ``concepts`` may come in any order; those without terms are kept and never found.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: tuple[Concept, ...] = tuple(concepts)

    def __len__(self) -> int:
        return len(self.concepts)

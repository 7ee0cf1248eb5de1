"""A sample of a batch's segments, whole articles evenly spread over it."""

from __future__ import annotations

from dataclasses import dataclass

from review.store import Store, articles, batches, pieces
from review.store.articles import ArticleRow
from review.store.piece import Piece


@dataclass(frozen=True, slots=True)
class Sample:
    """Living segments that have a source and a translation; ``total`` is how many segments the batch has.

    ``numbers`` are their places in their articles, from 1; ``rows`` the articles by id.
    """

    pieces: tuple[Piece, ...]
    numbers: tuple[int, ...]
    rows: dict[int, ArticleRow]
    total: int
    whole: bool

    @property
    def language(self) -> str:
        """The language of the translations, of the first article that says."""
        return next((row.target_language for row in self.rows.values() if row.target_language), "en")

    @property
    def source_language(self) -> str:
        """The language of the sources, of the first article that says."""
        return next((row.source_language for row in self.rows.values() if row.source_language), "")


def sample(store: Store, batch: int, most: int) -> Sample:
    """Segments of a batch: all of one that has no more than ``most``, else about so many. Raises MissingError."""
    with store.read() as connection:
        total = batches.get(connection, batch).segments
        wanted = articles.ids(connection, batch)
    step = max(1.0, total / most)
    chosen = [wanted[int(place * step)] for place in range(int(len(wanted) / step))] or wanted[:1]
    found: list[Piece] = []
    numbers: list[int] = []
    rows: dict[int, ArticleRow] = {}
    for article in chosen:
        with store.read() as connection:
            rows[article] = articles.get(connection, article)
            inside = pieces.of_article(connection, article, bare=True)
        for number, piece in enumerate(inside, 1):
            if piece.source and not piece.state.deleted and piece.state.text.strip():
                found.append(piece)
                numbers.append(number)
        if len(found) >= 2 * most:
            break
    return Sample(tuple(found), tuple(numbers), rows, total, len(chosen) == len(wanted))

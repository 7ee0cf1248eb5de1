"""A batch's scores that follow its reviewers: scored once, then only what they changed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from review.steps.scoring.batches import BatchScores, load, review_scores
from review.steps.scoring.leaderboard import compare_batch
from review.steps.scoring.measuring import Progress
from review.steps.scoring.shelf import Shelf
from review.text.bared import bare_article

if TYPE_CHECKING:
    from review.metrics.significance import Pairwise
    from review.store import Store
    from review.store.articles import ArticleRow


class Followed:
    """One batch's scores by some metrics; several sessions may share it.

    ``changed`` counts the times that ``scores`` found something new.
    """

    def __init__(self, store: Store, project: int, batch: int, names: Sequence[str], tokenize: str = "") -> None:
        self._store, self._project, self._batch = store, project, batch
        self._names, self._tokenize = tuple(names), tokenize
        self._lock = threading.RLock()
        self._found: BatchScores | None = None
        self._seen: dict[int, int] = {}
        self._compared: dict[tuple[str, int | None], tuple[list[Pairwise], list[str]]] = {}
        self.changed = 0

    @property
    def scored(self) -> bool:
        """True where the batch was scored already, so that ``scores`` is quick."""
        return self._found is not None

    def scores(self, progress: Progress | None = None) -> BatchScores:
        """The scores as the batch stands now. Raises MissingError for a batch that is not there."""
        with self._lock:
            rows = self._rows()
            if self._found is None or not self._exchange(self._found, rows):
                self._found = self._anew(progress)
                self._seen = {row.id: row.revision for row in rows}
                self._compared.clear()
                self.changed += 1
            return self._found

    def compared(self, test: str, trials: int | None = None) -> tuple[list[Pairwise], list[str]]:
        """Every system's machine output against every other's, one result a metric, and warnings.

        Kept while the segments are the same: corrections do not change what the machine wrote. Raises InputError
        where there is nothing to compare.
        """
        with self._lock:
            found = self.scores()
            if (test, trials) not in self._compared:
                self._compared[test, trials] = compare_batch(found, test, trials)
            return self._compared[test, trials]

    def has_compared(self, test: str, trials: int | None = None) -> bool:
        """True where ``compared`` was asked this already, so that it is quick."""
        return (test, trials) in self._compared

    def _rows(self) -> list[ArticleRow]:
        from review.store import articles

        with self._store.read() as connection:
            return articles.rows(connection, self._project, batch=self._batch)

    def _anew(self, progress: Progress | None) -> BatchScores:
        _, loaded = load(self._store, self._project, self._batch)
        return review_scores(loaded, self._names, tokenize=self._tokenize, progress=progress, shelf=Shelf())

    def _exchange(self, found: BatchScores, rows: Sequence[ArticleRow]) -> bool:
        """Read the articles that have a new revision; False where they no longer have the same segments."""
        from review.store import articles

        touched = [row for row in rows if self._seen.get(row.id) != row.revision]
        if len(rows) != len(self._seen) or any(row.id not in self._seen for row in touched):
            return False
        for row in touched:
            with self._store.read() as connection:
                article = bare_article(articles.load(connection, row.id, history=False))
            if not found.exchange(article):
                return False
            # What came after this row was read is seen the next time: its revision is higher still.
            self._seen[row.id] = row.revision
        self.changed += bool(touched)
        return True

"""Every segment of a batch that a rule changes, as one table of numbers: what is shown of it is read page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from review.model.status import DONE, STATUSES
from review.steps.finding.index import Index, Progress, View, span
from review.store import Store
from review.store.indexing import Light
from review.text.corpus import Corpus, Hits
from review.text.corpus.layout import CODED, DELETED, LOCKED
from review.text.rules import Replacer

REMEMBERED = 300_000
"""Rows of the tables kept for each batch, so that the next page costs nothing."""
_DONE = [STATUSES.index(status) for status in DONE]
COLUMNS = ("segments", "articles", "counts", "versions", "statuses", "locked", "rows", "subs")
LOCKED_REASON = "it is locked"


@dataclass(frozen=True, slots=True)
class Table:
    """Segments with hits, in the order of the batch; ``rows`` and ``subs`` say where in the index each is read:
    a row of the corpus, and -1 or a place in an article that was read as a whole. ``refused`` holds reasons by
    segment; ``numbers`` are places in their articles, from 1.
    """

    segments: np.ndarray
    articles: np.ndarray
    counts: np.ndarray
    versions: np.ndarray
    statuses: np.ndarray
    locked: np.ndarray
    rows: np.ndarray
    subs: np.ndarray
    refused: dict[int, str]

    @property
    def protected(self) -> np.ndarray:
        """Which are confirmed or approved (bool)."""
        return np.isin(self.statuses, _DONE)

    @property
    def skipped(self) -> int:
        """How many must be left alone."""
        if not self.refused:
            return int(self.locked.sum())
        return int((self.locked | np.isin(self.segments, np.fromiter(self.refused, np.int64, len(self.refused)))).sum())

    def reason(self, place: int) -> str:
        """Why the segment at a place is left alone, "" where it is not."""
        if self.locked[place]:
            return LOCKED_REASON
        return self.refused.get(int(self.segments[place]), "")


def table(store: Store, index: Index, replacer: Replacer, progress: Progress | None = None) -> Table:
    """What a rule changes in a batch as it is now. Hold the index's lock from here until the table was read."""
    corpus = index.follow(store, progress)
    known: Table | None = index.kept.get(replacer.rule)
    if known is None:
        known = index.kept[replacer.rule] = _made(index, corpus, replacer)
        while len(index.kept) > 1 and sum(len(one.segments) for one in index.kept.values()) > REMEMBERED:
            index.kept.popitem(last=False)
    index.kept.move_to_end(replacer.rule)
    return known


def light(index: Index | View, corpus: Corpus, row: int, sub: int) -> Light:
    """The segment that a table's row and sub name."""
    if sub >= 0:
        return index.replaced[int(corpus.articles[row])][sub]
    patch = index.patched.get(row)
    if patch is not None:
        return patch
    found = corpus.row(row)
    return Light(
        found.id, found.article, found.version, found.status, found.locked, found.deleted, found.target, found.source
    )


def number(index: Index | View, corpus: Corpus, row: int, sub: int) -> int:
    """A segment's place in its article, from 1."""
    if sub >= 0:
        return sub + 1
    first, _ = span(corpus, int(corpus.articles[row]))
    gone = sum(1 for place, patch in index.patched.items() if patch is None and first <= place < row)
    return row - first + 1 - gone


def _made(index: Index, corpus: Corpus, replacer: Replacer) -> Table:
    if replacer.sources is None:
        hits = corpus.scan(replacer.scanner)
    else:
        hits = corpus.within(replacer.scanner, corpus.scan(replacer.sources, "source").rows)
    keep = _untouched(index, corpus, hits.rows)
    hits = Hits(hits.rows[keep], hits.counts[keep], hits.covered[keep])
    rows = hits.rows
    bits = corpus.bits[rows]
    refused = _refused(corpus, replacer, hits, (bits & CODED) > 0)
    laid: list[tuple[int, int, Light, int]] = []
    for row, sub, one in over(index, corpus):
        if not one.deleted:
            changes = replacer.changes(one.target, one.source)
            if changes:
                laid.append((row, sub, one, len(changes)))
                reason = replacer.refusal(one.target, changes)
                if reason:
                    refused[one.id] = reason

    def both(column: np.ndarray, more: list[int]) -> np.ndarray:
        return np.concatenate([np.asarray(column).astype(np.int64), np.array(more, np.int64)])

    at = both(rows, [row for row, _, _, _ in laid])
    subs = both(np.full(len(rows), -1), [sub for _, sub, _, _ in laid])
    order = np.lexsort((subs, at))
    lights = [one for _, _, one, _ in laid]
    return Table(
        both(corpus.ids[rows], [one.id for one in lights])[order],
        both(corpus.articles[rows], [one.article for one in lights])[order],
        both(hits.counts, [count for _, _, _, count in laid])[order],
        both(corpus.versions[rows], [one.version for one in lights])[order],
        both(corpus.statuses[rows], [one.status for one in lights])[order],
        both((bits & LOCKED) > 0, [int(one.locked) for one in lights])[order].astype(bool),
        at[order],
        subs[order],
        refused,
    )


def over(index: Index | View, corpus: Corpus) -> Iterator[tuple[int, int, Light]]:
    """(row, sub, segment) of all that is laid over the corpus."""
    for row, patch in index.patched.items():
        if patch is not None:
            yield row, -1, patch
    for article, lights in index.replaced.items():
        first = span(corpus, article)[0]
        for sub, one in enumerate(lights):
            yield first, sub, one


def _untouched(index: Index, corpus: Corpus, rows: np.ndarray) -> np.ndarray:
    """Which rows are still as the corpus has them, and not deleted (bool)."""
    keep = (corpus.bits[rows] & DELETED) == 0
    if index.patched:
        keep &= ~np.isin(rows, np.fromiter(index.patched, np.int64, len(index.patched)))
    for article in index.replaced:
        first, last = span(corpus, article)
        keep[np.searchsorted(rows, first) : np.searchsorted(rows, last)] = False
    return np.asarray(keep)


def _refused(corpus: Corpus, replacer: Replacer, hits: Hits, coded: np.ndarray) -> dict[int, str]:
    """Reasons by segment; only texts with codes, or of which nothing may be left, are looked at."""
    look = coded
    if replacer.may_empty:
        bare = corpus.lengths(hits.rows) - hits.covered <= 16
        look = look | bare
    found: dict[int, str] = {}
    for row in hits.rows[look].tolist():
        text = corpus.text(row)
        reason = replacer.refusal(text, replacer.changes(text, corpus.text(row, "source")))
        if reason:
            found[int(corpus.ids[row])] = reason
    return found

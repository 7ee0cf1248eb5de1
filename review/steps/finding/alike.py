"""Segments that are no hits of a rule, but much like the segment that was corrected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from review.model import Rule, Scope
from review.model.status import DONE
from review.steps.finding import index as indexes
from review.steps.finding import tables
from review.steps.finding.hits import Hit
from review.steps.finding.listing import batches_of
from review.store import Store, indexing, pieces
from review.text import nearness
from review.text.corpus import Corpus
from review.text.corpus.layout import DELETED
from review.text.rules import Replacer, applied
from review.text.rules.nearly import nearly

ALIKE = 75
"""The lowest score, of 100, with which a segment counts as similar: see ``nearness``."""
LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class _Like:
    score: int
    batch: int
    segment: int
    article: int
    number: int


def similar(store: Store, scope: Scope, rule: Rule, text: str, *, limit: int = 20) -> list[Hit]:
    """Segments that are no hits but much like ``text`` (a segment before its correction), the most alike first.

    ``changes`` carry the correction over to words that are nearly the rule's, and are empty where there are none;
    ``likeness`` is 0.75 to 1. Raises InputError for a rule that cannot be followed.
    """
    replacer = Replacer(rule)
    corrected = applied(text, replacer.changes(text))
    found: list[_Like] = []
    for batch in batches_of(store, scope):
        index = indexes.of(store, batch)
        with index.lock:
            table = tables.table(store, index, replacer)
            assert index.corpus is not None
            found += _of_batch(batch, index, index.corpus, table, scope, text)
    found.sort(key=lambda one: (-one.score, one.batch, one.article, one.number))
    return _shown(store, replacer, found, corrected, limit)


def _of_batch(
    batch: int, index: indexes.Index, corpus: Corpus, table: tables.Table, scope: Scope, text: str
) -> list[_Like]:
    query = nearness.measure([text])
    among = (np.asarray(corpus.bits) & DELETED) == 0
    if scope.article is not None:
        among &= np.asarray(corpus.articles) == scope.article
    among[table.rows[table.subs < 0]] = False
    among[np.fromiter(index.patched, np.int64, len(index.patched))] = False
    for article in index.replaced:
        first, last = indexes.span(corpus, article)
        among[first:last] = False
    rows, _ = nearness.candidates(corpus.signatures, corpus.sizes, query, least=ALIKE, limit=LOOKED_AT, among=among)
    places = [(int(row), -1) for row in rows]
    hits = set(table.segments.tolist()) if index.patched or index.replaced else set()
    for row, sub, one in tables.over(index, corpus):
        wanted = scope.article is None or one.article == scope.article
        if wanted and not one.deleted and one.id not in hits:
            places.append((row, sub))
    lights = [tables.light(index, corpus, row, sub) for row, sub in places]
    found = []
    scores = nearness.scores(text, [one.target for one in lights], ALIKE)
    for (row, sub), one, score in zip(places, lights, scores, strict=True):
        if score:
            found.append(_Like(score, batch, one.id, one.article, tables.number(index, corpus, row, sub)))
    return found


def _shown(store: Store, replacer: Replacer, found: list[_Like], corrected: str, limit: int) -> list[Hit]:
    """The first ``limit`` as the store has them this moment; what reads as the corrected segment does is left out."""
    shown: list[Hit] = []
    with store.read() as connection:
        for begin in range(0, len(found), 2 * limit or 1):
            part = found[begin : begin + 2 * limit]
            there = pieces.of_segments(connection, [one.segment for one in part], bare=True)
            names = indexing.named(connection, [one.article for one in part])
            for one in part:
                piece = there.get(one.segment)
                if piece is None or len(shown) >= limit:
                    continue
                state, name = piece.state, names[one.article]
                gone = state.deleted or state.retired or state.text in ("", corrected)
                if gone or replacer.changes(state.text, piece.source, name.target_language):
                    continue
                changes = tuple(nearly(replacer.rule, state.text))
                reason = tables.LOCKED_REASON if state.locked else ""
                if changes and not reason:
                    reason = replacer.refusal(state.text, changes)
                shown.append(
                    Hit(
                        piece.id, one.article, name.name, name.system, one.batch, one.number, state.version,
                        state.status, state.text, piece.source, changes, state.status in DONE, reason, one.score / 100,
                    )
                )  # fmt: skip
            if len(shown) >= limit:
                break
    return shown

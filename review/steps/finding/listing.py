"""A rule's hits, page by page with exact totals, and what following it as chosen changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from review.model import Choice, Rule, Scope
from review.model.status import DONE
from review.steps.finding import index as indexes
from review.steps.finding import tables
from review.steps.finding.hits import Found, Hit, Target
from review.steps.finding.index import Progress
from review.store import Store, batches, indexing, pieces
from review.store.indexing import Light
from review.text import codes
from review.text.rules import Replacer, applied


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row of a batch's table, to be shown."""

    batch: int
    segment: int
    article: int
    number: int


def find(
    store: Store,
    scope: Scope,
    rule: Rule,
    *,
    after: int | None = None,
    limit: int = 50,
    progress: Progress | None = None,
) -> Found:
    """A page of the segments that a rule changes, in the order of batch, article and segment.

    A batch without an index gets one first, which takes some seconds for a hundred thousand segments; ``progress``
    is told how far that is. Raises InputError for a rule that cannot be followed.
    """
    replacer = Replacer(rule)
    totals = np.zeros(5, np.int64)
    page: list[_Wanted] = []
    begun = after is None
    for batch in batches_of(store, scope):
        index = indexes.of(store, batch)
        with index.lock:
            found = tables.table(store, index, replacer, progress)
            keep = within(found, scope)
            found = found if keep is None else _part(found, keep)
            totals += _sums(found)
            place = 0
            if not begun:
                at = _following(index, found, after)
                if at is None:
                    continue
                begun, place = True, at
            assert index.corpus is not None
            for one in range(place, min(len(found.segments), place + limit + 1 - len(page))):
                row, sub = int(found.rows[one]), int(found.subs[one])
                number = tables.number(index, index.corpus, row, sub)
                page.append(_Wanted(batch, int(found.segments[one]), int(found.articles[one]), number))
    following = page[limit - 1].segment if len(page) > limit > 0 else None
    rows = _shown(store, page[:limit], replacer)
    segments, hits, articles, protected, skipped = (int(total) for total in totals)
    return Found(segments, hits, articles, protected, skipped, rows, following)


def targets(store: Store, scope: Scope, rule: Rule, choice: Choice) -> Iterator[Target]:
    """What following a rule as chosen changes, in the order of batch, article and segment, each segment once.

    Each batch is as it was when its first target was asked for. Raises InputError for a rule that cannot be followed.
    """
    replacer = Replacer(rule)
    for batch in batches_of(store, scope):
        index = indexes.of(store, batch)
        with index.lock:
            found = tables.table(store, index, replacer)
            keep = within(found, scope)
            found = found if keep is None else _part(found, keep)
            corpus = index.corpus
            assert corpus is not None
            view = indexes.frozen(index)
        chosen = np.full(len(found.segments), choice.every)
        if choice.every:
            chosen &= ~found.protected
            if choice.without:
                chosen &= ~np.isin(found.segments, list(choice.without))
        if choice.including:
            chosen |= np.isin(found.segments, list(choice.including))
        own = _own(view, scope, choice, found)
        if choice.own:
            chosen |= np.isin(found.segments, list(choice.own))
        places = np.flatnonzero(chosen)
        merged = sorted(own, key=lambda item: item[:2], reverse=True)
        with store.read() as connection:
            names = indexing.named(connection, np.unique(found.articles[places]).tolist())
        for place in places.tolist():
            row, sub = int(found.rows[place]), int(found.subs[place])
            while merged and merged[-1][:2] < (row, sub):
                yield _rewritten(merged.pop()[2], choice)
            one = tables.light(view, corpus, row, sub)
            if one.id in choice.own:
                yield _rewritten(one, choice)
                continue
            if one.article not in names:  # the batch was deleted meanwhile
                continue
            changes = replacer.changes(one.target, one.source, names[one.article].target_language)
            text = applied(one.target, changes)
            yield Target(one.id, one.article, one.version, text, found.reason(place))
        while merged:
            yield _rewritten(merged.pop()[2], choice)


def protected(store: Store, scope: Scope, rule: Rule) -> list[int]:
    """The hits that are confirmed or approved, by segment. Raises InputError for a rule that cannot be followed."""
    replacer = Replacer(rule)
    made: list[int] = []
    for batch in batches_of(store, scope):
        index = indexes.of(store, batch)
        with index.lock:
            found = tables.table(store, index, replacer)
            keep = within(found, scope)
            found = found if keep is None else _part(found, keep)
            made += found.segments[found.protected].tolist()
    return made


def _following(index: indexes.Index, found: tables.Table, after: int | None) -> int | None:
    """Where the rows after a segment begin, though it may be no hit any more; None where it is of another batch."""
    at = np.flatnonzero(found.segments == after)
    if len(at):
        return int(at[0]) + 1
    corpus = index.corpus
    assert corpus is not None
    row, sub = int(corpus.places(np.array([after], np.int64))[0]), -1
    for place, laid, one in tables.over(index, corpus):
        if one.id == after:
            row, sub = place, laid
    if row < 0:
        return None
    return int(np.searchsorted(found.rows, row)) + int(np.sum(found.subs[found.rows == row] <= sub))


def batches_of(store: Store, scope: Scope) -> list[int]:
    """The visible batches of a scope, oldest first."""
    with store.read() as connection:
        there = batches.ids(connection, scope.project)
    return there if scope.batch is None else [batch for batch in there if batch == scope.batch]


def within(found: tables.Table, scope: Scope) -> np.ndarray | None:
    """Which rows are of the scope's article (bool); None where it has none."""
    return None if scope.article is None else np.asarray(found.articles == scope.article)


def _part(found: tables.Table, keep: np.ndarray) -> tables.Table:
    segments = set(found.segments[keep].tolist())
    refused = {segment: reason for segment, reason in found.refused.items() if segment in segments}
    kept = {name: getattr(found, name)[keep] for name in tables.COLUMNS}
    return tables.Table(**kept, refused=refused)


def _sums(found: tables.Table) -> np.ndarray:
    return np.array(
        [
            len(found.segments),
            int(found.counts.sum()),
            len(np.unique(found.articles)),
            int(found.protected.sum()),
            found.skipped,
        ],
        np.int64,
    )


def _shown(store: Store, wanted: list[_Wanted], replacer: Replacer) -> tuple[Hit, ...]:
    """Hits as the store has them this moment: what changed or was erased since the index was read is left out."""
    with store.read() as connection:
        found = pieces.of_segments(connection, [one.segment for one in wanted], bare=True)
        names = indexing.named(connection, [one.article for one in wanted])
    shown = []
    for one in wanted:
        piece, article = found.get(one.segment), names.get(one.article)
        if piece is None or article is None:
            continue
        state = piece.state
        changes = replacer.changes(state.text, piece.source, article.target_language)
        if not changes or state.deleted or state.retired:
            continue
        reason = tables.LOCKED_REASON if state.locked else replacer.refusal(state.text, changes)
        shown.append(
            Hit(
                piece.id, one.article, article.name, article.system, one.batch, one.number, state.version, state.status,
                state.text, piece.source, tuple(changes), state.status in DONE, reason,
            )
        )  # fmt: skip
    return tuple(shown)


def _own(view: indexes.View, scope: Scope, choice: Choice, found: tables.Table) -> list[tuple[int, int, Light]]:
    """(row, sub, segment) of those with texts of their own that are no hits."""
    if not choice.own:
        return []
    rest = np.array(sorted(choice.own.keys() - set(found.segments.tolist())), np.int64)
    made = []
    laid = {one.id: (row, sub, one) for row, sub, one in tables.over(view, view.corpus)}
    for number, row in zip(rest.tolist(), view.corpus.places(rest).tolist(), strict=True):
        if number in laid:
            made.append(laid[number])
        elif row >= 0 and row not in view.patched and int(view.corpus.articles[row]) not in view.replaced:
            made.append((row, -1, tables.light(view, view.corpus, row, -1)))
    return [item for item in made if scope.article is None or item[2].article == scope.article]


def _rewritten(one: Light, choice: Choice) -> Target:
    """A segment with a text of its own."""
    text = choice.own[one.id]
    code = codes.broken(one.target, text)
    reason = ""
    if one.deleted:
        reason = "it is deleted"
    elif one.locked:
        reason = tables.LOCKED_REASON
    elif not text.strip():
        reason = "nothing would be left of it"
    elif code:
        reason = f"it would break {code}"
    return Target(one.id, one.article, one.version, text, reason)

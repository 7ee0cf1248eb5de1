"""Finding: where a rule's words stand in a batch or a project, and what following it would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from review.model import Choice, Replacement, Rule, Scope
from review.model.status import DONE
from review.store import Store, articles, batches, pieces
from review.store.articles import ArticleRow
from review.store.piece import Piece
from review.text.rules import Replacer, applied

__all__ = ["Found", "Hit", "Target", "find", "similar", "targets"]


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


def find(store: Store, scope: Scope, rule: Rule, *, after: int | None = None, limit: int = 50) -> Found:
    """A page of the segments that a rule changes, in the order of batch, article and segment.

    Raises InputError for a rule that cannot be followed.
    """
    rows = list(_hits(store, scope, rule))
    begin = 0
    if after is not None:
        begin = next((place + 1 for place, hit in enumerate(rows) if hit.segment == after), len(rows))
    page = rows[begin : begin + limit]
    return Found(
        segments=len(rows),
        hits=sum(len(hit.changes) for hit in rows),
        articles=len({hit.article for hit in rows}),
        protected=sum(hit.protected for hit in rows),
        skipped=sum(bool(hit.skipped) for hit in rows),
        rows=tuple(page),
        next=page[-1].segment if begin + limit < len(rows) else None,
    )


def similar(store: Store, scope: Scope, rule: Rule, text: str, *, limit: int = 20) -> list[Hit]:
    """Segments that are no hits but much like ``text`` (a segment before its correction), the most alike first."""
    return []


def targets(store: Store, scope: Scope, rule: Rule, choice: Choice) -> Iterator[Target]:
    """What following a rule as chosen changes, in the order of batch, article and segment, each segment once.

    Raises InputError for a rule that cannot be followed.
    """
    left = set(choice.own)
    for hit in _hits(store, scope, rule):
        left.discard(hit.segment)
        wanted = hit.segment in choice.including or (
            choice.every and not hit.protected and hit.segment not in choice.without
        )
        own = choice.own.get(hit.segment)
        if wanted or own is not None:
            yield Target(hit.segment, hit.article, hit.version, hit.after if own is None else own, hit.skipped)
    with store.read() as connection:
        for key, piece in pieces.of_segments(connection, sorted(left), bare=True).items():
            yield Target(key, piece.article, piece.state.version, choice.own[key])


def _hits(store: Store, scope: Scope, rule: Rule) -> Iterator[Hit]:
    replacer = Replacer(rule)
    with store.read() as connection:
        wanted = [scope.batch] if scope.batch is not None else batches.ids(connection, scope.project)
        for batch in wanted:
            for row in articles.rows(connection, scope.project, batch):
                if scope.article not in (None, row.id):
                    continue
                for number, piece in enumerate(pieces.of_article(connection, row.id, bare=True), 1):
                    hit = _hit(row, number, piece, replacer)
                    if hit:
                        yield hit


def _hit(row: ArticleRow, number: int, piece: Piece, replacer: Replacer) -> Hit | None:
    state = piece.state
    if state.deleted:
        return None
    changes = replacer.changes(state.text, piece.source)
    if not changes:
        return None
    skipped = ""
    if state.locked:
        skipped = "it is locked"
    elif not applied(state.text, changes).strip():
        skipped = "nothing would be left of it"
    return Hit(
        piece.id, row.id, row.name, row.system, row.batch, number, state.version, state.status, state.text,
        piece.source, tuple(changes), state.status in DONE, skipped,
    )  # fmt: skip

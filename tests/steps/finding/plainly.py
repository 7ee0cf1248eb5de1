"""Finding the slow way: every article is read and every segment asked. What the index says must be the same."""

from __future__ import annotations

from collections.abc import Iterator

from review.model import Choice, Rule, Scope
from review.model.status import DONE
from review.steps.finding import Found, Hit, Target
from review.store import Store, articles, batches, pieces
from review.text.rules import Replacer


def hits(store: Store, scope: Scope, rule: Rule) -> Iterator[Hit]:
    """Every hit in the order of batch, article and segment."""
    replacer = Replacer(rule)
    with store.read() as connection:
        wanted = batches.ids(connection, scope.project)
        for batch in wanted if scope.batch is None else [scope.batch]:
            for row in articles.rows(connection, scope.project, batch):
                for number, piece in enumerate(pieces.of_article(connection, row.id, bare=True), 1):
                    state = piece.state
                    changes = replacer.changes(state.text, piece.source, row.target_language)
                    if not changes or state.deleted or scope.article not in (None, row.id):
                        continue
                    skipped = "it is locked" if state.locked else replacer.refusal(state.text, changes)
                    yield Hit(
                        piece.id, row.id, row.name, row.system, batch, number, state.version, state.status,
                        state.text, piece.source, tuple(changes), state.status in DONE, skipped,
                    )  # fmt: skip


def found(store: Store, scope: Scope, rule: Rule) -> Found:
    """All hits on one page."""
    rows = tuple(hits(store, scope, rule))
    return Found(
        segments=len(rows),
        hits=sum(len(hit.changes) for hit in rows),
        articles=len({hit.article for hit in rows}),
        protected=sum(hit.protected for hit in rows),
        skipped=sum(bool(hit.skipped) for hit in rows),
        rows=rows,
    )


def targets(store: Store, scope: Scope, rule: Rule, choice: Choice) -> list[Target]:
    """What is changed, of hits alone."""
    made = []
    for hit in hits(store, scope, rule):
        wanted = hit.segment in choice.including or (
            choice.every and not hit.protected and hit.segment not in choice.without
        )
        if wanted:
            made.append(Target(hit.segment, hit.article, hit.version, hit.after, hit.skipped))
    return made

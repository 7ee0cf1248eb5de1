"""A rule followed in one article alone: found by reading that article, whatever the size of its batch."""

from __future__ import annotations

from dataclasses import replace

from review.model import Choice, Rule
from review.model.status import DONE
from review.steps.finding import Found, Hit
from review.store import Store, articles, pieces
from review.text.rules import Replacer, applied


def within(store: Store, article: int, rule: Rule, *, after: int | None = None, limit: int = 50) -> Found:
    """A page of the article's segments that a rule changes, as ``finding.find`` gives those of a batch.

    Raises InputError for a rule that cannot be followed, MissingError for an unknown article.
    """
    rows = _hits(store, article, rule)
    begin = 0
    if after is not None:
        begin = next((place + 1 for place, hit in enumerate(rows) if hit.segment == after), len(rows))
    page = rows[begin : begin + limit]
    return Found(
        segments=len(rows),
        hits=sum(len(hit.changes) for hit in rows),
        articles=int(bool(rows)),
        protected=sum(hit.protected for hit in rows),
        skipped=sum(bool(hit.skipped) for hit in rows),
        rows=tuple(page),
        next=page[-1].segment if page and begin + limit < len(rows) else None,
    )


def chosen(store: Store, article: int, rule: Rule, choice: Choice) -> Choice:
    """The same choice for the article alone: its segments are named one by one."""
    if not choice.every:
        return choice
    named = {hit.segment for hit in _hits(store, article, rule) if not hit.protected} - choice.without
    return replace(choice, every=False, without=frozenset(), including=choice.including | named)


def _hits(store: Store, article: int, rule: Rule) -> list[Hit]:
    replacer = Replacer(rule)
    with store.read() as connection:
        row = articles.get(connection, article)
        found = pieces.of_article(connection, article, bare=True)
    hits = []
    for number, piece in enumerate(found, 1):
        state = piece.state
        changes = () if state.deleted else tuple(replacer.changes(state.text, piece.source))
        if not changes:
            continue
        empty = not applied(state.text, changes).strip()
        skipped = "it is locked" if state.locked else "nothing would be left of it" if empty else ""
        hits.append(
            Hit(
                piece.id, row.id, row.name, row.system, row.batch, number, state.version, state.status, state.text,
                piece.source, changes, state.status in DONE, skipped,
            )
        )  # fmt: skip
    return hits

"""Offering: what a correction, just stored, may do elsewhere in its batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from review.model import Rule, Scope
from review.steps import finding, reflagging
from review.steps.offering.suggesting import rules_of
from review.store import Store, articles, batches, pieces, terms
from review.text.termbase import Hit, TermIndex, primary

__all__ = ["Offer", "offers", "rules_of"]

MOST = 3
"""Offers for one correction."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A rule and how much of it there is in the batch."""

    rule: Rule
    segments: int
    articles: int
    hits: int


def offers(store: Store, batch: int, article: int, segment: int, before: str, after: str) -> list[Offer]:
    """The rules that a correction suggests and that find something elsewhere in the batch, the most first.

    ``before`` and ``after`` are the segment's text. Where the termbase says that a replaced rendering is wrong
    only with its source term, that term is the rule's condition. Raises MissingError for an unknown article.
    """
    with store.read() as connection:
        row = articles.get(connection, article)
        project = batches.project_of(connection, batch)
        rules = rules_of(before, after, row.target_language)
        if not rules:
            return []
        version = terms.version(connection, project)
        piece = pieces.of_segments(connection, [segment], bare=True).get(segment)
    source = piece.source if piece and piece.article == article else None
    index = reflagging.terms_of(store, project, version, (row.source_language, row.target_language))
    found = []
    for rule in rules:
        rule = conditioned(rule, before, source or "", index, row.source_language, row.target_language)
        counted = finding.find(store, Scope(project, batch), rule, limit=1)
        if counted.segments:
            found.append(Offer(rule, counted.segments, counted.articles, counted.hits))
    return sorted(found, key=lambda offer: -offer.segments)[:MOST]


def conditioned(rule: Rule, before: str, source: str, index: TermIndex, spoken: str, written: str) -> Rule:
    """The rule, with a source term to stand in the source where the termbase asks for it.

    ``index`` holds the termbase, ``spoken`` and ``written`` are the languages of source and translation.
    """
    if not source.strip():
        return rule
    wrong = [hit for hit in index.find(before, written) if hit.wrong and _touches(hit, before, rule.find)]
    if not wrong:
        return rule
    present = [hit for hit in index.find(source, spoken) if primary(hit.term.language) != primary(written)]
    for hit in wrong:
        for words in _asked(hit, present, source):
            return replace(rule, source=words)
    return rule


def _touches(hit: Hit, text: str, words: str) -> bool:
    """Whether the term stands in the replaced words, or they in it."""
    rendering = text[hit.start : hit.end].casefold()
    return rendering in words.casefold() or words.casefold() in rendering


def _asked(hit: Hit, present: list[Hit], source: str) -> Iterator[str]:
    """The source term that must stand there for a rendering to be wrong, as it stands in this source."""
    condition = hit.term.condition
    if condition is None:
        return
    yield from (words for words in condition.source if words and words in source)
    if condition.telling in ("source", "doubtful"):
        yield from (source[one.start : one.end] for one in present if one.key == hit.key)

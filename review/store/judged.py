"""An article as it was imported, with what raters said of it: what evaluation formats export.

Corrections, merges and splits are left out, for judgements stand on the text that the machine wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection, select, union

from review.model import Article, ErrorSpan, Rating, Segment
from review.store import articles, marks, people, pieces
from review.store import schema as s
from review.store.piece import Piece


class Judged(NamedTuple):
    """The article, and how many marks and ratings are left out since they are on what reviewers made of it."""

    article: Article
    elsewhere: int


def load(connection: Connection, article: int, names: Mapping[int, str]) -> Judged:
    """The article with its spans and ratings; their ``segment`` is the segment's order, their rater is in ``names``.

    A reviewer who marked or rated anything in the article looked at all of it: where they said nothing of a segment
    they have a rating of None, as raters from a file have who found no error. Raises MissingError.
    """
    row = articles.get(connection, article)
    found = pieces.imported(connection, article)
    place = {str(piece.id): str(number) for number, piece in enumerate(found)}
    every = [mark for here in marks.of(connection, article).values() for mark in here]
    rated = marks.ratings(connection, article)
    seen = marks.seen(connection, article)
    texts = {(str(piece.id), side): text for piece in found for side, text in _sides(piece)}
    spans = [mark for mark in every if texts.get((mark.span.segment, mark.span.side)) == mark.text]
    ratings = [item for item in (*rated, *seen) if not item.segment or item.segment in place]
    words: list[ErrorSpan | Rating] = [*(mark.span for mark in spans), *ratings]
    who = {int(word.rater) for word in words}
    reviewers = {str(key) for key in who - people.from_file(connection, who)}
    said = {(word.segment, word.rater) for word in words}
    silent = [
        Rating(rater, None, key)
        for key, raters in marks.raters(place, reviewers, []).items()
        for rater in raters
        if (key, rater) not in said
    ]
    spans.sort(key=lambda mark: (int(place[mark.span.segment]), mark.at, _order(mark.span.id)))
    return Judged(
        Article(
            row.name,
            tuple(_segment(piece, number) for number, piece in enumerate(found)),
            row.system,
            row.source_language,
            row.target_language,
            spans=tuple(
                replace(mark.span, segment=place[mark.span.segment], rater=names[int(mark.span.rater)])
                for mark in spans
            ),
            ratings=tuple(
                Rating(names[int(item.rater)], item.value, place.get(item.segment, "")) for item in (*ratings, *silent)
            ),
        ),
        len(every) - len(spans) + len(rated) + len(seen) - len(ratings),
    )


def names(connection: Connection, batch: int) -> dict[int, str]:
    """The names of all who marked or rated anything in a batch; raters from a file are called as they are there."""
    here = select(s.article.c.id).where(s.article.c.batch == batch)
    inside = union(
        select(s.error_span.c.rater).where(s.error_span.c.article.in_(here)),
        select(s.rating.c.rater).where(s.rating.c.article.in_(here)),
    )
    rows = list(connection.execute(select(s.actor).where(s.actor.c.id.in_(inside)).order_by(s.actor.c.id)))
    often = Counter(row.name for row in rows)
    return {
        row.id: row.name if often[row.name] == 1 or row.issuer == people.FILE else f"{row.name} ({row.id})"
        for row in rows
    }


def _sides(piece: Piece) -> tuple[tuple[str, str], ...]:
    return ("target", piece.hypothesis), ("source", piece.base_source or "")


def _order(key: str) -> tuple[str, int, str]:
    """Marks of one file in its order: the number is behind the event's id."""
    event, _, number = key.rpartition(":")
    whole, _, part = number.partition("..")
    return event, int(whole) if whole.isascii() and whole.isdigit() else 0, part.zfill(4)


def _segment(piece: Piece, number: int) -> Segment:
    return Segment(
        piece.hypothesis,
        name=piece.name,
        source=piece.base_source,
        references=piece.references,
        alternatives=tuple(text for _, text in piece.alternatives),
        order=number,
        paragraph=piece.paragraph,
        locators=piece.locators,
        codes=piece.codes,
        notes=piece.notes,
    )

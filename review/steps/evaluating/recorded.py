"""Error spans that reviewers marked in a batch, as rated articles."""

from __future__ import annotations

from dataclasses import replace

from review.errors import InputError
from review.model import Rated, Segment
from review.store import Store, articles, batches, marks


def rated(store: Store, project: int, batch: str) -> list[Rated]:
    """The batch's articles in which somebody marked an error on what the machine wrote, or rated it and marked none.

    Whoever marked or rated anything in an article counts as a rater of all its segments. Marks on a text that a
    reviewer had changed, or on a source that was paired otherwise, are left out. Raises MissingError for an unknown
    batch, InputError where there is no mark.
    """
    found = []
    with store.read() as connection:
        row = batches.find(connection, project, batch)
        for number in articles.ids(connection, row.id):
            marked, rating = marks.of(connection, number), marks.ratings(connection, number)
            if not marked and not rating:
                continue
            article = articles.load(connection, number, history=False)
            segments = tuple(replace(s, correction=None) for s in article.segments if not s.deleted)
            marked_on = {(s.id, side): text for s in segments for side, text in _sides(s).items()}
            spans = tuple(
                mark.span
                for here in marked.values()
                for mark in here
                if mark.text == marked_on.get((mark.span.segment, mark.span.side))
            )
            raters = {span.rater for span in spans} | {r.rater for r in rating}
            if raters:
                names = tuple(sorted(raters))
                everyone = {segment.id: names for segment in segments}
                found.append(Rated(replace(article, segments=segments), spans, everyone, article.name))
    if not any(item.spans for item in found):
        raise InputError(f"Nobody has marked an error in {row.name}; mark some on the review page (m), or name a file.")
    return found


def _sides(segment: Segment) -> dict[str, str]:
    """The texts that marks may stand on."""
    return {"target": segment.hypothesis, "source": segment.source or ""}

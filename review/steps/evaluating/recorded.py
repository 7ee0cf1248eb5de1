"""Error spans that reviewers marked in a batch, as rated articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from review.errors import InputError
from review.model import Rated, Segment
from review.store import Store, articles, batches, marks, people


@dataclass(frozen=True, slots=True)
class Recorded:
    """What reviewers said of a batch. ``articles`` is how many it has; raters in ``rated`` are keys of ``names``.

    ``elsewhere`` counts the marks that were left out since their text was not the machine's, ``deleted`` the
    segments of rated articles that a reviewer struck out.
    """

    batch: str
    rated: list[Rated]
    articles: int
    elsewhere: int
    deleted: int
    names: dict[str, str]


def rated(store: Store, project: int, batch: str | int) -> list[Rated]:
    """The batch's articles in which somebody marked an error on what the machine wrote, or rated it and marked none.

    Whoever marked or rated anything in an article counts as a rater of all its segments; a rater whom the imported
    file names counts for the segments that the file says. Marks on a text that a reviewer had changed, or on a source
    that was paired otherwise, are left out. Raises MissingError for an unknown batch, InputError where there is no
    mark.
    """
    found = recorded(store, project, batch)
    if not any(item.spans for item in found.rated):
        raise InputError(
            f"Nobody has marked an error in {found.batch}; mark some on the review page (m), or name a file."
        )
    return found.rated


def recorded(store: Store, project: int, batch: str | int) -> Recorded:
    """The same, with what was left out; where nobody marked or rated anything, no article. Raises MissingError."""
    found: list[Rated] = []
    elsewhere = deleted = 0
    names: dict[str, str] = {}
    with store.read() as connection:
        row = batches.find(connection, project, batch)
        numbers = articles.ids(connection, row.id)
        for number in numbers:
            marked, rating = marks.of(connection, number), marks.ratings(connection, number)
            seen = marks.seen(connection, number)
            if not marked and not rating and not seen:
                continue
            article = articles.load(connection, number, history=False)
            segments = tuple(replace(s, correction=None) for s in article.segments if not s.deleted)
            marked_on = {(s.id, side): text for s in segments for side, text in _sides(s).items()}
            every = [mark for here in marked.values() for mark in here]
            spans = tuple(m.span for m in every if m.text == marked_on.get((m.span.segment, m.span.side)))
            raters = {span.rater for span in spans} | {r.rater for r in (*rating, *seen)}
            elsewhere += len(every) - len(spans)
            if raters:
                deleted += len(article.segments) - len(segments)
                names |= {str(key): name for key, name in people.names(connection, number).items()}
                outside = {str(key) for key in people.from_file(connection, map(int, raters))}
                by_segment = marks.raters(
                    [s.id for s in segments], raters - outside, (*spans, *(r for r in (*rating, *seen)))
                )
                found.append(Rated(replace(article, segments=segments), spans, by_segment, article.name))
    return Recorded(row.name, found, len(numbers), elsewhere, deleted, _told_apart(names))


def _told_apart(names: dict[str, str]) -> dict[str, str]:
    """Names by key; where two are called alike, with their key."""
    often = Counter(names.values())
    return {key: name if often[name] == 1 else f"{name} ({key})" for key, name in names.items()}


def _sides(segment: Segment) -> dict[str, str]:
    """The texts that marks may stand on."""
    return {"target": segment.hypothesis, "source": segment.source or ""}

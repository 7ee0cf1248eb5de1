"""A study put together from the rows or records of a file: who judged which segment of whose translation, and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from review.formats.base import Options
from review.model import Article, ErrorSpan, Rating, Segment
from review.text.sentences import guess_language

_SAMPLE = 4000


@dataclass(slots=True)
class Seat:
    """A segment of one system's output while a file is read."""

    place: int
    segment: Segment
    spans: list[ErrorSpan] = field(default_factory=list)
    ratings: dict[str, float | None] = field(default_factory=dict)

    def mark(self, span: ErrorSpan, part: int = 0) -> None:
        """Add a span; ``part`` is not 0 where it belongs to the same error as the span before it."""
        error = self.spans[-1].error if part else f"{self.place}:{len(self.spans)}"
        self.spans.append(replace(span, id=f"{error}..{part}" if part else error, segment=str(self.place)))

    def rate(self, rater: str, value: float | None) -> None:
        """Note a rating; None, that the rater looked at it, takes none away."""
        if value is not None or rater not in self.ratings:
            self.ratings[rater] = value


class Study:
    """Articles by document and system, in the file's order."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.articles: dict[tuple[str, str], dict[str, Seat]] = {}
        self.whole: dict[tuple[str, str], dict[str, float]] = {}
        self.strange: Counter[str] = Counter()

    def seat(self, document: str, system: str, name: str) -> Seat | None:
        return self.articles.get((document, system), {}).get(name)

    def put(self, document: str, system: str, name: str, segment: Segment) -> Seat:
        """The seat of a segment, made where missing; ``segment`` counts only then."""
        seats = self.articles.setdefault((document, system), {})
        if name not in seats:
            place = len(seats)
            seats[name] = Seat(place, replace(segment, order=place, paragraph=place))
        return seats[name]

    @property
    def count(self) -> int:
        return sum(map(len, self.articles.values()))

    def made(self) -> Iterator[Article]:
        """The articles, with what raters said of them."""
        segments = [seat.segment for seats in self.articles.values() for seat in list(seats.values())[:20]]
        target = self.options.target_language or guess_language(" ".join(s.hypothesis for s in segments)[:_SAMPLE])
        sources = " ".join(s.source or "" for s in segments)[:_SAMPLE]
        source = self.options.source_language or (guess_language(sources) if sources.strip() else "")
        for (document, system), seats in self.articles.items():
            ratings = [
                Rating(rater, value, str(seat.place))
                for seat in seats.values()
                for rater, value in seat.ratings.items()
            ]
            ratings += [Rating(rater, value) for rater, value in self.whole.get((document, system), {}).items()]
            yield Article(
                document,
                tuple(seat.segment for seat in seats.values()),
                system,
                source,
                target,
                spans=tuple(span for seat in seats.values() for span in seat.spans),
                ratings=tuple(ratings),
            )


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one segment: the errors of each rater, each with its spans, and all ratings."""

    segment: Segment
    errors: dict[str, list[tuple[ErrorSpan, ...]]]
    ratings: dict[str, float | None]

    @property
    def raters(self) -> list[str]:
        return list(dict.fromkeys((*self.errors, *self.ratings)))


def said(article: Article) -> list[Said]:
    """An article's segments, each with what raters said of it."""
    found = [Said(segment, {}, {}) for segment in article.segments]
    place = {segment.id or str(number): number for number, segment in enumerate(article.segments)}
    errors: dict[tuple[int, str, str], list[ErrorSpan]] = {}
    for span in article.spans:
        if span.segment in place:
            errors.setdefault((place[span.segment], span.rater, span.error), []).append(span)
    for (number, rater, _), spans in errors.items():
        found[number].errors.setdefault(rater, []).append(tuple(spans))
    for rating in article.ratings:
        if rating.segment in place:
            found[place[rating.segment]].ratings[rating.rater] = rating.value
    return found


def documents(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles; one whose document and system had one before gets a number behind its name."""
    often: Counter[tuple[str, str]] = Counter()
    for article in articles:
        key = (article.name, article.system)
        often[key] += 1
        yield article if often[key] == 1 else replace(article, name=f"{article.name} ({often[key]})")


def names(article: Article) -> list[str]:
    """A name for each segment that no other of the article has."""
    own = [segment.name for segment in article.segments]
    often = Counter(own)
    return [name if name and often[name] == 1 else f"#{number}" for number, name in enumerate(own, 1)]


def listed(what: str, places: Sequence[object], most: int = 10) -> list[str]:
    """One warning that names where something happened; none where it did not."""
    if not places:
        return []
    shown = ", ".join(str(place) for place in places[:most])
    return [f"{what}: {shown}" + (f" and {len(places) - most} more." if len(places) > most else ".")]


def beyond(span: ErrorSpan, place: object, part: bool, unsaid: bool) -> dict[str, Any]:
    """What a tool's span cannot tell, in keys that the tool passes over.

    ``place`` is the span in the tool's own counting, None where it has none; ``part``: it belongs to the error of the
    span before it; ``unsaid``: its note only says that no severity was given.
    """
    found: dict[str, Any] = {}
    if place is None and not (span.missing and span.side == "target" and span.start == span.end == 0):
        found["exact"] = {"side": span.side, "start": span.start, "end": span.end, "missing": span.missing}
    if span.note and not unsaid:
        found["note"] = span.note
    if part:
        found["part"] = True
    return found

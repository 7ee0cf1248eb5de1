"""What raters said in a file that is imported: recorded as acts of theirs, many at a time."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import uuid4

from review.errors import InputError
from review.model import CATEGORIES, SEVERITIES, Article, ErrorSpan, Event, Rating, Target
from review.steps.reviewing import checking as check
from review.steps.reviewing.recording import act, writable
from review.store import Connection, Store, batches, people, pieces
from review.store.piece import Piece

MOST = 500
"""Marks or ratings in one event."""

LABEL = 200
"""Characters of a rater's name or a sub-category."""

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Acts:
    """What one rater did in an article, as events without their actor."""

    rater: str
    events: tuple[Event, ...]
    size: int


def record_judgements(store: Store, actor: int, batch: int, given: Iterable[tuple[int, Article]]) -> int:
    """Record the error spans and ratings that a file brought along; the batch is staged still.

    ``given`` are the articles as read, each with its id in the store. Each rater named becomes an actor of this batch
    without any rights; ``actor``, who imports, must be allowed to write. Returns how many marks and ratings were
    recorded. Raises InputError where one cannot be stored, AccessError.
    """
    project = store.write(lambda connection: writable(connection, actor, batch, staged=True))
    raters: dict[str, int] = {}
    pace = batches.Pace()
    waiting: list[Acts] = []
    size = count = 0

    def write() -> None:
        store.write(
            partial(_write, project=project, batch=batch, acts=waiting, raters=raters, pace=pace), background=True
        )

    for key, article in given:
        with store.read() as connection:
            found = pieces.of_article(connection, key, bare=True)
        for acts in _acts(key, article, found):
            waiting.append(acts)
            size += acts.size
            count += acts.size
            if size >= pace.size:
                write()
                waiting, size = [], 0
    if waiting:
        write()
    return count


def _write(
    connection: Connection, project: int, batch: int, acts: Sequence[Acts], raters: dict[str, int], pace: batches.Pace
) -> None:
    begun = time.perf_counter()
    made = {name: people.ensure_rater(connection, batch, name) for name in {item.rater for item in acts} - set(raters)}
    for item in acts:
        number = made.get(item.rater) or raters[item.rater]
        for event in item.events:
            act(connection, replace(event, project=project, batch=batch, actor=number))
    raters.update(made)
    pace.took(time.perf_counter() - begun)


def _acts(key: int, article: Article, found: Sequence[Piece]) -> Iterator[Acts]:
    """The acts of each rater in an article. Raises InputError, naming article, segment and rater."""
    spans: dict[str, list[Payload]] = {}
    numbers: dict[str, str] = {}
    for span in article.spans:
        piece = _piece(article, found, span.segment)
        # Parts of one error have its number and their own behind it.
        number, part = numbers.setdefault(span.error, str(len(numbers))), span.id[len(span.error) :]
        spans.setdefault(span.rater, []).append(_span(article, piece, span, number + part))
    ratings: dict[str, list[tuple[int, float | None]]] = {}
    whole: dict[str, float] = {}
    for rating in article.ratings:
        value = rating.value if rating.value is None else check.number(rating.value, _told(article, rating), 0, 100)
        if rating.segment:
            ratings.setdefault(rating.rater, []).append((_piece(article, found, rating.segment).id, value))
        elif value is not None:
            whole[rating.rater] = value
    for rater in dict.fromkeys((*spans, *ratings, *whole)):
        if not rater.strip():
            raise InputError(f"{article.name}: a mark or rating has no rater; name one.")
        check.text(rater, f"{article.name}: a rater's name", most=LABEL)
        events = []
        for marks in _parts(spans.get(rater, [])):
            targets = dict.fromkeys(item["segment"] for item in marks)
            events.append(_event("mark", targets, {"spans": marks}))
        for rated in _parts(list(dict(ratings.get(rater, [])).items())):
            events.append(_event("rate", [place for place, _ in rated], {"values": [value for _, value in rated]}))
        if rater in whole:
            events.append(_event("rate", (), {"article": key, "value": whole[rater]}))
        yield Acts(rater, tuple(events), len(spans.get(rater, ())) + len(ratings.get(rater, ())) + (rater in whole))


def _event(kind: str, targets: Iterable[int], payload: Payload) -> Event:
    return Event(str(uuid4()), kind, tuple(Target(item) for item in targets), {**payload, "origin": "import"})


def _parts(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), MOST):
        yield items[start : start + MOST]


def _piece(article: Article, found: Sequence[Piece], segment: str) -> Piece:
    if not (segment.isascii() and segment.isdigit() and int(segment) < len(found)):
        raise InputError(f"{article.name}: there is no segment {segment[:50]!r} for a mark or rating.")
    return found[int(segment)]


def _span(article: Article, piece: Piece, span: ErrorSpan, number: str) -> Payload:
    where = f"{article.name}, segment {piece.name or span.segment}: a mark of {span.rater[:50]}"
    side = check.choice(span.side, f"{where}: the side", ("target", "source"))
    text = piece.hypothesis if side == "target" else piece.base_source or ""
    start, end = check.span(span.start, span.end, len(text), where)
    return {
        "id": number,
        "segment": piece.id,
        "side": side,
        "start": start,
        "end": end,
        "category": check.choice(span.category, f"{where}: the category", ("", *CATEGORIES)),
        "subcategory": check.text(span.subcategory, f"{where}: the sub-category", most=LABEL),
        "severity": check.choice(span.severity, f"{where}: the severity", SEVERITIES),
        "note": check.text(span.note, f"{where}: the note", most=check.NOTE_LENGTH),
        "missing": span.missing,
    }


def _told(article: Article, rating: Rating) -> str:
    return f"{article.name}: a rating by {rating.rater[:50]}"

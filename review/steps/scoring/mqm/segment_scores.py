"""Segment scores as mt-metrics-eval writes them (.seg.score): the bridge from human scores to automatic ones."""

from __future__ import annotations

import math

from review.errors import InputError
from review.formats import Source
from review.metrics.mqm import Ratings
from review.steps.scoring.placing import read_places


def segment_scores(ratings: Ratings, documents: str | Source = "", lines: int | None = None) -> str:
    """A line "system, tab, score" for each segment of each system, in the order of the text's lines.

    Scores are penalties below zero, so that higher is better, as that format wants it; "None" where nobody rated.
    ``documents`` is a table of line, document and segment, and ``lines`` how many lines the text has (by default up
    to the last one rated); without a table a line is a segment, documents in the order of the rows and
    segments by number. Raises InputError and FormatError.
    """
    spaced = next((name for name in ratings.systems if len(name.split()) != 1), None)
    if spaced is not None:
        raise InputError(f"The system {spaced!r} has a space in its name, which .seg.score cannot hold; rename it.")
    places = _by_table(ratings, documents, lines) if documents else _by_number(ratings)
    means = ratings.means()
    written = []
    for name, row in zip(ratings.systems, means, strict=True):
        values = [math.nan if at is None else float(row[at]) for at in places]
        written += [f"{name}\t{'None' if math.isnan(value) else 0.0 - value}\n" for value in values]
    return "".join(written)


def _by_number(ratings: Ratings) -> list[int | None]:
    documents = {name: at for at, name in enumerate(dict.fromkeys(name for name, _ in ratings.items))}

    def place(at: int) -> tuple[int, list[tuple[int, int, str]]]:
        document, segment = ratings.items[at]
        return documents[document], [_number(part) for part in segment.split(":")]

    return [*sorted(range(len(ratings.items)), key=place)]


def _number(text: str) -> tuple[int, int, str]:
    return (0, int(text), "") if text.isascii() and text.isdecimal() else (1, 0, text)


def _by_table(ratings: Ratings, documents: str | Source, lines: int | None) -> list[int | None]:
    found = read_places(documents, ratings.items, lines)
    places: list[int | None] = [None] * (lines or max(found.values()) + 1)
    for at, item in enumerate(ratings.items):
        places[found[item]] = at
    return places

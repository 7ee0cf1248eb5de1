"""Matches: what the memory has for a text, exact or nearly so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from review.steps.memory import index, shown
from review.steps.memory.shown import Known, Spot
from review.store import Store
from review.text import nearness

Side = Literal["source", "target"]


@dataclass(frozen=True, slots=True)
class Match:
    """An entry like the text that was asked for. ``score`` is 70 to 100 (see ``text.nearness``); ``difference`` is how
    the text departs from the entry's: (equal, replace, insert or delete; part of the text; part of the entry's).
    """

    score: int
    known: Known
    difference: tuple[tuple[str, str, str], ...]


def matches(
    store: Store,
    project: int,
    languages: tuple[str, str],
    text: str,
    besides: int | None = None,
    *,
    side: Side = "source",
    limit: int = 10,
    least: int = nearness.LEAST,
) -> list[Match]:
    """What the project's memory has for a text in these languages (source, target), the best first, the newest first
    of those that are equally good; a translation that is there several times comes once.

    ``side`` says which of an entry's texts is compared: the source, or, where a segment has none, the target. The
    segment ``besides`` is left out. Raises StoreError.
    """
    if not text.strip():
        return []
    snapshot = index.of(store, project).snapshot()
    found = _nearest(snapshot, languages, text, besides, side, least)
    made: list[Match] = []
    while found and len(made) < limit:
        wanted, found = found[: limit - len(made)], found[limit - len(made) :]
        there = shown.read(store, project, [spot for _, spot in wanted])
        for score, spot in wanted:
            if spot in there:
                known = there[spot]
                theirs = (known.source if side == "source" else known.target) or ""
                made.append(Match(score, known, tuple(nearness.differences(text, theirs))))
    return made


def _nearest(
    snapshot: index.Snapshot,
    languages: tuple[str, str],
    text: str,
    besides: int | None,
    side: Side,
    least: int,
) -> list[tuple[int, Spot]]:
    """Scores and spots, the best first, no pair of texts twice."""
    query = nearness.measure([text])
    views, places, likes = [], [], []
    for number, view in enumerate(snapshot.views):
        mine = view.rows.side(side)
        where, like = nearness.candidates(
            mine.signatures, mine.sizes, query, least=least, among=snapshot.among(number, *languages)
        )
        views.append(np.full(len(where), number))
        places.append(where)
        likes.append(like)
    if not views:
        return []
    numbers, where, like = np.concatenate(views), np.concatenate(places), np.concatenate(likes)
    best = np.lexsort((numbers, -like))[: nearness.LOOKED_AT]
    spots: dict[tuple[int, int], tuple[int, int, Spot, str]] = {}
    for number, place in zip(numbers[best].tolist(), where[best].tolist(), strict=True):
        rows = snapshot.views[number].rows
        key = int(rows.keys[place])
        if not rows.memory and key == besides:
            continue
        spot = Spot(rows.memory, key, int(rows.source.hashes[place]), int(rows.target.hashes[place]))
        at = int(rows.at[place])
        same = spots.get((spot.source, spot.target))
        # The work goes before what was brought in, and the newer before the older.
        if same is None or (same[2].memory > 0, -same[1]) > (spot.memory > 0, -at):
            body = rows.side(side).texts[place] if same is None else same[3]
            spots[spot.source, spot.target] = (number, at, spot, body)
    scores = nearness.scores(text, [body for *_, body in spots.values()], least)
    ranked = [
        ((-score, spot.memory > 0, -at), score, spot)
        for score, (_, at, spot, _) in zip(scores, spots.values(), strict=True)
        if score
    ]
    ranked.sort(key=lambda item: item[0])
    return [(score, spot) for _, score, spot in ranked]

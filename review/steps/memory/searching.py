"""Concordance: where a phrase stands in the memory, in the source or in the translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from review.errors import InputError
from review.steps.memory import index, shown
from review.steps.memory.matching import Side
from review.steps.memory.shown import Known, Spot
from review.store import Store
from review.text import nearness
from review.text.scripts import RANGES

LONGEST = 1_000
"""Characters of a phrase."""
MOST = 40_000
"""Texts that may hold the phrase and are read, at most: then the newest are what is found."""
_STRIPE = 1 << 15


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that holds the phrase at ``[start, end)`` (code points) of the side that was searched."""

    known: Known
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found; ``more`` says that there are others, or may be."""

    hits: tuple[Hit, ...]
    more: bool


def concordance(
    store: Store,
    project: int,
    text: str,
    side: Side,
    limit: int = 20,
    languages: tuple[str, str] = ("", ""),
) -> Hits:
    """Entries of the project's memory that hold a phrase, the newest of the work first, then what was brought in; an
    entry that is there several times comes once.

    Letter case does not count; words are whole words where a script has spaces between them, and any white space
    stands for any other. Raises InputError for a phrase without letters or digits, and StoreError.
    """
    phrase = " ".join(text.split())
    if not any(letter.isalnum() for letter in phrase):
        raise InputError("There is no word to look for; select or type one.")
    if len(phrase) > LONGEST:
        raise InputError(f"The phrase is longer than {LONGEST:,} characters; look for a part of it.")
    pattern = _pattern(phrase)
    snapshot = index.of(store, project).snapshot()
    seen: set[tuple[int, int]] = set()
    wanted: list[Spot] = []
    found: list[Hit] = []
    budget = MOST
    for spot in _spots(snapshot, phrase, pattern, side, languages):
        if spot is None:
            budget -= 1
            if not budget:
                return Hits((*found, *_read(store, project, wanted, pattern, side))[:limit], True)
            continue
        if (spot.source, spot.target) in seen:
            continue
        seen.add((spot.source, spot.target))
        wanted.append(spot)
        if len(found) + len(wanted) > limit:
            found += _read(store, project, wanted, pattern, side)
            wanted = []
            if len(found) > limit:
                return Hits(tuple(found[:limit]), True)
    found += _read(store, project, wanted, pattern, side)
    return Hits(tuple(found[:limit]), len(found) > limit)


def _spots(
    snapshot: index.Snapshot, phrase: str, pattern: re.Pattern[str], side: Side, languages: tuple[str, str]
) -> Iterator[Spot | None]:
    """Where the phrase stands, the newest first; None for each text that was read in vain."""
    bits = nearness.measure([phrase]).signatures[:, 0]
    for number, view in enumerate(snapshot.views):
        rows = view.rows
        mine = rows.side(side)
        among = snapshot.among(number, *languages)
        for start in reversed(range(0, len(rows.keys), _STRIPE)):
            part = slice(start, start + _STRIPE)
            may = among[part] & nearness.holds(mine.signatures[:, part], bits)
            for place in (np.flatnonzero(may)[::-1] + start).tolist():
                if pattern.search(mine.texts[place]):
                    yield Spot(
                        rows.memory, int(rows.keys[place]), int(rows.source.hashes[place]),
                        int(rows.target.hashes[place]),
                    )  # fmt: skip
                else:
                    yield None


def _read(store: Store, project: int, spots: list[Spot], pattern: re.Pattern[str], side: Side) -> list[Hit]:
    there = shown.read(store, project, spots)
    hits = []
    for spot in spots:
        if spot in there:
            at = pattern.search((there[spot].source if side == "source" else there[spot].target) or "")
            if at:
                hits.append(Hit(there[spot], at.start(), at.end()))
    return hits


_UNSPACED = "".join(RANGES[name] for name in ("Han", "Hiragana", "Katakana", "Thai"))
_SPACED = re.compile(rf"[^\W{_UNSPACED}]")
"""A letter or digit of a script that has spaces between words."""


def _pattern(phrase: str) -> re.Pattern[str]:
    """The phrase as it may be written. All of it is literal, so the search cannot run away."""
    body = r"\s+".join(re.escape(word) for word in phrase.split(" "))
    before = f"(?<!{_SPACED.pattern})" if _SPACED.match(phrase[0]) else ""
    after = f"(?!{_SPACED.pattern})" if _SPACED.match(phrase[-1]) else ""
    return re.compile(before + body + after, re.IGNORECASE)

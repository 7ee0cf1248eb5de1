"""Articles in the order in which somebody began to review them: what was changed, and how many flags awaited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from review.steps.saving.counting import place
from review.store import Store, beginnings, corrections, pieces

MOST_MEASURED = 2_000
"""Segments whose edit distance is measured when somebody looks; more would keep the page."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An article that somebody began with, or that a propagation changed.

    Flags are counted open: ``first`` when it was first flagged, under the terms of that time; ``begun`` just before
    the first act in it; ``done`` as its last word was first confirmed; ``now``. Each is (flags, words), or None where
    it is not so far, or was flagged before this was counted.
    ``ways`` are corrected segments by way. ``hter`` is TER of the output against the text now, 0 to 100, and
    ``characters`` the character edits as a share of the text's length; None where they were not measured.
    """

    article: int
    batch: int
    name: str
    system: str
    batch_name: str
    segments: int
    changed: int
    words: int
    finished: bool
    begun_at: int | None
    first: tuple[int, int] | None
    begun: tuple[int, int] | None
    done: tuple[int, int] | None
    now: tuple[int, int]
    ways: dict[str, int] = field(default_factory=dict)
    hter: float | None = None
    characters: float | None = None

    @property
    def rate(self) -> float:
        """Changed segments as a share of all."""
        return self.changed / self.segments if self.segments else 0.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some articles in reviewing order, ``start`` to ``end`` (from 1, both included), with their mean rates.

    Flags are per 1,000 words; the mean weighs articles by words. None where no article of it was counted then.
    """

    start: int
    end: int
    first: float | None
    begun: float | None
    done: float | None
    now: float | None
    rate: float


def reviewed(store: Store, project: int, batch: int | None = None, *, measured: bool = True) -> list[Reviewed]:
    """The articles that somebody began with, first begun first, then those that only propagations changed.

    With ``measured``, edit distances are there where all changed articles together are small enough.
    """
    place(store, project)
    with store.read() as connection:
        rows = beginnings.rows(connection, project, batch)
        ways = corrections.of_articles(connection, project, batch)
    few = measured and sum(row.segments for row in rows if row.changed) <= MOST_MEASURED
    found = []
    for row in rows:
        hter, characters = _distance(store, row.id, row.revision, row.target_language) if few else (None, None)
        found.append(
            Reviewed(
                article=row.id,
                batch=row.batch,
                name=row.name,
                system=row.system,
                batch_name=row.batch_name,
                segments=row.segments,
                changed=row.changed,
                words=row.words,
                finished=0 < row.words <= row.done_words,
                begun_at=row.begun_at,
                first=_pair(row.first_flags, row.first_words),
                begun=_pair(row.begun_flags, row.begun_words),
                done=_pair(row.done_flags, row.words_when_done),
                now=(row.open_flags, row.words),
                ways=ways.get(row.id, {}),
                hter=hter,
                characters=characters,
            )
        )
    return found


def stretches(articles: Sequence[Reviewed], most: int = 40) -> list[Stretch]:
    """Articles that somebody began with, in at most ``most`` stretches of as many articles each."""
    begun = [one for one in articles if one.begun_at is not None]
    size = max(1, -(-len(begun) // most))
    found = []
    for start in range(0, len(begun), size):
        part = begun[start : start + size]
        segments = sum(one.segments for one in part)
        found.append(
            Stretch(
                start + 1,
                start + len(part),
                per_thousand(one.first for one in part),
                per_thousand(one.begun for one in part),
                per_thousand(one.done for one in part),
                per_thousand(one.now for one in part),
                sum(one.changed for one in part) / segments if segments else 0.0,
            )
        )
    return found


def per_thousand(counted: Iterable[tuple[int, int] | None]) -> float | None:
    """Flags per 1,000 words of several (flags, words); None without words."""
    known = [one for one in counted if one]
    words = sum(one[1] for one in known)
    return 1000 * sum(one[0] for one in known) / words if words else None


def _pair(flags: int | None, words: int | None) -> tuple[int, int] | None:
    return None if flags is None or words is None else (flags, words)


@lru_cache(maxsize=4096)
def _distance(store: Store, article: int, revision: int, language: str) -> tuple[float | None, float | None]:
    """HTER and the share of characters edited, of an article at a ``revision``; deleted segments read as nothing."""
    from review.steps.scoring.effort import effort

    with store.read() as connection:
        found = pieces.of_article(connection, article, bare=True)
    after = ["" if piece.state.deleted else piece.state.text for piece in found]
    done = effort([piece.hypothesis for piece in found], after, language)
    return done.hter.value, done.character_rate

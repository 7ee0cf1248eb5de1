"""What flagging says of a batch's segments: which kinds of flag they carry, and how risky they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from review.errors import InputError
from review.model import Article

if TYPE_CHECKING:
    from review.store import Store


@dataclass(frozen=True, slots=True)
class Marks:
    """By segment id: the categories of its flags, their detectors, its risk (0 to 1).

    A segment of an article that was never flagged is in none of them; one without a flag has an empty set.
    """

    categories: Mapping[str, frozenset[str]]
    detectors: Mapping[str, frozenset[str]]
    risks: Mapping[str, float]


def marks(store: Store, articles: Iterable[Article]) -> Marks:
    """Fetch what flagging says of these articles as they are now.

    Open and accepted flags count. Those that were dismissed, whose words an editor changed, or whose detector is off
    do not: a corrected segment has fewer flags than the machine's output had. Raises InputError where nothing has been
    flagged yet.
    """
    from review.store import articles as stored
    from review.store import flags

    categories: dict[str, set[str]] = {}
    detectors: dict[str, set[str]] = {}
    risks: dict[str, float] = {}
    with store.read() as connection:
        for article in articles:
            number = int(article.id)
            if stored.get(connection, number).flagged_revision < 0:
                continue
            for segment in article.segments:
                categories[segment.id], detectors[segment.id] = set(), set()
                # A risk of nothing is not stored.
                risks[segment.id] = 0.0
            for row in flags.of(connection, number):
                if row.state != "dismissed" and row.flag.segment in categories:
                    categories[row.flag.segment].add(row.flag.category)
                    detectors[row.flag.segment].add(row.flag.detector)
            held = {str(key): value for key, value in flags.risks(connection, number).items()}
            risks.update((key, value) for key, value in held.items() if key in risks)
    if not categories:
        raise InputError("The batch has not been flagged yet; do the waiting jobs with python -m review work first.")
    return Marks(_frozen(categories), _frozen(detectors), risks)


def _frozen(sets: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(names) for key, names in sets.items()}

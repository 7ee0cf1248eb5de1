"""What flagging says of a batch's segments: which kinds of flag they carry, and how risky they are."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from review.errors import InputError

if TYPE_CHECKING:
    from review.store import Store


@dataclass(frozen=True, slots=True)
class Marks:
    """By segment id: the categories of its flags, their detectors, its risk (0 to 1).

    A segment of an article that was never flagged is in none of them; one without a flag has an empty set.
    """

    categories: Mapping[str, Set[str]]
    detectors: Mapping[str, Set[str]]
    risks: Mapping[str, float]


def marks(store: Store, batch: int) -> Marks:
    """Fetch what flagging says of a batch as it is now.

    Open and accepted flags count. Those that were dismissed, whose words an editor changed, or whose detector is off
    do not: a corrected segment has fewer flags than the machine's output had. Raises InputError where nothing has been
    flagged yet, MissingError for a batch that is not there.
    """
    from review.store import flag_kinds

    with store.read() as connection:
        risks = {str(key): value for key, value in flag_kinds.risks(connection, batch).items()}
        found = list(flag_kinds.kinds(connection, batch))
    if not risks:
        raise InputError("The batch has not been flagged yet; do the waiting jobs with python -m review work first.")
    categories: dict[str, set[str]] = {key: set() for key in risks}
    detectors: dict[str, set[str]] = {key: set() for key in risks}
    for number, category, detector in found:
        if (key := str(number)) in risks:
            categories[key].add(category)
            detectors[key].add(detector)
    return Marks(categories, detectors, risks)

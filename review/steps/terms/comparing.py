"""What bringing a file in changes in a termbase that is there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from review.model import Concept
from review.steps.terms.history import Difference, differences

if TYPE_CHECKING:
    from review.store import Store


@dataclass(frozen=True, slots=True)
class Changed:
    """A concept that the file has otherwise than the termbase."""

    concept: Concept
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What would be new, changed, gone; ``same`` counts what stays as it is."""

    new: tuple[Concept, ...]
    changed: tuple[Changed, ...]
    gone: tuple[Concept, ...]
    same: int


def compare(store: Store, project: int, name: str, concepts: Sequence[Concept]) -> Comparison | None:
    """A file's concepts against the project's own termbase of that name; None where there is none."""
    from review.store import terms

    with store.read() as connection:
        held = {concept.id: concept for concept in terms.concepts(connection, project, " ".join(name.split()))}
    if not held:
        return None
    new, changed, same = [], [], 0
    for concept in concepts:
        before = held.pop(concept.id, None)
        if before is None:
            new.append(concept)
        elif (after := replace(concept, termbase=before.termbase)) == before:
            same += 1
        else:
            changed.append(Changed(after, tuple(differences(before, after))))
    return Comparison(tuple(new), tuple(changed), tuple(held.values()), same)

"""Concepts made one: what they have in common, and where they speak against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from review.errors import InputError
from review.model import Concept, Term
from review.text.priorities import target_of
from review.text.termbase import primary


@dataclass(frozen=True, slots=True)
class United:
    """The concept that several make; ``conflicts`` says, in sentences, where the first had to win."""

    concept: Concept
    conflicts: tuple[str, ...]


def united(concepts: Sequence[Concept]) -> United:
    """Terms of all, each once; where two differ about one term, or in a field, the first wins and it is named.

    Raises InputError for fewer than two, or for concepts whose renderings are in different languages.
    """
    if len(concepts) < 2:
        raise InputError("A merge needs two concepts at least; tick another one.")
    first, *others = concepts
    targets = {target_of(concept) for concept in concepts}
    if len(targets) > 1:
        raise InputError(f"The renderings are in different languages ({', '.join(sorted(targets))}); merge others.")
    (target,) = targets
    conflicts: list[str] = []
    terms: dict[tuple[str, str], Term] = {_key(term): term for term in first.terms}
    for other in others:
        for term in other.terms:
            held = terms.get(_key(term))
            if held is None:
                is_source = primary(term.language) != target
                # One source term is the preferred one, and the first concept has it.
                terms[_key(term)] = replace(term, status="admitted") if is_source else term
            elif held.status != term.status and primary(term.language) == target:
                conflicts.append(f"“{term.text}” is {held.status} in {first.id} and {term.status} in {other.id}.")
            elif held.condition != term.condition:
                conflicts.append(f"“{term.text}” has another condition in {other.id}; that of {first.id} is kept.")
        for name in ("subject", "definition", "category"):
            mine, theirs = getattr(first, name), getattr(other, name)
            if mine and theirs and mine != theirs:
                conflicts.append(f"The {name} of {other.id}, “{theirs}”, gives way to “{mine}”.")
    listed = sorted(terms.values(), key=lambda term: primary(term.language) == target)
    preferred = [
        term.text for term in listed if primary(term.language) == target and term.status == "preferred"
    ]  # fmt: skip
    if len(preferred) > 1:
        conflicts.append(f"There are several preferred renderings now: {', '.join(f'“{text}”' for text in preferred)}.")

    def field(name: str) -> str:
        return next((value for one in concepts if (value := getattr(one, name))), "")

    made = replace(
        first,
        terms=tuple(listed),
        subject=field("subject"),
        definition=field("definition"),
        example=field("example"),
        example_source=field("example_source"),
    )
    return United(made, tuple(conflicts))


def _key(term: Term) -> tuple[str, str]:
    return primary(term.language), term.text if term.matching == "pattern" else term.text.lower()

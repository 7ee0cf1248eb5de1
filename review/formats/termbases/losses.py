"""What a file could not carry: the concepts that were written, compared with those read from it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from review.model import Concept, Term

SHOWN = 5
"""Concepts that a sentence names."""


def losses(before: Sequence[Concept], after: Iterable[Concept]) -> list[str]:
    """One sentence for each field that changed, with how many concepts, and the first of them by name.

    Concepts are compared in order by id; the termbase's name is not, nor the order of terms of different languages.
    """
    kept = {concept.id: concept for concept in after}
    changed: dict[str, list[str]] = {}
    for concept in before:
        for field in _differences(concept, kept.get(concept.id)):
            changed.setdefault(field, []).append(concept.id or "(unnamed)")
    return [_sentence(field, names) for field, names in changed.items()]


def _differences(one: Concept, other: Concept | None) -> list[str]:
    """The names of what differs, each once."""
    if other is None:
        return ["whole concept"]
    found = [
        name.replace("_", " ")
        for name in ("subject", "definition", "example", "example_source", "strict", "category")
        if getattr(one, name) != getattr(other, name)
    ]
    left, right = _grouped(one.terms), _grouped(other.terms)
    if {key: [term.text for term in terms] for key, terms in left.items()} != {
        key: [term.text for term in terms] for key, terms in right.items()
    }:
        return [*found, "terms"]
    for language, terms in left.items():
        for a, b in zip(terms, right[language], strict=True):
            first, second = asdict(a), asdict(b)
            found += [name.replace("_", " ") for name in first if first[name] != second[name]]
    return list(dict.fromkeys(found))


def _grouped(terms: Iterable[Term]) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for term in terms:
        found.setdefault(term.language, []).append(term)
    return found


def _sentence(field: str, names: list[str]) -> str:
    shown = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else "")
    many = "1 concept is" if len(names) == 1 else f"{len(names):,} concepts are"
    if field == "whole concept":
        return f"{many} left out, for this kind of file cannot hold them: {shown}."
    many = "1 concept" if len(names) == 1 else f"{len(names):,} concepts"
    return f"The {field} of {many} cannot be carried as it is: {shown}."

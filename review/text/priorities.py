"""Several termbases at once: what a higher one says of a source term or of a rendering, a lower one does not undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from review.model import Concept, Term
from review.text import patterns, rendering
from review.text.termbase import WRONG, primary

Key = tuple[str, str]
"""A language's primary subtag and words in small letters."""


def settled(ranked: Iterable[Sequence[Concept]]) -> list[Concept]:
    """The concepts of termbases, highest first, with those of lower ones in keeping with the higher.

    Two concepts speak of the same thing where they share a source term, or where the higher has none. Then a
    right rendering of the lower that the higher calls wrong is left out, and so is a wrong one that the higher
    calls right, or wrong too. For a shared source term the higher one's right renderings stand first. A concept
    of which only some source terms are shared is parted in two, ``id`` and ``id/2``.
    """
    found: list[Concept] = []
    above = _Above()
    for concepts in ranked:
        if above.empty:
            found += concepts
        else:
            found += [part for concept in concepts for part in above.bend(concept)]
        above.add(concepts)
    return found


class _Above:
    """What the termbases so far say: concepts by their source terms, and by their renderings."""

    def __init__(self) -> None:
        self.empty = True
        self._sources: dict[Key, Concept] = {}
        self._said: dict[tuple[bool, Key], list[Concept]] = {}
        self._patterns: list[tuple[str, patterns.Pattern, Concept]] = []

    def add(self, concepts: Sequence[Concept]) -> None:
        for concept in concepts:
            self.empty = False
            target = target_of(concept)
            for term in concept.terms:
                language = primary(term.language)
                if not term.accepted:
                    continue
                if language != target:
                    self._sources.setdefault((language, term.text.lower()), concept)
                elif term.matching == "pattern":
                    self._patterns.append((language, patterns.compiled(term.text), concept))
                else:
                    for words in wordings(term.text):
                        self._said.setdefault((term.status in WRONG, (language, words)), []).append(concept)

    def bend(self, concept: Concept) -> Iterator[Concept]:
        """The concept as it may stand below; in parts where the higher termbases know some of its source terms."""
        target = target_of(concept)
        sources = [term for term in concept.terms if primary(term.language) != target]
        groups: dict[int, tuple[Concept | None, list[Term]]] = {}
        for term in sources:
            ruler = self._sources.get((primary(term.language), term.text.lower()))
            groups.setdefault(id(ruler), (ruler, []))[1].append(term)
        if not sources:
            groups[0] = (None, [])
        for number, (ruler, shared) in enumerate(groups.values(), 1):
            terms = self._bent(concept, target, ruler, shared)
            if terms:
                name = concept.id if number == 1 else f"{concept.id}/{number}"
                unchanged = len(groups) == 1 and tuple(terms) == concept.terms[len(shared) :]
                yield concept if unchanged else replace(concept, id=name, terms=(*shared, *terms))

    def _bent(self, concept: Concept, target: str, ruler: Concept | None, sources: list[Term]) -> list[Term]:
        keys = {(primary(term.language), term.text.lower()) for term in sources}
        right: list[Term] = []
        wrong: list[Term] = []
        better = [ruler] if ruler else []
        for term in concept.terms:
            if primary(term.language) != target:
                continue
            if term.status not in WRONG:
                against = self._against(term.text, target, keys)
                if against is None:
                    right.append(term)
                else:
                    better.append(against)
            elif not self._settles(term, target, keys):
                if term.instead and self._against(term.instead, target, keys) is not None:
                    term = replace(term, instead="")
                wrong.append(term)
        return [*_right(right, better, target, rules=ruler is not None), *wrong]

    def _against(self, text: str, language: str, keys: set[Key]) -> Concept | None:
        """A higher concept that calls the rendering wrong for one of these source terms."""
        for words in wordings(text):
            for concept in self._said.get((True, (language, words)), ()):
                if _speaks(concept, keys):
                    return concept
            for other, pattern, concept in self._patterns:
                if other == language and pattern.spans(words) and _speaks(concept, keys):
                    return concept
        return None

    def _settles(self, term: Term, language: str, keys: set[Key]) -> bool:
        """Whether higher termbases have the last word on a wrong rendering: on each of its wordings."""
        if term.matching == "pattern":
            return any(
                other == language and pattern.text == term.text and _speaks(concept, keys)
                for other, pattern, concept in self._patterns
            )
        return all(
            any(
                _speaks(concept, keys)
                for wrong in (True, False)
                for concept in self._said.get((wrong, (language, words)), ())
            )
            for words in wordings(term.text)
        )


def _right(own: list[Term], better: list[Concept], target: str, *, rules: bool) -> list[Term]:
    """The right renderings, those of the ``better`` concepts first where they rule or where none is left."""
    if not better or (own and not rules):
        return own
    found: dict[str, Term] = {}
    for concept in better:
        for term in concept.terms:
            if primary(term.language) == target and term.status not in WRONG and term.accepted:
                found.setdefault(term.text.lower(), term)
    if not found:
        return own
    for term in own:
        found.setdefault(term.text.lower(), replace(term, status="admitted"))
    return list(found.values())


def _speaks(concept: Concept, keys: set[Key]) -> bool:
    """Whether a higher concept speaks of one of these source terms: it shares it, or has none of its own."""
    target = target_of(concept)
    own = {(primary(term.language), term.text.lower()) for term in concept.terms if primary(term.language) != target}
    return not own or bool(own & keys)


def target_of(concept: Concept) -> str:
    """The language that a concept's advice is in: of its wrong renderings, else of its last term; "" without terms."""
    wrong = next((term.language for term in concept.terms if term.status in WRONG), "")
    return primary(wrong or (concept.terms[-1].language if concept.terms else ""))


@lru_cache(maxsize=16384)
def wordings(text: str) -> frozenset[str]:
    """Every wording that a rendering stands for, in small letters."""
    return frozenset(words.lower() for words, _ in rendering.parse(text).wordings())

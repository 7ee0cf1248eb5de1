"""What the project's termbases say of a source term: its renderings, found in translations with their endings."""

from __future__ import annotations

from collections.abc import Sequence

from review.model import Concept, Term
from review.steps.reflagging import known as concepts_of
from review.store import Store
from review.text.renderings import Known
from review.text.termbase import TermIndex, longest, primary


class Knowledge:
    """The concepts of a project's termbases, ready to be asked about source terms."""

    def __init__(self, store: Store, project: int, source_language: str, language: str) -> None:
        self.concepts: list[Concept] = concepts_of(store, project)
        self.source_language, self.language = source_language, language

    def about(self, term: str) -> Known | None:
        """A function that finds the term's renderings in a translation; None where no termbase has the term."""
        wanted = term.strip().lower()
        found = [one for one in self.concepts if any(t.text.lower() == wanted for t in self._sources(one))]
        if not found:
            return None
        index = TermIndex(found)

        def known(text: str) -> Sequence[tuple[int, int, str]]:
            return [(hit.start, hit.end, hit.term.status) for hit in longest(index.find(text, self.language))]

        return known

    def terms_in(self, sources: Sequence[str]) -> dict[str, int]:
        """The termbases' source terms that stand in these texts, each with the number of those that have it."""
        counts: dict[str, int] = {}
        seen = TermIndex(self.concepts)
        for source in sources:
            hits = seen.find(source, self.source_language)
            for text in {hit.term.text for hit in hits if hit.term in self._sources(hit.concept)}:
                counts[text] = counts.get(text, 0) + 1
        return counts

    def _sources(self, concept: Concept) -> list[Term]:
        """The concept's terms in another language than the translations'."""
        return [term for term in concept.terms if primary(term.language) != primary(self.language)]

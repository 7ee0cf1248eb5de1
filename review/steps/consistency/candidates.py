"""Which source terms and names of a batch are rendered unevenly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from review.steps import surveying
from review.steps.consistency.knowing import Knowledge
from review.steps.consistency.sampling import sample
from review.store import Store
from review.text.matching import has_cjk
from review.text.names import names
from review.text.renderings import Bitext, recurring, renderings
from review.text.source_names import chinese_names

SAMPLED = 4000
"""Segments looked at in a batch, about."""

LEAST = 2
"""Segments that a term must stand in."""

MOST = 150
"""Terms of each kind that are looked at, the most frequent."""

KINDS = ("term", "name", "words")
"""Of a termbase; a name; words that recur."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source term of ``segments`` segments (of those looked at), with its renderings and their counts; in
    ``otherwise`` of the segments it is rendered, and not as usual.
    """

    term: str
    kind: str
    segments: int
    renderings: tuple[tuple[str, int], ...]
    otherwise: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates, the most uneven first; found in ``looked`` of a batch's ``total`` segments."""

    found: tuple[Candidate, ...]
    looked: int
    total: int


def candidates(
    store: Store, project: int, batch: int, progress: Callable[[int, int], None] | None = None
) -> Candidates:
    """The terms and names of a batch that are rendered in several ways: terms of the termbases that stand in
    its sources, names, and words that recur. Those with the most segments rendered otherwise than usual come first.

    Of a large batch a sample is looked at, whole articles evenly spread. Raises MissingError.
    """
    taken = sample(store, batch, SAMPLED)
    pairs = [(piece.source or "", piece.state.text) for piece in taken.pieces]
    knowledge = Knowledge(store, project, taken.source_language, taken.language)
    bitext = Bitext(pairs, taken.language)
    listed = list(_terms(store, batch, [source for source, _ in pairs], taken.source_language, knowledge).items())
    places = {term: tuple(bitext.having(term)) for term, _ in listed}
    longest: dict[tuple[int, ...], str] = {}
    for term in sorted(places, key=len):
        longest[places[term]] = term
    found = []
    for done, (term, kind) in enumerate(listed):
        if progress:
            progress(done, len(listed))
        inside = places[term]
        if len(inside) < LEAST or (term != longest[inside] and term in longest[inside]):
            continue  # it stands nowhere but within a longer one
        groups = renderings(bitext, term, inside, knowledge.about(term) if kind == "term" else None)
        if len(groups) < 2:
            continue
        first, *others = groups
        otherwise = {number for group in others for number in group.places} - set(first.places)
        if otherwise:
            counts = tuple((group.text, len(group.places)) for group in groups)
            found.append(Candidate(term, kind, len(inside), counts, len(otherwise)))
    found.sort(key=lambda one: (-one.otherwise, -one.segments, one.term))
    return Candidates(tuple(found), len(pairs), taken.total)


def _terms(store: Store, batch: int, sources: list[str], language: str, knowledge: Knowledge) -> dict[str, str]:
    """What is looked at, each with its kind; what is a term is not asked about again as a name."""
    different = list(dict.fromkeys(sources))
    found: dict[str, str] = {}
    counted = knowledge.terms_in(different)
    for term in sorted(counted, key=lambda one: -counted[one])[:MOST]:
        found[term] = "term"
    for name in _names(store, batch, different):
        found.setdefault(name, "name")
    for words in recurring(different, language, most=MOST):
        found.setdefault(words, "words")
    return found


def _names(store: Store, batch: int, sources: list[str]) -> list[str]:
    """Names of the sources, the most frequent first: those that the batch's survey knows too."""
    counts: dict[str, int] = {}
    for source in sources:
        here = chinese_names(source) if has_cjk(source) else {name.text for name in names(source)}
        for name in here:
            counts[name] = counts.get(name, 0) + 1
    surveyed = surveying.statistics(store, batch).get("batch_names") or {}
    for name, count in surveyed.get("seen", {}).items():
        counts.setdefault(name, count)
    return sorted((name for name in counts if len(name) > 1), key=lambda name: (-counts[name], name))[:MOST]

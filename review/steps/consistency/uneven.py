"""Which source terms and names of a batch are rendered unevenly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from review.steps import surveying
from review.steps.consistency.knowing import Knowledge
from review.steps.consistency.sampling import sample
from review.store import Store
from review.text.matching import has_cjk
from review.text.names import names
from review.text.pinyin import reading_of
from review.text.renderings import Bitext, recurring, renderings
from review.text.source_names import chinese_names

SAMPLED = 4000
"""Segments looked at in a batch, about."""

LEAST = 2
"""Segments that a term must stand in."""

MOST = 150
"""Terms of each kind that are looked at, the most frequent."""

READ = 1000
"""Segments whose names are compared with the sounds of their sources."""

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
    store: Store,
    project: int,
    batch: int,
    progress: Callable[[int, int], None] | None = None,
    *,
    most: int = SAMPLED,
) -> Candidates:
    """The terms and names of a batch that are rendered in several ways: terms of the termbases that stand in
    its sources, names, and words that recur. Those with the most segments rendered otherwise than usual come first.

    Of a batch of more than ``most`` segments about so many are looked at, whole articles evenly spread.
    Raises MissingError.
    """
    taken = sample(store, batch, most)
    pairs = [(piece.source or "", piece.state.text) for piece in taken.pieces]
    knowledge = Knowledge(store, project, taken.source_language, taken.language)
    bitext = Bitext(pairs, taken.language)
    listed = list(_terms(store, batch, pairs, taken.source_language, knowledge).items())
    places = {term: tuple(bitext.having(term)) for term, _ in listed}
    whole: dict[tuple[int, ...], str] = {}
    for term, _ in sorted(listed, key=lambda one: (one[1] != KINDS[-1], len(one[0]))):
        whole[places[term]] = term  # of the same segments: a term or a name before mere words, the longest
    found = []
    for done, (term, kind) in enumerate(listed):
        if progress:
            progress(done, len(listed))
        inside = places[term]
        other = whole[inside]
        if len(inside) < LEAST or (term != other and (term in other or other in term)):
            continue
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


def _terms(
    store: Store, batch: int, pairs: Sequence[tuple[str, str]], language: str, knowledge: Knowledge
) -> dict[str, str]:
    """What is looked at, each with its kind; what is a term is not asked about again as a name."""
    different = list(dict.fromkeys(source for source, _ in pairs))
    found: dict[str, str] = {}
    counted = knowledge.terms_in(different)
    for term in sorted(counted, key=lambda one: -counted[one])[:MOST]:
        found[term] = "term"
    for name in _names(store, batch, different, pairs):
        found.setdefault(name, "name")
    for words in recurring(different, language, most=MOST):
        found.setdefault(words, "words")
    return found


def _names(store: Store, batch: int, sources: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Names of the sources, the most frequent first: told by their own signs, or by a name of the translation that
    reads like them, as the batch's survey counted (before there is one, of the first READ segments).
    """
    counts: dict[str, int] = {}
    for source in sources:
        here = chinese_names(source) if has_cjk(source) else {name.text for name in names(source)}
        for name in here:
            counts[name] = counts.get(name, 0) + 1
    surveyed = surveying.statistics(store, batch).get("batch_names")
    for name, count in (surveyed["seen"] if surveyed else _read(pairs[:READ])).items():
        counts.setdefault(name, count)
    return sorted((name for name in counts if len(name) > 1), key=lambda name: (-counts[name], name))[:MOST]


def _read(pairs: Sequence[tuple[str, str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for source, target in pairs:
        if has_cjk(source):
            here = (reading_of(name.text, source, 0.85) for name in names(target))
            found.update({reading.text for reading in here if reading})
    return found

"""What a concept flags in a project: what a change of it adds, what it ends, and where it would be wrong.

``steps.finding`` finds where its wrong renderings stand, and the terminology detector decides on each place, with the
concept as it would be and as it was; other concepts are left aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from review.model import Article, Concept, Rule, Scope, Segment, Term
from review.text import rendering
from review.text.patterns import LONGEST
from review.text.priorities import target_of
from review.text.termbase import WRONG, TermIndex, primary

if TYPE_CHECKING:
    from review.detectors import Detector
    from review.steps.finding import Hit
    from review.store import Store

MOST = 2000
"""Segments that are looked at for one rendering."""
PAGE = 500
EXAMPLES = 8
"""Places that each list of a preview holds."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rendering is flagged: ``[start, end)`` of the text (code points); ``instead`` is the first suggestion."""

    batch: int
    article: int
    article_name: str
    segment: int
    number: int
    status: str
    text: str
    start: int
    end: int
    instead: str

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Impact:
    """What saving would change. ``flagged`` places in ``articles`` (batch, article, name, places; the most first) are
    flagged then; of them ``added`` are new, and ``wrongly`` many stand in confirmed or approved text; ``newly``
    such segments have new ones. ``ended`` places are flagged no longer. The lists hold examples. With ``more`` there
    were more places than were looked at. ``advised`` places are flagged as before, with something else to write.
    """

    flagged: int
    articles: tuple[tuple[int, int, str, int], ...]
    added: int
    ended: int
    wrongly: int
    added_places: tuple[Place, ...]
    ended_places: tuple[Place, ...]
    wrong_places: tuple[Place, ...]
    more: bool = False
    newly: int = 0
    advised: int = 0


def impact(store: Store, project: int, before: Concept | Sequence[Concept] | None, after: Concept | None) -> Impact:
    """What ``after`` flags in place of ``before``, one concept or several; None for one that is not there. Raises
    InputError for one that cannot be looked for.
    """
    befores, afters = listed(before), listed(after)
    hits, more = _hits(store, project, [*befores, *afters])
    articles = _articles(store, hits)
    now = _flagged(articles, hits, befores)
    then = _flagged(articles, hits, afters)
    added = [place for key, place in then.items() if key not in now]
    ended = [place for key, place in now.items() if key not in then]
    wrongly = [place for place in then.values() if hits[place.segment].protected]
    counts = Counter((place.batch, place.article, place.article_name) for place in then.values())
    places = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Impact(
        len(then), tuple((*key, count) for key, count in places), len(added), len(ended), len(wrongly),
        tuple(added[:EXAMPLES]), tuple(ended[:EXAMPLES]), tuple(wrongly[:EXAMPLES]), more,
        len({place.segment for place in added if hits[place.segment].protected}),
        sum(key in now and now[key].instead != place.instead for key, place in then.items()),
    )  # fmt: skip


def listed(given: Concept | Sequence[Concept] | None) -> list[Concept]:
    """One concept, several or none, as a list."""
    return [] if given is None else [given] if isinstance(given, Concept) else list(given)


def rules(concept: Concept) -> Iterator[Rule]:
    """What to look for: a rule for each wrong rendering, which may find more than is flagged and never less.

    The source's words are asked for only where nothing is flagged without them: an article may have no source.
    """
    target = target_of(concept)
    sources = [term.text for term in concept.terms if primary(term.language) != target]
    for term in concept.terms:
        if term.status not in WRONG or not term.accepted:
            continue
        telling = term.condition.telling if term.condition else "context"
        asked = sources if sources and telling in ("source", "doubtful") else []
        source = "|".join(re.escape(text) for text in asked)
        if len(source) > LONGEST:
            source = ""
        instead = term.instead or next((one.text for one in concept.terms if one.status == "preferred"), "")
        for find, kind in _looked_for(term):
            yield Rule(
                find, instead, kind=kind, inflected=term.matching != "exact", case=False,
                source=source, source_kind="pattern" if source else "words",
            )  # fmt: skip


def _looked_for(term: Term) -> Iterator[tuple[str, str]]:
    """What finds a term, and as which kind of rule: its words, or patterns that together fit all its wordings."""
    if term.matching == "pattern":
        yield term.text, "pattern"
        return
    wordings = [text for text, _ in rendering.parse(term.text).wordings() if text]
    if len(wordings) == 1 and rendering.NAME not in wordings[0]:
        yield wordings[0], "words"
        return
    pattern = ""
    for text in sorted(set(wordings), key=lambda one: (-len(one), one)):
        longer = f"{pattern}|{_pattern(text)}" if pattern else _pattern(text)
        if pattern and len(longer) > LONGEST:
            yield pattern, "pattern"
            longer = _pattern(text)
        pattern = longer
    yield pattern, "pattern"


def _pattern(wording: str) -> str:
    parts = []
    for word in wording.split(" "):
        if word == rendering.NAME:
            parts.append(r"\w[\w'’-]*(?:\s+\w[\w'’-]*){0,2}")
        else:
            # A word may carry an ending, before which its last letter may change.
            parts.append(re.escape(word[:-1] if len(word) > 3 else word) + r"\w{0,5}")
    return r"\b" + r"\s+".join(parts) + r"\b"


def _hits(store: Store, project: int, concepts: Iterable[Concept]) -> tuple[dict[int, Hit], bool]:
    from review.steps import finding

    found: dict[int, Hit] = {}
    more = False
    for rule in dict.fromkeys(rule for concept in concepts for rule in rules(concept)):
        after: int | None = None
        for _ in range(MOST // PAGE):
            page = finding.find(store, Scope(project), rule, after=after, limit=PAGE)
            found.update((hit.segment, hit) for hit in page.rows)
            after = page.next
            if after is None:
                break
        more |= after is not None
    return found, more


def _articles(store: Store, hits: dict[int, Hit]) -> list[Article]:
    """The articles that the hits stand in, with these segments alone."""
    from review.store import articles

    grouped: dict[int, list[Hit]] = {}
    for hit in hits.values():
        grouped.setdefault(hit.article, []).append(hit)
    made = []
    with store.read() as connection:
        for number, listed in grouped.items():
            row = articles.get(connection, number)
            segments = tuple(Segment(hit.text, id=str(hit.segment), source=hit.source) for hit in listed)
            made.append(Article(row.name, segments, row.system, row.source_language, row.target_language))
    return made


def _flagged(
    articles: list[Article], hits: dict[int, Hit], concepts: list[Concept]
) -> dict[tuple[int, int, int], Place]:
    """Where the detector flags a wrong rendering of the concepts, by segment, start and end."""
    from review.detectors import Context, detectors

    if not any(concept.terms for concept in concepts):
        return {}
    detector: Detector = detectors()["terminology"]
    context = Context(terms=TermIndex(concepts))
    found = {}
    for article in articles:
        for flag in detector.detect(article, context):
            if flag.side != "target":
                continue
            hit = hits[int(flag.segment)]
            found[hit.segment, flag.start, flag.end] = Place(
                hit.batch, hit.article, hit.article_name, hit.segment, hit.number, hit.status, hit.text,
                flag.start, flag.end, flag.suggestions[0] if flag.suggestions else "",
            )  # fmt: skip
    return found

"""Concepts made at random, as a termbase of this program may hold them."""

from __future__ import annotations

from hypothesis import strategies as st

from review.model import CATEGORIES, Concept, Condition, Evidence, Term
from review.model.term import TELLINGS, TERM_STATUSES

LETTERS = "abcdefgXYZéß京调研卡"
word = st.text(LETTERS, min_size=1, max_size=8)
words = st.lists(word, min_size=1, max_size=4).map(" ".join)
some = st.one_of(
    st.just(""), st.lists(st.text(LETTERS + "<>&\"',;:-=+@", min_size=1, max_size=9), max_size=4).map(" ".join)
)
listed = st.lists(words, max_size=3, unique=True).map(tuple)
conditions = st.builds(
    Condition,
    source=listed,
    not_source=listed,
    near=listed,
    not_near=listed,
    article=listed,
    telling=st.sampled_from(TELLINGS),
)
PARTS = ("", "noun", "mass", "name", "verb", "adjective", "phrase")


@st.composite
def terms(draw: st.DrawFn, language: str) -> Term:
    status = draw(st.sampled_from(TERM_STATUSES))
    wrong = status not in ("preferred", "admitted")
    pattern = wrong and draw(st.integers(0, 4)) == 0
    return Term(
        text=draw(st.sampled_from([r"ka(o|u)s+\b", "x[0-9] ?y", "<a>&|b"])) if pattern else draw(words),
        language=language,
        status=status,
        part_of_speech=draw(st.sampled_from(PARTS)),
        matching="pattern" if pattern else draw(st.sampled_from(("inflected", "case", "exact"))),
        condition=draw(conditions) if wrong else None,
        evidence=draw(st.builds(Evidence, some, some.filter(lambda text: not text.startswith("#")), some)),
        note=draw(some.filter(lambda text: text.rstrip(".").lower() != "forbidden")),
        accepted=draw(st.booleans()),
        instead=draw(words) if wrong and draw(st.booleans()) else "",
    )


@st.composite
def concepts(draw: st.DrawFn) -> Concept:
    """Any concept: terms of one to three languages, grouped by language."""
    found: list[Term] = []
    for language in draw(st.lists(st.sampled_from(("zh", "en", "de-AT")), min_size=1, max_size=3, unique=True)):
        found += draw(st.lists(terms(language), min_size=1, max_size=3, unique_by=lambda term: term.text))
    return Concept(
        id=draw(st.one_of(st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True), st.sampled_from(["3 x", "ü", "京"]))),
        terms=tuple(found),
        subject=draw(some),
        definition=draw(some),
        example=draw(some),
        termbase="mine",
        example_source=draw(some),
        strict=draw(st.booleans()),
        category=draw(st.sampled_from(sorted(CATEGORIES))),
    )


@st.composite
def rows(draw: st.DrawFn) -> Concept:
    """A concept that a row of CSV can hold: two languages, and what a row says once is the same in all its terms."""
    part = draw(st.sampled_from(PARTS))
    matching = draw(st.sampled_from(("inflected", "case", "exact")))
    condition = draw(conditions)
    evidence = draw(st.builds(Evidence, some, some, some))
    note = draw(some)
    texts = draw(st.lists(words, min_size=3, max_size=7, unique=True))
    source, right, wrong = texts[:1], texts[1:3], texts[3:]
    found = [Term(text, "zh", matching="exact") for text in source]
    for number, text in enumerate(right):
        found.append(Term(text, "en", "admitted" if number else "preferred", part, matching, evidence=evidence))
    for number, text in enumerate(wrong):
        status = "forbidden" if number > 1 else "deprecated"
        telling = draw(st.sampled_from(TELLINGS))
        marked = Condition(
            condition.source, condition.not_source, condition.near, condition.not_near, condition.article, telling
        )
        found.append(
            Term(text, "en", status, part, matching, marked, note=note, instead=draw(st.one_of(st.just(""), words)))
        )
    return Concept(
        id=draw(st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)),
        terms=tuple(found),
        subject=draw(some),
        definition=draw(some),
        example=draw(some),
        termbase="mine",
        example_source=draw(some),
        strict=bool(wrong) and draw(st.booleans()),
        category=draw(st.sampled_from(sorted(CATEGORIES))) if wrong else "terminology",
    )

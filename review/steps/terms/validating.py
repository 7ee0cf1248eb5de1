"""What a concept must hold to before it is saved, and what a reader should know before saving it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from review.errors import InputError
from review.formats.termbases.base import check
from review.model import CATEGORIES, Concept, Condition, Evidence, Term
from review.model.term import MATCHINGS, TELLINGS, TERM_STATUSES
from review.settings import settings
from review.text.priorities import target_of, wordings
from review.text.termbase import WRONG, primary

if TYPE_CHECKING:
    from review.steps.terms.impact import Impact
    from review.store import Store

LONGEST = 2000
"""Code points of one field."""


def checked(concept: Concept) -> Concept:
    """The concept with its spaces tidied and its empty terms left out. Raises InputError for what cannot be saved."""
    terms = tuple(_term(term) for term in concept.terms if term.text.strip())
    if concept.category not in CATEGORIES:
        raise InputError(f"The category is {concept.category!r}; use one of {', '.join(CATEGORIES)}.")
    ready = replace(
        concept,
        terms=terms,
        subject=_tidy(concept.subject),
        definition=_tidy(concept.definition),
        example=_tidy(concept.example),
        example_source=_tidy(concept.example_source),
    )
    target = target_of(ready)
    if not any(term.status == "preferred" and primary(term.language) == target for term in terms):
        raise InputError("The concept has no preferred rendering; write what is right.")
    seen: set[tuple[str, str]] = set()
    for term in terms:
        check(term)
        key = (primary(term.language), term.text)
        if key in seen:
            raise InputError(f"“{term.text}” stands there twice; give each rendering one status.")
        seen.add(key)
    return ready


def objections(
    store: Store,
    project: int,
    before: Concept | Sequence[Concept] | None,
    after: Concept,
    seen: Impact | None = None,
) -> list[str]:
    """What speaks against saving ``after`` in place of ``before`` (one concept or several), in sentences: a circle
    with another concept that is on, or new flags in more than REVIEW_LEARNED_SHARE of the confirmed and approved text
    in which the concept has an occasion (see ``checking``). ``seen`` is the impact, where it is known already.
    """
    from review.steps.terms import impact
    from review.steps.terms.bases import ranked
    from review.store import lessons

    own = {(one.termbase, one.id) for one in impact.listed(before)}
    with store.read() as connection:
        known = [concept for concepts in ranked(connection, project) for concept in concepts]
    found = circles(after, (concept for concept in known if (concept.termbase, concept.id) not in own))
    seen = seen or impact.impact(store, project, before, after)
    if seen.newly:
        target = target_of(after)
        sources = [term.text for term in after.terms if primary(term.language) != target]
        ours = tuple(
            term.text for term in after.terms if primary(term.language) == target and term.matching != "pattern"
        )
        with store.read() as connection:
            of = sum(lessons.occasions(connection, project, source, ours) for source in sources or [""])
        of = max(of, seen.newly)
        allowed = settings().learned_share
        if seen.newly / of > allowed:
            words = ", ".join(
                f"“{place.words}” in {place.article_name} {place.number}" for place in seen.wrong_places[:3]
            )
            found.append(
                f"It would flag {seen.newly:,} of {of:,} confirmed or approved segments ({seen.newly / of:.0%}; "
                f"{allowed:.0%} are allowed): {words}. Narrow it by a source term or a condition."
            )
    return found


def circles(concept: Concept, others: Iterable[Concept]) -> list[str]:
    """Sentences on what this concept and others ask for in turn: A is to be B here, and B is to be A there."""
    target = target_of(concept)
    wrong, right = _said(concept)
    found = []
    for other in others:
        if (other.termbase, other.id) == (concept.termbase, concept.id) or target_of(other) != target:
            continue
        if not _same_source(concept, other):
            continue
        theirs_wrong, theirs_right = _said(other)
        for here in sorted(wrong & theirs_right):
            for there in sorted(right & theirs_wrong):
                found.append(
                    f"“{here}” is to be “{there}” here, and “{there}” is to be “{here}” in {other.id} "
                    f"({other.termbase}): whoever follows one is flagged by the other."
                )
    return found


def _said(concept: Concept) -> tuple[frozenset[str], frozenset[str]]:
    """Every wording that a concept calls wrong, and that it calls right, in small letters."""
    target = target_of(concept)
    wrong: set[str] = set()
    right: set[str] = set()
    for term in concept.terms:
        if primary(term.language) == target and term.matching != "pattern":
            (wrong if term.status in WRONG else right).update(wordings(term.text))
    return frozenset(wrong), frozenset(right)


def _same_source(one: Concept, other: Concept) -> bool:
    def sources(concept: Concept) -> set[str]:
        target = target_of(concept)
        return {term.text.lower() for term in concept.terms if primary(term.language) != target}

    mine, theirs = sources(one), sources(other)
    return not mine or not theirs or bool(mine & theirs)


def _term(term: Term) -> Term:
    if term.status not in TERM_STATUSES or term.matching not in MATCHINGS:
        raise InputError(f"“{term.text}” has a status or a matching that is not known; choose one of the list.")
    if not re.fullmatch(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*", term.language):
        raise InputError(f"The language of “{term.text}” is {term.language!r}; write a code such as en or zh-Hans.")
    text = term.text.strip() if term.matching == "pattern" else _tidy(term.text)
    condition = term.condition
    if condition is not None:
        if condition.telling not in TELLINGS:
            raise InputError(f"“{text}” is said to be {condition.telling!r}; use one of {', '.join(TELLINGS)}.")
        lists = {name: _words(getattr(condition, name)) for name in ("source", "not_source", "near", "not_near")}
        condition = Condition(**lists, article=_words(condition.article), telling=condition.telling)
    return replace(
        term,
        text=text,
        condition=condition,
        instead=_tidy(term.instead),
        note=_tidy(term.note),
        evidence=_evidence(term.evidence),
    )


def _evidence(evidence: Evidence) -> Evidence:
    user, url, day = _tidy(evidence.user), evidence.url.strip(), evidence.date.strip()
    if url and not re.fullmatch(r"https?://[^\s<>\"]+", url):
        raise InputError(f"The address {url[:80]!r} is none of the web; begin it with https://, or leave it out.")
    if day:
        try:
            date.fromisoformat(day)
        except ValueError:
            if not re.fullmatch(r"\d{4}(-\d{2})?", day):
                raise InputError(f"The date {day[:20]!r} is not read; write it as 2026-01-31.") from None
    return Evidence(user, url, day)


def _words(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for word in words if (text := _tidy(word))))


def _tidy(text: str) -> str:
    if len(text) > LONGEST:
        raise InputError(f"“{text[:40]}…” is longer than {LONGEST:,} characters; shorten it.")
    return " ".join(text.split())

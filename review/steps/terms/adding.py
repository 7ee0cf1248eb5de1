"""A term that a reviewer marks in an article: from then on it is flagged in every article of the project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from review.errors import InputError
from review.model import Concept, Condition, Term
from review.steps.terms.checking import Wording, check
from review.text import matching, rendering

if TYPE_CHECKING:
    from review.store import Connection, Store

TERMBASE = "project"
"""The termbase that reviewers' own terms go to."""


def add_term(
    store: Store,
    actor: int,
    article: int,
    *,
    source: str = "",
    wrong: str,
    preferred: str,
    note: str = "",
    override: str = "",
) -> str:
    """Add to the article's project that ``wrong`` is to be written ``preferred``; returns the concept's id.

    With a ``source`` term it is flagged only where that stands in the source, if there is one. Renderings of
    one concept (same source, same preferred) are kept together. The project's batches are queued for flagging.
    Raises InputError for empty or equal terms
    and for text that the notation of renderings cannot take, MissingError for an unknown article, RefusedError for a
    term that goes in a circle with others or would flag approved text (see ``checking``), unless a lead gives a
    reason to ``override`` that; the reason is kept in the term's note.
    """
    from review.store import articles, batches

    with store.read() as connection:
        row = articles.get(connection, article)
        project = batches.project_of(connection, row.batch)
    languages = (row.source_language or guess(source, "und"), row.target_language or guess(preferred, "en"))
    concept_of(source, wrong, preferred, note, languages)
    source, wrong, preferred = (" ".join(text.split()) for text in (source, wrong, preferred))
    kind = "case" if wrong.lower() == preferred.lower() else "inflected"
    objection = check(store, project, actor, Wording(source, wrong, preferred, kind), override)
    if objection:
        note = f"{note} Added all the same: {override}".strip()
    made = concept_of(source, wrong, preferred, note, languages)
    return store.write(lambda connection: put(connection, project, actor, made))


def put(connection: Connection, project: int, actor: int, made: Concept) -> str:
    """Add a concept to reviewers' own terms, to one of the same core if there is one; returns its id.

    Read under the lock: somebody else may have added to the same concept just before.
    """
    from review.steps import reflagging
    from review.store import terms

    own = [concept for concept in terms.concepts(connection, project) if concept.termbase == TERMBASE]
    name = terms.add(connection, project, _merged(own, made), actor)
    reflagging.queue_project(connection, project, actor)
    return name


def concept_of(
    source: str, wrong: str, preferred: str, note: str, languages: tuple[str, str], *, name: bool = False
) -> Concept:
    """The concept that a reviewer's three fields make; the endings of a ``name`` do not vary. Raises InputError."""
    source, wrong, preferred = (" ".join(text.split()) for text in (source, wrong, preferred))
    if not wrong or not preferred:
        raise InputError("A term needs the wrong wording and the right one; fill in both.")
    if wrong == preferred:
        raise InputError(f"The wrong and the right wording are both “{wrong}”; change one of them.")
    for text in (source, wrong, preferred):
        if text:
            rendering.parse(text)
    theirs, ours = languages
    matching = "case" if wrong.lower() == preferred.lower() else "inflected"
    terms = [Term(source, theirs, matching="exact")] if source else []
    kind = "name" if name else ""
    terms.append(Term(preferred, ours, part_of_speech=kind))
    condition = Condition(telling="alone")
    note = " ".join(note.split())
    terms.append(Term(wrong, ours, "deprecated", kind, matching=matching, condition=condition, note=note))
    return Concept(id="", terms=tuple(terms), termbase=TERMBASE)


def guess(text: str, otherwise: str) -> str:
    """The language of a term where the article does not say: Chinese by its script, else ``otherwise``."""
    return "zh" if matching.has_cjk(text) else otherwise


def _merged(own: Iterable[Concept], made: Concept) -> Concept:
    """The concept among ``own`` that has the same core, with the terms that are new; else ``made``."""
    same = next((concept for concept in own if _alike(concept, made)), None)
    if same is None:
        return made
    known = {(term.language, term.text) for term in same.terms}
    return replace(
        same, terms=same.terms + tuple(term for term in made.terms if (term.language, term.text) not in known)
    )


def _alike(one: Concept, other: Concept) -> bool:
    """Whether two concepts have the same source and the same preferred terms."""

    def core(concept: Concept) -> set[tuple[str, str]]:
        return {(term.language, term.text) for term in concept.terms if term.status == "preferred"}

    return core(one) == core(other)

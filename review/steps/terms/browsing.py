"""The concepts of a project, to be looked through: searched, narrowed, found again by what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from review.model import Concept, Term
from review.steps.terms.bases import Base, bases
from review.steps.terms.editing import Named
from review.steps.terms.shipped import by_name
from review.text.priorities import target_of
from review.text.termbase import primary

if TYPE_CHECKING:
    from review.store import Connection, Store

ALL, WITHOUT_EVIDENCE, MINE, NEVER, STRICT, PATTERNS, OFF = (
    "all", "without evidence", "mine", "flags nothing now", "must be there", "patterns", "not in this project",
)  # fmt: skip
SHOW = (ALL, MINE, WITHOUT_EVIDENCE, NEVER, STRICT, PATTERNS, OFF)
"""What a list of concepts may be narrowed to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept as the project has it. ``version`` is 0 for one of a termbase that is not its own; ``by`` and ``at``
    say who added it when (None, 0 where nobody did here); ``off`` that the project does without it. ``words`` is all
    that a search looks at, in small letters.
    """

    concept: Concept
    base: Base
    version: int = 0
    by: int | None = None
    at: int = 0
    off: bool = False
    instead: str = ""
    words: str = ""

    @property
    def named(self) -> Named:
        """The concept and its version, as acts ask for them."""
        return Named(self.concept.termbase, self.concept.id, self.version)

    @property
    def key(self) -> tuple[str, str]:
        return self.concept.termbase, self.concept.id

    def texts(self, *statuses: str, source: bool = False) -> list[str]:
        """The concept's source terms, or its renderings of these statuses."""
        target = target_of(self.concept)
        return [
            term.text
            for term in self.concept.terms
            if (primary(term.language) != target) == source and (source or term.status in statuses)
        ]


def entries(store: Store, project: int) -> tuple[Entry, ...]:
    """Every concept of the termbases that are on, in their order; kept until the project's terms change."""
    from review.store import terms

    with store.read() as connection:
        version = terms.version(connection, project)
    return _entries(store, project, version)


def narrowed(
    found: Sequence[Entry], *, search: str = "", subject: str = "", termbase: str = "", status: str = ""
) -> list[Entry]:
    """The entries that hold every word of ``search`` (in terms, definition, notes, evidence), with the subject, of the
    termbase, with a term of the status; "" stands for any.
    """
    words = search.lower().split()
    return [
        entry
        for entry in found
        if (not subject or entry.concept.subject == subject)
        and (not termbase or entry.base.name == termbase)
        and (not status or any(term.status == status for term in entry.concept.terms))
        and all(word in entry.words for word in words)
    ]


def shown(store: Store, project: int, actor: int, found: Sequence[Entry], what: str) -> list[Entry]:
    """Those of the entries that ``what`` (one of ``SHOW``) asks for. What the project does without is left out
    unless it is asked for.
    """
    if what == OFF:
        return [entry for entry in found if entry.off]
    used = [entry for entry in found if not entry.off]
    if what == MINE:
        mine = _mine(store, project, actor)
        return [entry for entry in used if entry.by == actor or entry.key in mine]
    if what == WITHOUT_EVIDENCE:
        return [entry for entry in used if not any(term.evidence.user or term.evidence.url for term in _right(entry))]
    if what == STRICT:
        return [entry for entry in used if entry.concept.strict]
    if what == PATTERNS:
        return [entry for entry in used if any(term.matching == "pattern" for term in entry.concept.terms)]
    if what == NEVER:
        flagged = _flagging(store, project)
        return [entry for entry in used if entry.key not in flagged]
    return used


def find(found: Sequence[Entry], termbase: str, name: str) -> Entry | None:
    """The entry that an address names; where the project has its own instead, that one. Without a termbase, the first
    of that id.
    """
    there = [entry for entry in found if entry.concept.id == name and termbase in ("", entry.concept.termbase)]
    entry = next((one for one in there if not one.off), there[0] if there else None)
    if entry is not None and entry.off and entry.instead:
        own = next((one for one in found if one.concept.id == entry.instead and one.base.own), None)
        return own or entry
    return entry


@lru_cache(maxsize=4)
def _entries(store: Store, project: int, version: int) -> tuple[Entry, ...]:
    with store.read() as connection:
        return tuple(_read(connection, project))


def _read(connection: Connection, project: int) -> list[Entry]:
    from review.store import concept_changes, terms

    own: dict[str, list[terms.Stored]] = {}
    for stored in terms.stored(connection, project):
        own.setdefault(stored.concept.termbase, []).append(stored)
    off = concept_changes.off(connection, project)
    found = []
    for base in bases(connection, project):
        if not base.enabled:
            continue
        if base.own:
            for stored in own.get(base.name, ()):
                words = _words(stored.concept)
                found.append(Entry(stored.concept, base, stored.version, stored.by, stored.at, words=words))
            continue
        given: Sequence[Concept] = by_name().get(base.name, ())
        if base.owner:
            listed = terms.concepts(connection, base.owner, base.title)
            given = [replace(concept, termbase=base.name) for concept in listed]
        for concept in given:
            instead = off.get((base.name, concept.id))
            entry = Entry(concept, base, off=instead is not None, instead=instead or "", words=_words(concept))
            found.append(entry)
    return found


def _words(concept: Concept) -> str:
    parts = [concept.id, concept.subject, concept.definition, concept.example, concept.example_source]
    for term in concept.terms:
        parts += [term.text, term.note, term.instead, term.evidence.user]
    return "\n".join(part for part in parts if part).lower()


def _right(entry: Entry) -> list[Term]:
    target = target_of(entry.concept)
    return [
        term
        for term in entry.concept.terms
        if primary(term.language) == target and term.status in ("preferred", "admitted")
    ]


def _mine(store: Store, project: int, actor: int) -> set[tuple[str, str]]:
    from review.store import concept_changes

    with store.read() as connection:
        return concept_changes.touched_by(connection, project, actor)


def _flagging(store: Store, project: int) -> set[tuple[str, str]]:
    """The concepts of which a wrong rendering is flagged somewhere in the project now."""
    from review.steps import reflagging
    from review.store import flags

    with store.read() as connection:
        surfaces = flags.surfaces(connection, project, "terminology")
    index = reflagging.index(store, project)
    return {
        (hit.concept.termbase, hit.concept.id.partition("/")[0])
        for surface in surfaces
        for hit in index.find(surface)
        if hit.wrong and hit.start == 0 and hit.end == len(surface)
    }

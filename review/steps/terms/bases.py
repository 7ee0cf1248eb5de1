"""A project's termbases: which there are, in which order, on or off; brought in, taken out, put away, shared.

The first goes before all others. Where nobody said otherwise, reviewers' own terms come first, then what was
brought in, then the shipped termbases; all are on. What other projects share comes last and is off until somebody
switches it on. Whatever changes queues the batches of all projects that it concerns for flagging.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from review.errors import InputError, MissingError
from review.formats.termbases import Reading, preview_termbase, write_termbase
from review.model import Concept
from review.steps.terms.acting import act
from review.steps.terms.adding import TERMBASE
from review.steps.terms.shipped import by_name, files
from review.text.termbase import TermIndex

if TYPE_CHECKING:
    from review.store import Connection, Store

SHARERS = ("owner", "lead")
"""The roles that may share a termbase with all projects."""


@dataclass(frozen=True, slots=True)
class Base:
    """A termbase of a project: one of its own, a ``shipped`` one, or one that another project shares.

    ``shared`` says that this project shares its own one; ``owner`` is the other project's number (0 for one's own and
    shipped ones), ``whose`` its name.
    """

    name: str
    enabled: bool
    shipped: bool
    concepts: int
    shared: bool = False
    owner: int = 0
    whose: str = ""

    @property
    def own(self) -> bool:
        """Whether the project may change what is in it."""
        return not self.shipped and not self.owner

    @property
    def title(self) -> str:
        """What people call it: without the number that tells another project's apart."""
        return self.name.rpartition("@")[0] if self.owner else self.name


def bases(connection: Connection, project: int) -> list[Base]:
    """All termbases of the project, the one that goes before all others first."""
    from review.store import shares, termbases

    own = termbases.counts(connection, project)
    mine = shares.own(connection, project)
    others = {one.key: one for one in shares.others(connection, project)}
    given = {name: len(found) for name, found in by_name().items()}
    said = {place.name: place.enabled for place in termbases.places(connection, project)}
    names = [name for name in said if name in own or name in given or name in others]
    fresh = [name for name in own if name not in said]
    if TERMBASE in fresh:
        fresh.remove(TERMBASE)
        names.insert(0, TERMBASE)
    # What is new goes before the shipped ones that stand at the end.
    end = len(names)
    while end and (names[end - 1] in given or names[end - 1] in others):
        end -= 1
    names[end:end] = fresh
    names += [name for name in given if name not in said]
    names += [name for name in others if name not in said]
    return [
        Base(name, said.get(name, False), False, others[name].concepts, False, others[name].owner, others[name].project)
        if name in others
        else Base(name, said.get(name, True), name in given, own.get(name, 0) + given.get(name, 0), name in mine)
        for name in names
    ]


def ranked(connection: Connection, project: int, languages: tuple[str, str] = ("", "")) -> list[Sequence[Concept]]:
    """The concepts of the termbases that are on, first those that go before all others.

    Shipped termbases that stand beside each other count as one: they were written to fit each other. Concepts that
    the project does without are left out.
    """
    from review.store import concept_changes, terms

    own: dict[str, list[Concept]] = {}
    for concept in terms.concepts(connection, project):
        own.setdefault(concept.termbase, []).append(concept)
    given = by_name(*languages)
    off = concept_changes.off(connection, project)
    found: list[list[Concept]] = []
    before = False
    for base in bases(connection, project):
        if not base.enabled:
            continue
        concepts: Sequence[Concept] = given.get(base.name, ()) if base.shipped else own.get(base.name, [])
        if base.owner:
            concepts = _shared(connection, base)
        concepts = [concept for concept in concepts if (base.name, concept.id) not in off]
        if base.shipped and before:
            found[-1] += concepts
        else:
            found.append(list(concepts))
        before = base.shipped
    return [concepts for concepts in found if concepts]


def preview(data: bytes, filename: str, languages: tuple[str, str] = ("zh", "en")) -> Reading:
    """What a file holds, with everything in it that cannot be read, by line; also a term that cannot be looked for.

    Raises FormatError for a file that is no termbase at all.
    """
    reading = preview_termbase(data, name=filename, source_language=languages[0], target_language=languages[1])
    TermIndex(reading.concepts)
    return reading


def bring_in(store: Store, project: int, actor: int, name: str, concepts: Sequence[Concept]) -> int:
    """Store concepts as the termbase ``name``, in place of one of that name, before the shipped ones.

    Returns how many there are. Raises InputError for a name that cannot be.
    """
    from review.store import termbases
    from review.store import terms as stored

    name = " ".join(name.split())
    if not name or len(name) > 80:
        raise InputError("The termbase needs a name of 1 to 80 characters.")
    if re.search(r"@\d+$", name):
        raise InputError(f"“{name}” looks like another project's termbase; leave out the @ and the number.")
    if name in {path.stem for path in files()}:
        raise InputError(f"“{name}” is the name of a termbase that comes with the program; choose another one.")
    if not concepts:
        raise InputError("The file holds no concept; nothing was brought in.")
    ready = stored.packed(replace(concept, termbase=name) for concept in concepts)

    def write(connection: Connection) -> None:
        termbases.fill(connection, project, name, ready, actor)
        _fix(connection, project)

    act(store, project, actor, write)
    return len(ready)


def switch(store: Store, project: int, actor: int, name: str, on: bool) -> None:
    """Switch a termbase on or off. Raises MissingError."""
    _rearrange(
        store,
        project,
        actor,
        name,
        lambda order, at: [replace(base, enabled=on) if n == at else base for n, base in enumerate(order)],
    )


def move(store: Store, project: int, actor: int, name: str, by: int) -> None:
    """Move a termbase up (``by`` below 0) or down the order; at its end it stays. Raises MissingError."""

    def moved(order: list[Base], at: int) -> list[Base]:
        base = order.pop(at)
        order.insert(max(0, at + by), base)
        return order

    _rearrange(store, project, actor, name, moved)


def remove(store: Store, project: int, actor: int, name: str) -> None:
    """Take one of the project's own termbases away, with its concepts. Raises InputError, MissingError."""
    from review.store import termbases

    with store.read() as connection:
        found = _find(bases(connection, project), name)
    if found.shipped:
        raise InputError(f"“{name}” comes with the program; switch it off instead.")
    if found.owner:
        raise InputError(f"“{found.title}” belongs to the project {found.whose}; switch it off instead.")
    act(store, project, actor, partial(termbases.remove, project=project, name=name))


def share(store: Store, project: int, actor: int, name: str, on: bool) -> None:
    """Share one of the project's own termbases with all projects of the installation, or no longer.

    Others may switch it on, off and elsewhere in their order; only members of this project change what is in it.
    Raises AccessError for who is neither owner nor lead, InputError for a termbase that is not the project's own.
    """
    from review.store import shares

    def write(connection: Connection) -> None:
        base = _find(bases(connection, project), name)
        if not base.own:
            raise InputError(f"“{base.title}” is not this project's own; only its own project can share it.")
        if on:
            shares.share(connection, project, name, actor)
        else:
            shares.unshare(connection, project, name)

    act(store, project, actor, write, SHARERS)


def export(store: Store, project: int, name: str, kind: str) -> tuple[bytes, list[str]]:
    """A termbase as a file of a kind, and what that cannot carry, in sentences. Raises MissingError."""
    with store.read() as connection:
        return write_termbase(concepts_of(connection, project, name), kind)


def concepts_of(connection: Connection, project: int, name: str) -> list[Concept]:
    """The concepts of one termbase of the project. Raises MissingError."""
    from review.store import terms

    base = _find(bases(connection, project), name)
    if base.shipped:
        return list(by_name()[name])
    return _shared(connection, base) if base.owner else terms.concepts(connection, project, name)


def _shared(connection: Connection, base: Base) -> list[Concept]:
    """The concepts of another project's termbase, as those of a termbase of its name here."""
    from review.store import terms

    return [replace(concept, termbase=base.name) for concept in terms.concepts(connection, base.owner, base.title)]


def _find(order: Sequence[Base], name: str) -> Base:
    found = next((base for base in order if base.name == name), None)
    if found is None:
        raise MissingError(f"There is no termbase “{name}”; reload the page.")
    return found


def _rearrange(store: Store, project: int, actor: int, name: str, how: Callable[[list[Base], int], list[Base]]) -> None:
    def write(connection: Connection) -> None:
        order = bases(connection, project)
        _fix(connection, project, how(order, order.index(_find(order, name))))

    act(store, project, actor, write)


def _fix(connection: Connection, project: int, order: Sequence[Base] | None = None) -> None:
    """Write the order down, so that what comes later does not change it."""
    from review.store import termbases

    found = bases(connection, project) if order is None else order
    termbases.arrange(connection, project, [termbases.Place(base.name, base.enabled) for base in found])

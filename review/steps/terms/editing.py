"""Changing concepts: saved, removed, merged; what is not the project's own is never changed.

A concept of a shipped termbase, or of one that another project shares, is made the project's own when it is edited,
and the project does without the other from then on. Removing one only switches it off for this project.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

from review.errors import AccessError, ConflictError, InputError, MissingError, RefusedError
from review.model import Concept
from review.steps.terms.acting import act
from review.steps.terms.adding import TERMBASE
from review.steps.terms.bases import SHARERS
from review.steps.terms.shipped import by_name, files
from review.steps.terms.validating import checked, objections

if TYPE_CHECKING:
    from review.store import Connection, Store

EDITED, REMOVED, MERGED, OFF, ON, UNDONE, PUT_BACK = (
    "edited", "removed", "merged", "not in this project", "used again", "undone", "put back",
)  # fmt: skip
"""What a change of a concept may be, besides "added", "brought in" and "not in the file"."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The concept as it stands now, its version, and the number of the change (0 where nothing changed)."""

    concept: Concept
    version: int
    change: int


@dataclass(frozen=True, slots=True)
class Named:
    """A concept as somebody saw it: ``version`` is 0 where it is not the project's own."""

    termbase: str
    id: str
    version: int = 0


def save(
    store: Store, project: int, actor: int, concept: Concept, version: int | None = None, *, override: str = ""
) -> Saved:
    """Write a concept that was edited from ``version``, or a new one (None; an id is made where it is "").

    A concept of a termbase that is not the project's own becomes one of the project's terms. Raises InputError for
    what cannot be a concept, ConflictError where somebody else changed or removed it since, AccessError, RefusedError
    for what goes in a circle or would flag confirmed text (``validating.objections``), unless a lead gives a reason
    to ``override`` that; the history keeps it.
    """
    ready = checked(concept)
    before = []
    if version is not None and ready.id:
        with store.read() as connection, suppress(MissingError):
            before = [held for held in [_now(connection, project, ready)] if held]
    note = _allowed(store, project, actor, before, ready, override)

    def write(connection: Connection) -> Saved:
        from review.store import shares, terms

        if owned(ready.termbase):
            _expect(connection, project, Named(ready.termbase, ready.id, version or 0), new=version is None)
            name, change = terms.put(connection, project, ready, actor, note=note)
        else:
            original = _foreign(connection, project, Named(ready.termbase, ready.id))
            mine = replace(ready, termbase=TERMBASE)
            if terms.one(connection, project, TERMBASE, mine.id) is not None:
                mine = replace(mine, id="")
            told = f"from {original.termbase} {note}".strip()
            name, change = terms.put(connection, project, mine, actor, act=EDITED, note=told)
            _without(connection, project, original, actor, instead=name, together=change)
        shares.changed(connection, project, [ready.termbase])
        termbase = ready.termbase if owned(ready.termbase) else TERMBASE
        stored = terms.one(connection, project, termbase, name)
        assert stored is not None
        return Saved(stored.concept, stored.version, change)

    return act(store, project, actor, write)


def remove(store: Store, project: int, actor: int, named: Sequence[Named]) -> int:
    """Take concepts away, or switch off those that are not the project's own, as one act.

    Returns the number of the act's first change, for ``undo``. Raises ConflictError, AccessError.
    """
    if not named:
        raise InputError("No concept is chosen; tick some.")

    def write(connection: Connection) -> int:
        from review.store import shares

        first: int | None = None
        for one in named:
            change = _away(connection, project, one, actor, first, REMOVED, OFF)
            first = first or change
        shares.changed(connection, project, {one.termbase for one in named})
        return first or 0

    return act(store, project, actor, write)


def use_again(store: Store, project: int, actor: int, named: Named) -> int:
    """Use a concept again that the project did without. Returns the number of the change.

    Raises ConflictError where it does not do without it, or where the termbase is not shared any more; MissingError,
    AccessError.
    """

    def write(connection: Connection) -> int:
        from review.store import concept_changes, shares, terms

        if (named.termbase, named.id) not in concept_changes.off(connection, project):
            raise ConflictError("This concept is used here already; reload the page.")
        concept = _original(connection, project, named)
        concept_changes.use_again(connection, project, named.termbase, named.id)
        shares.changed(connection, project)
        return terms.record(connection, project, concept, actor, act=ON, there=True)

    return act(store, project, actor, write)


def merge(
    store: Store, project: int, actor: int, concept: Concept, named: Sequence[Named], *, override: str = ""
) -> Saved:
    """Make one concept of several: ``concept`` (as ``merging.united`` made it, perhaps edited) takes the place of the
    first of ``named``, and the others go. One act. Raises InputError, ConflictError, AccessError, and RefusedError as
    ``save`` does.
    """
    if len(named) < 2:
        raise InputError("A merge needs two concepts at least; tick another one.")
    ready = checked(concept)
    first, *others = named
    with store.read() as connection:
        before = [held for one in named if (held := _now(connection, project, one))]
    told = _allowed(store, project, actor, before, ready, override)

    def write(connection: Connection) -> Saved:
        from review.store import shares, terms

        note = f"with {', '.join(one.id for one in others)} {told}".strip()
        if owned(first.termbase):
            _expect(connection, project, first)
            mine = replace(ready, id=first.id, termbase=first.termbase)
            name, change = terms.put(connection, project, mine, actor, act=MERGED, note=note)
        else:
            original = _foreign(connection, project, first)
            mine = replace(ready, id=first.id, termbase=TERMBASE)
            if terms.one(connection, project, TERMBASE, first.id) is not None:
                mine = replace(mine, id="")
            name, change = terms.put(connection, project, mine, actor, act=MERGED, note=note)
            _without(connection, project, original, actor, instead=name, together=change)
        together = change or None
        for one in others:
            done = _away(connection, project, one, actor, together, MERGED, OFF, into=name)
            together = together or done
        shares.changed(connection, project, {one.termbase for one in named})
        stored = terms.one(connection, project, mine.termbase, name)
        assert stored is not None
        return Saved(stored.concept, stored.version, together or 0)

    return act(store, project, actor, write)


def owned(termbase: str) -> bool:
    """Whether a termbase of this name is a project's own: neither shipped nor another project's."""
    return termbase not in {path.stem for path in files()} and not re.search(r"@\d+$", termbase)


def _allowed(store: Store, project: int, actor: int, before: Sequence[Concept], ready: Concept, override: str) -> str:
    """The note of a change that was objected to and made all the same; "" where nothing speaks against it."""
    from review.store import people

    with store.read() as connection:
        role = people.role(connection, project, actor)
    if role not in people.WRITERS:
        raise AccessError("You may look at this project and not change it; ask its owner.")
    found = objections(store, project, before, ready)
    if not found:
        return ""
    if not override.strip():
        raise RefusedError(" ".join(found))
    if role not in SHARERS:
        raise AccessError(f"{found[0]} Only a lead or an owner may save it all the same.")
    return f"all the same: {' '.join(override.split())[:500]}"


def _now(connection: Connection, project: int, concept: Concept | Named) -> Concept | None:
    from review.store import terms

    if not owned(concept.termbase):
        return _original(connection, project, Named(concept.termbase, concept.id))
    stored = terms.one(connection, project, concept.termbase, concept.id)
    return stored.concept if stored else None


def _away(
    connection: Connection, project: int, one: Named, actor: int, together: int | None, act: str, off: str,
    into: str = "",
) -> int:  # fmt: skip
    from review.store import terms

    note = f"into {into}" if into else ""
    if owned(one.termbase):
        _expect(connection, project, one)
        return terms.take(connection, project, one.termbase, one.id, actor, act=act, note=note, together=together)
    return _without(connection, project, _foreign(connection, project, one), actor, instead=into, together=together)


def _without(
    connection: Connection, project: int, concept: Concept, actor: int, *, instead: str, together: int | None
) -> int:
    from review.store import concept_changes, terms

    concept_changes.do_without(connection, project, concept.termbase, concept.id, actor, instead)
    return terms.record(connection, project, concept, actor, act=OFF, there=False, note=instead, together=together)


def _original(connection: Connection, project: int, named: Named) -> Concept:
    """A shipped concept, or another project's that it shares, as its termbase has it now.

    Raises ConflictError where the termbase is not shared any more, MissingError.
    """
    from review.store import shares, terms

    if named.termbase in by_name():
        found = next((one for one in by_name()[named.termbase] if one.id == named.id), None)
    elif named.termbase not in {one.key for one in shares.others(connection, project)}:
        raise ConflictError(f"The termbase {named.termbase!r} is not shared any more; reload the page.")
    else:
        title, _, owner = named.termbase.rpartition("@")
        stored = terms.one(connection, int(owner), title, named.id)
        found = replace(stored.concept, termbase=named.termbase) if stored else None
    if found is None:
        raise MissingError(f"There is no concept {named.id!r} in {named.termbase!r} any more; reload the page.")
    return found


def _foreign(connection: Connection, project: int, named: Named) -> Concept:
    """The same, for a project that uses it. Raises ConflictError where it does without it already."""
    from review.store import concept_changes

    if (named.termbase, named.id) in concept_changes.off(connection, project):
        _clash(connection, project, named)
    return _original(connection, project, named)


def _expect(connection: Connection, project: int, named: Named, *, new: bool = False) -> None:
    """Raises ConflictError where the concept is not of the version that somebody saw."""
    from review.store import terms

    stored = terms.one(connection, project, named.termbase, named.id) if named.id else None
    if (stored.version if stored else None) != (None if new else named.version):
        _clash(connection, project, named)


def _clash(connection: Connection, project: int, named: Named) -> NoReturn:
    from review.store import concept_changes, terms

    changes = concept_changes.of_concept(connection, project, named.termbase, named.id)
    stored = terms.one(connection, project, named.termbase, named.id)
    who = changes[0].by if changes else "Somebody"
    what = "changed" if stored else ("switched off" if not owned(named.termbase) else "removed")
    current: dict[str, object] = {"version": stored.version if stored else None, "by": who}
    if changes:
        current["at"] = changes[0].at
    raise ConflictError(f"{who} {what} this concept in the meantime; nothing of yours was lost or saved.", current)

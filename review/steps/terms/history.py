"""What was done to a concept, by whom and when; a version put back, an act undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from review.errors import ConflictError, RefusedError
from review.model import Concept, Condition, Term
from review.steps.terms.acting import act
from review.steps.terms.adding import TERMBASE
from review.steps.terms.editing import OFF, ON, PUT_BACK, UNDONE, Saved, owned

if TYPE_CHECKING:
    from review.store import Connection, Store
    from review.store.concept_changes import Change


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in a concept: "before" or "after" is "" where it was not there."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a concept. ``change`` is the number of the change that made it; ``concept`` is None where it was
    taken away. ``at`` is in UTC microseconds.
    """

    change: int
    number: int
    act: str
    by: str
    at: int
    note: str
    concept: Concept | None
    differences: tuple[Difference, ...]


def history(connection: Connection, project: int, termbase: str, name: str) -> list[Version]:
    """The versions of a concept, the last first. What was never changed since it came has none."""
    from review.store import concept_changes

    found = []
    for change in concept_changes.of_concept(connection, project, termbase, name):
        before = change.before
        if before is None and change.note.startswith("from "):
            beside = concept_changes.together(connection, project, change.group)
            before = next((one.before for one in beside if one.act == OFF), None)
        found.append(
            Version(
                change.number, change.version, change.act, change.by, change.at, change.note, change.after,
                tuple(differences(before, change.after)),
            )
        )  # fmt: skip
    return found


def differences(before: Concept | None, after: Concept | None) -> Iterator[Difference]:
    """What is not the same in two versions of a concept, field by field and term by term."""
    none = Concept("", ())
    old, new = before or none, after or none
    for name in ("subject", "definition", "example_source", "example", "category", "strict"):
        one, other = getattr(old, name), getattr(new, name)
        if one != other:
            yield Difference(name.replace("_", " "), _word(one), _word(other))
    olds = {(term.language, term.text): term for term in old.terms}
    news = {(term.language, term.text): term for term in new.terms}
    for key, term in olds.items():
        if key not in news:
            yield Difference(term.status, term.text, "")
    for key, term in news.items():
        if key not in olds:
            yield Difference(term.status, "", term.text)
        elif olds[key] != term:
            yield Difference(term.text, _details(olds[key], term), _details(term, olds[key]))
    same = [key for key in news if key in olds]
    if same != [key for key in olds if key in news]:
        yield Difference("order", " · ".join(text for _, text in olds), " · ".join(text for _, text in news))


def undo(store: Store, project: int, actor: int, number: int) -> int:
    """Take back the act that a change belongs to, whole. Returns the number of the new act's first change.

    Where it was the acceptance of a proposal, that is open again.

    Raises ConflictError where one of its concepts was changed since, MissingError, AccessError.
    """

    def write(connection: Connection) -> int:
        from review.store import concept_changes, shares

        one = concept_changes.get(connection, project, number)
        changes = concept_changes.together(connection, project, one.group)
        first: int | None = None
        for change in reversed(changes):
            made = _back(connection, project, actor, change, first)
            first = first or made
        shares.changed(connection, project, {change.termbase for change in changes})
        return first or 0

    return act(store, project, actor, write)


def put_back(store: Store, project: int, actor: int, number: int, version: int | None) -> Saved:
    """Make a concept what it was after the change ``number``; ``version`` is the one that was seen (None: removed).

    Raises RefusedError where there was nothing after that change, ConflictError where somebody changed it since.
    """

    def write(connection: Connection) -> Saved:
        from review.store import concept_changes, shares, terms

        change = concept_changes.get(connection, project, number)
        if change.after is None or not owned(change.termbase):
            raise RefusedError("There is no concept in this version; undo the removal instead.")
        stored = terms.one(connection, project, change.termbase, change.name)
        if (stored.version if stored else None) != version:
            raise ConflictError("Somebody changed this concept in the meantime; look at its history again.")
        note = f"version {change.version}"
        _, made = terms.put(connection, project, change.after, actor, act=PUT_BACK, note=note)
        shares.changed(connection, project, [change.termbase])
        now = terms.one(connection, project, change.termbase, change.name)
        assert now is not None
        return Saved(now.concept, now.version, made)

    return act(store, project, actor, write)


def _back(connection: Connection, project: int, actor: int, change: Change, together: int | None) -> int:
    from review.store import concept_changes, proposals, terms

    if not owned(change.termbase):
        off = (change.termbase, change.name) in concept_changes.off(connection, project)
        if off != (change.after is None):
            raise ConflictError(f"“{change.name}” was switched on or off since; nothing was undone.")
        concept = change.before or change.after
        assert concept is not None
        if off:
            concept_changes.use_again(connection, project, change.termbase, change.name)
        else:
            concept_changes.do_without(connection, project, change.termbase, change.name, actor, change.note)
        made = {"act": ON if off else OFF, "there": off, "note": change.note, "together": together}
        return terms.record(connection, project, concept, actor, **made)  # type: ignore[arg-type]
    stored = terms.one(connection, project, change.termbase, change.name)
    if (stored.concept if stored else None) != change.after:
        raise ConflictError(f"“{change.name}” was changed since; nothing was undone. Put a version of it back instead.")
    if change.termbase == TERMBASE and change.after is not None:
        kept = {term.text for term in change.before.terms} if change.before else set()
        gone = {term.text for term in change.after.terms} - kept
        proposals.open_again(connection, project, change.name, gone, actor)
    if change.before is None:
        return terms.take(connection, project, change.termbase, change.name, actor, act=UNDONE, together=together)
    wanted = replace(change.before, id=change.name, termbase=change.termbase)
    return terms.put(connection, project, wanted, actor, act=UNDONE, together=together)[1]


def _details(term: Term, other: Term) -> str:
    """What a term has that another version of it has not."""
    found = []
    for name in ("status", "matching", "part_of_speech", "instead", "note", "accepted", "evidence"):
        mine = getattr(term, name)
        if mine == getattr(other, name):
            continue
        if name == "evidence":
            mine = " ".join(part for part in (mine.user, mine.url, mine.date) if part)
        found.append(f"{name.replace('_', ' ')}: {_word(mine)}")
    mine, theirs = term.condition or Condition(), other.condition or Condition()
    for name in ("telling", "source", "not_source", "near", "not_near", "article"):
        if getattr(mine, name) != getattr(theirs, name):
            found.append(f"{name.replace('_', ' ')}: {_word(getattr(mine, name))}")
    return "; ".join(found)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "|".join(value) if isinstance(value, tuple) else str(value) or "none"

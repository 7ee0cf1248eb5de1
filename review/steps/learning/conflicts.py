"""Conflicts: two renderings preferred for the same words or the same source term, for somebody to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from review.errors import InputError, RefusedError
from review.model import Proposal
from review.steps.learning.deciding import accept
from review.steps.learning.proposing import uncovered
from review.store import Store

LEAST = 2
"""Segments that one person must have corrected in each way before that is a conflict; two people need one each."""

FEW = 5
"""A rendering that the same people preferred this many times less often than another is a slip of theirs."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Proposals of which at most one can be right, those with the most corrections first.

    ``deprecated`` is what all of them replace, "" where they only share the ``source`` term.
    """

    source: str
    deprecated: str
    sides: tuple[Proposal, ...]


def conflicts(store: Store, project: int) -> list[Conflict]:
    """The project's conflicts, those with the most corrections first."""
    return among(uncovered(store, project, ("open", "faint")))


def among(found: Sequence[Proposal]) -> list[Conflict]:
    """The conflicts among open and faint proposals."""
    groups: dict[tuple[str, str], list[Proposal]] = defaultdict(list)
    for one in found:
        groups["words", one.keys[0]].append(one)
        if one.source:
            groups["source", one.source].append(one)
    made: list[Conflict] = []
    taken: set[int] = set()
    for kind in ("words", "source"):
        for (which, _), members in groups.items():
            if which != kind:
                continue
            sides = _sides([one for one in members if one.id not in taken], kind)
            if len(sides) > 1:
                taken |= {side.id for side in sides}
                shared = {side.source for side in sides}
                wrong = sides[0].deprecated if kind == "words" else ""
                made.append(Conflict(shared.pop() if len(shared) == 1 else sides[0].source, wrong, tuple(sides)))
    return sorted(made, key=lambda one: (-sum(side.times for side in one.sides), one.sides[0].id))


def settle(store: Store, project: int, actor: int, chosen: int, reason: str, *, override: str = "") -> str:
    """Decide a conflict: ``chosen`` becomes an entry, the other sides are declined, and both say who decided and why.

    Returns the concept's id. Raises RefusedError where the proposal is no side of a conflict, InputError for no reason
    or one that is too long, and what ``accept`` raises; then nothing is decided.
    """
    found = next((one for one in conflicts(store, project) if chosen in {side.id for side in one.sides}), None)
    if found is None:
        raise RefusedError("The proposal is in no conflict any more; look at the list again.")
    if not reason.strip():
        raise InputError("Say in a few words why this rendering is the right one.")
    others = [side for side in found.sides if side.id != chosen]
    return accept(store, project, actor, chosen, note=reason, override=override, others=others)


def _sides(members: Sequence[Proposal], kind: str) -> list[Proposal]:
    """Those that count as sides: of different right words, and not outvoted by the same people."""
    ordered = sorted(members, key=lambda one: (-one.times, one.id))
    sides: list[Proposal] = []
    for one in ordered:
        if any(one.keys[1] == other.keys[1] for other in sides):
            continue
        if kind == "words" and not all(_meets(one.source, other.source) for other in sides):
            continue
        if kind == "source" and any(_parts(one, other) for other in sides):
            continue
        if all(_against(one, other) for other in sides):
            sides.append(one)
    return sides


def _against(one: Proposal, other: Proposal) -> bool:
    """Whether the smaller side ``one`` stands up to the larger: by another person, or often enough."""
    if set(_names(one.people)) - set(_names(other.people)):
        return True
    return one.times >= LEAST and one.times * FEW > other.times


def _names(people: Iterable[tuple[str, int]]) -> list[str]:
    return [name for name, _ in people]


def _meets(one: str, other: str) -> bool:
    """Whether two source terms may be the same: one is not known, or within the other."""
    return not one or not other or one in other or other in one


def _parts(one: Proposal, other: Proposal) -> bool:
    """Whether one right rendering shares words with the other, or both stand in one segment: parts of one phrase."""
    if set(one.keys[1].split()) & set(other.keys[1].split()):
        return True
    return bool({found.segment for found in one.evidence} & {found.segment for found in other.evidence})

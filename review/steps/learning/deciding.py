"""Decisions about proposals: by leads and owners; by reviewers only where a project has neither."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from review.errors import AccessError, InputError, RefusedError
from review.model import Proposal
from review.steps import terms as termbases
from review.steps.learning.impacts import edited, wording
from review.steps.terms.adding import TERMBASE, concept_of, guess, put
from review.steps.terms.checking import DECIDERS
from review.store import Connection, Store, people, proposals, terms
from review.text.termbase import WRONG, primary

MOST_REASON = 1000


def may_decide(connection: Connection, project: int, actor: int) -> bool:
    """Whether the actor decides about proposals: an entry flags in everybody's articles, so a lead or an owner does.

    A project that has neither is not to be left without: there its reviewers decide.
    """
    role = people.role(connection, project, actor)
    if role in DECIDERS:
        return True
    return role == "reviewer" and all(member.role not in DECIDERS for member in people.members(connection, project))


def accept(
    store: Store,
    project: int,
    actor: int,
    number: int,
    *,
    source: str | None = None,
    deprecated: str | None = None,
    preferred: str | None = None,
    matching: str | None = None,
    note: str = "",
    override: str = "",
    others: Sequence[Proposal] = (),
) -> str:
    """Make a proposal an entry of the project's own termbase, as it is or with fields changed.

    From then on it is flagged everywhere: the project's batches are queued. The ``others``, the other sides of a
    conflict that ``note`` decides, are declined in the same transaction. Returns the concept's id. Raises
    AccessError where the actor may not decide, RefusedError where it was decided before, says otherwise than an entry
    of the project's own, goes in a circle, or would flag approved text (see ``terms.checking``; for the last two a
    reason to ``override`` lets a lead add it all the same), InputError for a term that cannot be, MissingError for a
    number that is none.
    """
    found = _decidable(store, project, actor, number)
    against = _reason(f"Another rendering was chosen: {note}") if others else ""
    if found.state == "accepted":
        raise RefusedError("The proposal was accepted already; change the entry on the Terms page.")
    made = edited(found, source=source, deprecated=deprecated, preferred=preferred, matching=matching)
    languages = (made.source_language or guess(made.source, "und"), made.target_language)
    name = made.matching == "name"
    concept_of(made.source, made.deprecated, made.preferred, "", languages, name=name)
    with store.read() as connection:
        _agrees(connection, project, made)
    objection = termbases.check(store, project, actor, wording(made), override)
    told = " ".join(part for part in (note.strip(), _grounds(made)) if part)
    if objection:
        told = f"{told} Added all the same: {override.strip()}"
    concept = concept_of(made.source, made.deprecated, made.preferred, told, languages, name=name)

    def write(connection: Connection) -> str:
        for one in (found, *others):
            _still(connection, project, one)
        key = put(connection, project, actor, concept)
        proposals.decide(
            connection, number, "accepted", actor, override.strip() or note.strip(), key,
            source=made.source, deprecated=made.deprecated, preferred=made.preferred, matching=made.matching,
        )  # fmt: skip
        for one in others:
            proposals.decide(connection, one.id, "declined", actor, against)
        return key

    return store.write(write)


def decline(store: Store, project: int, actor: int, number: int, reason: str) -> None:
    """Put a proposal away. It stays away until evidence of another kind comes: a correction by somebody who had made
    none like it before, or with another source term.

    Raises AccessError, MissingError; RefusedError for one that was accepted, InputError without a reason.
    """
    found = _decidable(store, project, actor, number)
    if found.state == "accepted":
        raise RefusedError("The proposal was accepted already; change or remove the entry on the Terms page.")
    said = _reason(reason)

    def write(connection: Connection) -> None:
        _still(connection, project, found)
        proposals.decide(connection, number, "declined", actor, said)

    store.write(write)


def reopen(store: Store, project: int, actor: int, number: int, reason: str = "") -> None:
    """Bring a declined proposal back for a new decision. Raises AccessError, MissingError, RefusedError."""
    found = _decidable(store, project, actor, number)
    if found.state != "declined":
        raise RefusedError("Only a declined proposal can be opened again.")

    def write(connection: Connection) -> None:
        _still(connection, project, found)
        proposals.decide(connection, number, "open", actor, " ".join(reason.split())[:MOST_REASON])

    store.write(write)


def _decidable(store: Store, project: int, actor: int, number: int) -> Proposal:
    """The proposal, if the actor may decide about it."""
    with store.read() as connection:
        if not may_decide(connection, project, actor):
            raise AccessError("Only a lead or an owner of the project decides about proposed terms; ask one of them.")
        return proposals.get(connection, project, number)


def _agrees(connection: Connection, project: int, made: Proposal) -> None:
    """Raise RefusedError where the project's own termbase has another rendering for the same wrong words."""
    for concept in terms.concepts(connection, project):
        if concept.termbase != TERMBASE:
            continue
        right = [term for term in concept.terms if term.status == "preferred"]
        ours = [term.text for term in right if primary(term.language) == primary(made.target_language)]
        sources = [term.text for term in right if primary(term.language) != primary(made.target_language)]
        wrong = {term.text.casefold() for term in concept.terms if term.status in WRONG and term.accepted}
        if made.deprecated.casefold() not in wrong or made.preferred in ours or not ours:
            continue
        if not made.source or not sources or any(one in made.source or made.source in one for one in sources):
            raise RefusedError(
                f"The project's terms say already that “{made.deprecated}” is to be written “{ours[-1]}”; "
                f"change that entry, or decline the proposal."
            )


def _still(connection: Connection, project: int, found: Proposal) -> None:
    """Raise RefusedError where somebody else decided meanwhile."""
    if proposals.get(connection, project, found.id).state != found.state:
        raise RefusedError("Somebody else decided about this proposal just now; look at it again.")


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise InputError("Say in a few words why the proposal is declined, so that others need not ask.")
    if len(reason) > MOST_REASON:
        raise InputError(f"The reason is longer than {MOST_REASON:,} characters; shorten it.")
    return reason


def _grounds(found: Proposal) -> str:
    """What the entry rests on, for its note: kept with the entry even where it goes to another program."""
    if not found.times:
        return ""
    who = ", ".join(f"{name} ({count})" for name, count in found.people)
    days = sorted({datetime.fromtimestamp(one.at / 1e6, UTC).date().isoformat() for one in found.evidence})
    when = "" if not days else f", {days[0]}" if len(days) == 1 else f", {days[0]} to {days[-1]}"
    segments = "segment" if found.times == 1 else "segments"
    return f"Learned from corrections of {found.times:,} {segments}: {who}{when}."

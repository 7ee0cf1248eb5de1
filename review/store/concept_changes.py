"""What was done to concepts, by whom and when; and the concepts that a project does without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select

from review.errors import MissingError
from review.model import Concept
from review.store import schema as s
from review.store import terms
from review.store.clock import now


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a concept. ``version`` is the concept's after it; ``before`` or ``after`` is None where it was not
    there. ``group`` is the number of the first change of the same act; ``by`` is the name of who made it.
    """

    number: int
    project: int
    termbase: str
    name: str
    version: int
    act: str
    actor: int
    by: str
    at: int
    before: Concept | None
    after: Concept | None
    note: str
    group: int


def of_concept(connection: Connection, project: int, termbase: str, name: str) -> list[Change]:
    """What was done to one concept, the last first."""
    c = s.concept_change.c
    return _read(connection, (c.project == project) & (c.termbase == termbase) & (c.name == name), last_first=True)


def recent(connection: Connection, project: int, limit: int = 20) -> list[Change]:
    """The last changes in a project, the last first."""
    return _read(connection, s.concept_change.c.project == project, last_first=True, limit=limit)


def get(connection: Connection, project: int, number: int) -> Change:
    """One change. Raises MissingError."""
    found = _read(connection, (s.concept_change.c.project == project) & (s.concept_change.c.id == number))
    if not found:
        raise MissingError("There is no such change of a concept; reload the page.")
    return found[0]


def together(connection: Connection, project: int, group: int) -> list[Change]:
    """All changes of one act, in their order."""
    c = s.concept_change.c
    return _read(connection, (c.project == project) & or_(c.id == group, c.together == group))


def touched_by(connection: Connection, project: int, actor: int) -> set[tuple[str, str]]:
    """The concepts that somebody changed, by termbase and id."""
    c = s.concept_change.c
    query = select(c.termbase, c.name).where(c.project == project, c.actor == actor).distinct()
    return {(row.termbase, row.name) for row in connection.execute(query)}


def off(connection: Connection, project: int) -> dict[tuple[str, str], str]:
    """The concepts that a project does without, by termbase and id: the id of its own that goes before, or ""."""
    c = s.concept_off.c
    query = select(c.termbase, c.name, c.instead).where(c.project == project)
    return {(row.termbase, row.name): row.instead for row in connection.execute(query)}


def do_without(connection: Connection, project: int, termbase: str, name: str, actor: int, instead: str = "") -> None:
    """Do without a concept of a termbase that is not the project's own."""
    use_again(connection, project, termbase, name)
    row = {"project": project, "termbase": termbase, "name": name, "instead": instead, "actor": actor, "at": now()}
    connection.execute(insert(s.concept_off).values(row))


def use_again(connection: Connection, project: int, termbase: str, name: str) -> None:
    """Use such a concept again."""
    c = s.concept_off.c
    connection.execute(delete(s.concept_off).where(c.project == project, c.termbase == termbase, c.name == name))


def _read(
    connection: Connection, wanted: ColumnElement[bool], *, last_first: bool = False, limit: int | None = None
) -> list[Change]:
    c = s.concept_change.c
    query = select(s.concept_change, s.actor.c.name.label("by")).join(s.actor, s.actor.c.id == c.actor).where(wanted)
    query = query.order_by(c.id.desc() if last_first else c.id)
    return [_change(row) for row in connection.execute(query if limit is None else query.limit(limit))]


def _change(row: Any) -> Change:
    def concept(text: str | None) -> Concept | None:
        return None if text is None else terms.unpacked(text, row.name, row.termbase)

    return Change(
        row.id, row.project, row.termbase, row.name, row.version, row.act, row.actor, row.by, row.at,
        concept(row.before), concept(row.after), row.note, row.together or row.id,
    )  # fmt: skip

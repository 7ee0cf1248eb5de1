"""Projects, actors, and who may do what where."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, union, update

from review.errors import InputError, MissingError
from review.store import schema as s
from review.store.clock import now

ROLES = ("owner", "lead", "reviewer", "viewer")
WRITERS = ("owner", "lead", "reviewer")
"""The roles that may record events."""

FILE = "file"
"""The issuer of raters that a file names. No identity provider is called so; nobody can sign in as one."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, as an identity provider names them; ``issuer`` is "local" where there is none."""

    id: int
    issuer: str
    subject: str
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """An actor and their role in a project."""

    actor: Actor
    role: str


def ensure_local(connection: Connection) -> tuple[int, int]:
    """The project "default" and its owner, the local user; made where missing. Returns (project, actor)."""
    project = ensure_project(connection, "default")
    actor = ensure_actor(connection, "local", "local", "Local user")
    if role(connection, project, actor) is None:
        grant(connection, project, actor, "owner")
    return project, actor


def ensure_project(connection: Connection, name: str) -> int:
    """The id of the project of that name, made where missing."""
    found = connection.scalar(select(s.project.c.id).where(s.project.c.name == name))
    if found is None:
        found = _made(connection.execute(insert(s.project).values(name=name, created_at=now())))
    return int(found)


def projects(connection: Connection) -> dict[int, str]:
    """Every project's name by id."""
    return {row.id: row.name for row in connection.execute(select(s.project.c.id, s.project.c.name))}


def database(connection: Connection) -> str:
    """A short name for this database, the same as long as it lives: 12 hex digits of when it was begun."""
    begun = connection.scalar(select(s.project.c.created_at).order_by(s.project.c.id).limit(1))
    return hashlib.sha256(str(begun).encode()).hexdigest()[:12]


def ensure_actor(connection: Connection, issuer: str, subject: str, name: str) -> int:
    """The id of the actor whom ``issuer`` calls ``subject``, made where missing."""
    query = select(s.actor.c.id).where(s.actor.c.issuer == issuer, s.actor.c.subject == subject)
    found = connection.scalar(query)
    if found is None:
        row = {"issuer": issuer, "subject": subject, "name": name, "created_at": now()}
        found = _made(connection.execute(insert(s.actor).values(row)))
    return int(found)


def ensure_rater(connection: Connection, batch: int, name: str) -> int:
    """The id of a rater that a batch's file names, made where missing: somebody without account and without rights.

    A name proves nothing, so it is never a member's, nor that of another batch's rater.
    """
    return ensure_actor(connection, FILE, f"{batch}:{name}", name)


def from_file(connection: Connection, ids: Iterable[int]) -> set[int]:
    """Those of these actors whom a file named as raters."""
    found: set[int] = set()
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), 500):
        here = s.actor.c.id.in_(wanted[start : start + 500])
        found.update(connection.scalars(select(s.actor.c.id).where(here, s.actor.c.issuer == FILE)))
    return found


def actor(connection: Connection, number: int) -> Actor:
    """One actor. Raises MissingError."""
    row = connection.execute(select(s.actor).where(s.actor.c.id == number)).first()
    if row is None:
        raise MissingError(f"There is no user {number}.")
    return Actor(row.id, row.issuer, row.subject, row.name)


def grant(connection: Connection, project: int, actor: int, role: str) -> None:
    """Give an actor a role in a project, instead of any they had. Raises InputError for an unknown role."""
    if role not in ROLES:
        raise InputError(f"{role!r} is no role; use {', '.join(ROLES)}.")
    here = (s.membership.c.project == project) & (s.membership.c.actor == actor)
    if connection.execute(update(s.membership).where(here).values(role=role)).rowcount == 0:
        connection.execute(insert(s.membership).values(project=project, actor=actor, role=role))


def revoke(connection: Connection, project: int, actor: int) -> None:
    """Take an actor out of a project."""
    here = (s.membership.c.project == project) & (s.membership.c.actor == actor)
    connection.execute(s.membership.delete().where(here))


def role(connection: Connection, project: int, actor: int) -> str | None:
    """The actor's role in the project; None where they are no member."""
    here = (s.membership.c.project == project) & (s.membership.c.actor == actor)
    return connection.scalar(select(s.membership.c.role).where(here))


def members(connection: Connection, project: int) -> list[Member]:
    """A project's members by name."""
    query = (
        select(s.actor, s.membership.c.role)
        .join(s.membership, s.membership.c.actor == s.actor.c.id)
        .where(s.membership.c.project == project)
        .order_by(s.actor.c.name, s.actor.c.id)
    )
    return [Member(Actor(row.id, row.issuer, row.subject, row.name), row.role) for row in connection.execute(query)]


def names(connection: Connection, article: int) -> dict[int, str]:
    """The names of those who did something in an article, by actor id."""
    acted = select(s.event.c.actor).where(s.event.c.article == article)
    left = select(s.state.c.actor).where(s.state.c.article == article)
    inside = union(acted, left)  # an act over several articles has none of its own
    rows = connection.execute(select(s.actor.c.id, s.actor.c.name).where(s.actor.c.id.in_(inside)))
    return {row.id: row.name for row in rows}


def _made(result: object) -> int:
    return int(result.inserted_primary_key[0])  # type: ignore[attr-defined]

"""Termbases shared with all projects of the installation: whose they are, and which projects have them on.

Another project knows a shared termbase by its name and its owner's number, ``news@3``; only its owner changes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from review.store import schema as s
from review.store.clock import now


@dataclass(frozen=True, slots=True)
class Shared:
    """A termbase that project ``owner`` (called ``project``) shares, with the number of its concepts."""

    owner: int
    name: str
    project: str
    concepts: int

    @property
    def key(self) -> str:
        """What other projects call it."""
        return key(self.owner, self.name)


def key(owner: int, name: str) -> str:
    """The name under which other projects have a termbase of the project ``owner``."""
    return f"{name}@{owner}"


def share(connection: Connection, project: int, name: str, actor: int) -> None:
    """Share a termbase; one that is shared stays so. The terms of projects that have it on still, from when it was
    shared before, get a new version.
    """
    if name not in own(connection, project):
        row = {"project": project, "name": name, "actor": actor, "at": now()}
        connection.execute(insert(s.shared_termbase).values(row))
        changed(connection, project, [name], itself=False)


def unshare(connection: Connection, project: int, name: str) -> None:
    """Share it no longer. The terms of projects that had it on get a new version."""
    changed(connection, project, [name], itself=False)
    c = s.shared_termbase.c
    connection.execute(delete(s.shared_termbase).where(c.project == project, c.name == name))


def own(connection: Connection, project: int) -> set[str]:
    """The names of the termbases that a project shares."""
    c = s.shared_termbase.c
    return set(connection.scalars(select(c.name).where(c.project == project)))


def others(connection: Connection, project: int) -> list[Shared]:
    """What other projects share, in the order in which they began to."""
    c, p, n = s.shared_termbase.c, s.project.c, s.concept.c
    number = select(func.count()).where(n.project == c.project, n.termbase == c.name).scalar_subquery()
    query = (
        select(c.project, c.name, p.name.label("whose"), number.label("number"))
        .join(s.project, p.id == c.project)
        .where(c.project != project)
        .order_by(c.at, c.project, c.name)
    )
    return [Shared(row.project, row.name, row.whose, row.number) for row in connection.execute(query)]


def followers(connection: Connection, project: int, names: Iterable[str] | None = None) -> list[int]:
    """The other projects that have one of these shared termbases of the project on (any, where none is named)."""
    shared = own(connection, project)
    wanted = sorted(shared if names is None else shared & set(names))
    if not wanted:
        return []
    t = s.termbase.c
    keys = [key(project, name) for name in wanted]
    query = select(t.project).where(t.name.in_(keys), t.enabled, t.project != project).distinct().order_by(t.project)
    return [int(number) for number in connection.scalars(query)]


def changed(connection: Connection, project: int, names: Iterable[str] = (), *, itself: bool = True) -> None:
    """Raise the version of the project's terms by one, and that of each project that has one of ``names`` on."""
    p = s.project.c
    wanted = [*([project] if itself else []), *followers(connection, project, names)]
    if wanted:
        connection.execute(update(s.project).where(p.id.in_(wanted)).values(terms_version=p.terms_version + 1))

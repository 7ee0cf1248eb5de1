"""Translation memories that were brought in: staged while they come in, visible when whole, removed by name."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from review.errors import InputError, MissingError, StoreError
from review.model import Unit
from review.store import schema as s
from review.store import texts
from review.store.batches import LEASE, Pace
from review.store.clock import now
from review.store.filling import take_ids
from review.store.process import alive, owner
from review.store.texts import add_missing, canonical, digest

if TYPE_CHECKING:
    from review.store.door import Store

REMOVED = 500
"""Units deleted with the lock held once."""

_M, _U = s.memory.c, s.unit.c


@dataclass(frozen=True, slots=True)
class MemoryRow:
    """A memory. ``languages`` are (source, target, units); ``created_at`` is UTC microseconds, ``by`` a name."""

    id: int
    project: int
    name: str
    units: int
    languages: tuple[tuple[str, str, int], ...]
    by: str
    created_at: int
    header: Mapping[str, Any]


class UnitRow(NamedTuple):
    """A unit of a visible memory, both its texts there; ``key`` is its id."""

    key: int
    memory: int
    unit: Unit


def create(connection: Connection, project: int, actor: int, name: str, header: Mapping[str, Any]) -> int:
    """Begin a memory that nobody sees yet. Raises InputError where the project has one of that name."""
    name = name.strip()
    if not name or len(name) > 200:
        raise InputError("A memory's name has 1 to 200 characters; give it one.")
    _unique(connection, project, name)
    made = connection.execute(
        insert(s.memory).values(
            project=project,
            name=name,
            state="staged",
            header=canonical(header),
            languages="[]",
            created_by=actor,
            created_at=now(),
            owner=owner(),
            lease_until=now() + LEASE,
        )
    )
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def add_units(
    store: Store, memory: int, units: Iterable[Unit], progress: Callable[[int], None] | None = None
) -> Counter[tuple[str, str]]:
    """Write units into a staged memory in small transactions. Returns how many of each pair of languages there are.

    Raises StoreError where the memory is no longer staged. ``progress`` is called with the number of units written so
    far; what it raises ends the import.
    """
    counts: Counter[tuple[str, str]] = Counter()
    pace = Pace()
    for part in _groups(units, pace):
        counts.update((unit.source_language, unit.target_language) for unit in part)
        rows = [_row(unit) for unit in part]
        bodies = {digest(body): body for unit in part for body in (unit.source, unit.target)}
        store.write(partial(_write, memory=memory, rows=rows, bodies=bodies, pace=pace), background=True)
        if progress:
            progress(counts.total())
    return counts


def publish(connection: Connection, memory: int, counts: Mapping[tuple[str, str], int]) -> None:
    """Show a staged memory. Raises StoreError where it is not staged any more, InputError where its name was taken."""
    row = connection.execute(select(_M.project, _M.name).where(_M.id == memory)).one()
    _unique(connection, row.project, row.name)
    pairs = [[source, target, count] for (source, target), count in sorted(counts.items())]
    done = connection.execute(
        update(s.memory)
        .where(_M.id == memory, _M.state == "staged")
        .values(state="visible", languages=canonical(pairs), units=sum(counts.values()), owner="", lease_until=0)
    )
    if done.rowcount == 0:
        raise StoreError("The import was given up meanwhile; import the file again.")


def discard(connection: Connection, memory: int) -> None:
    """Hide a memory for good; ``sweep`` removes its units."""
    connection.execute(update(s.memory).where(_M.id == memory).values(state="discarded", owner=""))


def remove(connection: Connection, project: int, name: str) -> MemoryRow:
    """Hide the memory of that name. Returns it as it was. Raises MissingError."""
    found = named(connection, project, name)
    discard(connection, found.id)
    return found


def named(connection: Connection, project: int, name: str) -> MemoryRow:
    """The visible memory of that name. Raises MissingError."""
    there = rows(connection, project)
    found = next((row for row in there if row.name == name), None)
    if found is None:
        known = ", ".join(row.name for row in there)
        raise MissingError(f"There is no memory {name!r}; {f'there are: {known}' if known else 'none was imported'}.")
    return found


def rows(connection: Connection, project: int) -> list[MemoryRow]:
    """The project's visible memories by name."""
    query = (
        select(s.memory, s.actor.c.name.label("by"))
        .join(s.actor, s.actor.c.id == _M.created_by)
        .where(_M.project == project, _M.state == "visible")
        .order_by(_M.name, _M.id)
    )
    return [
        MemoryRow(
            id=row.id,
            project=row.project,
            name=row.name,
            units=row.units,
            languages=tuple((one, two, count) for one, two, count in json.loads(row.languages)),
            by=row.by,
            created_at=row.created_at,
            header=json.loads(row.header),
        )
        for row in connection.execute(query)
    ]


def units(connection: Connection, memory: int, after: int = 0, limit: int = 1000) -> tuple[list[UnitRow], int | None]:
    """A page of a memory's units in file order, from the one after ``after`` (a key) on, and the key to go on after,
    None at the end. Units whose text was erased are left out.
    """
    query = select(s.unit).where(_U.memory == memory, _U.id > after).order_by(_U.id).limit(limit)
    found = list(connection.execute(query))
    return _units(connection, found), found[-1].id if len(found) == limit else None


def by_keys(connection: Connection, project: int, keys: Iterable[int]) -> dict[int, UnitRow]:
    """Units of the project's visible memories by their ids."""
    wanted = sorted(keys)
    visible = select(_M.id).where(_M.project == project, _M.state == "visible")
    query = select(s.unit).where(_U.id.in_(wanted), _U.memory.in_(visible))
    return {row.key: row for row in _units(connection, list(connection.execute(query)))}


def give_up_leftovers(connection: Connection) -> None:
    """Discard staged memories whose importer is gone: called whenever the store is opened."""
    query = select(_M.id, _M.owner, _M.lease_until).where(_M.state == "staged")
    for number, by, until in list(connection.execute(query)):
        running = alive(by)
        if running is False or (running is None and until < now()):
            discard(connection, number)


def sweep(store: Store) -> int:
    """Remove discarded memories, a little at a time. Returns how many. The worker calls it."""
    with store.read() as connection:
        found = list(connection.scalars(select(_M.id).where(_M.state == "discarded")))
    for number in found:
        part = select(_U.id).where(_U.memory == number).limit(REMOVED)
        away = delete(s.unit).where(_U.id.in_(part))
        while store.write(partial(_execute, away), background=True):
            pass
        store.write(partial(_execute, delete(s.memory).where(_M.id == number)), background=True)
    return len(found)


def _execute(statement: Any, connection: Connection) -> int:
    return int(connection.execute(statement).rowcount)


def _unique(connection: Connection, project: int, name: str) -> None:
    same = select(_M.id).where(_M.project == project, _M.name == name, _M.state == "visible")
    if connection.scalar(same.limit(1)) is not None:
        raise InputError(f"There is a memory {name!r} already; remove it first, or choose another name.")


def _groups(units: Iterable[Unit], pace: Pace) -> Iterator[list[Unit]]:
    group: list[Unit] = []
    for unit in units:
        group.append(unit)
        if len(group) >= pace.size:
            yield group
            group = []
    if group:
        yield group


def _row(unit: Unit) -> dict[str, Any]:
    return {
        "number": unit.number,
        "source_hash": digest(unit.source),
        "target_hash": digest(unit.target),
        "source_language": unit.source_language,
        "target_language": unit.target_language,
        "by": unit.by,
        "at": unit.at,
        "note": unit.note,
        "props": canonical(unit.props),
    }


def _write(
    connection: Connection, memory: int, rows: list[dict[str, Any]], bodies: dict[bytes, str], pace: Pace
) -> None:
    begun = time.perf_counter()
    staged = update(s.memory).where(_M.id == memory, _M.state == "staged")
    if connection.execute(staged.values(lease_until=now() + LEASE, owner=owner())).rowcount == 0:
        raise StoreError("The import was given up meanwhile; import the file again.")
    add_missing(connection, [{"hash": key, "body": bodies[key]} for key in sorted(bodies)])
    first = take_ids(connection, "unit", len(rows))
    connection.execute(insert(s.unit), [{"id": first + at, "memory": memory, **row} for at, row in enumerate(rows)])
    pace.took(time.perf_counter() - begun)


def _units(connection: Connection, found: list[Any]) -> list[UnitRow]:
    bodies = texts.get(connection, [key for row in found for key in (row.source_hash, row.target_hash)])
    made = []
    for row in found:
        source, target = bodies.get(row.source_hash), bodies.get(row.target_hash)
        if source is None or target is None or isinstance(source, texts.Erased) or isinstance(target, texts.Erased):
            continue
        unit = Unit(
            source=source,
            target=target,
            source_language=row.source_language,
            target_language=row.target_language,
            by=row.by,
            at=row.at,
            note=row.note,
            number=row.number,
            props=json.loads(row.props),
        )
        made.append(UnitRow(row.id, row.memory, unit))
    return made

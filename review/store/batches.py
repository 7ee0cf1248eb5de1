"""Batches: one import each, staged while it comes in, visible when it is whole."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, update

from review.errors import MissingError, StoreError
from review.model import Article, ReadingHeader
from review.store import blobs
from review.store import schema as s
from review.store.clock import now
from review.store.filling import Part, prepare, write_parts
from review.store.process import alive, owner
from review.store.texts import canonical

if TYPE_CHECKING:
    from review.store.door import Store

LEASE = 15 * 60 * 1_000_000
"""Microseconds without a sign of life after which a staged batch counts as left behind."""

HOLD = 0.010
"""Seconds that an import holds the write lock at a time, if it can."""

CHUNK = 200
REMOVED = 500
LEAST, MOST = 20, 4000
"""Segments written with the lock held once: at first, and the bounds within which that is adapted to HOLD."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch and what its articles add up to. ``created_at`` is UTC microseconds."""

    id: int
    project: int
    name: str
    state: str
    created_at: int
    articles: int
    segments: int
    words: int
    done_words: int
    changed: int
    open_flags: int
    systems: tuple[str, ...] = ()


def create(
    connection: Connection,
    project: int,
    actor: int,
    name: str,
    header: ReadingHeader,
    original: bytes | str | None = None,
) -> int:
    """Begin a batch that nobody sees yet.

    ``original`` is the file as it came, or the SHA-256 in hex under which ``blobs`` keeps it already.
    """
    if isinstance(original, bytes):
        original = blobs.put(connection, original)
    digest = None if original is None else bytes.fromhex(original)
    made = connection.execute(
        insert(s.batch).values(
            project=project,
            name=name,
            state="staged",
            header=canonical(asdict(header)),
            original=digest,
            created_by=actor,
            created_at=now(),
            owner=owner(),
            lease_until=now() + LEASE,
        )
    )
    return _made(made)


def add_articles(
    store: Store, batch: int, articles: Iterable[Article], progress: Callable[[int], None] | None = None
) -> list[int]:
    """Write articles into a staged batch in small transactions, so that reviewers keep typing. Returns their ids.

    Raises StoreError where the batch is no longer staged.
    ``progress`` is called with the number of segments written so far; what it raises ends the import.
    """
    ids: list[int] = []
    done = 0
    pace = Pace()
    for parts in _groups(articles, pace):
        last = ids[-1] if ids else None
        ids += store.write(partial(_write, batch=batch, parts=parts, into=last, pace=pace), background=True)
        done += sum(len(part.rows) for part in parts)
        if progress:
            progress(done)
    return ids


def _write(connection: Connection, batch: int, parts: list[Part], into: int | None, pace: Pace) -> list[int]:
    begun = time.perf_counter()
    _renew(connection, batch)
    made = write_parts(connection, batch, parts, into)
    pace.took(time.perf_counter() - begun)
    return made


class Pace:
    """How many segments are written with the lock held once, so that it is held about HOLD seconds."""

    def __init__(self) -> None:
        self.size = CHUNK

    def took(self, seconds: float) -> None:
        fitting = self.size * HOLD / max(seconds, 1e-6)
        self.size = int(min(max(fitting, self.size / 2, LEAST), self.size * 2, MOST))


def _groups(articles: Iterable[Article], pace: Pace) -> Iterator[list[Part]]:
    """Cut a stream of articles into groups of about ``pace.size`` segments, prepared outside the lock.

    A part that does not begin its article is the first of its group.
    """
    group: list[Part] = []
    room = pace.size
    for article in articles:
        start = 0
        while True:
            part = article.segments[start : start + room]
            group.append(prepare(replace(article, segments=part), begins=start == 0))
            start += len(part)
            room -= max(len(part), 1)
            if room <= 0:
                yield group
                group, room = [], pace.size
            if start >= len(article.segments):
                break
    if group:
        yield group


def publish(connection: Connection, batch: int) -> None:
    """Show a staged batch. Raises StoreError where it is not staged any more."""
    done = connection.execute(
        update(s.batch)
        .where(s.batch.c.id == batch, s.batch.c.state == "staged")
        .values(state="visible", published_at=now(), owner="", lease_until=0)
    )
    if done.rowcount == 0:
        raise StoreError("The import was given up meanwhile; import the file again.")


def discard(connection: Connection, batch: int) -> None:
    """Hide a batch for good; the worker removes what it holds, unless reviewers worked in it."""
    connection.execute(update(s.batch).where(s.batch.c.id == batch).values(state="discarded", owner=""))


def rows(connection: Connection, project: int) -> list[BatchRow]:
    """The project's visible batches, newest first."""
    systems: dict[int, list[str]] = {}
    named = (
        select(s.article.c.batch, s.article.c.system)
        .join(s.batch)
        .where(s.batch.c.project == project, s.batch.c.state == "visible")
        .group_by(s.article.c.batch, s.article.c.system)
        .order_by(func.min(s.article.c.position))
    )
    for number, system in connection.execute(named):
        systems.setdefault(number, []).append(system)
    query = _summed().where(s.batch.c.project == project, s.batch.c.state == "visible").order_by(s.batch.c.id.desc())
    return [_row(row, tuple(systems.get(row.id, ()))) for row in connection.execute(query)]


def get(connection: Connection, batch: int) -> BatchRow:
    """One batch that is not discarded. Raises MissingError."""
    row = connection.execute(_summed().where(s.batch.c.id == batch, s.batch.c.state.in_(("staged", "visible")))).first()
    if row is None:
        raise MissingError(f"There is no batch {batch}; choose one from the list.")
    named = (
        select(s.article.c.system)
        .where(s.article.c.batch == batch)
        .group_by(s.article.c.system)
        .order_by(func.min(s.article.c.position))
    )
    return _row(row, tuple(connection.scalars(named)))


def ids(connection: Connection, project: int) -> list[int]:
    """The ids of the project's visible batches, oldest first."""
    b = s.batch.c
    return list(connection.scalars(select(b.id).where(b.project == project, b.state == "visible").order_by(b.id)))


def reached(connection: Connection, event: int) -> list[int]:
    """The batches that an event (by its ``seq``) has segments of."""
    t = s.event_target.c
    inside = select(s.segment.c.article).join(s.event_target, t.segment == s.segment.c.id).where(t.seq == event)
    query = select(s.article.c.batch).where(s.article.c.id.in_(inside)).distinct()
    return sorted(connection.scalars(query))


def flagged_otherwise(connection: Connection, project: int, rules: str) -> list[tuple[int, int]]:
    """A project's visible batches flagged by other ``rules`` or terms than now: (id, who made it), oldest first."""
    a, b = s.article.c, s.batch.c
    other = (a.flagged_rules != rules) | (a.flagged_terms != s.project.c.terms_version)
    inside = select(a.id).where(a.batch == b.id, a.flagged_revision >= 0, other)
    query = select(b.id, b.created_by).join(s.project).where(b.project == project, b.state == "visible")
    return [(row.id, row.created_by) for row in connection.execute(query.where(inside.exists()).order_by(b.id))]


def find(connection: Connection, project: int, name: str | int) -> BatchRow:
    """The newest visible batch that a user may mean by a name or number; an int is an id, and means no other.

    Raises MissingError.
    """
    there = rows(connection, project)
    if isinstance(name, int):
        found = [row for row in there if row.id == name]
    else:
        found = [row for row in there if row.name == name or str(row.id) == name]
    if not found:
        raise MissingError(f"There is no batch {str(name)!r}; import it first.")
    return found[0]


def project_of(connection: Connection, batch: int, *, staged: bool = False) -> int:
    """The project of a visible batch, or of a ``staged`` one. Raises MissingError."""
    states = ("visible", "staged") if staged else ("visible",)
    query = select(s.batch.c.project).where(s.batch.c.id == batch, s.batch.c.state.in_(states))
    found = connection.scalar(query)
    if found is None:
        raise MissingError(f"There is no batch {batch}; choose one from the list.")
    return int(found)


def header(connection: Connection, batch: int) -> ReadingHeader:
    """What the imported file said about itself. Raises MissingError."""
    found = connection.scalar(select(s.batch.c.header).where(s.batch.c.id == batch))
    if found is None:
        raise MissingError(f"There is no batch {batch}; choose one from the list.")
    return ReadingHeader(**json.loads(found))


def original(connection: Connection, batch: int) -> bytes | None:
    """The imported file's bytes; None where none were kept."""
    digest = connection.scalar(select(s.batch.c.original).where(s.batch.c.id == batch))
    return None if digest is None else blobs.get(connection, digest.hex())


def original_sha(connection: Connection, batch: int) -> str | None:
    """The SHA-256, in hex, under which ``blobs`` keeps the imported file; None where none was kept."""
    digest = connection.scalar(select(s.batch.c.original).where(s.batch.c.id == batch))
    return None if digest is None else digest.hex()


def give_up_leftovers(connection: Connection) -> None:
    """Discard staged batches whose importer is gone: called whenever the store is opened."""
    b = s.batch.c
    query = select(b.id, b.owner, b.lease_until).where(b.state == "staged")
    for number, by, until in list(connection.execute(query)):
        running = alive(by)
        if running is False or (running is None and until < now()):
            discard(connection, number)


def sweep(store: Store) -> int:
    """Remove discarded batches, a little at a time. Returns how many. The worker calls it."""
    with store.read() as connection:
        found = list(connection.scalars(select(s.batch.c.id).where(s.batch.c.state == "discarded")))
    return sum(_remove(store, number) for number in found)


def _remove(store: Store, batch: int) -> bool:
    """Delete a discarded batch in small steps; one in which reviewers worked stays.

    The events of an import that was never shown (its post-edits) stay without their words, for the chain needs
    them; so do the rows of the batch and the articles that they name.
    """
    e, b = s.event.c, s.batch.c
    with store.read() as connection:
        recorded = connection.scalar(select(e.seq).where(e.batch == batch).limit(1)) is not None
        if recorded and connection.scalar(select(b.published_at).where(b.id == batch)) is not None:
            return False
    words = s.text.c.hash.in_(select(e.payload_hash).where(e.batch == batch))
    if recorded:
        store.write(lambda connection: connection.execute(update(s.text).where(words).values(body=None)).rowcount)
    here = select(s.article.c.id).where(s.article.c.batch == batch)
    tables = [(s.flag_count, "article"), (s.flag, "segment"), (s.risk, "segment"), (s.overtaken, "segment")]
    tables += [(s.judgement, "segment"), (s.state, "segment"), (s.beginning, "article"), (s.effort, "segment")]
    tables += [(s.error_span, "id"), (s.rating, "article"), (s.segment, "id")]
    for table, key in ((table, table.c[name]) for table, name in tables):
        part = select(key).where(table.c.article.in_(here)).limit(REMOVED)
        while store.write(partial(_delete, table, key.in_(part)), background=True):
            pass

    def last(connection: Connection) -> None:
        named = select(e.article).where(e.batch == batch, e.article.is_not(None))
        connection.execute(delete(s.article).where(s.article.c.batch == batch, s.article.c.id.not_in(named)))
        connection.execute(delete(s.survey).where(s.survey.c.batch == batch))
        connection.execute(update(s.run).where(s.run.c.batch == batch).values(batch=None))
        if recorded:
            connection.execute(update(s.batch).where(b.id == batch).values(state="removed", original=None))
        else:
            connection.execute(delete(s.batch).where(b.id == batch))

    store.write(last, background=True)
    return True


def _delete(table: Table, wanted: ColumnElement[bool], connection: Connection) -> int:
    return connection.execute(delete(table).where(wanted)).rowcount


def _row(row: Any, systems: tuple[str, ...]) -> BatchRow:
    return BatchRow(**row._mapping, systems=systems)


def _made(result: Any) -> int:
    return int(result.inserted_primary_key[0])


def _renew(connection: Connection, batch: int) -> None:
    done = connection.execute(
        update(s.batch)
        .where(s.batch.c.id == batch, s.batch.c.state == "staged")
        .values(lease_until=now() + LEASE, owner=owner())
    )
    if done.rowcount == 0:
        raise StoreError("The import was given up meanwhile; import the file again.")


def _summed() -> Any:
    a, b = s.article.c, s.batch.c
    counted = ("segments", "words", "done_words", "changed", "open_flags")
    return (
        select(
            *(b[name] for name in ("id", "project", "name", "state", "created_at")),
            func.count(a.id).label("articles"),
            *(func.coalesce(func.sum(a[name]), 0).label(name) for name in counted),
        )
        .select_from(s.batch.outerjoin(s.article, a.batch == b.id))
        .group_by(b.id)
    )

"""The memory of a project, kept current: parts on disk, and in this process what was done since they were written.

Each look-up asks the store for the project's last event. What changed since the last look is read and searched from
memory; where that is too much to be read at once, a job writes it to disk, and until then look-ups go on with what
there is and say so.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from weakref import WeakKeyDictionary, proxy

import numpy as np

from review.log import log
from review.settings import settings
from review.steps.memory import parts
from review.steps.memory.rows import Entry, Rows, joined, made, primary, without
from review.store import Connection, Store, jobs, memories, people, remembered
from review.store.memories import UnitRow
from review.store.remembered import Remembered

AT_ONCE = 1_500
"""Changed segments, or units, that a look-up takes in by itself; more are a job's."""
KEPT = 2_000
"""Changed segments held in memory before a job writes them to disk."""
SMALL = 8
"""Parts of the work beside the first, before they are written as one."""
LARGE = 0.25, 20_000
"""What changed since the first part was written, as a share of it and at least, before all is written anew."""
ASKED_SECONDS = 5.0
"""How often a look-up asks for the job."""
PAGE = 4_096

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class View:
    """Rows to search, and which of them count (None: all)."""

    rows: Rows
    alive: np.ndarray | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a look-up searches, the newest first; never changed. ``behind``: something is not in it yet."""

    views: tuple[View, ...]
    behind: bool
    masks: dict[tuple[int, str, str], np.ndarray] = field(default_factory=dict)

    def among(self, number: int, source: str, target: str) -> np.ndarray:
        """Which rows of view ``number`` count and are in these languages ("": in any), by their first subtags."""
        key = (number, primary(source), primary(target))
        found = self.masks.get(key)
        if found is None:
            view = self.views[number]
            fits = [_fits(pair, key[1], key[2]) for pair in view.rows.languages]
            found = np.array([*fits, False], dtype=bool)[np.minimum(view.rows.pairs, len(fits))]
            if view.alive is not None:
                found = found & view.alive
            self.masks[key] = found
        return found


def _fits(pair: tuple[str, str], source: str, target: str) -> bool:
    """A language that is not known fits every other."""
    both = ((primary(pair[0]), source), (primary(pair[1]), target))
    return all(one == other or not one or not other for one, other in both)


def entry(row: Remembered) -> Entry:
    """What is put in of a remembered segment."""
    return Entry(row.segment, row.batch, (row.source_language, row.target_language), row.source, row.target, row.at)


def entry_of_unit(row: UnitRow) -> Entry:
    """What is put in of a unit."""
    pair = (row.unit.source_language, row.unit.target_language)
    return Entry(row.key, 0, pair, row.unit.source, row.unit.target, row.unit.at or 0)


class Index:
    """One project's memory. ``snapshot`` may be called from any thread."""

    def __init__(self, store: Store, project: int) -> None:
        # Not the store itself: it is what this index is kept by, as long as it lives.
        self._store, self._project = cast(Store, proxy(store)), project
        with store.read() as connection:
            name = people.database(connection)
        self.folder = settings().cache_folder / "memory" / f"{name}-{project}"
        self._lock = threading.Lock()
        self._asked = 0.0
        self._seen: tuple[int, ...] = ()
        self._chain: list[parts.Part] = []
        self._units: dict[int, parts.Part] = {}
        self._visible: frozenset[int] = frozenset()
        self._reset()

    def _reset(self) -> None:
        """Forget what was read since the parts on disk were written."""
        self._seq = self._chain[-1].until if self._chain else 0
        self._head = self._chain[-1].head if self._chain else ""
        self._recent = made([], [], ())
        self._hidden: frozenset[int] = frozenset()
        self._snapshot: Snapshot | None = None

    @property
    def behind(self) -> bool:
        """Whether the last snapshot lacked something."""
        return self._snapshot is not None and self._snapshot.behind

    def snapshot(self) -> Snapshot:
        """The memory as it is now, as far as it can be read at once. Raises StoreError."""
        with self._lock:
            self._open()
            with self._store.read() as connection:
                found = self._refreshed(connection)
            if found.behind or len(self._recent.touched) > KEPT:
                self._ask()
            return found

    def _open(self) -> None:
        """Take in what is on disk, where that is not what it was."""
        seen: list[int] = []
        with suppress(OSError):
            seen = [self.folder.stat().st_mtime_ns]
        if tuple(seen) == self._seen:
            return
        self._seen = tuple(seen)
        known = {part.path: part for part in [*self._chain, *self._units.values()]}
        chain = _all([known.get(path) or parts.opened(path) for path in parts.chain(self.folder)])
        if [part.path for part in chain] != [part.path for part in self._chain]:
            self._chain = chain
            self._reset()
        units: dict[int, parts.Part] = {}
        for path in parts.names(self.folder):
            if path.name.startswith("memory-"):
                part = known.get(path) or parts.opened(path)
                if part:
                    units[part.rows.memory] = part
        if units.keys() != self._units.keys():
            self._snapshot = None
        self._units = units

    def _refreshed(self, connection: Connection) -> Snapshot:
        seq, head = remembered.head(connection, self._project)
        if seq < self._seq or (self._seq and remembered.hash_of(connection, self._seq) != self._head):
            # The database is an older one, put back: what was written of its future is wrong.
            self._forget_work()
        behind = False
        if seq > self._seq:
            changed = remembered.changed(connection, self._project, self._seq, seq, AT_ONCE)
            behind = len(changed) > AT_ONCE
            if not behind:
                self._take(connection, changed)
                self._seq, self._head = seq, head
        behind |= self._memories(connection)
        hidden = frozenset(remembered.hidden(connection, self._project, self._batches()))
        found = self._snapshot
        if found is None or hidden != self._hidden or behind != found.behind:
            self._hidden = hidden
            found = self._snapshot = Snapshot(tuple(self._views()), behind)
        return found

    def _take(self, connection: Connection, changed: Sequence[int]) -> None:
        if changed:
            found = [entry(row) for row in remembered.of(connection, self._project, changed)]
            self._recent = joined(self._recent, made(found, self._recent.languages, changed))
            self._snapshot = None

    def _memories(self, connection: Connection) -> bool:
        """See which memories there are; put small new ones on disk. True where one is still to be put there."""
        behind = False
        visible = memories.rows(connection, self._project)
        for row in visible:
            if row.id not in self._units:
                if row.units <= AT_ONCE and self._write_memory(row.id):
                    self._snapshot = None
                else:
                    behind = True
        there = frozenset(row.id for row in visible)
        if there != self._visible:
            self._visible, self._snapshot = there, None
        return behind

    def _write_memory(self, memory: int) -> bool:
        try:
            write_memory(self._store, self.folder, memory)
        except OSError as error:
            log("warning", "the memory cannot be kept", error=error)
            return False
        part = parts.opened(self.folder / memory_name(memory))
        if part:
            self._units[memory] = part
        return part is not None

    def _batches(self) -> set[int]:
        found = set(np.unique(self._recent.batches).tolist())
        return found.union(*(part.batches for part in self._chain))

    def _views(self) -> list[View]:
        work = [part.rows for part in self._chain] + [self._recent]
        views = []
        for place, rows in enumerate(work):
            alive: np.ndarray | None = None
            for later in work[place + 1 :]:
                alive = without(rows.keys, later.touched, alive)
            if self._hidden:
                shown = ~np.isin(rows.batches, list(self._hidden))
                alive = shown if alive is None else alive & shown
            if len(rows.keys):
                views.append(View(rows, alive))
        views.reverse()
        for number, part in sorted(self._units.items(), reverse=True):
            if number in self._visible and len(part.rows.keys):
                views.append(View(part.rows, None))
        return views

    def _forget_work(self) -> None:
        for path in parts.names(self.folder):
            if path.name.startswith("work-"):
                shutil.rmtree(path, ignore_errors=True)
        self._chain = []
        self._reset()

    def _ask(self) -> None:
        """Queue the job that puts on disk what is not there, unless it is queued or runs."""
        if time.monotonic() - self._asked < ASKED_SECONDS:
            return
        self._asked = time.monotonic()
        with self._store.read() as connection:
            known = [job for job in jobs.rows(connection, self._project) if job.kind == "memory"]
            members = people.members(connection, self._project)
        if members and not any(job.state in ("queued", "running") for job in known):
            owner = members[0].actor.id
            self._store.write(lambda c: jobs.enqueue_once(c, "memory", self._project, owner, {}))


def build(store: Store, project: int, progress: Progress | None = None) -> int:
    """Put on disk all of the project's memory that is not there. Returns the number of entries written.

    ``progress`` is told entries done and about how many there are; what it raises ends the work, and what was
    begun does not show. Raises StoreError; OSError where the folder cannot be written.
    """
    folder = of(store, project).folder
    with store.read() as connection:
        seq, head = remembered.head(connection, project)
        visible = {row.id: row.units for row in memories.rows(connection, project)}
        chain = _all([parts.opened(path) for path in parts.chain(folder)])
        if chain and (chain[-1].until > seq or remembered.hash_of(connection, chain[-1].until) != chain[-1].head):
            for part in chain:
                shutil.rmtree(part.path, ignore_errors=True)
            chain = []
    done = _work(store, project, folder, chain, (seq, head), progress)
    for memory, units in visible.items():
        if not (folder / memory_name(memory)).exists():
            done += write_memory(store, folder, memory, progress and _counted(progress, units))
    _tidy(folder, visible)
    return done


def _work(
    store: Store,
    project: int,
    folder: Path,
    chain: list[parts.Part],
    end: tuple[int, str],
    progress: Progress | None,
) -> int:
    seq, head = end
    since = chain[-1].until if chain else 0
    if since >= seq:
        return 0
    touched: list[int] | None = None
    if chain:
        first = chain[0]
        most = max(int(LARGE[0] * len(first.rows.keys)), LARGE[1])
        if len(chain) > SMALL:
            since = first.until
        with store.read() as connection:
            touched = remembered.changed(connection, project, since, seq, most)
        if len(touched) > most:
            since, touched = 0, None
    done = 0
    with parts.Writing(folder) as writing:
        if touched is None:
            with store.read() as connection:
                total = remembered.count(connection, project)
            after = -1
            while True:
                with store.read() as connection:
                    found = remembered.page(connection, project, after, PAGE)
                writing.add([entry(row) for row in found])
                done += len(found)
                if progress:
                    progress(done, max(total, done))
                if len(found) < PAGE:
                    break
                after = found[-1].segment
        else:
            for at in range(0, len(touched), PAGE):
                with store.read() as connection:
                    found = remembered.of(connection, project, touched[at : at + PAGE])
                writing.add([entry(row) for row in found])
                done += len(found)
                if progress:
                    progress(at, len(touched))
        writing.finish(f"work-{since}-{seq}", touched or (), since, seq, head)
    return done


def write_memory(store: Store, folder: Path, memory: int, progress: Progress | None = None) -> int:
    """Put a memory's units on disk. Raises OSError where that cannot be done."""
    done, after = 0, 0
    with parts.Writing(folder) as writing:
        while True:
            with store.read() as connection:
                found, following = memories.units(connection, memory, after, PAGE)
            writing.add([entry_of_unit(row) for row in found])
            done += len(found)
            if progress:
                progress(done, done)
            if following is None:
                break
            after = following
        writing.finish(memory_name(memory).removesuffix(f".v{parts.VERSION}"))
    return done


def memory_name(memory: int) -> str:
    """The name of the folder that holds a memory's units."""
    return f"memory-{memory}.v{parts.VERSION}"


def _counted(progress: Progress, total: int) -> Progress:
    return lambda done, _: progress(done, max(done, total))


def _tidy(folder: Path, visible: Mapping[int, int]) -> None:
    """Take away parts that others made unnecessary, and what nobody finished within a day."""
    wanted = {path.name for path in parts.chain(folder)} | {memory_name(number) for number in visible}
    for path in parts.names(folder):
        if path.name not in wanted:
            shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):
        for path in folder.glob("part.*"):
            if path.stat().st_mtime < time.time() - 24 * 3600:
                shutil.rmtree(path, ignore_errors=True)


def _all(found: Sequence[parts.Part | None]) -> list[parts.Part]:
    """The parts before the first that is broken."""
    good: list[parts.Part] = []
    for part in found:
        if part is None:
            break
        good.append(part)
    return good


_indexes: WeakKeyDictionary[Store, dict[int, Index]] = WeakKeyDictionary()
_lock = threading.Lock()


def of(store: Store, project: int) -> Index:
    """The process's index of a project."""
    with _lock:
        mine = _indexes.setdefault(store, {})
        if project not in mine:
            mine[project] = Index(store, project)
        return mine[project]

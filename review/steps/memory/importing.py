"""Memories from files and into files: TMX looked at, brought in whole or not at all, removed by name, written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, BinaryIO

from review.errors import AccessError, InputError
from review.formats import Source, doors, tmx
from review.log import log
from review.model import Job, Unit
from review.steps.memory import index
from review.store import Connection, Store, blobs, memories, people, remembered
from review.store import jobs as queue

LOOKED_AT = 1_000
"""Units that a preview reads."""
PAGE = 2_000

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file looks like from its first units. ``whole`` says that these are all; ``languages`` are (source,
    target, units)."""

    header: Mapping[str, Any]
    units: tuple[Unit, ...]
    whole: bool
    languages: tuple[tuple[str, str, int], ...]
    warnings: tuple[str, ...]


def preview(source: Source, languages: tuple[str, str] = ("", "")) -> Preview:
    """Read the beginning of a file. Raises FormatError."""
    doors.refuse(source, doors.MEMORY)
    reading = tmx.read(source, *languages)
    found = tuple(islice(reading.units, LOOKED_AT))
    whole = next(reading.units, None) is None
    counts = Counter((unit.source_language, unit.target_language) for unit in found)
    pairs = tuple((one, two, count) for (one, two), count in counts.most_common())
    return Preview(reading.header, found, whole, pairs, tuple(reading.warnings))


def bring_in(
    store: Store,
    project: int,
    actor: int,
    source: Source,
    name: str = "",
    languages: tuple[str, str] = ("", ""),
    progress: Progress | None = None,
    warnings: list[str] | None = None,
    published: Callable[[Connection, int], None] | None = None,
) -> int:
    """Bring a TMX file in as a memory of that name (else the file's), and return its id.

    Nobody sees anything of it before it is whole; where anything fails, nothing stays. ``progress`` is told units done
    and 0. ``published`` is called with the memory in the transaction that shows it. Raises InputError, FormatError, and
    AccessError for who may only look.
    """
    doors.refuse(source, doors.MEMORY)
    reading = tmx.read(source, *languages)
    header = {**reading.header, "file": source.name}
    called = " ".join(name.split()) or source.stem

    def create(connection: Connection) -> int:
        _allowed(connection, project, actor)
        return memories.create(connection, project, actor, called, header)

    memory = store.write(create)
    try:
        counts = memories.add_units(store, memory, reading.units, _told_alone(progress))
        if not counts:
            raise InputError(_nothing(source, languages))

        def publish(connection: Connection) -> None:
            memories.publish(connection, memory, counts)
            if published:
                published(connection, memory)

        store.write(publish)
    except BaseException:
        store.write(partial(memories.discard, memory=memory))
        raise
    if warnings is not None:
        warnings += reading.warnings
    log("info", "memory imported", memory=memory, units=counts.total())
    return memory


def _nothing(source: Source, languages: tuple[str, str]) -> str:
    if any(languages):
        asked = " to ".join(language or "any" for language in languages)
        return f"{source.name}: no unit is from {asked}; leave the languages out, or give those that the file has."
    return f"{source.name}: no unit has texts in two languages, so there is nothing to remember; choose another file."


def _told_alone(progress: Progress | None) -> Callable[[int], None] | None:
    """How far it is, how many there are not being known."""
    if progress is None:
        return None

    def told(done: int) -> None:
        progress(done, 0)

    return told


def run(store: Store, job: Job, progress: Progress) -> dict[str, Any]:
    """Do a job of kind "memory-import"; begun again after its memory was shown, it has nothing left to do."""
    if job.result is not None:
        return dict(job.result)
    said = job.payload
    with store.read() as connection:
        source = Source(said["name"], data=blobs.get(connection, said["sha"]))
    warnings: list[str] = []
    result: dict[str, Any] = {"warnings": warnings}

    def published(connection: Connection, memory: int) -> None:
        result["memory"] = memory
        queue.note_result(connection, job.id, result)
        queue.enqueue_once(connection, "memory", job.project, job.actor, {})

    languages = (str(said.get("source_language", "")), str(said.get("target_language", "")))
    bring_in(store, job.project, job.actor, source, said.get("memory", ""), languages, progress, warnings, published)
    return result


def payload(store: Store, source: Source, name: str, languages: tuple[str, str]) -> dict[str, Any]:
    """The payload of a "memory-import" job, once the file's bytes are kept in the store."""
    said = {"sha": blobs.keep(store, source.bytes()), "name": source.name, "memory": name}
    return {**said, "source_language": languages[0], "target_language": languages[1]}


def remove(store: Store, project: int, actor: int, name: str) -> int:
    """Take a memory away at once; the worker removes its units bit by bit. Returns how many.

    Raises MissingError, and AccessError for who may only look.
    """

    def write(connection: Connection) -> int:
        _allowed(connection, project, actor)
        return memories.remove(connection, project, name).units

    return store.write(write)


def _allowed(connection: Connection, project: int, actor: int) -> None:
    if people.role(connection, project, actor) not in people.WRITERS:
        raise AccessError("You may look at this project and not change it; ask its owner.")


@dataclass(frozen=True, slots=True)
class Exported:
    """How many units a file has, and sentences about what is not in it as it was."""

    units: int
    warnings: tuple[str, ...]


def export(
    store: Store, project: int, out: BinaryIO, memory: str | None = None, progress: Progress | None = None
) -> Exported:
    """Write the project's memory as TMX: what the work left remembered, then what was brought in; or, with its name,
    one memory that was brought in. Raises MissingError.
    """
    with store.read() as connection:
        there = memories.rows(connection, project)
        if memory is not None:
            there = [memories.named(connection, project, memory)]
        total = sum(row.units for row in there) + (remembered.count(connection, project) if memory is None else 0)
    without: Counter[str] = Counter()
    stream = _units(store, project, there, memory is None, without)
    spoken = {one for row in there for one, _, _ in row.languages}
    source = spoken.pop() if memory is not None and len(spoken) == 1 else ""
    written = tmx.write(_told(stream, total, progress), out, source)
    warnings = []
    if without["source"]:
        segments = "1 segment has" if without["source"] == 1 else f"{without['source']:,} segments have"
        warnings.append(f"{segments} no source and cannot stand in TMX.")
    if written.replaced:
        warnings.append(f"{written.replaced:,} characters that XML does not allow were written as U+FFFD.")
    return Exported(written.units, tuple(warnings))


def _units(
    store: Store, project: int, there: list[memories.MemoryRow], work: bool, without: Counter[str]
) -> Iterator[Unit]:
    after = -1
    while work:
        with store.read() as connection:
            found = remembered.page(connection, project, after, PAGE)
            places = remembered.places(connection, found)
        for row in found:
            place = places.get(row.segment)
            if place is None:
                continue  # its batch is not to be seen
            if not (row.source or "").strip():
                without["source"] += 1
                continue
            props = [["tu", "x-article", "", place.article], ["tu", "x-batch", "", place.batch]]
            props.append(["tu", "x-status", "", row.status])
            yield Unit(
                row.source or "", row.target, row.source_language, row.target_language, place.by, row.at,
                props={"props": props},
            )  # fmt: skip
        if len(found) < PAGE:
            break
        after = found[-1].segment
    for memory in there:
        at: int | None = 0
        while at is not None:
            with store.read() as connection:
                units, at = memories.units(connection, memory.id, at, PAGE)
            yield from (row.unit for row in units)


def _told(units: Iterator[Unit], total: int, progress: Progress | None) -> Iterator[Unit]:
    for done, unit in enumerate(units, 1):
        yield unit
        if progress and done % 500 == 0:
            progress(done, max(done, total))


def run_export(store: Store, job: Job, progress: Progress) -> dict[str, Any]:
    """Do a job of kind "memory-export": the file is kept in the store, by its SHA-256."""
    import tempfile

    with tempfile.SpooledTemporaryFile(max_size=16 << 20) as file:
        found = export(store, job.project, file, job.payload.get("memory"), progress)  # type: ignore[arg-type]
        file.seek(0)
        sha = blobs.keep(store, file.read())
    return {"sha": sha, "units": found.units, "warnings": list(found.warnings)}


def kept(store: Store, sha: str) -> bytes:
    """The file that an export job made. Raises MissingError."""
    with store.read() as connection:
        return blobs.get(connection, sha)


def listed(store: Store, project: int) -> tuple[int, list[memories.MemoryRow]]:
    """How many segments of the work are remembered, as far as is known, and the memories that were brought in."""
    with store.read() as connection:
        rows = memories.rows(connection, project)
    snapshot = index.of(store, project).snapshot()
    work = 0
    for view in snapshot.views:
        if not view.rows.memory:
            work += len(view.rows.keys) if view.alive is None else int(view.alive.sum())
    return work, rows

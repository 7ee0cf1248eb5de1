"""Files too large to be loaded: each partition is read and measured by one worker, and numbers come back.

A worker sends matrices, and the names of systems (of articles too, where documents are asked for); never text.
Which segment a row is about comes as a number, a digest of article and segment, so that systems can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b

import numpy as np

from review.errors import InputError
from review.formats import partitions
from review.formats.partitions import Columns, Partition
from review.metrics import Matrix, Metric, Options, Prepared, metrics, tokenizers
from review.metrics.parts import Part, measure_part
from review.steps.scoring.measuring import Progress, segments_of_a_part, worth
from review.steps.scoring.systems import Measured, cautions, looks_tokenized
from review.workers import Mapper
from review.workers.here import Threads

_SAMPLE = 100
"""Rows that the target language is told from, where nobody says it."""


@dataclass(slots=True)
class Stretch:
    """One system's rows of a partition: its matrices by metric, and by row: the number of references, which segment
    it is (uint64), and which of the partition's article names is its article's. ``tokenized`` counts " ." at ends."""

    matrices: list[Matrix]
    counts: np.ndarray
    keys: np.ndarray
    articles: np.ndarray
    tokenized: int


@dataclass(slots=True)
class Counted:
    """What comes back of a partition. ``seen`` are all systems in it, ``systems`` those that were asked for."""

    seen: tuple[str, ...]
    systems: dict[str, Stretch]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A partition, and what a system is called where its rows do not say."""

    partition: Partition
    system: str


@dataclass(slots=True)
class _Rows:
    hypotheses: list[str] = field(default_factory=list)
    references: list[tuple[str, ...]] = field(default_factory=list)
    keys: list[bytes] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)


def measure_files(
    paths: Sequence[str],
    names: Iterable[str] = ("bleu", "chrf"),
    options: Options | None = None,
    *,
    systems: Sequence[str] = (),
    unnamed: Sequence[str] = (),
    documents: bool = False,
    language: str = "",
    progress: Progress | None = None,
    mapper: Mapper | None = None,
) -> tuple[Measured, list[str | None] | None]:
    """Measure the systems of JSON Lines and Parquet files, each row with its own references.

    ``systems`` asks for some of them, in that order; ``unnamed`` is what the rows of each file that name no system
    are called. With ``documents`` each segment's article comes along, else None. Raises InputError where a row has no
    reference, or the systems do not have the same segments in the same order.
    """
    mapper, options = mapper or Threads(), options or Options()
    chosen = metrics(names, options)
    files = [partitions.look(path) for path in paths]
    fast = worth(chosen, sum(file.rows for file in files))
    size = segments_of_a_part(mapper, chosen, sum(file.rows for file in files), 1, fast)
    tasks = [
        Task(partition, name)
        for file, name in zip(files, unnamed or [""] * len(files), strict=True)
        for partition in partitions.cut(file, size)
    ]
    language = language or _written_in(tasks[0].partition)
    function = partial(count, chosen=chosen, fast=fast, only=frozenset(systems), documents=documents)
    found: list[Counted | None] = [None] * len(tasks)
    total, done = sum(task.partition.rows for task in tasks), 0
    for position, result in mapper(function, tasks):
        found[position] = result
        done += tasks[position].partition.rows
        if progress:
            progress(done, total)
    return _together([each for each in found if each], chosen, systems, cautions(chosen, options, language), documents)


def count(
    task: Task, chosen: Sequence[Metric], fast: bool, only: frozenset[str] = frozenset(), documents: bool = False
) -> Counted:
    """Read a partition and measure its rows: what a thread or a cluster's worker does."""
    seen: dict[str, None] = {}
    names: dict[str, int] = {}
    found: dict[str, list[Stretch]] = {}
    for columns in partitions.read(task.partition):
        by_system = _by_system(columns, task.system, only, seen, names if documents else None)
        for group in _alike(by_system):
            _measure(group, chosen, fast, found)
    systems = {name: _joined(stretches) for name, stretches in found.items()}
    return Counted(tuple(seen), systems, tuple(names))


def _by_system(
    columns: Columns, unnamed: str, only: frozenset[str], seen: dict[str, None], names: dict[str, int] | None
) -> dict[str, _Rows]:
    found: dict[str, _Rows] = {}
    for article, segment, system, hypothesis, references in zip(
        columns.articles, columns.segments, columns.systems, columns.hypotheses, columns.references, strict=True
    ):
        system = system or unnamed
        seen.setdefault(system)
        if only and system not in only:
            continue
        rows = found.setdefault(system, _Rows())
        rows.hypotheses.append(hypothesis)
        rows.references.append(references)
        rows.keys.append(blake2b(f"{article}\0{segment}".encode(), digest_size=8).digest())
        rows.articles.append(names.setdefault(article, len(names)) if names is not None else 0)
    return found


def _alike(systems: dict[str, _Rows]) -> Iterator[dict[str, _Rows]]:
    """Systems with the same references together, so that what is made of these is made once."""
    groups: list[dict[str, _Rows]] = []
    for name, rows in systems.items():
        for group in groups:
            if next(iter(group.values())).references == rows.references:
                group[name] = rows
                break
        else:
            groups.append({name: rows})
    yield from groups


def _measure(group: dict[str, _Rows], chosen: Sequence[Metric], fast: bool, found: dict[str, list[Stretch]]) -> None:
    ready = Prepared(next(iter(group.values())).references)
    result = measure_part(Part(0, tuple(rows.hypotheses for rows in group.values()), ready), chosen, fast)
    for position, (name, rows) in enumerate(group.items()):
        found.setdefault(name, []).append(
            Stretch(
                [_small(of_metric[position]) for of_metric in result],
                _small(ready.counts),
                np.frombuffer(b"".join(rows.keys), dtype=np.uint64),
                np.array(rows.articles, dtype=np.int32),
                sum(text.endswith(" .") for text in rows.hypotheses),
            )
        )


def _small(numbers: np.ndarray) -> np.ndarray:
    """The same whole numbers in as few bytes as hold them, for the journey and the wait."""
    if not np.issubdtype(numbers.dtype, np.integer):
        return numbers
    most = int(numbers.max(initial=0))
    return numbers.astype(
        next(kind for kind in (np.uint8, np.uint16, np.uint32, np.int64) if most <= np.iinfo(kind).max)
    )


def _joined(stretches: Sequence[Stretch]) -> Stretch:
    if len(stretches) == 1:
        return stretches[0]
    return Stretch(
        [np.concatenate(each) for each in zip(*(one.matrices for one in stretches), strict=True)],
        np.concatenate([one.counts for one in stretches]),
        np.concatenate([one.keys for one in stretches]),
        np.concatenate([one.articles for one in stretches]),
        sum(one.tokenized for one in stretches),
    )


def _together(
    found: Sequence[Counted], chosen: Sequence[Metric], asked: Sequence[str], cautious: Iterable[str], documents: bool
) -> tuple[Measured, list[str | None] | None]:
    """Every system's matrices, in the files' order. The smaller numbers are let go on the way."""
    seen = list(dict.fromkeys(name for each in found for name in each.seen))
    missing = [name for name in asked if name not in seen]
    if missing:
        raise InputError(f"There is no system {missing[0]!r}; there are: {', '.join(seen)}.")
    systems = list(dict.fromkeys(asked)) or seen
    if not systems:
        raise InputError("There are no segments to score; give a file with rows.")
    counts = _same_segments(found, systems)
    rows, warnings = {}, list(cautious)
    for name in systems:
        stretches = [each.systems[name] for each in found if name in each.systems]
        warnings += looks_tokenized(name, sum(one.tokenized for one in stretches))
        for metric in reversed(chosen):
            blocks = [one.matrices.pop() for one in stretches]
            rows[name, metric.name] = np.concatenate(blocks, dtype=metric.dtype)
    articles: list[str | None] | None = None
    if documents:
        articles = []
        for each in found:
            if systems[0] in each.systems:
                articles += [each.articles[number] or None for number in each.systems[systems[0]].articles]
        if not any(articles):
            raise InputError("Scores of documents need to know them; name each row's in the column article.")
    return Measured(tuple(systems), tuple(chosen), counts, rows, tuple(warnings)), articles


def _same_segments(found: Sequence[Counted], systems: Sequence[str]) -> np.ndarray:
    """The segments' numbers of references. Raises InputError unless all systems have the same segments."""

    def column(system: str, name: str) -> np.ndarray:
        return np.concatenate([getattr(each.systems[system], name) for each in found if system in each.systems])

    first, *others = systems
    keys, counts = column(first, "keys"), column(first, "counts")
    for other in others:
        theirs = column(other, "keys")
        if len(theirs) != len(keys):
            raise InputError(
                f"{first} has {len(keys)} segments and {other} has {len(theirs)}; choose one of them by --system, or "
                "give the same segments of each."
            )
        if (differ := np.flatnonzero(keys != theirs)).size:
            raise InputError(
                f"{first} and {other} do not have the same segments in the same order: from segment {differ[0] + 1} of "
                "each on, article or segment differ; sort the rows of both alike, or choose one by --system."
            )
        if (differ := np.flatnonzero(counts != column(other, "counts"))).size:
            raise InputError(
                f"{first} and {other} have different numbers of references for segment {differ[0] + 1} of each; "
                "give both the same."
            )
    return counts.astype(np.int64)


def _written_in(partition: Partition) -> str:
    columns = next(partitions.read(partition, _SAMPLE), Columns())
    return tokenizers.written_in([texts[0] for texts in columns.references])

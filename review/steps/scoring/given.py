"""Scores from elsewhere beside sacrebleu's: files are read, laid over the systems' segments, and join the measured."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from review.errors import FormatError, InputError
from review.formats import Source
from review.formats.segment_scores import ScoreFile, read
from review.metrics import Matrix, known
from review.metrics.given import Given
from review.model import Score
from review.steps.scoring.laying import Places, by_system, laid
from review.steps.scoring.systems import Measured, Table

DIRECTIONS = ("higher", "lower")
_FALLING = {"ter", "hter", "wer", "cer", "character", "mqm", "metricx", "errors", "penalty"}
"""Words in a name that say that lower is better, unless the scores are negative already."""

_NAMED = 3
"""Systems that a warning names at most."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Scores as they are asked for. Several paths are one for each system, in order.

    ``direction`` is "higher" or "lower"; "" is told from the name and the scores' sign. ``totals`` is a file of the
    systems' own scores, which the means of segments are held against.
    """

    name: str
    paths: tuple[str | Source, ...]
    direction: str = ""
    totals: str | Source | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """A score of whole systems alone, of which no segment is known: it stands in tables, and no test can be made."""

    metric: Given
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What files gave: metrics with a matrix for each system, and scores of whole systems."""

    metrics: tuple[Given, ...] = ()
    rows: Mapping[tuple[str, str], Matrix] = field(default_factory=dict)
    whole: tuple[Whole, ...] = ()
    warnings: tuple[str, ...] = ()


def read_given(
    wanted: Sequence[Wanted],
    systems: Mapping[str, str],
    count: int,
    documents: Sequence[str | None] | None = None,
    numbers: Sequence[str | None] | None = None,
    others: Collection[str] = (),
) -> Elsewhere:
    """Read files of scores for ``systems`` (names, each with its file's path or "") of ``count`` segments.

    ``documents`` names each segment's document and ``numbers`` its number there (by default its place, from 1);
    ``others`` are systems that a file may hold and that are not scored now. Raises InputError and FormatError: an
    unknown system, another number of segments, a name that is taken.
    """
    check_names([one.name for one in wanted])
    metrics: list[Given] = []
    rows: dict[tuple[str, str], Matrix] = {}
    whole: list[Whole] = []
    warnings: list[str] = []
    for one in wanted:
        files = [read(Source.of(path)) for path in one.paths]
        found = by_system(one.name, files, systems, others)
        level = _level(files, count)
        values = [row.value for _, given in found.values() for row in given if row.value is not None]
        if not values:
            raise InputError(f"{one.name} has no scores of {', '.join(systems)}; give a file that holds them.")
        rising = (one.direction or direction(one.name, values)) == "higher"
        if level == "system":
            metric = Given(one.name, rising, _signature(files, rising, "system"))
            sums = {system: given[0].value for system, (_, given) in found.items()}
            whole.append(Whole(metric, {system: value for system, value in sums.items() if value is not None}))
            continue
        metric = Given(one.name, rising, _signature(files, rising, "segment"))
        metrics.append(metric)
        places = Places(count, documents, numbers)
        for system in systems:
            scores = laid(*found[system], system, places) if system in found else [None] * count
            rows[system, one.name] = Given.rows(scores)
        mine = {system: rows[system, one.name] for system in systems}
        warnings += _missing(one.name, mine)
        if one.totals is not None:
            warnings += _other_totals(metric, mine, read(Source.of(one.totals)))
    return Elsewhere(tuple(metrics), rows, tuple(whole), tuple(warnings))


def join(found: Measured, elsewhere: Elsewhere) -> Measured:
    """What was measured, with the scores from elsewhere among its metrics."""
    return replace(
        found,
        metrics=(*found.metrics, *elsewhere.metrics),
        rows={**found.rows, **elsewhere.rows},
        warnings=(*found.warnings, *elsewhere.warnings),
    )


def testable(found: Measured) -> Measured:
    """Without the scores from elsewhere that some system has none of: no test of it can be made."""
    lacking = {
        metric.name: system
        for metric in found.metrics
        for system in found.systems
        if isinstance(metric, Given) and not found.rows[system, metric.name][:, 1].any()
    }
    return replace(
        found,
        metrics=tuple(metric for metric in found.metrics if metric.name not in lacking),
        warnings=(
            *found.warnings,
            *(f"{name} is not compared, for {system} has none of it." for name, system in lacking.items()),
        ),
    )


def extend(table: Table, elsewhere: Elsewhere) -> Table:
    """The table with the scores of whole systems after each system's others."""
    scores: list[Score] = []
    for system in table.systems:
        scores += [one for one in table.scores if one.system == system]
        scores += [
            Score(one.metric.label, one.values[system], one.metric.signature, "system", system)
            for one in elsewhere.whole
            if system in one.values
        ]
    return replace(table, scores=tuple(scores))


def check_names(names: Iterable[str]) -> None:
    """Raise InputError for a name that is empty, given twice, or a metric's that is computed here."""
    seen: set[str] = set()
    for name in names:
        if not name:
            raise InputError("Scores from elsewhere need a name; write NAME=FILE.")
        if known(name):
            raise InputError(
                f"{name} is a metric that is computed here; give the scores another name, as {name}-given."
            )
        if name.lower() in seen:
            raise InputError(f"Scores called {name} are given twice; give each a name of its own.")
        seen.add(name.lower())


def direction(name: str, values: Sequence[float]) -> str:
    """Which way is better: "lower" for names such as TER, MetricX and MQM, unless no score is above 0."""
    words = set(re.findall(r"[a-z]+", name.lower()))
    return "lower" if words & _FALLING and max(values) > 0 else "higher"


def _signature(files: Sequence[ScoreFile], rising: bool, level: str) -> str:
    """All that is known: the files' names and the beginnings of their digests, the level, what is better."""
    names = "+".join(PurePath(file.name).name for file in files)
    digests = "+".join(file.digest[:12] for file in files)
    return f"given|file:{names}|sha256:{digests}|level:{level}|better:{'higher' if rising else 'lower'}"


def _level(files: Sequence[ScoreFile], count: int) -> str:
    """What mt-metrics-eval's names say; else "system" where each system that is named has one number."""
    for file in files:
        name = PurePath(file.name).name.removesuffix(".gz")
        if name.endswith((".doc.score", ".domain.score")):
            raise InputError(f"{file.name} holds scores of documents or domains; give those of segments (.seg.score).")
        if name.endswith(".seg.score"):
            return "segment"
        if name.endswith(".sys.score"):
            for system, rows in file.systems.items():
                if len(rows) > 1:
                    raise FormatError(file.name, rows[1].line, f"{system} has a second score", "Keep one of them.")
            return "system"
    single = all(
        system and len(rows) == 1 and rows[0].segment is None for file in files for system, rows in file.systems.items()
    )
    return "system" if single and count > 1 else "segment"


def _missing(name: str, rows: Mapping[str, Matrix]) -> list[str]:
    """What has no score, in one sentence or two."""
    there = {system: int(matrix[:, 1].sum()) for system, matrix in rows.items()}
    sentences = []
    if empty := [system for system, number in there.items() if not number]:
        sentences.append(f"{name} has no scores of {', '.join(empty)}.")
    partly = {system: len(rows[system]) - number for system, number in there.items() if 0 < number < len(rows[system])}
    if len(partly) > _NAMED:
        sentences.append(
            f"{name} has no score for some segments of {len(partly)} systems ({sum(partly.values())} in all); "
            "means are of the others."
        )
    elif partly:
        told = ", ".join(f"{number} of {len(rows[system])} segments of {system}" for system, number in partly.items())
        sentences.append(f"{name} has no score for {told}; means are of the others.")
    return sentences


def _other_totals(metric: Given, rows: Mapping[str, Matrix], totals: ScoreFile) -> list[str]:
    """One sentence where the systems' own scores are no means of their segments', as BLEU's are not."""
    for system, matrix in rows.items():
        mean = metric.combine(matrix, ()).value
        given = next((row.value for row in totals.systems.get(system, ()) if row.value is not None), None)
        if given is not None and abs(given - mean) > 0.005 * max(abs(given), abs(mean)) + 1e-4:
            return [
                f"{metric.label}: what is shown are means over segments; the systems' own scores are others "
                f"({system} has {given:.4g}, and its mean is {mean:.4g})."
            ]
    return []

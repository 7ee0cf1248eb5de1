"""Runs that are kept: what a run remembers, and how each score moved since the run before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from review.errors import InputError
from review.metrics import Options, tokenizers
from review.model import Article, Run, RunScore, Score
from review.steps.scoring.baselines import comparable
from review.steps.scoring.batches import UNNAMED, BatchScores
from review.steps.scoring.systems import Table

if TYPE_CHECKING:
    from review.store import Store

BEFORE, AFTER = "machine output", "after review"
OTHER_SIGNATURE, OTHER_REFERENCES = "other signature", "other references"
LONGEST = 200
"""Characters of a name or a label."""


@dataclass(frozen=True, slots=True)
class Point:
    """A score of a run. ``change`` is since the run before that has the same system, text and metric; None where
    there is none, or where the two are not comparable: ``broken`` then says why.
    """

    run: Run
    score: RunScore
    change: float | None = None
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one system, text and metric that may be joined in a chart, oldest first."""

    system: str
    text: str
    metric: str
    signature: str
    points: tuple[Point, ...]


def check(name: str, label: str = "") -> None:
    """Raise InputError unless a run may be kept under this name and label."""
    for what, text in (("name", name), ("label", label)):
        if len(text) > LONGEST or not all(character.isprintable() for character in text):
            raise InputError(f"The {what} of a run is one line of up to {LONGEST} characters; choose another one.")
    if not name.strip():
        raise InputError("A run is kept under a name; give --keep one.")


def of_files(
    name: str,
    label: str,
    table: Table,
    texts: Mapping[str, Sequence[str]],
    references: Sequence[Sequence[str | None]],
    options: Options,
) -> Run:
    """The run of a table, to be kept: its systems' scores, and digests of what was scored."""
    digests = {"references": digest(references), **{f"system {key}": digest([text]) for key, text in texts.items()}}
    scores = tuple(_kept(one) for one in table.at("system"))
    return Run(name, table.segments, scores, digests, asdict(options), label)


def of_batch(
    name: str,
    label: str,
    found: BatchScores,
    articles: Iterable[Article],
    options: Options,
    *,
    tokenize: str = "",
    batch: int | None = None,
) -> Run:
    """The run of a batch, to be kept: each system before and after review, and HTER. Arguments as ``review_scores``."""
    scopes = [scope for scope in found.systems if not scope.confirmed_only]
    scores: list[RunScore] = []
    for scope in scopes:
        scores += [_kept(one, BEFORE) for one in scope.before]
        scores += [_kept(one, AFTER) for one in scope.after]
        scores.append(replace(_kept(scope.effort.hter, BEFORE), system=scope.system, metric="HTER"))
    digests = {}
    segments: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for article in articles:
        segments.setdefault(article.system or UNNAMED, []).extend(
            (each.hypothesis, "" if each.deleted else each.text, each.references) for each in article.segments
        )
    for system, each in segments.items():
        outputs, current, references = zip(*each, strict=True) if each else ((), (), ())
        digests[f"system {system}"] = digest([outputs])
        digests[f"reviewed {system}"] = digest([current])
        digests[f"references {system}"] = digest(references)
    chosen = replace(options, tokenize=tokenizers.choose(found.language, tokenize))
    count = sum(scope.segments for scope in scopes)
    return Run(name, count, tuple(scores), digests, asdict(chosen), label, batch)


def _kept(score: Score, text: str = "") -> RunScore:
    return RunScore(score.system, score.metric, score.value, score.signature, text, score.mean, score.interval)


def digest(streams: Iterable[Sequence[str | None]]) -> str:
    """The SHA-256 of texts in hex; each is preceded by its length, so that no two lists read alike."""
    found = hashlib.sha256()
    for stream in streams:
        found.update(b"[%d]" % len(stream))
        for text in stream:
            data = b"" if text is None else text.encode("utf-8", "surrogatepass")
            found.update(b"%d:" % (-1 if text is None else len(data)) + data)
    return found.hexdigest()


def keep(store: Store, project: int, actor: int, run: Run) -> int:
    """Store a run as done now. Returns its id."""
    from review.store import runs

    check(run.name, run.label)
    return store.write(lambda connection: runs.keep(connection, project, actor, run))


def points(history: Iterable[Run]) -> Iterator[Point]:
    """Each score of the runs, oldest first, with its change since the run before under the same name."""
    last: dict[tuple[str, str, str, str], tuple[Run, RunScore]] = {}
    for run in history:
        for score in run.scores:
            key = (run.name, *_key(score))
            before = last.get(key)
            last[key] = (run, score)
            if before is None:
                yield Point(run, score)
            elif comparable(before[1].signature) != comparable(score.signature):
                yield Point(run, score, broken=OTHER_SIGNATURE)
            elif _references(before[0], score) != _references(run, score):
                yield Point(run, score, broken=OTHER_REFERENCES)
            else:
                yield Point(run, score, change=score.value - before[1].value)


def lines(history: Iterable[Run]) -> list[Line]:
    """The runs of one name as lines of a chart: a line ends where the next score is not comparable with its last."""
    found: dict[tuple[str, str, str], list[list[Point]]] = {}
    for point in points(history):
        stretches = found.setdefault(_key(point.score), [])
        if point.change is None:
            stretches.append([])
        stretches[-1].append(point)
    return [
        Line(*key, comparable(stretch[0].score.signature), tuple(stretch))
        for key, stretches in found.items()
        for stretch in stretches
    ]


def _key(score: RunScore) -> tuple[str, str, str]:
    return score.system, score.text, score.metric


def _references(run: Run, score: RunScore) -> str:
    if score.metric == "HTER":
        return ""
    return run.texts.get(f"references {score.system}") or run.texts.get("references", "")

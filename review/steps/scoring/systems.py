"""Score systems against references: measure each segment, combine by system, document and segment."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from review.errors import InputError
from review.metrics import Matrix, Metric, Options, Prepared, metrics, tokenizers
from review.model import Score
from review.steps.scoring.measuring import Progress, matrices
from review.steps.scoring.shelf import Shelf
from review.workers import Mapper

LEVELS = ("system", "document", "segment")
_TOKENIZED_LINES = 100


@dataclass(frozen=True, slots=True)
class Measured:
    """Every system's statistics: what all scores of any level, and comparisons, are made of.

    ``rows`` holds a matrix, a row a segment, by system and metric name; ``counts`` each segment's number of references.
    """

    systems: tuple[str, ...]
    metrics: tuple[Metric, ...]
    counts: np.ndarray
    rows: Mapping[tuple[str, str], Matrix]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Scores in the order of systems, then metrics, then level. A segment's ``name`` is its number from 1.

    ``lower_is_better`` are the labels of such metrics.
    """

    systems: tuple[str, ...]
    scores: tuple[Score, ...]
    segments: int
    warnings: tuple[str, ...] = ()
    documents: tuple[str | None, ...] = ()
    lower_is_better: frozenset[str] = frozenset()

    def at(self, level: str, system: str | None = None) -> list[Score]:
        """The scores of one level, of one system or of all."""
        return [score for score in self.scores if score.level == level and system in (None, score.system)]


def score(
    systems: Mapping[str, Sequence[str]],
    references: Sequence[Sequence[str | None]],
    names: Iterable[str] = ("bleu", "chrf"),
    options: Options | None = None,
    *,
    language: str = "",
    documents: Sequence[str | None] | None = None,
    level: str = "system",
    progress: Progress | None = None,
) -> Table:
    """Score each system's segments against the reference streams, one segment an item.

    ``language`` is the target's (BCP 47; "" is told from the script, for warnings only). ``level`` adds
    scores of each document (``documents`` names each segment's, None for none) or of each segment to the
    systems'. Raises InputError for unequal counts and empty input, MissingError for an unknown metric.
    """
    check_documents(len(references[0]) if references else 0, documents, level)
    found = measure(systems, references, names, options, language=language, progress=progress)
    return combine(found, documents, level)


def measure(
    systems: Mapping[str, Sequence[str]],
    references: Sequence[Sequence[str | None]],
    names: Iterable[str] = ("bleu", "chrf"),
    options: Options | None = None,
    *,
    language: str = "",
    progress: Progress | None = None,
    mapper: Mapper | None = None,
    shelf: Shelf | None = None,
) -> Measured:
    """Measure each system's segments against the reference streams; the first half of ``score``.

    ``mapper`` says where: threads of this process, if None. ``shelf`` holds what was measured before.
    """
    options = options or Options()
    chosen = metrics(names, options)
    _check(systems, references)
    first = [text for text in references[0] if text]
    warnings = list(cautions(chosen, options, language or tokenizers.written_in(first)))
    for name, hypotheses in systems.items():
        warnings += looks_tokenized(name, sum(text.endswith(" .") for text in hypotheses))
    ready = Prepared.of(references)
    rows = matrices(systems, ready, chosen, mapper=mapper, progress=progress, shelf=shelf)
    return Measured(tuple(systems), tuple(chosen), ready.counts, rows, tuple(warnings))


def combine(found: Measured, documents: Sequence[str | None] | None = None, level: str = "system") -> Table:
    """Make the scores of what was measured, where there are any; the second half of ``score``."""
    check_documents(len(found.counts), documents, level)
    scores = [
        one
        for name in found.systems
        for metric in found.metrics
        for one in _combined(metric, found.rows[name, metric.name], found.counts, name, documents, level)
        if not math.isnan(one.value)
    ]
    lower = frozenset(metric.label for metric in found.metrics if not metric.higher_is_better)
    return Table(found.systems, tuple(scores), len(found.counts), found.warnings, tuple(documents or ()), lower)


def _combined(
    metric: Metric,
    rows: Matrix,
    counts: np.ndarray,
    system: str,
    documents: Sequence[str | None] | None,
    level: str,
) -> Iterable[Score]:
    yield metric.combine(rows, counts, system=system)
    if level == "document" and documents:
        members: dict[str, list[int]] = {}
        for position, document in enumerate(documents):
            if document is not None:
                members.setdefault(document, []).append(position)
        for document, positions in members.items():
            yield metric.combine(rows[positions], counts[positions], level="document", system=system, name=document)
    if level == "segment":
        for number, row in enumerate(rows, 1):
            yield metric.combine(
                row[None, :], counts[number - 1 : number], level="segment", system=system, name=str(number)
            )


def check_documents(count: int, documents: Sequence[str | None] | None, level: str) -> None:
    """Raise InputError unless ``level`` is one, and can be told from the documents of ``count`` segments."""
    if level not in LEVELS:
        raise InputError(f"There is no level {level!r}; choose one of {', '.join(LEVELS)}.")
    if level == "document" and not documents:
        raise InputError("Scores of documents need to know them; name each segment's document with --documents.")
    if documents is not None and len(documents) != count:
        raise InputError(f"Documents are named for {len(documents)} segments, but there are {count}.")


def _check(systems: Mapping[str, Sequence[str]], references: Sequence[Sequence[str | None]]) -> None:
    if not systems:
        raise InputError("There is nothing to score; give at least one hypothesis.")
    if not references:
        raise InputError("There is no reference to score against; give at least one.")
    count = len(references[0])
    for number, stream in enumerate(references, 1):
        if not any(text and text.strip() for text in stream):
            raise InputError(f"Reference {number} is empty; give a reference with one line for each segment.")
        if len(stream) != count:
            raise InputError(
                f"Reference 1 has {count} segments and reference {number} has {len(stream)}; they must match."
            )
    for name, hypotheses in systems.items():
        if len(hypotheses) != count:
            raise InputError(
                f"{name} has {len(hypotheses)} segments and the reference has {count}; give files line by line alike."
            )


def cautions(chosen: Iterable[Metric], options: Options, language: str) -> Iterable[str]:
    """What the reader of these scores must know about the target language, one sentence each."""
    names = {metric.name for metric in chosen}
    sentences = [
        tokenizers.warning(language, options.tokenize) if "bleu" in names else "",
        tokenizers.ter_warning(language, options.ter_asian_support) if "ter" in names else "",
    ]
    return [sentence for sentence in sentences if sentence]


def looks_tokenized(name: str, count: int) -> list[str]:
    """A caution, where ``count`` lines of a system end in a space and a full stop."""
    if count < _TOKENIZED_LINES:
        return []
    return [f"{name} has {count} lines that end in a space and a full stop: score text that is not cut into tokens."]

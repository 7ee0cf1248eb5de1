"""A batch before and after its review: against references, and against its own post-edit, kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from review.metrics import Matrix, Metric, Options, Prepared, metrics, tokenizers
from review.model import Article, Score, Segment
from review.model.status import DONE
from review.steps.scoring.effort import Edits, Effort, edits, total
from review.steps.scoring.measuring import Progress, matrices
from review.steps.scoring.systems import Table, cautions
from review.workers import Mapper

if TYPE_CHECKING:
    from review.store import Store

_STEP = 20
UNNAMED = "unnamed"
"""What a system without a name is called."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One system's segments, all or only the confirmed: their scores before and after, and the work done.

    ``before`` and ``after`` hold one Score a metric, of the ``referenced`` segments that have a reference;
    both are empty where none has. ``article`` is "" for the whole system.
    """

    system: str
    confirmed_only: bool
    segments: int
    referenced: int
    before: tuple[Score, ...]
    after: tuple[Score, ...]
    effort: Effort
    article: str = ""
    article_id: str = ""


@dataclass(frozen=True, slots=True)
class SegmentScores:
    """One segment's scores by metric label (empty without a reference), and the work on it."""

    article_id: str
    article: str
    system: str
    number: int
    segment: Segment
    status: str
    before: Mapping[str, float]
    after: Mapping[str, float]
    edits: Edits


@dataclass(frozen=True, slots=True)
class BatchScores:
    """``systems`` and ``articles`` hold a Scope for all segments and, where there are any, for the confirmed."""

    systems: tuple[Scope, ...]
    articles: tuple[Scope, ...]
    segments: tuple[SegmentScores, ...]
    labels: tuple[str, ...]
    warnings: tuple[str, ...]
    language: str

    @property
    def has_references(self) -> bool:
        return any(scope.referenced for scope in self.systems)


def load(store: Store, project: int, batch: int | str) -> tuple[str, list[Article]]:
    """Fetch a batch's name and current articles, by its name (the newest of that name) or number.

    Raises MissingError.
    """
    from review.store import articles, batches

    with store.read() as connection:
        found = batches.find(connection, project, str(batch))
        numbers = articles.ids(connection, found.id)
        return found.name, [articles.load(connection, number, history=False) for number in numbers]


def review_scores(
    articles: Iterable[Article],
    names: Iterable[str] = ("bleu", "chrf"),
    options: Options | None = None,
    *,
    tokenize: str = "",
    progress: Progress | None = None,
    mapper: Mapper | None = None,
) -> BatchScores:
    """Score a batch's articles before and after review, each system on its own.

    The tokenizer is ``tokenize``, else what suits the target language. Segments without a reference are
    left out of the scores against references, never out of the editor's work. ``mapper`` is as for ``measure``.
    """
    groups: dict[str, list[Article]] = {}
    for article in articles:
        groups.setdefault(article.system or UNNAMED, []).append(article)
    everything = [article for group in groups.values() for article in group]
    language, warnings = _language(everything)
    options = replace(options or Options(), tokenize=tokenizers.choose(language, tokenize))
    chosen = metrics(names, options)
    warnings += cautions(chosen, options, language)
    steps = (2 * len(chosen) + 1) * sum(len(article.segments) for article in everything)
    systems: list[Scope] = []
    parts: list[Scope] = []
    rows: list[SegmentScores] = []
    done = 0
    for name, group in groups.items():
        sheet = _Sheet(name, group, chosen, language)
        done = sheet.measure(progress, done, steps, mapper)
        systems += sheet.scopes()
        for article in group:
            parts += sheet.scopes(article)
        rows += sheet.rows()
    labels = tuple(metric.label for metric in chosen)
    return BatchScores(tuple(systems), tuple(parts), tuple(rows), labels, tuple(warnings), language)


def _language(articles: Sequence[Article]) -> tuple[str, list[str]]:
    """The batch's target language: as stated, else by its script. A mixed batch takes the commonest."""
    stated = Counter(article.target_language for article in articles if article.target_language)
    if not stated:
        texts = (segment.hypothesis for article in articles for segment in article.segments)
        return tokenizers.written_in(texts), []
    [(language, _)] = stated.most_common(1)
    primary = {code.split("-")[0].lower() for code in stated}
    if len(primary) == 1:
        return language, []
    mixed = ", ".join(sorted(stated))
    return language, [f"The batch has several target languages ({mixed}); all are scored as {language}."]


def machine_table(found: BatchScores) -> Table:
    """The scores of the machine's output as a table of systems, which may be compared; HTER never is."""
    scopes = [scope for scope in found.systems if not scope.confirmed_only]
    scores = tuple(one for scope in scopes for one in scope.before)
    return Table(
        tuple(scope.system for scope in scopes), scores, sum(scope.segments for scope in scopes), found.warnings
    )


class _Sheet:
    """One system's segments with the statistics of each, measured once and combined for any part."""

    def __init__(self, system: str, articles: Sequence[Article], chosen: Sequence[Metric], language: str) -> None:
        self.system, self.metrics, self.language = system, chosen, language
        self.places = [(article, number, one) for article in articles for number, one in enumerate(article.segments, 1)]
        self.edits: list[Edits] = []
        # Position among the referenced segments, by position among all.
        self.ranks: dict[int, int] = {}
        self.before: dict[str, Matrix] = {}
        self.after: dict[str, Matrix] = {}
        self.counts = np.zeros(0, dtype=np.int64)

    def measure(self, progress: Progress | None, done: int, steps: int, mapper: Mapper | None) -> int:
        """Measure every segment; returns the count of steps done."""
        segments = [segment for _, _, segment in self.places]
        outputs = [segment.hypothesis for segment in segments]
        current = [("" if segment.deleted else segment.text) for segment in segments]
        end = done + (2 * len(self.metrics) + 1) * len(segments)
        for one in edits(outputs, current, self.language):
            self.edits.append(one)
            if progress and len(self.edits) % _STEP == 0:
                progress(done + len(self.edits), steps)
        done += len(segments)
        references = [[text for text in segment.references if text.strip()] for segment in segments]
        kept = [position for position, texts in enumerate(references) if texts]
        self.ranks = {position: rank for rank, position in enumerate(kept)}
        if kept:
            widest = max(len(references[position]) for position in kept)
            streams = [[_get(references[position], number) for position in kept] for number in range(widest)]
            changed = [position for position in kept if outputs[position] != current[position]]
            ready = Prepared.of(streams)
            self.counts = ready.counts

            def tell(at: int, _: int) -> None:
                if progress:
                    progress(done + at, steps)

            texts = [outputs[position] for position in kept]
            before = matrices({"": texts}, ready, self.metrics, mapper=mapper, progress=tell)
            done += len(kept) * len(self.metrics)
            # Unchanged text has the same statistics; only what was edited is measured again.
            ranks = [self.ranks[position] for position in changed]
            texts = [current[position] for position in changed]
            again = matrices({"": texts}, ready.take(ranks), self.metrics, mapper=mapper)
            for metric in self.metrics:
                self.before[metric.label] = before["", metric.name]
                self.after[metric.label] = after = before["", metric.name].copy()
                after[ranks] = again["", metric.name]
        if progress and segments:
            progress(end, steps)
        return end

    def scopes(self, article: Article | None = None) -> Iterable[Scope]:
        """The scope of all segments of the system, or of one article, and that of the confirmed ones."""
        whole = [position for position, place in enumerate(self.places) if article is None or place[0] is article]
        confirmed = [position for position in whole if status(self.places[position][2]) in DONE]
        yield self._scope(whole, False, article)
        if confirmed:
            yield self._scope(confirmed, True, article)

    def _scope(self, positions: list[int], confirmed_only: bool, article: Article | None) -> Scope:
        name = article.name if article else ""
        ranks = [self.ranks[position] for position in positions if position in self.ranks]
        scores = {
            side: tuple(self._combined(metric, table, ranks, name) for metric in self.metrics) if ranks else ()
            for side, table in (("before", self.before), ("after", self.after))
        }
        work = total([self.edits[position] for position in positions], self.language, self.system, name)
        return Scope(
            self.system,
            confirmed_only,
            len(positions),
            len(ranks),
            scores["before"],
            scores["after"],
            work,
            name,
            article.id if article else "",
        )

    def _combined(self, metric: Metric, table: dict[str, Matrix], ranks: list[int], name: str) -> Score:
        level = "document" if name else "system"
        rows = table[metric.label][ranks]
        return metric.combine(rows, self.counts[ranks], level=level, system=self.system, name=name)

    def rows(self) -> Iterable[SegmentScores]:
        """Each segment's own scores."""
        for position, (article, number, segment) in enumerate(self.places):
            rank = self.ranks.get(position)
            sides = [{}, {}] if rank is None else [self._alone(table, rank) for table in (self.before, self.after)]
            yield SegmentScores(
                article.id,
                article.name,
                self.system,
                number,
                segment,
                status(segment),
                sides[0],
                sides[1],
                self.edits[position],
            )

    def _alone(self, table: dict[str, Matrix], rank: int) -> dict[str, float]:
        return {
            metric.label: metric.combine(
                table[metric.label][rank : rank + 1], self.counts[rank : rank + 1], level="segment"
            ).value
            for metric in self.metrics
        }


def status(segment: Segment) -> str:
    """A segment's status; "new" where nobody touched it."""
    return segment.correction.status if segment.correction else "new"


def _get(texts: Sequence[str], number: int) -> str | None:
    return texts[number] if number < len(texts) else None

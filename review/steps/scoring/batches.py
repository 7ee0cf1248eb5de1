"""A batch before and after its review: against references, and against its own post-edit, kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from review.metrics import Metric, Options, metrics, tokenizers
from review.model import Article
from review.steps.scoring.effort import COLUMNS
from review.steps.scoring.measuring import Progress
from review.steps.scoring.sheets import Edits, Scope, SegmentScores, Sheet, status
from review.steps.scoring.shelf import Shelf
from review.steps.scoring.systems import Table, cautions
from review.text.bared import bare_article
from review.workers import Mapper

if TYPE_CHECKING:
    from review.store import Store

__all__ = [
    "ORDERS",
    "BatchScores",
    "Edits",
    "Scope",
    "SegmentScores",
    "load",
    "machine_table",
    "review_scores",
    "rows_of",
    "segments_by",
    "status",
]

CHANGED = COLUMNS.index("changed")

UNNAMED = "unnamed"
"""What a system without a name is called."""


class BatchScores:
    """A batch's scores, one Sheet a system; ``exchange`` keeps them up with the reviewers."""

    def __init__(
        self, sheets: Sequence[Sheet], chosen: Sequence[Metric], warnings: Sequence[str], language: str
    ) -> None:
        self.sheets, self.metrics, self.warnings, self.language = (
            tuple(sheets),
            tuple(chosen),
            tuple(warnings),
            language,
        )
        self.labels = tuple(metric.label for metric in chosen)

    @property
    def systems(self) -> tuple[Scope, ...]:
        """A Scope a system for all segments and, where there are any, one for the confirmed."""
        return tuple(scope for sheet in self.sheets for scope in sheet.scopes())

    @property
    def articles(self) -> tuple[Scope, ...]:
        """The same for each article."""
        return tuple(scope for sheet in self.sheets for key in sheet.articles for scope in sheet.scopes(key))

    @property
    def segments(self) -> tuple[SegmentScores, ...]:
        """Every segment's scores, made anew at each call."""
        return tuple(row for sheet in self.sheets for row in sheet.rows())

    @property
    def has_references(self) -> bool:
        return any(sheet.kept.any() for sheet in self.sheets)

    def exchange(self, article: Article) -> bool:
        """Take an article's current texts and statuses; False where the batch must be scored anew."""
        name = article.system or UNNAMED
        sheet = next((sheet for sheet in self.sheets if sheet.system == name), None)
        return sheet is not None and sheet.exchange(article)


ORDERS = ("as in the text", "lowest score first", "most changed first")
"""How segments can be listed; the lowest by the last metric asked for that is not BLEU."""


def segments_by(
    found: BatchScores, order: str, *, confirmed_only: bool = False, changed_only: bool = False
) -> list[tuple[Sheet, int]]:
    """Segments in one of ORDERS, as sheets and positions (see ``rows_of``)."""
    chosen: list[tuple[float, Sheet, int]] = []
    for sheet in found.sheets:
        mask = np.ones(len(sheet.segments), dtype=bool)
        if confirmed_only:
            mask &= sheet.confirmed
        if changed_only:
            mask &= sheet.work[:, CHANGED] > 0
        keys = np.zeros(len(mask))
        if order == ORDERS[1] and sheet.before:
            metric = next((one for one in reversed(found.metrics) if one.label != "BLEU"), found.metrics[0])
            values = sheet.values("before", metric.label)
            # What has no reference has no score and stands last.
            keys = np.full(len(mask), np.inf)
            keys[sheet.kept] = values if metric.higher_is_better else -values
        elif order == ORDERS[2]:
            keys = -sheet.hters()
        chosen += [(float(keys[position]), sheet, position) for position in np.flatnonzero(mask).tolist()]
    chosen.sort(key=lambda item: item[0])
    return [(sheet, position) for _, sheet, position in chosen]


def rows_of(chosen: Sequence[tuple[Sheet, int]]) -> list[SegmentScores]:
    """The scores of these segments, in their order."""
    rows: dict[tuple[int, int], SegmentScores] = {}
    for sheet in dict.fromkeys(sheet for sheet, _ in chosen):
        positions = [position for owner, position in chosen if owner is sheet]
        rows |= {(id(sheet), at): row for at, row in zip(positions, sheet.rows(positions), strict=True)}
    return [rows[id(sheet), position] for sheet, position in chosen]


def load(store: Store, project: int, batch: int | str) -> tuple[str, list[Article]]:
    """Fetch a batch's name and current articles, by its id, or by what a user calls it: its name (the newest so called)
    or number. The texts are without the inline codes of their file, which are no words.

    Raises MissingError.
    """
    from review.store import articles, batches

    with store.read() as connection:
        found = batches.find(connection, project, batch)
        numbers = articles.ids(connection, found.id)
        return found.name, [bare_article(articles.load(connection, number, history=False)) for number in numbers]


def review_scores(
    articles: Iterable[Article],
    names: Iterable[str] = ("bleu", "chrf"),
    options: Options | None = None,
    *,
    tokenize: str = "",
    progress: Progress | None = None,
    mapper: Mapper | None = None,
    shelf: Shelf | None = None,
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
    sheets = [Sheet(name, group, chosen, language) for name, group in groups.items()]
    steps, done = sum(sheet.steps() for sheet in sheets), 0
    for sheet in sheets:
        done = sheet.measure(progress, done, steps, shelf, mapper)
    return BatchScores(sheets, chosen, warnings, language)


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
    lower = frozenset(metric.label for metric in found.metrics if not metric.higher_is_better)
    systems, segments = tuple(scope.system for scope in scopes), sum(scope.segments for scope in scopes)
    return Table(systems, scores, segments, found.warnings, (), lower)

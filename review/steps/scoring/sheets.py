"""One system's segments in a batch: the statistics of each before and after review, measured once and then kept up."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from review.metrics import Matrix, Metric, Prepared
from review.metrics.running import Running
from review.model import Article, Score, Segment
from review.model.status import DONE
from review.steps.scoring.effort import COLUMNS, Effort, hters, total, work
from review.steps.scoring.measuring import Progress, matrices
from review.steps.scoring.shelf import Shelf
from review.workers import Mapper

_STEP = 500
_FEW = 200
"""Changed segments that are measured again rather than looked for on the shelf."""


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
class Edits:
    """One segment's share of the editor's work."""

    hter: float
    word: int
    words: int
    character: int
    characters: int
    changed: bool


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


class Sheet:
    """One system's segments. ``measure`` comes first; ``exchange`` takes over what reviewers did since.

    ``before`` and ``after`` hold a matrix by metric label, of the segments that have a reference: ``kept`` are their
    positions among all. One thread may read scores while another exchanges: it waits for the other to be done.
    """

    def __init__(self, system: str, articles: Sequence[Article], chosen: Sequence[Metric], language: str) -> None:
        self.system, self.metrics, self.language = system, tuple(chosen), language
        self.articles = {str(number): article for number, article in enumerate(articles)}
        self._keys = {article.id: key for key, article in self.articles.items()}
        self._bounds: dict[str, tuple[int, int]] = {}
        self.places: list[tuple[str, int]] = []
        self.segments: list[Segment] = []
        for key, article in self.articles.items():
            self._bounds[key] = len(self.segments), len(self.segments) + len(article.segments)
            self.places += [(key, number) for number in range(1, len(article.segments) + 1)]
            self.segments += article.segments
        references = [tuple(text for text in one.references if text.strip()) for one in self.segments]
        self.kept = np.array([bool(texts) for texts in references], dtype=bool)
        self.references = Prepared([texts for texts in references if texts])
        self._ranks = np.cumsum(self.kept) - 1
        self.work = np.zeros((len(self.segments), len(COLUMNS)))
        self.confirmed = np.array([status(one) in DONE for one in self.segments], dtype=bool)
        self.before: dict[str, Matrix] = {}
        self.after: dict[str, Matrix] = {}
        self._values: dict[tuple[str, str], np.ndarray] = {}
        self._running: dict[str, Running] = {}
        self._scopes: dict[tuple[bool, str], Scope] = {}
        self._lock = threading.RLock()

    def steps(self) -> int:
        """How many steps ``measure`` takes: a segment counts once for each metric and once for the editor's work."""
        return (len(self.metrics) + 1) * len(self.segments)

    def measure(
        self,
        progress: Progress | None,
        done: int,
        steps: int,
        shelf: Shelf | None,
        mapper: Mapper | None = None,
    ) -> int:
        """Measure every segment, telling ``progress``; returns the count of steps done."""
        end = done + self.steps()
        outputs = [segment.hypothesis for segment in self.segments]
        current = [_current(segment) for segment in self.segments]
        for start in range(0, len(outputs), _STEP):
            part = slice(start, start + _STEP)
            self.work[part] = work(outputs[part], current[part], self.language)
            done += len(outputs[part])
            if progress:
                progress(done, steps)
        kept = np.flatnonzero(self.kept).tolist()
        if kept:
            old = [outputs[position] for position in kept]
            new = [current[position] for position in kept]

            def tell(at: int, _: int) -> None:
                if progress:
                    progress(done + at, steps)

            before = matrices({"": old}, self.references, self.metrics, progress=tell, shelf=shelf, mapper=mapper)
            changed = [rank for rank, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
            after = self._after(before, new, changed, shelf, mapper)
            groups: list[Hashable] = [self.places[position][0] for position in kept]
            for metric in self.metrics:
                self.before[metric.label] = before["", metric.name]
                self.after[metric.label] = rows = after["", metric.name]
                self._running[metric.label] = Running(metric, rows, self.references.counts, groups)
        if progress and self.segments:
            progress(end, steps)
        return end

    def _after(
        self,
        before: Mapping[tuple[str, str], Matrix],
        texts: list[str],
        changed: list[int],
        shelf: Shelf | None,
        mapper: Mapper | None,
    ) -> Mapping[tuple[str, str], Matrix]:
        """Unchanged text has the same statistics; only what was edited is measured again."""
        if shelf is not None and len(changed) > _FEW:
            # The board of the machine's output has the unchanged rows, and keeps the others for the next time.
            return matrices({"": texts}, self.references, self.metrics, shelf=shelf, mapper=mapper)
        again = matrices({"": [texts[rank] for rank in changed]}, self.references.take(changed), self.metrics)
        found = {key: rows.copy() for key, rows in before.items()}
        for key, rows in again.items():
            found[key][changed] = rows
        return found

    def exchange(self, article: Article) -> bool:
        """Take an article's current texts and statuses; False where its segments are other ones than before."""
        with self._lock:
            return self._exchange(article)

    def _exchange(self, article: Article) -> bool:
        key = self._keys.get(article.id, "")
        bounds = self._bounds.get(key, (0, -1))
        if bounds[1] - bounds[0] != len(article.segments):
            return False
        old = self.segments[slice(*bounds)]
        if any(
            one.id != other.id or one.hypothesis != other.hypothesis or one.references != other.references
            for one, other in zip(old, article.segments, strict=True)
        ):
            return False
        for position, (was, segment) in enumerate(zip(old, article.segments, strict=True), bounds[0]):
            if _current(was) != _current(segment):
                self._correct(position, segment)
            self.segments[position] = segment
            self.confirmed[position] = status(segment) in DONE
        for place in [place for place in self._scopes if place[1] in ("", key)]:
            del self._scopes[place]
        return True

    def _correct(self, position: int, segment: Segment) -> None:
        """One segment's new text: its work and its rows, and nothing else."""
        text = _current(segment)
        self.work[position] = work([segment.hypothesis], [text], self.language)[0]
        if self.kept[position]:
            rank = int(self._ranks[position])
            reference = self.references.part(rank, rank + 1)
            for metric in self.metrics:
                row = metric.measure([text], reference)[0]
                self._running[metric.label].replace(rank, row)
                if ("after", metric.label) in self._values:
                    self._values["after", metric.label][rank] = metric.values(row[None, :], "segment")[0]

    def scopes(self, key: str = "") -> Iterator[Scope]:
        """The scope of all segments of the system, or of one article, and that of the confirmed ones."""
        yield self._scope(False, key)
        part = slice(*self._bounds[key]) if key else slice(None)
        if self.confirmed[part].any():
            yield self._scope(True, key)

    def _scope(self, confirmed_only: bool, key: str) -> Scope:
        with self._lock:
            if (confirmed_only, key) not in self._scopes:
                self._scopes[confirmed_only, key] = self._made(confirmed_only, key)
            return self._scopes[confirmed_only, key]

    def _made(self, confirmed_only: bool, key: str) -> Scope:
        name = self.articles[key].name if key else ""
        mask = np.zeros(len(self.segments), dtype=bool)
        mask[slice(*self._bounds[key]) if key else slice(None)] = True
        if confirmed_only:
            mask &= self.confirmed
        ranks = self._ranks[mask & self.kept]
        before = (
            tuple(self._combined(metric, self.before, ranks, name) for metric in self.metrics) if len(ranks) else ()
        )
        after: tuple[Score, ...] = ()
        if len(ranks) and confirmed_only:
            after = tuple(self._combined(metric, self.after, ranks, name) for metric in self.metrics)
        elif len(ranks):
            running = [self._running[metric.label] for metric in self.metrics]
            after = tuple(one.group(key, self.system, name) if key else one.system(self.system) for one in running)
        effort = total(self.work[mask], self.language, self.system, name)
        return Scope(
            self.system, confirmed_only, int(mask.sum()), len(ranks), before, after, effort, name, self._id(key)
        )  # fmt: skip

    def _id(self, key: str) -> str:
        return self.articles[key].id if key else ""

    def _combined(self, metric: Metric, table: dict[str, Matrix], ranks: np.ndarray, name: str) -> Score:
        level, counts = "document" if name else "system", self.references.counts[ranks]
        return metric.combine(table[metric.label][ranks], counts, level=level, system=self.system, name=name)

    def values(self, side: str, label: str) -> np.ndarray:
        """Each referenced segment's own score, ``side`` "before" or "after" review."""
        with self._lock:
            if (side, label) not in self._values:
                metric = next(metric for metric in self.metrics if metric.label == label)
                rows = (self.before if side == "before" else self.after)[label]
                self._values[side, label] = metric.values(rows, "segment")
            return self._values[side, label].copy()

    def current(self) -> list[Article]:
        """The articles as they stand now."""
        return [
            replace(article, segments=tuple(self.segments[slice(*self._bounds[key])]))
            for key, article in self.articles.items()
        ]

    def hters(self) -> np.ndarray:
        """HTER of each segment alone."""
        return hters(self.work, self.language)

    def rows(self, positions: Iterable[int] | None = None) -> list[SegmentScores]:
        """Each segment's own scores, or those of the segments at ``positions`` (from 0)."""
        with self._lock:
            return list(self._rows(positions))

    def _rows(self, positions: Iterable[int] | None) -> Iterator[SegmentScores]:
        own_hters = self.hters()
        labels = [metric.label for metric in self.metrics if metric.label in self.before]
        sides = {side: {label: self.values(side, label) for label in labels} for side in ("before", "after")}
        for position in range(len(self.segments)) if positions is None else positions:
            (key, number), segment = self.places[position], self.segments[position]
            rank = int(self._ranks[position])
            own = [
                {label: float(found[rank]) for label, found in sides[side].items()} if self.kept[position] else {}
                for side in ("before", "after")
            ]
            word, words, character, characters, changed = self.work[position, 2:].astype(int).tolist()
            yield SegmentScores(
                self._id(key),
                self.articles[key].name,
                self.system,
                number,
                segment,
                status(segment),
                own[0],
                own[1],
                Edits(float(own_hters[position]), word, words, character, characters, bool(changed)),
            )


def _current(segment: Segment) -> str:
    return "" if segment.deleted else segment.text


def status(segment: Segment) -> str:
    """A segment's status; "new" where nobody touched it."""
    return segment.correction.status if segment.correction else "new"

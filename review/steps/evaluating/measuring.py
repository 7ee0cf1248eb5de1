"""How good flags and risks are, against raters' marks: every figure with its 95% interval over documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from review.metrics import ranking
from review.metrics import spans as measure
from review.model import Flag, Rated
from review.steps.evaluating.learning import Outcome, bad_segments, truth_of

SURE = 0.9
RECALL = 0.2
SHARE = 0.2
WEIGHTS = {"neutral": 0.0, "minor": 1.0, "major": 5.0, "critical": 25.0}
"""WMT's weights of severities; minor punctuation weighs 0.1, non-translation 25."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its 95% interval over documents; ``value`` is NaN where it has none."""

    value: float
    low: float = float("nan")
    high: float = float("nan")


class Comparison:
    """All outcomes laid out in arrays, so that each figure and its interval are quick to make."""

    def __init__(self, outcomes: Sequence[Outcome], trials: int = 300) -> None:
        self.outcomes, self.trials = outcomes, trials
        self.truth = [segment for outcome in outcomes for segment in truth_of(outcome.rated)]
        self.source_truth = [segment for outcome in outcomes for segment in truth_of(outcome.rated, "source")]
        self.documents = [outcome.rated.document for outcome in outcomes for _ in outcome.rated.article.segments]
        self.bad = np.concatenate([bad_segments(outcome.rated) for outcome in outcomes])
        self.places: dict[tuple[int, str], int] = {}
        for at, outcome in enumerate(outcomes):
            for segment in outcome.rated.article.segments:
                self.places[at, segment.id] = len(self.places)
        self.judged = measure.judge(self.truth, self._tuples("target"))
        self.on_source = measure.judge(self.source_truth, self._tuples("source"), None)

    def _tuples(self, side: str) -> list[tuple[int, int, int, float, str, str, bool]]:
        return [
            (
                self.places[at, flag.segment],
                flag.start,
                flag.end,
                flag.confidence,
                flag.detector,
                flag.category,
                flag.severity in ("major", "critical"),
            )
            for at, outcome in enumerate(self.outcomes)
            for flag in outcome.flags
            if flag.side == side and flag.start < flag.end and (side == "target" or flag.subcategory == "omission")
        ]

    @cached_property
    def risk(self) -> np.ndarray:
        """Each segment's risk."""
        return np.array(
            [o.risks.get(segment.id, 0.0) for o in self.outcomes for segment in o.rated.article.segments], dtype=float
        )

    @cached_property
    def lengths(self) -> np.ndarray:
        """Each segment's length in characters of its translation."""
        return np.array([len(s.text) for o in self.outcomes for s in o.rated.article.segments], dtype=float)

    @cached_property
    def penalties(self) -> np.ndarray:
        """Each segment's MQM score: the raters' mean penalty."""
        values = np.zeros(len(self.places))
        for at, outcome in enumerate(self.outcomes):
            for span in outcome.rated.spans:
                raters = len(outcome.rated.raters[span.segment])
                values[self.places[at, span.segment]] += penalty(span) / raters
        return values

    def of_flags(self, judged: Sequence[measure.Judged], intervals: bool = True) -> dict[str, Figure]:
        """Flags a segment, precision, chance, lift, recall of major spans, character F1, and with half credit."""
        arrays = _Flags(judged, self.documents)
        total = np.array([measure.majors([segment]) for segment in self.truth])
        counts = self._characters(judged)
        names: dict[str, Callable[[np.ndarray], float | None]] = {
            "flags a segment": lambda at: arrays.weight(at).sum() / len(at),
            "precision": lambda at: _ratio((arrays.right * arrays.weight(at)).sum(), arrays.weight(at).sum()),
            "by chance": lambda at: _ratio((arrays.chance * arrays.weight(at)).sum(), arrays.weight(at).sum()),
            "lift": lambda at: _ratio(
                (arrays.right * arrays.weight(at)).sum(), (arrays.chance * arrays.weight(at)).sum()
            ),
            "recall of major spans": lambda at: _ratio((arrays.found * arrays.weight(at)).sum(), total[at].sum()),
            "character F1": lambda at: measure.f1(*counts[at, :3].sum(0)),
            "character F1, half credit": lambda at: measure.f1(counts[at, 3].sum(), *counts[at, 1:3].sum(0)),
        }
        return {name: self._figure(function, intervals) for name, function in names.items()}

    def _characters(self, judged: Sequence[measure.Judged]) -> np.ndarray:
        """By segment: characters both flagged and marked, flagged, marked, and with half credit."""
        groups: dict[int, list[measure.Judged]] = {}
        for flag in judged:
            groups.setdefault(flag.segment, []).append(flag)
        return np.array(
            [
                measure.character_counts([segment], [_at_first(flag) for flag in groups.get(number, ())])
                for number, segment in enumerate(self.truth)
            ]
        )

    def precision_at(self, recall: float = RECALL) -> Figure:
        """Interpolated precision at this recall of major spans."""
        arrays = _Flags(self.judged, self.documents)
        total = np.array([measure.majors([segment]) for segment in self.truth])

        def value(at: np.ndarray) -> float | None:
            flags = np.repeat(np.arange(len(arrays.segment)), arrays.weight(at).astype(int))
            found = arrays.confidence[flags], arrays.right[flags], arrays.found[flags]
            return measure.precision_at(recall, *found, int(total[at].sum()))

        return self._figure(value)

    def of_omissions(self) -> dict[str, Figure]:
        """Omissions flagged on the source, of any length, against the raters' spans there.

        Precision, by chance, and recall of every span. What else is flagged there (a reference that looks wrong)
        claims no omission and does not count.
        """
        arrays = _Flags(self.on_source, self.documents)
        hits = np.zeros(len(self.places))
        marks = np.array([sum(len(spans) for spans in segment.raters) for segment in self.source_truth])
        for number, segment in enumerate(self.source_truth):
            here = [flag for flag in self.on_source if flag.segment == number] if marks[number] else []
            hits[number] = sum(
                any(measure.overlaps(flag.start, flag.end, a, b) for flag in here)
                for spans in segment.raters
                for a, b, _ in spans
            )
        return {
            "flags a segment": self._figure(lambda at: arrays.weight(at).sum() / len(at)),
            "precision": self._figure(
                lambda at: _ratio((arrays.right * arrays.weight(at)).sum(), arrays.weight(at).sum())
            ),
            "by chance": self._figure(
                lambda at: _ratio((arrays.chance * arrays.weight(at)).sum(), arrays.weight(at).sum())
            ),
            "recall": self._figure(lambda at: _ratio(hits[at].sum(), marks[at].sum())),
        }

    def of_segments(self) -> dict[str, Figure]:
        """How well risk finds the segments in which at least two raters marked a major error."""
        density = self.risk / (self.lengths + 1)
        ones = np.ones(len(self.risk))
        first = ranking.found_in_first
        return {
            "bad segments, share": self._figure(lambda at: float(self.bad[at].mean())),
            "AUC of risk": self._figure(lambda at: ranking.auc(self.bad[at], self.risk[at])),
            "AUC of risk by length": self._figure(lambda at: ranking.auc(self.bad[at], density[at])),
            "MCC at risk 0.5": self._figure(lambda at: ranking.mcc(self.bad[at], self.risk[at] >= 0.5)),
            "found in 20% of segments": self._figure(lambda at: first(self.bad[at], self.risk[at], ones[at], SHARE)),
            "found in 20% of characters": self._figure(
                lambda at: first(self.bad[at], density[at], self.lengths[at], SHARE)
            ),
            "Spearman with MQM": self._figure(lambda at: ranking.spearman(self.risk[at], self.penalties[at])),
        }

    def _figure(self, function: Callable[[np.ndarray], float | None], intervals: bool = True) -> Figure:
        value = function(np.arange(len(self.documents)))
        if value is None:
            return Figure(float("nan"))
        if not intervals or len(set(self.documents)) < 2:
            return Figure(float(value))
        return Figure(float(value), *ranking.interval(self.documents, function, self.trials))


class _Flags:
    """Judged flags as arrays; a draw of segments gives each flag the number of times its segment was drawn."""

    def __init__(self, judged: Sequence[measure.Judged], documents: Sequence[str]) -> None:
        self.size = len(documents)
        self.segment = np.array([flag.segment for flag in judged], dtype=int)
        self.confidence = np.array([flag.confidence for flag in judged], dtype=float)
        self.right = np.array([flag.right for flag in judged], dtype=float)
        self.chance = np.array([flag.chance for flag in judged], dtype=float)
        self.found = np.array(measure.credits(judged), dtype=float)

    def weight(self, drawn: np.ndarray) -> np.ndarray:
        return np.bincount(drawn, minlength=self.size)[self.segment].astype(float)


def penalty(span: Any) -> float:
    """What a span weighs in a WMT MQM score."""
    if span.subcategory == "non-translation":
        return 25.0
    if span.severity == "minor" and span.subcategory == "punctuation":
        return 0.1
    return WEIGHTS[span.severity]


def ceiling(rated: Iterable[Rated], trials: int = 300) -> dict[str, Figure] | None:
    """One rater's target spans as if they were flags, against the other raters; None where there is but one rater.

    Precision: the share that overlaps another rater's span. Recall: of the others' major spans. Means over raters.
    """
    rows: list[Outcome] = []
    for item in rated:
        names = {name for raters in item.raters.values() for name in raters}
        for name in sorted(names):
            others = {segment: tuple(r for r in raters if r != name) for segment, raters in item.raters.items()}
            kept = {segment for segment, raters in item.raters.items() if name in raters and others[segment]}
            if not kept:
                continue
            segments = tuple(segment for segment in item.article.segments if segment.id in kept)
            article = replace(item.article, segments=segments)
            spans = tuple(span for span in item.spans if span.rater != name and span.segment in kept)
            flags = [
                Flag(span.id, span.segment, span.start, span.end, name, span.category, span.severity, 1.0, ".")
                for span in item.spans
                if span.rater == name and span.side == "target" and span.segment in kept and span.start < span.end
            ]
            risks = {segment.id: 0.0 for segment in segments}
            for span in item.spans:
                if span.rater == name and span.segment in kept:
                    risks[span.segment] += penalty(span)
            rows.append(Outcome(replace(item, article=article, spans=spans, raters=others), flags, risks))
    if not rows:
        return None
    compared = Comparison(rows, trials)
    segments_found = compared.of_segments()
    return compared.of_flags(compared.judged) | {
        name: segments_found[name] for name in ("AUC of risk", "Spearman with MQM")
    }


def _at_first(flag: measure.Judged) -> measure.Judged:
    return replace(flag, segment=0)


def _ratio(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None

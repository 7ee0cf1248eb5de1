"""The doubt model, learned from rated articles: fitted, and checked on documents that it has not seen.

The word models are fitted first. What they say of words they were not fitted on (five folds of documents) is the
input of the segment and span models, as it will be on new text (stacking: Wolpert, Neural Networks 5, 1992).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from review.detectors import Context, doubt
from review.detectors.doubt import segments as whole
from review.detectors.doubt.logistic import Logistic, fit
from review.detectors.doubt.spans import SPAN, Windows, windows
from review.detectors.doubt.words import ALONE
from review.metrics import spans as measure
from review.model import Flag, Rated
from review.text.lexemes import lexemes

FOLDS = 5
WORD_PENALTY, SEGMENT_PENALTY, SPAN_PENALTY, FLAG_PENALTY = 3.0, 60.0, 10.0, 10.0
ENOUGH = 40
"""Flags of a detector that it takes to learn how sure they are."""
SAMPLE = 0.2
"""The share of all stretches that the span model is fitted on; their neighbours say nearly the same."""
LEAST = (0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.22)
"""From which probability of being marked words may be flagged: the one with the best character F1 is kept."""


@dataclass(slots=True)
class Learned:
    """A rated article made ready: its evidence, and what the raters say of its words and segments."""

    rated: Rated
    evidence: doubt.Evidence
    marked: np.ndarray
    major: np.ndarray
    bad: np.ndarray
    truth: list[measure.Marked]
    others: Sequence[Flag]
    sample: doubt.Evidence


@dataclass(frozen=True, slots=True)
class Outcome:
    """A rated article with what the program says of it: its flags, and each segment's risk by its id."""

    rated: Rated
    flags: Sequence[Flag]
    risks: Mapping[str, float]


def visible(rated: Rated, kind: str) -> Rated:
    """The article with only the evidence of this kind: source, reference, alternatives, both."""
    hidden: dict[str, Any] = {}
    if kind not in ("reference", "both"):
        hidden["references"] = ()
    if kind not in ("alternatives", "both"):
        hidden["alternatives"] = ()
    segments = tuple(replace(segment, **hidden) for segment in rated.article.segments)
    return replace(rated, article=replace(rated.article, segments=segments))


def truth_of(rated: Rated, side: str = "target") -> list[measure.Marked]:
    """Each segment's words and each rater's spans on one side."""
    found = []
    for segment in rated.article.segments:
        text = segment.text if side == "target" else segment.source or ""
        language = rated.article.target_language if side == "target" else rated.article.source_language or "und"
        by_rater: dict[str, list[tuple[int, int, bool]]] = {name: [] for name in rated.raters[segment.id]}
        for span in rated.spans:
            if span.segment == segment.id and span.side == side:
                by_rater[span.rater].append((span.start, span.end, span.severity in ("major", "critical")))
        words = tuple((word.start, word.end) for word in lexemes(text, language))
        found.append(measure.Marked(len(text), words, tuple(tuple(spans) for spans in by_rater.values())))
    return found


def bad_segments(rated: Rated) -> np.ndarray:
    """Which segments at least two raters marked a major error in (the only rater, where there is one), any side."""
    result = []
    for segment in rated.article.segments:
        accusers = {
            span.rater for span in rated.spans if span.segment == segment.id and span.severity in ("major", "critical")
        }
        result.append(len(accusers) >= max(1, min(2, len(rated.raters[segment.id]))))
    return np.array(result, dtype=bool)


def prepare(rated: Rated, kind: str, flags: Sequence[Flag], context: Context) -> Learned:
    """Features and labels of an article of which only ``kind`` is visible; ``flags`` are the other detectors'."""
    evidence = doubt.gather(rated.article, flags, kind, context)
    few = doubt.gather(doubt.sample(rated.article), (), kind, context)
    truth = truth_of(rated)
    marked, major = [], []
    for segment in truth:
        for start, end in segment.words:
            said = [[heavy for a, b, heavy in spans if measure.overlaps(start, end, a, b)] for spans in segment.raters]
            marked.append(sum(map(bool, said)) / len(said))
            major.append(float(any(any(found) for found in said)))
    return Learned(rated, evidence, np.array(marked), np.array(major), bad_segments(rated), truth, tuple(flags), few)


def train(items: Sequence[Learned], seed: int = 7) -> dict[str, Any]:
    """The models for one kind of evidence, all but ``least``."""
    names = doubt.word_names(items[0].evidence.kind)
    rows = np.concatenate([item.evidence.rows for item in items])
    labels = {
        "marked": np.concatenate([item.marked for item in items]),
        "major": np.concatenate([item.major for item in items]),
    }
    models: dict[str, Any] = {name: fit(names, rows, label, WORD_PENALTY) for name, label in labels.items()}
    sizes = [len(item.marked) for item in items]
    owner = np.repeat(np.arange(len(items)), sizes)
    folds = _folds(items)
    unseen = {name: np.zeros(len(rows)) for name in labels}
    for fold in range(FOLDS):
        inside = folds[owner] == fold
        for name, label in labels.items():
            unseen[name][inside] = fit(names, rows[~inside], label[~inside], WORD_PENALTY).predict(rows[inside])
    cuts = np.cumsum(sizes)[:-1]
    pairs = list(zip(np.split(unseen["marked"], cuts), np.split(unseen["major"], cuts), strict=True))
    _add_risk(models, items, pairs)
    _add_spans(models, items, pairs, seed)
    return models


def _folds(items: Sequence[Learned]) -> np.ndarray:
    documents = {name: number for number, name in enumerate(sorted({item.rated.document for item in items}))}
    return np.array([documents[item.rated.document] % FOLDS for item in items])


Own = list[np.ndarray]
"""What is known of each article's segments without their batch."""


def batches(items: Sequence[Learned], models: Mapping[str, Any]) -> dict[str, dict[str, list[float]]]:
    """Counts and sums of each system's articles."""
    found: dict[str, dict[str, list[float]]] = {}
    for item in items:
        system = item.rated.article.system
        found[system] = whole.merged(found.get(system, {}), doubt.counts(item.sample, models))
    return found


def _usual(counted: dict[str, dict[str, list[float]]]) -> dict[str, float]:
    totals: dict[str, list[float]] = {}
    for one in counted.values():
        totals = whole.merged(totals, one)
    return {name: total / count if count else 0.0 for name, (count, total) in totals.items()}


def _without_vectors(item: Learned) -> Learned:
    return replace(item, evidence=replace(item.evidence, near=None), sample=replace(item.sample, near=None))


def _add_risk(models: dict[str, Any], items: Sequence[Learned], pairs: Sequence[tuple[np.ndarray, np.ndarray]]) -> None:
    """Add the risk models to the word models, with and without sentence vectors where there are any."""
    bad = np.concatenate([item.bad for item in items]).astype(float)
    kind, with_vectors = items[0].evidence.kind, all(item.evidence.near is not None for item in items)
    for near in (False, True) if with_vectors else (False,):
        suffix = "_near" if near else ""
        shown = items if near else [_without_vectors(item) for item in items]
        own = [doubt.own_features(item.evidence, *pair) for item, pair in zip(shown, pairs, strict=True)]
        counted = batches(shown, models)
        usual = models[f"usual{suffix}"] = _usual(counted)
        features = [
            doubt.with_batch(rows, counted[item.rated.article.system], usual)
            for item, rows in zip(shown, own, strict=True)
        ]
        names = [*doubt.own_names(kind, near), *(f"batch_{name}" for name in usual)]
        models[f"risk{suffix}"] = fit(names, np.concatenate(features), bad, SEGMENT_PENALTY)


def _add_spans(
    models: dict[str, Any], items: Sequence[Learned], pairs: Sequence[tuple[np.ndarray, np.ndarray]], seed: int
) -> None:
    """Add the model of stretches, and that of the other detectors' flags, which reads it."""
    rng = np.random.default_rng(seed)
    shown = [_without_vectors(item) for item in items]
    counted = batches(shown, models)
    features, labels = [], []
    everywhere: list[list[Windows]] = []
    for item, (marked, major) in zip(shown, pairs, strict=True):
        rows = doubt.own_features(item.evidence, marked, major)
        risks = models["risk"].predict(doubt.with_batch(rows, counted[item.rated.article.system], models["usual"]))
        everywhere.append(list(_stretches(item, marked, major, risks)))
        for number, found in enumerate(everywhere[-1]):
            kept = np.flatnonzero(rng.random(len(found.first)) < SAMPLE)
            features.append(found.features[kept])
            segment = item.truth[number]
            labels += [
                float(segment.hit(segment.words[found.first[at]][0], segment.words[found.last[at]][1])) for at in kept
            ]
    models["span"] = fit(SPAN, np.concatenate(features), np.array(labels), SPAN_PENALTY)
    models["flag"] = _flag_model(items, everywhere, models["span"])


def _flag_model(items: Sequence[Learned], everywhere: Sequence[Sequence[Windows]], span: Logistic) -> Logistic:
    """How sure other detectors' flags are; those with fewer than ENOUGH of them keep their own confidence."""
    counts = Counter(flag.detector for item in items for flag in item.others if flag.side == "target")
    names = doubt.flag_names(sorted(name for name, count in counts.items() if count >= ENOUGH))
    rows, labels = [], []
    for item, stretches in zip(items, everywhere, strict=True):
        words = item.evidence.words
        for number, (segment, found) in enumerate(zip(item.rated.article.segments, stretches, strict=True)):
            for flag in words.said.get(segment.id, ()):
                under = words.under(number, flag) if flag.detector in names else None
                if under is None or under[1] - under[0] >= measure.LONGEST:
                    continue
                at = found.place(*under)
                stretch = float(span.predict(found.features[at : at + 1])[0])
                rows.append(doubt.flag_features(flag, stretch, names))
                labels.append(float(item.truth[number].hit(flag.start, flag.end)))
    if not rows:
        rows, labels = [[0.0] * len(names)] * 2, [0.0, 1.0]
    return fit(names, np.array(rows), np.array(labels), FLAG_PENALTY)


def _stretches(item: Learned, marked: np.ndarray, major: np.ndarray, risks: np.ndarray) -> Iterator[Windows]:
    words = item.evidence.words
    function, flagged = (words.alone[:, ALONE.index(name)] for name in ("function", "flagged"))
    for number, risk in enumerate(risks):
        here = slice(words.starts[number], words.starts[number + 1])
        yield windows(marked[here], major[here], function[here], flagged[here], float(risk))


def left_out(items: Sequence[Learned], groups: int | None = None) -> Iterator[tuple[dict[str, Any], list[Learned]]]:
    """For each document (or each of ``groups`` of documents), the models learned from all others, and its articles."""
    documents = sorted({item.rated.document for item in items})
    for number in range(groups or len(documents)):
        names = set(documents[number :: groups or len(documents)])
        yield (
            train([item for item in items if item.rated.document not in names]),
            [item for item in items if item.rated.document in names],
        )


def statistics(models: dict[str, Any], items: Sequence[Learned]) -> dict[str, Any]:
    """The first pass over a batch: counts and sums by system, as ``Context.statistics`` holds them."""
    return {doubt.DETECTOR.name: {items[0].evidence.kind: batches(items, models)}}


def outcomes(models: dict[str, Any], items: Sequence[Learned], first_pass: Mapping[str, Any]) -> list[Outcome]:
    """What the models say of articles, beside what the other detectors say."""
    found = []
    for item in items:
        weighed = doubt.DETECTOR.weighed(item.evidence, Context(statistics=first_pass), models)
        found.append(Outcome(item.rated, [*weighed.applied(item.others), *weighed.flags], weighed.risks))
    return found


def to_json(models: dict[str, Any]) -> dict[str, Any]:
    """Models as plain data for weights.json."""
    return {name: part.to_json() if isinstance(part, Logistic) else part for name, part in models.items()}

"""Doubt: how likely an expert would mark each stretch of words, learned from marked translations.

Two logistic models say of each word how likely it is marked at all, and as a major error; a third says of each
segment how likely it is bad (two experts mark a major error); a fourth says of each stretch of up to six words
how likely it overlaps a mark, which is a flag's confidence. Their weights stand in weights.json with the recipe
that made them; one set for each kind of evidence.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from review.detectors.base import Context, Detector
from review.detectors.doubt import segments as whole
from review.detectors.doubt.advice import advice
from review.detectors.doubt.examples import EXAMPLES
from review.detectors.doubt.logistic import Logistic
from review.detectors.doubt.spans import LONGEST, SURE, Windows, chosen, windows
from review.detectors.doubt.words import ALONE, GIVEN, Words
from review.model import Article, Flag
from review.text.likeness import ALIKE
from review.text.termbase import primary

WEIGHTS = Path(__file__).parent / "weights.json"
LIKELY = 0.75
"""Down to this confidence stretches are chosen for their likelihood; below, words one by one."""
SHOWN = 0.85
"""From this confidence on people see a stretch; programs see all."""
KINDS = {"references": "reference", "alternatives": "alternatives"}


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is made of an article: stretches in doubt as flags, each segment's risk by its id, and how sure the other
    detectors' flags are by (segment id, flag id), where that was learned."""

    flags: tuple[Flag, ...]
    risks: Mapping[str, float]
    confidences: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def applied(self, flags: Iterable[Flag]) -> list[Flag]:
        """The other detectors' flags with the confidence that was learned for them."""
        found = self.confidences
        return [replace(f, confidence=found.get((f.segment, f.id), f.confidence)) for f in flags]


@dataclass(slots=True)
class Evidence:
    """Features of an article's words and segments, for one kind of evidence ("source", "reference", ...)."""

    words: Words
    kind: str
    rows: np.ndarray
    compared: list[np.ndarray] = field(default_factory=list)
    near: np.ndarray | None = None

    def clear(self) -> np.ndarray:
        """In which segments a difference from the other systems' outputs is telling enough for a sure flag."""
        if self.kind not in ("alternatives", "both"):
            return np.zeros(len(self.words.lexemes), dtype=bool)
        likeness = self.compared[-1][:, whole.COMPARED.index("likeness")]
        return np.nan_to_num(likeness) >= ALIKE


class Doubt(Detector):
    name = "doubt"
    title = "Doubtful wording"
    advice = "Check the wording against the source: stretches like it are often marked by experts."
    source = "Learned from MQM annotations by `make train-flags`; the recipe stands in weights.json."
    category = "accuracy"
    subcategory = "mistranslation"
    version = 1
    examples = EXAMPLES

    @property
    def rule(self) -> str:
        return f"{self.version}.{_weights_fingerprint()}"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        weighed = self.weigh(article, (), context)
        if weighed is not None:
            yield from weighed.flags

    def survey(self, article: Article) -> Any:
        """Counts and sums of a sample of the article, by kind of evidence and system. See ``segments.sums``."""
        kind = evidence_of(article)
        models = trained().get(kind) if kind else None
        if models is None:
            return {}
        return {kind: {article.system: counts(gather(sample(article), (), kind), models)}}

    def merge(self, total: Any, counted: Any) -> Any:
        """The counts and sums of one more article added to ``total`` (None at first)."""
        total = total or {}
        for kind, systems in counted.items():
            mine = total.setdefault(kind, {})
            for system, sums in systems.items():
                mine[system] = whole.merged(mine.get(system, {}), sums)
        return total

    def weigh(
        self, article: Article, flags: Iterable[Flag], context: Context, models: Mapping[str, Any] | None = None
    ) -> Weighed | None:
        """Doubtful stretches and risks, given what the other detectors say; None where there is no evidence.

        Segments must have ids of their own. ``models`` are those in weights.json, unless others are given.
        """
        kind = evidence_of(article)
        if models is None:
            models = trained().get(kind) if kind else None
        if models is None:
            return None
        return self.weighed(gather(article, flags, kind, context), context, models)

    def weighed(self, evidence: Evidence, context: Context, models: Mapping[str, Any]) -> Weighed:
        """The same, once the evidence is gathered. Sentence vectors are passed over by models learned without them."""
        if "risk_near" not in models:
            evidence = replace(evidence, near=None)
        marked, major = models["marked"].predict(evidence.rows), models["major"].predict(evidence.rows)
        risks = self._risks(evidence, marked, major, models, context)
        confidences: dict[tuple[str, str], float] = {}
        made = list(self._flags(evidence, marked, major, risks, models, confidences))
        segments = evidence.words.article.segments
        return Weighed(tuple(made), {s.id: float(r) for s, r in zip(segments, risks, strict=True)}, confidences)

    def _risks(
        self, evidence: Evidence, marked: np.ndarray, major: np.ndarray, models: Mapping[str, Any], context: Context
    ) -> np.ndarray:
        own, article = own_features(evidence, marked, major), evidence.words.article
        counted = context.statistics.get(self.name, {}).get(evidence.kind, {}).get(article.system)
        if counted is None:
            counted = counts(gather(sample(article), (), evidence.kind, context), models)
        suffix = "" if evidence.near is None else "_near"
        model: Logistic = models[f"risk{suffix}"]
        return model.predict(with_batch(own, counted, models[f"usual{suffix}"]))

    def _flags(
        self,
        evidence: Evidence,
        marked: np.ndarray,
        major: np.ndarray,
        risks: np.ndarray,
        models: Mapping[str, Any],
        confidences: dict[tuple[str, str], float],
    ) -> Iterator[Flag]:
        words = evidence.words
        if not speaks_for(words.article) and evidence.kind == "source":
            return
        clear = evidence.clear() if speaks_for(words.article) else np.zeros(len(risks), dtype=bool)
        function = words.alone[:, ALONE.index("function")]
        flagged = words.alone[:, ALONE.index("flagged")]
        for number, segment in enumerate(words.article.segments):
            here = slice(words.starts[number], words.starts[number + 1])
            found = windows(marked[here], major[here], function[here], flagged[here], float(risks[number]))
            confidence = models["span"].predict(found.features)
            if speaks_for(words.article):
                confidences |= learned_confidences(words, number, found, confidence, models["flag"])
            lexemes = words.lexemes[number]
            for first, last, sure in chosen(found, confidence, marked[here], LIKELY, models["least"], clear[number]):
                heavy = float(major[here][first : last + 1].max() / max(1e-6, marked[here][first : last + 1].max()))
                message, suggestions, why = advice(segment, first, last, words.language)
                yield self.flag(
                    segment,
                    lexemes[first].start,
                    lexemes[last].end,
                    message,
                    severity="neutral" if sure < LIKELY else "major" if heavy > 1 else "minor",
                    confidence=sure,
                    suggestions=suggestions,
                    evidence=why,
                )


DETECTOR = Doubt()


def flag_names(detectors: Iterable[str]) -> list[str]:
    """The features of another detector's flag: its own confidence, the stretch's (both as log odds), whose it is."""
    return ["own", "stretch", *detectors]


def flag_features(flag: Flag, stretch: float, names: Sequence[str]) -> list[float]:
    """Those features, in the order of ``names``."""
    return [log_odds(flag.confidence), log_odds(stretch), *(float(flag.detector == name) for name in names[2:])]


def log_odds(p: float) -> float:
    """The logarithm of p / (1 - p), for p kept off 0 and 1."""
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))


def learned_confidences(
    words: Words, number: int, found: Windows, confidence: np.ndarray, model: Logistic
) -> dict[tuple[str, str], float]:
    """How sure the other detectors' flags on a segment are, by ids, for those detectors that the model knows.

    None becomes sure by this alone: a flag that its detector holds below SURE stays below.
    """
    segment = words.article.segments[number]
    learned = {}
    for flag in words.said.get(segment.id, ()):
        under = words.under(number, flag) if flag.detector in model.names[2:] else None
        if under is None or under[1] - under[0] >= LONGEST:
            continue
        stretch = float(confidence[found.place(*under)])
        made = float(model.predict(np.array([flag_features(flag, stretch, model.names)]))[0])
        learned[segment.id, flag.id] = min(made, max(flag.confidence, SURE - 0.01))
    return learned


def speaks_for(article: Article) -> bool:
    """Whether the weights were learned from this pair of languages; for others they are only a guess."""
    return (primary(article.source_language), primary(article.target_language)) in pairs()


def evidence_of(article: Article) -> str:
    """The kind of evidence that most segments have: source, reference, alternatives, both; "" for none."""
    segments = article.segments
    half = len(segments) / 2
    has = {kind: sum(any(t.strip() for t in getattr(s, kind)) for s in segments) > half for kind in KINDS}
    if has["references"] and has["alternatives"]:
        return "both"
    if has["references"] or has["alternatives"]:
        return KINDS["references" if has["references"] else "alternatives"]
    return "source" if sum(bool(s.source and s.source.strip()) for s in segments) > half else ""


def gather(article: Article, flags: Iterable[Flag], kind: str, context: Context | None = None) -> Evidence:
    """All features of an article for this kind of evidence."""
    words = Words(article, flags)
    blocks, compared = [words.alone], []
    for side, name in KINDS.items():
        if kind in (name, "both"):
            rows, results = words.given(side)
            blocks.append(rows)
            compared.append(whole.compared(words, rows, results))
    evidence = Evidence(words, kind, np.column_stack(blocks), compared)
    if context is not None and context.embed is not None:
        texts = dict.fromkeys(
            text
            for s in article.segments
            for text in (s.text, s.source, *(s.references if kind != "source" else ()), *_others(s, kind))
            if text and text.strip()
        )
        vectors = context.embed(list(texts))
        evidence.near = whole.near(article.segments, dict(zip(texts, vectors, strict=True)))
    return evidence


def _others(segment: Any, kind: str) -> tuple[str, ...]:
    return tuple(segment.alternatives) if kind in ("alternatives", "both") else ()


def word_names(kind: str) -> list[str]:
    """The names of the columns of ``Evidence.rows``."""
    names = list(ALONE)
    for name in KINDS.values():
        if kind in (name, "both"):
            names += [f"{name}_{column}" for column in GIVEN]
    return names


def own_features(evidence: Evidence, marked: np.ndarray, major: np.ndarray) -> np.ndarray:
    """An array of segments by ``own_names``: what is known of each without its batch."""
    blocks = [whole.plain(evidence.words, marked, major), *evidence.compared]
    if evidence.near is not None:
        blocks.append(evidence.near)
    return np.column_stack(blocks)


def own_names(kind: str, near: bool) -> list[str]:
    """The names of the columns of ``own_features``."""
    names = list(whole.PLAIN)
    for name in KINDS.values():
        if kind in (name, "both"):
            names += [f"{name}_{column}" for column in whole.COMPARED]
    return names + (list(whole.NEAR) if near else [])


def sample(article: Article) -> Article:
    """The article with but a few of its segments, evenly spaced, as the machine wrote them."""
    step = max(1, len(article.segments) // whole.SAMPLE)
    segments = tuple(replace(segment, correction=None) for segment in article.segments[step // 2 :: step])
    return replace(article, segments=segments[: whole.SAMPLE])


def counts(evidence: Evidence, models: Mapping[str, Any]) -> dict[str, list[float]]:
    """Counts and sums of a ``sample`` of an article, for the means of its batch."""
    marked, major = models["marked"].predict(evidence.rows), models["major"].predict(evidence.rows)
    names = own_names(evidence.kind, evidence.near is not None)
    return whole.sums(names, own_features(evidence, marked, major), whole.OF_BATCH[evidence.kind].split())


def with_batch(own: np.ndarray, counted: whole.Sums, usual: Mapping[str, float]) -> np.ndarray:
    """The features of segments with the means of their batch behind; ``usual`` names and orders those."""
    return np.column_stack([own, np.tile(whole.means(counted, usual), (len(own), 1))])


@lru_cache(maxsize=1)
def _weights_fingerprint() -> str:
    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:8]


@lru_cache(maxsize=1)
def _weights() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(WEIGHTS.read_text("utf-8"))
    return data


def fingerprint(document: str) -> str:
    """What stands for a document's name in the recipe."""
    return hashlib.sha256(document.encode()).hexdigest()[:8]


def learned_from() -> frozenset[str]:
    """The fingerprints of the documents that the weights were learned from."""
    return frozenset(_weights()["recipe"].get("names", ()))


@lru_cache(maxsize=1)
def pairs() -> frozenset[tuple[str, str]]:
    """The pairs of languages that the weights were learned from, as primary subtags."""
    return frozenset((source, target) for source, target in _weights()["recipe"]["pairs"])


@lru_cache(maxsize=1)
def trained() -> dict[str, dict[str, Any]]:
    """The models by kind of evidence: marked, major, risk, risk_near, span; usual means; the least confidence."""
    return {
        kind: {name: Logistic.from_json(part) if "features" in part else part for name, part in parts.items()}
        | {"least": parts["least"]["value"]}
        for kind, parts in _weights()["models"].items()
    }

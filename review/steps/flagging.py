"""Flagging: every detector over one article, and what its flags say of each segment's risk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from review.detectors import Context, Detector, detectors
from review.model import Article, Concept, Flag, Segment
from review.settings import settings
from review.text.priorities import settled
from review.text.termbase import TermIndex

MOST = 100
"""Flags of one detector on one segment, at most."""

SEVERITY_WEIGHTS = {"neutral": 0.02, "minor": 0.15, "major": 0.5, "critical": 0.9}
"""How likely a certain flag of this severity makes a segment one that must be changed."""


def identified(article: Article) -> Article:
    """The article with an id for each segment: its own, or its number from 0 where ids are missing or repeat."""
    ids = [segment.id for segment in article.segments]
    if all(ids) and len(set(ids)) == len(ids):
        return article
    return replace(article, segments=tuple(replace(s, id=str(n)) for n, s in enumerate(article.segments)))


def detect(
    article: Article, context: Context | None = None, only: Iterable[str] | None = None
) -> tuple[list[Flag], list[str]]:
    """Run all detectors (or ``only`` those named) over the article's current text.

    Returns the flags in reading order, and one sentence for each detector that failed: a detector that
    raises never stops the others. Deleted segments are passed over. Flag.segment is the id that
    ``identified(article)`` gives the segment.
    """
    context = context or Context()
    article = identified(article)
    article = replace(article, segments=tuple(s for s in article.segments if not s.deleted))
    wanted = None if only is None else set(only)
    flags: list[Flag] = []
    failures: list[str] = []
    for name, detector in detectors().items():
        if (wanted is not None and name not in wanted) or not served(detector, article, context):
            continue
        try:
            flags += list(_first_few(detector.detect(article, context)))
        except Exception as error:  # noqa: BLE001 - whatever one detector does, the others must speak
            failures.append(f"The detector {name} failed: {type(error).__name__}: {error}")
    return settle(article, flags), failures


def _first_few(flags: Iterable[Flag]) -> Iterator[Flag]:
    """The flags, but no more than MOST on one segment: what is that broken is not mended flag by flag."""
    counts: Counter[str] = Counter()
    for flag in flags:
        counts[flag.segment] += 1
        if counts[flag.segment] <= MOST:
            yield flag


def served(detector: Detector, article: Article, context: Context) -> bool:
    """Whether the article and the context hold what the detector cannot do without."""
    segments = article.segments
    holds = {
        "source": lambda: any(s.source for s in segments),
        "references": lambda: any(s.references for s in segments),
        "alternatives": lambda: any(s.alternatives for s in segments),
        "terms": lambda: context.terms is not None,
        "survey": lambda: detector.name in context.statistics,
    }
    return all(holds[need]() for need in detector.needs)


def settle(article: Article, flags: Sequence[Flag]) -> list[Flag]:
    """Put flags in reading order and drop what another flag already says.

    Inside words that are to be deleted nothing else is worth a flag; of several flags with advice on the same
    words the most confident one stays, and takes the others' suggestions behind its own; a remark on style or
    on the form of a number gives way to a flag that says what is meant.
    """
    order = {segment.id: number for number, segment in enumerate(article.segments)}
    ranked = sorted(
        flags, key=lambda f: (order[f.segment], f.side != "target", f.start, -f.end, -f.confidence, f.detector)
    )
    groups: dict[tuple[str, str], list[Flag]] = {}
    for flag in ranked:
        groups.setdefault((flag.segment, flag.side), []).append(flag)
    kept: list[Flag] = []
    for group in groups.values():
        places: dict[tuple[object, ...], Flag] = {}
        for flag in group:
            if any(_covers(other, flag) for other in group):
                continue
            advises = flag.suggestions and flag.start < flag.end
            key = (flag.start, flag.end, "advice" if advises else flag.category)
            first = places.setdefault(key, flag)
            if advises and first is not flag:
                places[key] = replace(first, suggestions=tuple(dict.fromkeys(first.suggestions + flag.suggestions)))
        kept += places.values()
    return kept


def _covers(outer: Flag, inner: Flag) -> bool:
    """Whether ``outer`` makes ``inner`` superfluous."""
    if inner is outer or inner.start == inner.end or inner.start >= outer.end or inner.end <= outer.start:
        return False
    gives_way = inner.category == "style" or inner.subcategory == "number format"
    if gives_way and outer.category in ("terminology", "accuracy"):
        return outer.end - outer.start < 2 * (inner.end - inner.start) and bool(outer.suggestions)
    if outer.suggestions != ("",) or inner.start < outer.start or inner.end > outer.end:
        return False
    if (inner.start, inner.end) == (outer.start, outer.end):
        return (outer.confidence, outer.id) > (inner.confidence, inner.id)
    return outer.confidence >= 0.7


def risk(flags: Iterable[Flag], segment: Segment | None = None) -> float:
    """How likely the segment needs a change, 0 to 1: ``1 - product(1 - weight(severity) * confidence)``.

    A noisy-or: each further flag, graver severity or greater confidence can only raise it. 0 without
    flags, and for a segment that a reviewer deleted. The weights are SEVERITY_WEIGHTS.
    """
    if segment is not None and segment.deleted:
        return 0.0
    fine = 1.0
    for flag in flags:
        fine *= 1.0 - SEVERITY_WEIGHTS[flag.severity] * flag.confidence
    return round(1.0 - fine, 4)


def by_segment(article: Article, flags: Iterable[Flag]) -> list[list[Flag]]:
    """The flags of each segment, in the article's order; empty lists for segments without."""
    groups: dict[str, list[Flag]] = {}
    for flag in flags:
        groups.setdefault(flag.segment, []).append(flag)
    return [groups.get(segment.id, []) for segment in identified(article).segments]


@dataclass(frozen=True, slots=True)
class Flagged:
    """A segment with its flags. ``name`` is its own, or its number from 1 within the article."""

    article: str
    name: str
    system: str
    segment: Segment
    flags: tuple[Flag, ...]
    risk: float


def flagged(
    article: Article, context: Context, only: Iterable[str] | None = None, least: float = 0.0
) -> tuple[list[Flagged], list[str]]:
    """An article of a file with what the detectors say of the machine's text, and the detectors that failed.

    A post-edit that the file brings along is left out of account; flags below the confidence ``least`` are too.
    """
    machine = replace(article, segments=tuple(replace(s, correction=None) for s in article.segments))
    flags, failures = detect(machine, context, only)
    return joined(machine, [flag for flag in flags if flag.confidence >= least]), failures


def joined(article: Article, flags: Iterable[Flag]) -> list[Flagged]:
    """Each segment of the article, in order, with its flags and its risk."""
    groups = by_segment(article, flags)
    return [
        Flagged(article.name, segment.name or str(number), article.system, segment, tuple(group), risk(group, segment))
        for number, (segment, group) in enumerate(zip(article.segments, groups, strict=True), 1)
    ]


def in_file_order(segments: list[Flagged]) -> list[Flagged]:
    """Segments as they stand in their file, where their locators are lines or rows; else as they are."""
    places = []
    for item in segments:
        kind, _, place = (item.segment.locators[0] if item.segment.locators else "").partition(":")
        number = place.split(":")[0]
        if kind not in ("line", "row") or not number.isdigit():
            return segments
        places.append(int(number))
    return [segments[at] for at in sorted(range(len(segments)), key=lambda at: places[at])]


def context(article: Article, termbases: Iterable[str | Path] = ()) -> Context:
    """What the detectors need for an article of a file: the terms of ``termbases``, in order, then the shipped ones.

    Raises InputError and FormatError for a termbase that cannot be read.
    """
    source, target = (code.split("-")[0].lower() for code in (article.source_language, article.target_language))
    return Context(terms=_index(source, target, tuple(str(path) for path in termbases)), settings=settings())


@lru_cache(maxsize=8)
def _index(source: str, target: str, paths: tuple[str, ...]) -> TermIndex:
    from review.steps import terms

    ranked: list[Sequence[Concept]] = [
        terms.read_termbase(given, source_language=source or "zh", target_language=target or "en").concepts
        for given in paths
    ]
    return TermIndex(settled([*ranked, terms.shipped(source, target)]))

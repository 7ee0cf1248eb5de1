"""Flagging: every detector over one article, and what its flags say of each segment's risk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from review.detectors import Context, Detector, detectors
from review.model import Article, Flag, Segment

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
            flags += list(detector.detect(article, context))
        except Exception as error:  # noqa: BLE001 - whatever one detector does, the others must speak
            failures.append(f"The detector {name} failed: {type(error).__name__}: {error}")
    return settle(article, flags), failures


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

    Inside words that are to be deleted nothing else is worth a flag; of two flags on the same words with the
    same advice the more confident one stays; a remark on style gives way to a term's flag on the same words.
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
        seen: set[tuple[object, ...]] = set()
        for flag in group:
            key = (flag.start, flag.end, flag.suggestions or (flag.category,))
            if key not in seen and not any(_covers(other, flag) for other in group):
                kept.append(flag)
            seen.add(key)
    return kept


def _covers(outer: Flag, inner: Flag) -> bool:
    """Whether ``outer`` makes ``inner`` superfluous."""
    if inner is outer or inner.start == inner.end or inner.start >= outer.end or inner.end <= outer.start:
        return False
    if inner.category == "style" and outer.category in ("terminology", "accuracy"):
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

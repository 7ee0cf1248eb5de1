"""Flagging: every detector over one article, and what its flags say of each segment's risk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from review.detectors import Context, Detector, Verdict, detectors, doubt
from review.model import Article, Concept, Flag, Segment, Standings
from review.settings import settings
from review.text import embedding
from review.text.bared import BaredArticle
from review.text.embedding import Embed
from review.text.priorities import settled
from review.text.termbase import TermIndex

MOST = 100
"""Flags of one detector on one segment, at most."""

SEVERITY_WEIGHTS = {"neutral": 0.02, "minor": 0.15, "major": 0.5, "critical": 0.9}
"""How likely a certain flag of this severity makes a segment one that must be changed."""

ALL_ON = Standings()


def identified(article: Article) -> Article:
    """The article with an id for each segment: its own, or its number from 0 where ids are missing or repeat."""
    ids = [segment.id for segment in article.segments]
    if all(ids) and len(set(ids)) == len(ids):
        return article
    return replace(article, segments=tuple(replace(s, id=str(n)) for n, s in enumerate(article.segments)))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is made of an article: flags in reading order, each segment's risk by its id, a sentence a failure."""

    flags: tuple[Flag, ...]
    risks: Mapping[str, float]
    failures: tuple[str, ...]


def judge(
    article: Article,
    context: Context | None = None,
    only: Iterable[str] | None = None,
    models: Mapping[str, Any] | None = None,
    held: Standings = ALL_ON,
) -> Judgement:
    """Run all detectors (or ``only`` those named) over the article's current text, and weigh what they say.

    A detector that raises never stops the others; its failure is one sentence. Deleted segments are passed over.
    Texts are judged without the inline codes of their file, but by the detectors that judge those.
    Flag.segment is the id that ``identified(article)`` gives the segment. ``models`` stand in for the doubt model's
    own, while it is being learned. Flags of detectors that are demoted in ``held`` are given as made, and weigh as
    they are shown.
    """
    context = context or Context()
    article = identified(article)
    given = BaredArticle(replace(article, segments=tuple(s for s in article.segments if not s.deleted)))
    wanted = None if only is None else set(only)
    found = _judge(given.article, context, wanted, models, held)
    return found if given.same else _with_codes(given, found, context, wanted, held)


def _with_codes(
    given: BaredArticle, found: Judgement, context: Context, wanted: set[str] | None, held: Standings
) -> Judgement:
    """What was said of the bare texts, told of the texts with codes; and what is to be said of the codes."""
    article, failures = given.given, list(found.failures)
    own: list[Flag] = []
    for name, detector in detectors().items():
        if not detector.coded or (wanted is not None and name not in wanted):
            continue
        try:
            own += list(_first_few(detector.detect(article, context)))
        except Exception as error:  # noqa: BLE001 - as below
            failures.append(failure(name, article, error))
    flags, risks = with_judges(article, given.back(found.flags), found.risks, own, held)
    return Judgement(tuple(flags), risks, tuple(failures))


def _judge(
    article: Article,
    context: Context,
    wanted: set[str] | None,
    models: Mapping[str, Any] | None,
    held: Standings,
) -> Judgement:
    flags: list[Flag] = []
    failures: list[str] = []
    for name, detector in detectors().items():
        if detector.coded or name == doubt.DETECTOR.name or (wanted is not None and name not in wanted):
            continue
        if not served(detector, article, context):
            continue
        try:
            flags += list(_first_few(detector.detect(article, context)))
        except Exception as error:  # noqa: BLE001 - whatever one detector does, the others must speak
            failures.append(failure(name, article, error))
    flags = settle(article, flags)
    shown = held.shown(flags)
    risks = {s.id: risk(group, s) for s, group in zip(article.segments, by_segment(article, shown), strict=True)}
    if wanted is None or doubt.DETECTOR.name in wanted:
        try:
            weighed = doubt.DETECTOR.weigh(article, shown, context, models)
        except Exception as error:  # noqa: BLE001 - as above
            failures.append(failure(doubt.DETECTOR.name, article, error))
        else:
            if weighed is not None:
                flags, risks = in_order(article, [*weighed.applied(flags), *weighed.flags]), dict(weighed.risks)
    return Judgement(tuple(flags), risks, tuple(failures))


def failure(name: str, article: Article, error: Exception) -> str:
    """The sentence about a detector that raised."""
    where = f" in the article {article.name!r}" if article.name else ""
    return f"The detector {name} failed{where}: {type(error).__name__}: {error}"


def detect(
    article: Article, context: Context | None = None, only: Iterable[str] | None = None
) -> tuple[list[Flag], list[str]]:
    """The flags of ``judge``, in reading order, and its failures."""
    judged = judge(article, context, only)
    return list(judged.flags), list(judged.failures)


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
        "embed": lambda: context.embed is not None,
    }
    return all(holds[need]() for need in detector.needs)


def telling(flags: Sequence[Flag]) -> list[Flag]:
    """The flags without the doubts that a reader need not see.

    Those are weak ones, those that no other translation speaks against, and those on words that another flag is about.
    """
    words: dict[str, list[tuple[int, int]]] = {}
    for flag in flags:
        if flag.detector != doubt.DETECTOR.name and flag.side == "target":
            words.setdefault(flag.segment, []).append((flag.start, flag.end))
    return [
        flag
        for flag in flags
        if flag.detector != doubt.DETECTOR.name
        or (
            flag.confidence >= doubt.SHOWN
            and flag.evidence
            and not any(start < flag.end and flag.start < end for start, end in words.get(flag.segment, ()))
        )
    ]


def density(risk: float, text: str) -> float:
    """A segment's risk by length: for 100 characters of its text. Who reads by it finds most for the least reading."""
    return risk * 100 / (len(text) + 1)


def read_first(risks: Sequence[float], texts: Sequence[str], share: float = 0.2) -> set[int]:
    """The numbers of the segments to read first, by falling density, up to ``share`` of all characters.

    The first one is taken whatever its length; segments without risk never are.
    """
    order = sorted(range(len(risks)), key=lambda at: -density(risks[at], texts[at]))
    limit, spent = share * sum(map(len, texts)), 0
    found: set[int] = set()
    for at in order:
        spent += len(texts[at])
        if not risks[at] or (found and spent > limit):
            break
        found.add(at)
    return found


def settle(article: Article, flags: Sequence[Flag]) -> list[Flag]:
    """Put flags in reading order and drop what another flag already says.

    Inside words that are to be deleted nothing else is worth a flag; of several flags with advice on the same
    words the most confident one stays, and takes the others' suggestions behind its own; a remark on style or
    on the form of a number gives way to a flag that says what is meant.
    """
    ranked = in_order(article, flags)
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


def in_order(article: Article, flags: Iterable[Flag]) -> list[Flag]:
    """Flags by segment and place; of those at one place the longer and the surer first."""
    order = {segment.id: number for number, segment in enumerate(article.segments)}
    return sorted(
        flags, key=lambda f: (order[f.segment], f.side != "target", f.start, -f.end, -f.confidence, f.detector)
    )


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


def with_judges(
    article: Article, flags: Sequence[Flag], risks: Mapping[str, float], heard: Sequence[Flag], held: Standings = ALL_ON
) -> tuple[list[Flag], dict[str, float]]:
    """Flags and risks, by segment id, with what judges say besides: their flags among the others raise the risks.

    The article's segments must have ids of their own. A demoted judge's flags weigh as they are shown.
    """
    if not heard:
        return list(flags), dict(risks)
    settled = settle(article, [*flags, *heard])
    theirs = {flag.detector for flag in heard}
    groups = by_segment(article, held.shown(flag for flag in settled if flag.detector in theirs))
    raised = {
        segment.id: risk(group, segment, before=risks.get(segment.id, 0.0))
        for segment, group in zip(article.segments, groups, strict=True)
    }
    return settled, raised


def risk(flags: Iterable[Flag], segment: Segment | None = None, *, before: float = 0.0) -> float:
    """How likely the segment needs a change, 0 to 1: ``1 - (1 - before) * product(1 - weight(severity) * confidence)``.

    A noisy-or: each further flag, graver severity or greater confidence can only raise it. ``before`` is the risk
    without these flags. 0 for a segment that a reviewer deleted. The weights are SEVERITY_WEIGHTS.
    """
    if segment is not None and segment.deleted:
        return 0.0
    fine = 1.0 - before
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
    """A segment with its flags. ``name`` is its own, or its number from 1 within the article.

    ``judged`` holds the verdicts of the plug-in judges that were asked, by their names.
    """

    article: str
    name: str
    system: str
    segment: Segment
    flags: tuple[Flag, ...]
    risk: float
    judged: Mapping[str, Verdict] = field(default_factory=dict)


def flagged(
    article: Article, context: Context, only: Iterable[str] | None = None, least: float = 0.0
) -> tuple[list[Flagged], list[str]]:
    """An article of a file with what the detectors say of the machine's text, and the detectors that failed.

    A post-edit that the file brings along is left out of account. Flags below the confidence ``least`` are left
    out, but the risk is that of all.
    """
    machine = replace(article, segments=tuple(replace(s, correction=None) for s in article.segments))
    judged = judge(machine, context, only)
    return joined(machine, [f for f in judged.flags if f.confidence >= least], judged.risks), list(judged.failures)


def joined(article: Article, flags: Iterable[Flag], risks: Mapping[str, float] | None = None) -> list[Flagged]:
    """Each segment of the article, in order, with its flags and its risk, by default what the flags say of it."""
    rows = zip(article.segments, identified(article).segments, by_segment(article, flags), strict=True)
    return [
        Flagged(
            article.name,
            segment.name or str(number),
            article.system,
            segment,
            tuple(group),
            risk(group, segment) if risks is None or segment.deleted else risks.get(named.id, 0.0),
        )
        for number, (segment, named, group) in enumerate(rows, 1)
    ]


def embedder() -> Embed | None:
    """The sentence embeddings that REVIEW_EMBEDDING names; None while it names none, for they are slow.

    Raises InputError for a model that does not load.
    """
    name = settings().embedding
    return embedding.load(name) if name and name != embedding.OFF else None


def context(article: Article, termbases: Iterable[str | Path] = (), embed: bool = False) -> Context:
    """What the detectors need for an article of a file: the terms of ``termbases``, in order, then the shipped ones.

    With ``embed`` also the ``embedder``, if one is named.
    Raises InputError and FormatError for a termbase that cannot be read, InputError for a model that does not load.
    """
    source, target = (code.split("-")[0].lower() for code in (article.source_language, article.target_language))
    terms = _index(source, target, tuple(str(path) for path in termbases))
    return Context(terms, settings=settings(), embed=embedder() if embed else None)


@lru_cache(maxsize=8)
def _index(source: str, target: str, paths: tuple[str, ...]) -> TermIndex:
    from review.steps import terms

    ranked: list[Sequence[Concept]] = [
        terms.read_termbase(given, source_language=source or "zh", target_language=target or "en").concepts
        for given in paths
    ]
    return TermIndex(settled([*ranked, terms.shipped(source, target)]))

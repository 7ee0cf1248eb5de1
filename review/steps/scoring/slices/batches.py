"""The same for a batch: each system on its own segments, its machine output and its text after review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from review.errors import InputError
from review.metrics import find
from review.model import Segment
from review.steps.scoring.batches import BatchScores
from review.steps.scoring.pairing import named
from review.steps.scoring.sheets import Sheet, status
from review.steps.scoring.slices.differing import SHOWN, Difference, Place, furthest
from review.steps.scoring.slices.groups import FIFTHS, Buckets, Group, by_flags, by_label, by_length, by_risk
from review.steps.scoring.slices.histograms import TENS, Histogram, histogram
from review.steps.scoring.slices.marks import Marks
from review.steps.scoring.slices.scored import Slice, score
from review.steps.scoring.systems import Measured
from review.text.counting import count_words

KINDS = ("article", "status", "length", "source-length", "flags", "detectors", "risk")
"""What a batch's segments can be grouped by, besides columns of the file that it came as."""

MARKED = ("flags", "detectors", "risk")
"""Those for which flagging must have said something."""

SIDES = ("before", "after")


def score_batch(
    found: BatchScores,
    by: str,
    *,
    marks: Marks | None = None,
    labels: Mapping[str, str] | None = None,
    buckets: Buckets | None = None,
    confirmed_only: bool = False,
) -> list[Slice]:
    """Score each group of each system's segments that have a reference, before and after review; groups, then systems.

    ``by`` is one of KINDS, or the name of what ``labels`` holds by segment id. Those in MARKED need ``marks``.
    ``buckets`` cut lengths (words of the first reference, or of the source) and risks; all systems share their bounds.
    Raises InputError where there is nothing to group by.
    """
    listed: list[Slice] = []
    order: dict[str, int] = {}
    for sheet, groups in _grouped(found, by, marks, labels, buckets):
        for group in groups:
            order.setdefault(group.name, len(order))
        if confirmed_only:
            confirmed = sheet.confirmed[sheet.kept]
            groups = [replace(group, positions=group.positions[confirmed[group.positions]]) for group in groups]
        before, after = (score(measured(sheet, side), by, groups) for side in SIDES)
        listed += [replace(one, after=other.scores) for one, other in zip(before, after, strict=True)]
    return sorted(listed, key=lambda one: order[one.group.name])


def measured(sheet: Sheet, side: str) -> Measured:
    """One system's segments that have a reference, before or after review, as systems are measured."""
    table = sheet.before if side == "before" else sheet.after
    rows = {(sheet.system, metric.name): table[metric.label] for metric in sheet.metrics}
    return Measured((sheet.system,), sheet.metrics, sheet.references.counts, rows)


def _grouped(
    found: BatchScores,
    by: str,
    marks: Marks | None,
    labels: Mapping[str, str] | None,
    buckets: Buckets | None,
) -> Iterator[tuple[Sheet, list[Group]]]:
    """Each system that has references with its groups; positions are those in its matrices."""
    sheets = [sheet for sheet in found.sheets if sheet.before]
    if labels is not None:
        for sheet in sheets:
            yield sheet, by_label([labels.get(segment.id) for segment in _segments(sheet)])
    elif by in ("length", "source-length"):
        yield from _by_length(sheets, by == "source-length", buckets)
    elif by in MARKED:
        if marks is None:
            raise InputError(f"Nothing is known of {by} here; flag the batch first.")
        yield from _by_marks(sheets, by, marks, buckets)
    elif by == "article":
        for sheet in sheets:
            yield sheet, _by_article(sheet)
    elif by == "status":
        for sheet in sheets:
            yield sheet, by_label([status(segment) for segment in _segments(sheet)])
    else:
        raise InputError(f"A batch cannot be grouped by {by!r}; choose one of {', '.join(KINDS)}.")


def _segments(sheet: Sheet) -> list[Segment]:
    """The segments that have a reference, as the matrices have them."""
    return [sheet.segments[position] for position in np.flatnonzero(sheet.kept).tolist()]


def _keys(sheet: Sheet) -> list[tuple[str, int]]:
    """The key of their article and their number in it."""
    return [sheet.places[position] for position in np.flatnonzero(sheet.kept).tolist()]


def _by_article(sheet: Sheet) -> list[Group]:
    """Two articles of one name are two groups."""
    groups = by_label([key for key, _ in _keys(sheet)])
    return [replace(group, name=sheet.articles[group.name].name) for group in groups]


def _by_length(sheets: Sequence[Sheet], source: bool, buckets: Buckets | None) -> Iterator[tuple[Sheet, list[Group]]]:
    texts = [
        [
            segment.source or "" if source else reference[0]
            for segment, reference in zip(segments, references, strict=True)
        ]
        for segments, references in ((_segments(sheet), sheet.references.texts) for sheet in sheets)
    ]
    counted = [[count_words(text) for text in each] for each in texts]
    everything = [count for counts in counted for count in counts if count]
    if source and sheets and not everything:
        raise InputError("No segment has a source, so there is no source-length; group by length instead.")
    bounds = buckets.fixed(everything) if buckets else None
    for sheet, counts in zip(sheets, counted, strict=True):
        yield sheet, by_length(counts, bounds)


def _by_marks(
    sheets: Sequence[Sheet], by: str, marks: Marks, buckets: Buckets | None
) -> Iterator[tuple[Sheet, list[Group]]]:
    if by == "risk":
        risks = [[marks.risks.get(segment.id) for segment in _segments(sheet)] for sheet in sheets]
        bounds = (buckets or FIFTHS).fixed(risk for each in risks for risk in each if risk is not None)
        for sheet, each in zip(sheets, risks, strict=True):
            yield sheet, by_risk(each, bounds)
        return
    table = marks.categories if by == "flags" else marks.detectors
    for sheet in sheets:
        yield sheet, by_flags([table.get(segment.id) for segment in _segments(sheet)])


def batch_histograms(found: BatchScores, edges: Sequence[float] = TENS) -> list[Histogram]:
    """How the segment scores of each system lie by each metric, before and after review."""
    return [
        Histogram(sheet.system, label, tuple(histogram(sheet.values(side, label), edges)), side)
        for sheet in found.sheets
        if sheet.before
        for label in found.labels
        for side in SIDES
    ]


def batch_differing(
    found: BatchScores, first: str, second: str, metric: str, count: int = SHOWN, both_directions: bool = True
) -> list[Difference]:
    """The segments of a batch where two systems' machine outputs differ most; see ``differing``.

    Segments are paired by article and by their name in the file (see ``pairing``). ``line`` is the segment's number in
    the first system's article. Raises InputError for a system that the batch has not, a metric that was not asked for,
    and systems that share no segment.
    """
    label = find(metric).label
    by_name = {sheet.system: sheet for sheet in found.sheets if sheet.before}
    for name in (first, second):
        if name not in by_name:
            raise InputError(f"The batch has no system {name!r} with references; it has: {', '.join(by_name)}.")
    if label not in found.labels:
        raise InputError(f"There are no scores by {label}: {label} was not asked for.")
    if first == second:
        raise InputError(f"{first} cannot be compared with itself; name two systems.")
    sheets = (by_name[first], by_name[second])
    mine, theirs = (named(sheet) for sheet in sheets)
    pairs = [(rank, theirs[key]) for key, rank in mine.items() if key in theirs]
    if not pairs:
        raise InputError(f"{first} and {second} have no segment of one article and name in common to be compared.")
    ranks = [np.array(side, dtype=np.intp) for side in zip(*pairs, strict=True)]
    values = [sheet.values("before", label)[rank] for sheet, rank in zip(sheets, ranks, strict=True)]
    segments, keys = [_segments(sheet) for sheet in sheets], [_keys(sheet) for sheet in sheets]
    listed = []
    for at in furthest(values[0], values[1], find(metric).higher_is_better, count, both_directions):
        both = [
            (sheets[side].articles[keys[side][rank][0]], segments[side][rank]) for side, rank in enumerate(pairs[at])
        ]
        article, segment = both[0]
        listed.append(
            Difference(
                line=keys[0][pairs[at][0]][1],
                difference=float(values[0][at] - values[1][at]),
                scores=(float(values[0][at]), float(values[1][at])),
                texts=(segment.hypothesis, both[1][1].hypothesis),
                references=sheets[0].references.texts[pairs[at][0]],
                document=article.name,
                source=segment.source or "",
                places=tuple(Place(owner.id, one.id) for owner, one in both),
            )
        )
    return listed

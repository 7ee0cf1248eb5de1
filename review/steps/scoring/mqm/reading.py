"""Marked errors from an MQM file or from a batch, with what a number rests on and what was left out, in sentences."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from review.errors import FormatError, InputError
from review.formats import Source
from review.formats.mqm_rows import NO_ERROR, Row, rows, without_marks
from review.metrics.mqm import Collector, Ratings
from review.metrics.mqm_weights import Weights
from review.model import ErrorSpan, Rated
from review.steps.scoring.batches import UNNAMED
from review.text.bared import bare_segment

if TYPE_CHECKING:
    from review.store import Store


@dataclass(frozen=True, slots=True)
class Scored:
    """``notes`` say what the numbers rest on, ``warnings`` what a reader would not expect; one sentence each."""

    title: str
    ratings: Ratings
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def of_file(given: str | Source, weights: Weights) -> Scored:
    """Every row of an MQM file (gzip is unpacked; ``-`` is standard input). Raises InputError and FormatError."""
    source = Source.of(sys.stdin.buffer, "standard input") if given == "-" else Source.of(given)
    collector = Collector(weights, source.name)
    for row in rows(source):
        _check(source.name, row)
        error = row.severity != NO_ERROR
        collector.add(
            row.system, row.document, row.segment, row.rater,
            severity=row.severity if error else "", category=row.category,
            source=without_marks(row.source).strip(), target=without_marks(row.target).strip(),
            mark=f"{row.source}\t{row.target}", line=row.line,
        )  # fmt: skip
    ratings = collector.done()
    return Scored(source.name, ratings, (), tuple(cautions(ratings)))


def _check(path: str, row: Row) -> None:
    named = {"system": row.system, "rater": row.rater, "severity": row.severity, "seg_id": row.segment.strip(":")}
    empty = next((name for name, value in named.items() if not value.strip()), None)
    if empty:
        raise FormatError(path, row.line, f"the row has no {empty}", "Fill it in, or take the row out.")


def of_batch(store: Store, project: int, batch: str | int, weights: Weights) -> Scored:
    """The errors that reviewers marked in a batch, by its id, or by what a user calls it: its name or number.

    Raises MissingError for an unknown batch, InputError where nobody has marked or rated anything.
    """
    from review.steps.evaluating import recorded

    found = recorded.recorded(store, project, batch)
    if not found.rated:
        raise InputError(
            f"Nobody has marked or rated anything in {found.batch}; mark errors on the review page (m), or name a file."
        )
    collector = Collector(weights, found.batch)
    often = Counter((item.article.system, item.document) for item in found.rated)
    for item in found.rated:
        alone = often[item.article.system, item.document] == 1
        _add(collector, item, item.document if alone else f"{item.document} ({item.article.id})", found.names)
    ratings = collector.done()
    notes = [
        "Errors are those marked on the machine's own text; who marked or rated anything in an article counts as a "
        "rater of all its segments, a rater from the imported file as one of those that it says.",
        f"Of {found.articles} articles of the batch, {len(found.rated)} have a rater; the others are left out.",
    ]
    warnings = cautions(ratings)
    if found.elsewhere:
        warnings.append(f"{found.elsewhere} marks stand on text that reviewers had changed or deleted; left out.")
    if found.deleted:
        warnings.append(f"{found.deleted} segments that reviewers deleted are left out.")
    return Scored(found.batch, ratings, tuple(notes), tuple(warnings))


def _add(collector: Collector, item: Rated, document: str, names: dict[str, str]) -> None:
    article = item.article
    often = Counter(segment.name for segment in article.segments)
    marked: dict[tuple[str, str], list[ErrorSpan]] = {}
    for span in item.spans:
        marked.setdefault((span.segment, span.rater), []).append(span)
    for segment in article.segments:
        # Systems' segments belong together by name; one that a merge or a split made belongs to none.
        paired = segment.name and often[segment.name] == 1 and not segment.parents
        place = (article.system or UNNAMED, document, segment.name if paired else f"#{segment.id}")
        words = bare_segment(segment)  # inline codes are no words, of which penalties are counted
        add = partial(collector.add, *place, source=words.source or "", target=words.hypothesis)
        for rater in item.raters[segment.id]:
            who = names.get(rater, rater)
            # An error that is marked in several places is one.
            for span in {span.error: span for span in reversed(marked.get((segment.id, rater), []))}.values():
                category = "/".join(part for part in (span.category, span.subcategory) if part)
                add(who, severity=span.severity, category=category)
            if (segment.id, rater) not in marked:
                add(who, severity="")


def cautions(ratings: Ratings) -> list[str]:
    """What of these ratings a reader of their scores must know."""
    said = []
    counts = np.bincount(ratings.cell_system, minlength=len(ratings.systems))
    if len(set(counts.tolist())) > 1 or (counts < len(ratings.items)).any():
        few = [f"{name} {count}" for name, count in zip(ratings.systems, counts, strict=True)]
        said.append(
            f"Not every system has all {len(ratings.items)} segments ({_short(few)}); each mean is over its own."
        )
    least, most = int(ratings.raters_of.min()), int(ratings.raters_of.max())
    if least != most:
        said.append(f"Segments have {least} to {most} raters; each segment counts the same.")
    alike = ratings.rated_alike()
    if alike < len(ratings.items):
        said.append(
            f"In {alike} of {len(ratings.items)} segments all systems have the same raters; elsewhere differences "
            "between systems are mixed with differences between raters."
        )
    if ratings.others:
        said.append(f"{ratings.others} rows stand on another text than their segment's first row; they count.")
    if ratings.twice:
        rows = "1 row repeats an earlier one, mark and all; it counts." if ratings.twice == 1 else ""
        said.append(rows or f"{ratings.twice} rows repeat an earlier one, mark and all; they count.")
    if ratings.contradictions:
        said.append(f"{ratings.contradictions} ratings say both that there is no error and that there are some.")
    return said


def _short(parts: Iterable[str], most: int = 5) -> str:
    found = list(parts)
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "")

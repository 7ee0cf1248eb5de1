"""``score --by``, ``--histogram`` and ``--differ``: parts of what was scored, below the scores of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import click

from review.errors import InputError

if TYPE_CHECKING:
    from review.model import Article
    from review.steps.scoring import BatchScores, Measured
    from review.steps.scoring.slices import Buckets, Difference, Group, Histogram, Marks, Slice
    from review.store import Store

Command = TypeVar("Command", bound=Callable[..., Any])

_DOCUMENTS = ("doc", "document", "article")


def options(command: Command) -> Command:
    """The options of this file."""
    for option in (
        click.option(
            "--most", type=click.IntRange(1), default=20, show_default=True, help="How many segments --differ shows."
        ),
        click.option(
            "--differ", nargs=2, metavar="A B",
            help="Also print the segments where systems A and B differ most, by the first metric that is not BLEU.",
        ),
        click.option("--histogram", is_flag=True, help="Also count segments by score, in steps of 10."),
        click.option(
            "--buckets", default="", metavar="B",
            help="How --by cuts lengths and risks: bounds as 10,20,40, or parts as /4. [default: 10,20,40; risk /5]",
        ),
        click.option(
            "--by", multiple=True, metavar="KIND",
            help="Also print scores of groups: by length or source-length (words), document, any other column of "
            "--documents; in a batch also by flags, detectors, risk, status, any column of its file. May be repeated.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for."""

    by: tuple[str, ...]
    buckets: Buckets | None
    histogram: bool
    differ: tuple[str, str] | None
    most: int


@dataclass(slots=True)
class Parts:
    """What was found, and what must be said of it."""

    slices: list[Slice] = field(default_factory=list)
    histograms: list[Histogram] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    systems: tuple[str, str] = ("", "")
    metric: str = ""
    notes: tuple[str, ...] = ()


def plan(asked: dict[str, Any]) -> Plan | None:
    """What is asked for, None for nothing. Raises InputError where it cannot be read or printed."""
    kinds = {"--by": asked["by"], "--histogram": asked["histogram"], "--differ": asked["differ"]}
    wanted = [name for name, value in kinds.items() if value]
    if asked["buckets"] and not asked["by"]:
        raise InputError("--buckets says how --by cuts lengths and risks; name what to group by, or leave it out.")
    if not wanted:
        return None
    first = wanted[0]
    if asked["compare"] or asked["paired_bs"] or asked["paired_ar"]:
        raise InputError(f"A comparison is of whole systems; leave out {first}, or the comparison.")
    if asked["native"] or asked["score_only"] or asked["style"] not in ("table", "json", "csv"):
        raise InputError(f"{first} is printed as table, json or csv; choose one of them with --format.")
    if asked["level"] != "system" and asked["style"] != "json":
        raise InputError(f"--level and {first} are printed together as json only; leave one out, or say --format json.")
    if asked["style"] == "csv" and len(wanted) > 1:
        raise InputError(f"A CSV file holds one kind of rows; ask for {' or '.join(wanted)}.")
    from review.steps.scoring.slices import Buckets

    buckets = Buckets.read(asked["buckets"]) if asked["buckets"] else None
    by = tuple(dict.fromkeys(name.strip() for name in asked["by"]))
    _fitting(buckets, {name.lower() for name in by})
    return Plan(by, buckets, asked["histogram"], asked["differ"] or None, asked["most"])


def _fitting(buckets: Buckets | None, by: set[str]) -> None:
    """Raise InputError where buckets cut nothing that is asked for, or bounds are none of what they would cut."""
    if buckets is None:
        return
    lengths = by & {"length", "source-length"}
    if not lengths and "risk" not in by:
        raise InputError("--buckets cuts lengths and risks, and --by asks for neither; leave it out.")
    if lengths and buckets.bounds and buckets.bounds[0] < 1:
        raise InputError("Lengths are words, so their --buckets begin at 1 or more; ask for risks by themselves.")
    if "risk" in by and buckets.bounds and buckets.bounds[-1] >= 1:
        raise InputError("Risks go from 0 to 1, so their --buckets lie between; ask for lengths by themselves.")


def file_groups(
    plan: Plan, columns: Mapping[str, Sequence[str | None]], reference: Sequence[str], source: Sequence[str]
) -> tuple[list[tuple[str, list[Group]]], list[str]]:
    """The groups that are asked for, and a sentence for each column that does not name all segments.

    ``columns`` are those of --documents by name in lower case. Raises InputError for one that is not there.
    """
    from review.steps.scoring import slices
    from review.text.counting import count_words

    found: list[tuple[str, list[Group]]] = []
    notes: list[str] = []
    for asked in plan.by:
        by = asked.lower()
        if by in ("length", "source-length"):
            if by == "source-length" and not source:
                raise InputError("The length of the source needs the source; name it with --source.")
            counts = [count_words(text) for text in (reference if by == "length" else source)]
            found.append((asked, slices.by_length(counts, plan.buckets)))
            continue
        if by not in columns and by in _DOCUMENTS:
            by = next((name for name in _DOCUMENTS if name in columns), by)
        if by not in columns:
            there = ", ".join(("length", "source-length", *columns))
            more = "" if columns else ", or give columns with --documents"
            raise InputError(f"There is no {asked!r} to group by; choose one of {there}{more}.")
        labels = columns[by]
        found.append((asked, slices.by_label(labels)))
        notes += _missing(asked, sum(not label for label in labels), len(labels))
    return found, notes


def pair(plan: Plan | None, systems: Mapping[str, str]) -> tuple[str, str] | None:
    """The systems of --differ, None for none; ``systems`` are names by what may be said for them. Raises InputError."""
    if plan is None or plan.differ is None:
        return None
    for name in plan.differ:
        if name not in systems:
            there = ", ".join(dict.fromkeys(systems.values()))
            raise InputError(f"There is no system {name!r} for --differ; the systems are: {there}.")
    first, second = (systems[name] for name in plan.differ)
    if first == second:
        raise InputError(f"{first} cannot be compared with itself; name two systems after --differ.")
    return first, second


def of_files(
    plan: Plan,
    found: Measured,
    groups: Sequence[tuple[str, list[Group]]],
    systems: tuple[str, str] | None,
    texts: Mapping[str, Sequence[str]],
    **shown: Any,
) -> Parts:
    """Everything that is asked for of files; ``shown`` are references, documents and source."""
    from review.steps.scoring import slices

    parts = Parts()
    for by, each in groups:
        parts.slices += slices.score(found, by, each)
    if plan.histogram:
        parts.histograms = slices.histograms(found)
    if systems:
        parts.systems, parts.metric = systems, _metric([one.label for one in found.metrics])
        both = (texts[systems[0]], texts[systems[1]])
        parts.differences = slices.differing(found, *systems, parts.metric, plan.most, texts=both, **shown)
    return parts


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of a batch's segments besides their texts."""

    marks: Marks | None
    labels: Mapping[str, Mapping[str, str]]


def known(plan: Plan, store: Store, project: int, name: str, articles: Sequence[Article]) -> Known:
    """Fetch what --by needs. Raises InputError for an unknown column or system, and where no flags are stored yet."""
    from review.steps.scoring import slices
    from review.steps.scoring.batches import UNNAMED
    from review.store import batches

    pair(plan, {system: system for system in (article.system or UNNAMED for article in articles)})
    with store.read() as connection:
        batch = batches.find(connection, project, name).id
    labels = {}
    for by in plan.by:
        if by.lower() not in (*slices.KINDS, *_DOCUMENTS):
            try:
                labels[by] = slices.column(store, batch, articles, by)
            except InputError:
                there = ", ".join(dict.fromkeys((*slices.KINDS, *slices.column_names(store, batch))))
                raise InputError(f"There is no {by!r} to group by; choose one of {there}.") from None
    marked = any(by.lower() in slices.MARKED for by in plan.by)
    return Known(slices.marks(store, batch) if marked else None, labels)


def of_batch(plan: Plan, found: BatchScores, known: Known) -> Parts:
    """Everything that is asked for of a batch. Raises InputError where no segment has a reference."""
    from review.steps.scoring import slices

    if not found.has_references:
        raise InputError("No segment of the batch has a reference, so there are no scores to group; attach one first.")
    parts, notes = Parts(), list[str]()
    count = sum(int(sheet.kept.sum()) for sheet in found.sheets)
    for by in plan.by:
        kind, labels = "article" if by.lower() in _DOCUMENTS else by.lower(), known.labels.get(by)
        one = slices.score_batch(
            found, by if labels is not None else kind, marks=known.marks, labels=labels, buckets=plan.buckets
        )
        parts.slices += one
        if labels is not None or kind in slices.MARKED:
            whole = [each for each in one if kind not in ("flags", "detectors") or each.group.name in slices.EITHER]
            notes += _missing(by, count - sum(each.segments for each in whole), count)
    if plan.histogram:
        parts.histograms = slices.batch_histograms(found)
    systems = pair(plan, {sheet.system: sheet.system for sheet in found.sheets})
    if systems:
        parts.systems, parts.metric = systems, _metric(found.labels)
        parts.differences = slices.batch_differing(found, *systems, parts.metric, plan.most)
    parts.notes = tuple(notes)
    return parts


def _missing(by: str, missing: int, count: int) -> Iterable[str]:
    if missing:
        yield f"{missing} of {count} segments have no {by} and stand in no group."


def _metric(labels: Sequence[str]) -> str:
    """A segment's BLEU says little, so another metric goes before it."""
    return next((label for label in labels if label != "BLEU"), labels[0])


def written(asked: dict[str, Any], parts: Parts, data: Callable[[], dict[str, Any]], text: Callable[[], str]) -> str:
    """The parts in the format that is asked for: with the ``data`` or below the ``text`` of the whole, or as CSV."""
    from review.steps.scoring import reports

    width = asked["width"]
    if asked["style"] == "json":
        more: dict[str, Any] = {}
        if parts.slices or asked["by"]:
            more["slices"] = reports.slices_data(parts.slices)
        if parts.histograms:
            more["histograms"] = reports.histograms_data(parts.histograms)
        if parts.metric:
            more["differing"] = reports.differing_data(parts.differences, parts.systems, parts.metric)
        whole = data()
        return reports.as_json({**whole, "warnings": [*whole["warnings"], *parts.notes], **more})
    if asked["style"] == "csv":
        if asked["by"]:
            return reports.slices_csv(parts.slices, width)
        if parts.histograms:
            return reports.histograms_csv(parts.histograms)
        return reports.differing_csv(parts.differences, parts.systems, parts.metric, width)
    decimals = 2 if width is None else width
    sections = [text()]
    if parts.slices:
        sections.append(reports.slices_text(parts.slices, decimals))
    if parts.histograms:
        sections.append(reports.histograms_text(parts.histograms))
    if parts.metric:
        sections.append(reports.differing_text(parts.differences, parts.systems, parts.metric, decimals))
    return "\n".join(sections)

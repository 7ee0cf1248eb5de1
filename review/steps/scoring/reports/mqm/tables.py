"""Scores of marked errors as plain tables and CSV, with the human error counts beside each penalty."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from review.metrics.mqm import BASES, Tally, in_order
from review.steps.scoring.mqm.comparing import LEVEL, Compared
from review.steps.scoring.mqm.reading import Scored
from review.steps.scoring.reports.layout import as_csv, p_value, plain, rounded
from review.steps.scoring.reports.mqm.data import spreads
from review.steps.scoring.reports.mqm.view import JUDGED, View, notes


def as_table(scored: Scored, view: View, width: int = 2, compared: Compared | None = None) -> str:
    """The level that was asked for in columns; the pairs, where there are any; and what the numbers rest on."""
    tallies = scored.ratings.tallies(view.level)
    if view.level == "rater":
        tallies += scored.ratings.raters_overall()
    severities = in_order({kind.severity for kind in scored.ratings.kinds})
    whole, ends = view.level == "system", spreads(scored)
    judged = view.threshold is not None and view.level in JUDGED
    columns: list[tuple[str, Callable[[Tally], str]]] = [("system", lambda one: one.system or "all")]
    if view.level == "segment":
        columns.append(("document", lambda one: one.document))
    if not whole:
        columns.append((view.level, lambda one: one.name))
    texts = len(columns)
    if compared and whole:
        columns.append(("cluster", lambda one: str(compared.clusters[one.system])))
    columns.append(("MQM", lambda one: f"{float(one.score):.{width}f}"))
    if compared and compared.intervals and whole:
        columns.append(("95%", lambda one: "{:.{w}f} to {:.{w}f}".format(*compared.intervals[one.system], w=width)))
    if tallies[0].whole is not None:
        columns.append(("share", lambda one: "" if one.share is None else f"{one.share:.1%}"))
    columns += [("segments", lambda one: str(one.segments)), ("ratings", lambda one: str(one.ratings))]
    columns.append(("raters", lambda one: str(one.raters)))
    if whole:
        columns.append(("raters' means", lambda one: _range(ends[one.system], width)))
    columns.append(("errors", lambda one: str(one.errors)))
    columns += [(name, _counter(name)) for name in severities]
    columns.append((f"per {view.size:,} words", lambda one: _rate(one, view, width)))
    if judged:
        columns.append(("verdict", lambda one: view.verdict(one) or ""))
    rows = [[cell(tally) for _, cell in columns] for tally in tallies]
    text = plain([name for name, _ in columns], rows, texts)
    if compared:
        text += "\n" + comparison_text(compared)
    return text + "\n" + "".join(f"{sentence}\n" for sentence in notes(scored, view))


def _range(spread: dict[str, float | None], width: int) -> str:
    return f"{spread['lowest']:.{width}f} to {spread['highest']:.{width}f}"


def _counter(severity: str) -> Callable[[Tally], str]:
    return lambda tally: str(tally.by("severity").get(severity, (0, None))[0])


def _rate(tally: Tally, view: View, width: int) -> str:
    rate = tally.per_words(view.basis, view.size)
    return "" if rate is None else f"{float(rate):.{width}f}"


def comparison_text(compared: Compared) -> str:
    """The p-values of all pairs, in the order of the systems; a star where p < 0.05."""
    names = list(compared.clusters)
    cells = {
        (pair.better, pair.worse): "-"
        if pair.p_value is None
        else f"{p_value(pair.p_value)}{'*' if pair.significant else ' '}"
        for pair in compared.pairs
    }
    numbers = {name: str(at) for at, name in enumerate(names, 1)}
    rows = [[f"{numbers[name]} {name}", *(cells.get((name, other), "") for other in names[1:])] for name in names[:-1]]
    how = f"{compared.trials} draws of {compared.unit}s, seed {compared.seed}"
    title = f"p-values, paired {compared.test}, {how} (* p < {LEVEL})\n"
    return title + plain(["better", *(f"than {numbers[name]}" for name in names[1:])], rows)


def as_rows(scored: Scored, view: View, width: int | None = None) -> str:
    """CSV: the systems, then the level that was asked for, one a row; to full precision unless ``width`` is given."""
    severities = in_order({kind.severity for kind in scored.ratings.kinds})
    tallies = scored.ratings.tallies("system")
    if view.level != "system":
        tallies += scored.ratings.tallies(view.level)
    if view.level == "rater":
        tallies += scored.ratings.raters_overall()
    header = [
        "level",
        "system",
        "document",
        "name",
        "mqm",
        "penalty",
        "share",
        "segments",
        "ratings",
        "raters",
        "errors",
    ]
    header += [*severities, f"words of the {view.basis}", f"per {view.size} words", "verdict", "weights"]

    def number(value: Fraction | float | None) -> object:
        return "" if value is None else rounded(float(value), width)

    rows = []
    for tally in tallies:
        counts = tally.by("severity")
        rows.append(
            [
                tally.level, tally.system, tally.document, tally.name, number(tally.score), number(tally.penalty),
                number(tally.share), tally.segments, tally.ratings, tally.raters, tally.errors,
                *(counts.get(name, (0,))[0] for name in severities), tally.words[BASES.index(view.basis)],
                number(tally.per_words(view.basis, view.size)), view.verdict(tally) or "", scored.ratings.weights.name,
            ]
        )  # fmt: skip
    return as_csv(rows, header)


def comparison_rows(compared: Compared, width: int | None = None) -> str:
    """CSV: a pair a row."""
    rows = [
        (
            pair.better, pair.worse, compared.clusters[pair.better], compared.clusters[pair.worse], pair.segments,
            "" if pair.difference is None else rounded(pair.difference, width), pair.p_value, pair.adjusted,
            *(rounded(end, width) for end in pair.interval or ()),
        )
        for pair in compared.pairs
    ]  # fmt: skip
    ends = ("low", "high") if any(pair.interval for pair in compared.pairs) else ()
    header = (
        "better",
        "worse",
        "cluster of better",
        "cluster of worse",
        "segments",
        "difference",
        "p_value",
        "adjusted",
        *ends,
    )
    return as_csv(rows, header)

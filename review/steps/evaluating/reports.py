"""An evaluation as tables and as JSON: each figure with its interval."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from review.metrics.spans import LONGEST
from review.steps.evaluating.learning import Outcome
from review.steps.evaluating.measuring import SURE, Comparison, Figure, ceiling

FLAGS, BY_DETECTOR, BY_CATEGORY = "all flags", "by detector", "by category"
SEGMENTS, OMISSIONS, CEILING = "segments", "omissions", "one rater against the others"
SURELY = f"flags of confidence {SURE} or more"

FIGURES = """precision at 20% recall | flags a segment | precision | by chance | lift | recall of major spans | recall |
character F1 | character F1, half credit | bad segments, share | AUC of risk | AUC of risk by length | MCC at risk 0.5 |
found in 20% of segments | found in 20% of characters | Spearman with MQM"""
"""All figures, in the order in which they are shown."""

NOTES = f"""A flag is right where it overlaps any rater's span; by chance is a flag of as many words anywhere in the
same segment, lift the two divided. Flags of more than {LONGEST} words do not count, but for omissions. Recall counts
each rater's major spans. A bad segment is one in which at least two raters marked a major error. In brackets: 95%
intervals, by bootstrap over documents."""


def report(outcomes: Sequence[Outcome], trials: int = 300) -> dict[str, Any]:
    """Every figure, in groups; the groups by detector and by category hold groups of their own."""
    compared = Comparison(outcomes, trials)
    sure = [flag for flag in compared.judged if flag.confidence >= SURE]
    everything: dict[str, Any] = {
        FLAGS: {"precision at 20% recall": compared.precision_at(), **compared.of_flags(compared.judged)},
        SURELY: compared.of_flags(sure),
        SEGMENTS: compared.of_segments(),
        OMISSIONS: compared.of_omissions(),
        BY_DETECTOR: {},
        BY_CATEGORY: {},
    }
    for name in sorted({flag.detector for flag in compared.judged}):
        mine = [flag for flag in compared.judged if flag.detector == name]
        everything[BY_DETECTOR][name] = compared.of_flags(mine)
    for name in sorted({flag.category for flag in compared.judged}):
        mine = [flag for flag in compared.judged if flag.category == name]
        everything[BY_CATEGORY][name] = compared.of_flags(mine)
    human = ceiling([outcome.rated for outcome in outcomes], trials)
    if human is not None:
        everything[CEILING] = human
    return everything


def as_json(found: Mapping[str, Any]) -> dict[str, Any]:
    """The report as plain data: a figure is ``{"value", "low", "high"}``, null where it has none."""
    return {name: _plain(part) if isinstance(part, Figure) else as_json(part) for name, part in found.items()}


def figure(plain: Mapping[str, float | None]) -> Figure:
    """A figure of ``as_json`` as a Figure again."""
    return Figure(*(math.nan if plain[key] is None else float(plain[key] or 0) for key in ("value", "low", "high")))


def _plain(figure: Figure) -> dict[str, float | None]:
    values = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {name: None if math.isnan(value) else round(value, 6) for name, value in values.items()}


def in_order(names: Iterable[str]) -> list[str]:
    """Names of figures in the order in which they are shown."""
    order = [name.strip() for name in FIGURES.split("|")]
    return sorted(names, key=order.index)


def as_csv(found: Mapping[str, Any]) -> str:
    """What ``as_json`` made as a table: group, name (of a detector or category, or ""), figure, value, low, high."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["group", "name", "figure", "value", "low", "high"])
    for group, part in found.items():
        named = part if group in (BY_DETECTOR, BY_CATEGORY) else {"": part}
        for name, figures in named.items():
            for title in in_order(figures):
                writer.writerow([group, name, title, *(figures[title][key] for key in ("value", "low", "high"))])
    return out.getvalue()


def as_table(found: Mapping[str, Any]) -> Iterator[str]:
    """The report as lines of text."""
    for name in (FLAGS, SURELY, SEGMENTS, OMISSIONS, CEILING):
        if name in found:
            yield f"{name}\n"
            width = max(len(row) for row in found[name])
            yield from (f"  {row:<{width}}  {shown(figure)}\n" for row, figure in found[name].items())
            yield "\n"
    for name in (BY_DETECTOR, BY_CATEGORY):
        if found[name]:
            yield from _grid(name, found[name])
            yield "\n"
    yield f"{NOTES}\n"


def _grid(title: str, rows: Mapping[str, Mapping[str, Figure]]) -> Iterator[str]:
    columns = ("flags a segment", "precision", "by chance", "lift", "recall of major spans", "character F1")
    width = max(len(title), *(len(row) for row in rows))
    yield f"{title:<{width}}  " + "  ".join(f"{column:>18}" for column in columns) + "\n"
    for row, figures in rows.items():
        yield f"{row:<{width}}  " + "  ".join(f"{shown(figures[column]):>18}" for column in columns) + "\n"


def shown(figure: Figure) -> str:
    """A figure as ``.68 (.61–.74)``."""
    if math.isnan(figure.value):
        return "–"
    text = _short(figure.value)
    return text if math.isnan(figure.low) else f"{text} ({_short(figure.low)}–{_short(figure.high)})"


def _short(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 0.0995 else f"{value:.2f}"

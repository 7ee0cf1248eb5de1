"""How ``score`` prints what was scored: in the program's own forms, and in sacrebleu's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from review.cli import _score_input as given
from review.cli import _score_pairwise
from review.cli._progress import progress_bar
from review.errors import InputError

if TYPE_CHECKING:
    from review.cli._score_checks import Verdict
    from review.model import Run
    from review.steps.scoring import Measured, Table


class Done(NamedTuple):
    """What is printed, what the checks found, warnings, and the run if it is to be kept."""

    text: str
    verdict: Verdict
    warnings: tuple[str, ...]
    run: Run | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to print. ``systems`` are the names as they were given; ``more`` joins JSON, ``after`` text."""

    found: Measured
    table: Table
    systems: list[str]
    source: list[str]
    verdict: Verdict
    more: Mapping[str, Any]
    after: str = ""

    def data(self) -> dict[str, Any]:
        """What JSON has besides the table."""
        return {**self.verdict.data(), **self.more}


def sacrebleu_style(asked: Mapping[str, Any]) -> bool:
    """True where sacrebleu's own output is asked for."""
    return bool(asked["native"] or asked["score_only"] or asked["style"] == "sacrebleu-json")


def metrics(asked: dict[str, Any]) -> tuple[str, ...]:
    """The metrics that were asked for, else sacrebleu's default or this program's.

    Raises InputError where ``-m`` names nothing.
    """
    if asked["names"] and not any(part.strip(" ,") for part in asked["names"]):
        raise InputError("-m names no metric; give one or several of bleu, chrf, chrf++, ter.")
    return asked["names"] or (("bleu",) if sacrebleu_style(asked) or asked["sentence_level"] else ("bleu", "chrf"))


def with_intervals(asked: dict[str, Any], found: Measured, table: Table) -> Table:
    """The table with each system's interval, where ``--confidence`` asks for it."""
    from review.steps import scoring

    if not asked["confidence"]:
        return table
    steps = asked["confidence_n"] * len(found.counts) * len(table.scores) // 1000
    with progress_bar(steps, "Resampling") as progress:
        return scoring.intervals(found, table, asked["confidence_n"], asked["seed"], progress)


def written(asked: dict[str, Any], shown: Shown, test: str) -> tuple[str, tuple[str, ...]]:
    """The text that was asked for, and warnings that a comparison brings."""
    if not test:
        return plain(asked, shown) + shown.after, ()
    if asked["pairwise"]:
        text, warnings = _score_pairwise.written(asked, shown.found, shown.table, test, shown.source, shown.data())
        if asked["style"] == "table":
            text += shown.verdict.text(asked["width"])
    else:
        text, warnings = _compared(asked, shown, test)
    return text + shown.after, warnings


def _compared(asked: dict[str, Any], shown: Shown, test: str) -> tuple[str, tuple[str, ...]]:
    from review.steps import scoring
    from review.steps.scoring import reports, significance

    trials = significance.trials_of(test, given.trials(asked, test))
    with progress_bar(trials * len(shown.found.counts) * len(shown.table.scores) // 1000, "Comparing") as progress:
        results = scoring.compare(shown.found, test, trials, asked["seed"], progress=progress)
    warnings = tuple(significance.rounded(results))
    width, style, native = asked["width"], asked["style"], asked["native"]
    if native in ("text", "latex"):
        return reports.comparison_native(results, shown.systems, native, test, trials, width_or(width, 1)), warnings
    if native == "json" or style == "sacrebleu-json":
        return reports.comparison_sacrebleu(results, shown.systems), warnings
    if style == "json":
        comparison = reports.comparison_data(results, test, trials, asked["seed"])
        data = {**reports.as_data(shown.table, shown.source), "comparison": comparison, **shown.data()}
        return reports.as_json(data), warnings
    if style == "csv":
        return reports.comparison_csv(results, width), warnings
    text = reports.comparison_text(results, test, trials, width_or(width, 2))
    return text + shown.verdict.text(width), warnings


def plain(asked: dict[str, Any], shown: Shown) -> str:
    """The scores without a comparison."""
    from review.steps.scoring import reports

    table, verdict = shown.table, shown.verdict
    width, style, native, level = asked["width"], asked["style"], asked["native"], asked["level"]
    if asked["sentence_level"]:
        return reports.sentence_level(table, width_or(width, 1), score_only=asked["score_only"])
    if asked["score_only"] and (len(table.systems) == 1 or not native):
        return reports.score_only(table, width_or(width, 1), as_json=native not in ("text", "latex"))
    if native in ("text", "latex"):
        return reports.sacrebleu_text(table, shown.systems, native, width_or(width, 1))
    if native == "json" or style == "sacrebleu-json":
        return reports.sacrebleu_json(table, shown.systems, width_or(width, 1))
    if style == "latex":
        return reports.table_latex(table, level, width_or(width, 2))
    if style == "json":
        return reports.as_json({**reports.as_data(table, shown.source), **shown.data()})
    if style == "csv":
        return reports.table_csv(table, width, verdict.beside())
    return reports.table_text(table, level, width_or(width, 2)) + verdict.text(width)


def width_or(width: int | None, usual: int) -> int:
    """The decimals that were asked for, else the usual ones."""
    return usual if width is None else width

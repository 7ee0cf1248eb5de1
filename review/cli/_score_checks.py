"""What a build asks of ``score``: limits, an earlier run as baseline, JUnit XML, and keeping the run."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from review.cli import _flag_output
from review.errors import InputError

if TYPE_CHECKING:
    from review.model import Run
    from review.steps.scoring import BatchScores, Measured, Table
    from review.steps.scoring.baselines import Baseline, Difference, Differences, SegmentScores
    from review.steps.scoring.checks import Check

_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--fail-under", multiple=True, metavar="M=X", help="Exit 1 where metric M is worse than X (TER: above X)."
    ),
    click.option(
        "--baseline", metavar="RUN.json", help="An earlier run (--format json): show each score beside its own."
    ),
    click.option(
        "--max-drop", multiple=True, metavar="[M=]X",
        help="Exit 1 where a score is worse than the baseline's by more than X; M=X for one metric.",
    ),
    click.option("--junit", metavar="P", help="Write the checks to a file as JUnit XML."),
    click.option("--keep", metavar="NAME", help="Keep the scores under a name; see the command runs."),
    click.option("--label", default="", metavar="TEXT", help="With --keep: what was scored, such as a git commit."),
)  # fmt: skip


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The decorator that gives a command these options."""
    return reduce(lambda made, option: option(made), reversed(_OPTIONS), command)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks found; ``differences`` is None without a baseline."""

    checks: tuple[Check, ...] = ()
    differences: Differences | None = None
    signatures: tuple[str, ...] = ()

    @property
    def problems(self) -> list[str]:
        return [one.sentence for one in self.checks if not one.passed]

    @property
    def warnings(self) -> tuple[str, ...]:
        return self.differences.warnings if self.differences else ()

    def text(self, width: int | None) -> str:
        """What a table is followed by."""
        from review.steps.scoring import reports

        return "\n" + reports.baseline_text(self.differences, 2 if width is None else width) if self.differences else ""

    def beside(self) -> dict[tuple[str, str], Difference]:
        """The differences by system and metric label, for CSV."""
        return {(one.system, one.metric): one for one in self.differences.rows} if self.differences else {}

    def data(self) -> dict[str, Any]:
        """What JSON has besides the scores."""
        from review.steps.scoring import reports

        found: dict[str, Any] = {}
        if self.differences:
            found["baseline"] = reports.baseline_data(self.differences)
        if self.checks:
            found["checks"] = reports.checks_data(self.checks)
        return found


class Asked:
    """The checks that were asked for, read and refused before anything is scored."""

    def __init__(self, asked: dict[str, Any]) -> None:
        from review.steps.scoring import baselines, runs

        self.started = monotonic()
        self.limits = limits(asked["fail_under"])
        self.allowed = allowed(asked["max_drop"])
        if asked["max_drop"] and not asked["baseline"]:
            raise InputError("--max-drop needs an earlier run to compare with; name it with --baseline.")
        if asked["junit"] and not (asked["fail_under"] or asked["max_drop"]):
            raise InputError("--junit writes checks; ask for one with --fail-under or --max-drop.")
        if asked["label"] and not asked["keep"]:
            raise InputError("--label belongs to a run that is kept; give it a name with --keep.")
        if asked["keep"] is not None:
            runs.check(asked["keep"], asked["label"])
            from review.store import Store

            Store.open().close()  # a store that cannot be used is told of before any work
        self.baseline: Baseline | None = baselines.read(asked["baseline"]) if asked["baseline"] else None
        self.junit = asked["junit"]
        files = (*asked["hypotheses"], *asked["inputs"], *asked["references"], asked["source"], asked["documents"])
        _flag_output.check([asked["output"], *([self.junit] if self.junit else [])], filter(None, files))

    def of(self, table: Table, segments: SegmentScores | None = None) -> Verdict:
        """Check a table of systems. ``segments`` gives single segments' scores, where the baseline has some."""
        from review.steps.scoring import baselines, checks, reports

        found = checks.under(table, self.limits)
        differences = None
        if self.baseline:
            differences = baselines.differences(table, self.baseline, self.allowed, segments)
            found += baselines.drops(differences)
        return Verdict(tuple(found), differences, tuple(reports.signatures(table.at("system"))))

    def write_junit(self, verdict: Verdict) -> None:
        """Write the JUnit file, if one was asked for."""
        from review.cli import _score_junit

        if self.junit:
            text = _score_junit.document(verdict.checks, verdict.signatures, monotonic() - self.started)
            _flag_output.put([text], self.junit)


def of_lines(found: Measured) -> SegmentScores:
    """The scores of single lines, by number from 1; lines without one (of scores from elsewhere) are not among them."""

    def scores(system: str, label: str) -> dict[str, float]:
        metric = next((one for one in found.metrics if one.label == label), None)
        if metric is None:
            return {}
        values = metric.values(found.rows[system, metric.name], "segment")
        return {str(number): float(value) for number, value in enumerate(values, 1) if not math.isnan(value)}

    return scores


def of_articles(found: BatchScores) -> SegmentScores:
    """The scores of a batch's segments as they came from the machine, by article and number."""
    return lambda system, label: {
        f"{row.article}:{row.number}": row.before[label]
        for row in found.segments
        if row.system == system and label in row.before
    }


def limits(texts: Sequence[str]) -> dict[str, float]:
    """What ``--fail-under`` asks, by metric name. Raises InputError for what is not M=X."""
    found = {}
    for text in (part for group in texts for part in group.split(",")):
        name, sign, number = text.partition("=")
        if not sign or not name.strip():
            raise InputError(f"--fail-under {text!r} is not of the form bleu=30; give a metric and a number.")
        found[name.strip()] = _number(number, f"--fail-under {text!r} is not of the form bleu=30")
    return found


def allowed(texts: Sequence[str]) -> dict[str, float]:
    """What ``--max-drop`` allows, by metric name, "" for all others. Raises InputError for what is not X or M=X."""
    found = {}
    for text in (part for group in texts for part in group.split(",")):
        name, sign, number = text.partition("=")
        name, number = (name.strip(), number) if sign else ("", name)
        wrong = f"--max-drop {text!r} is not of the form 0.5 or bleu=0.5"
        found[name] = _number(number, wrong)
        if found[name] < 0 or (sign and not name):
            raise InputError(f"{wrong}; give a number from 0 up.")
    return found


def _number(text: str, wrong: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise InputError(f"{wrong}; give a metric and a number.")
    return found


def keep(run: Run) -> None:
    """Keep a run in the local user's project."""
    from review.steps.scoring import runs
    from review.store import Store, people

    with Store.open() as store:
        project, actor = store.write(people.ensure_local)
        runs.keep(store, project, actor, run)

"""``score --compare TEST --pairwise``: every system against every other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from review.cli import _score_input as given
from review.errors import InputError

if TYPE_CHECKING:
    from review.steps.scoring import Measured, Table

_Command = TypeVar("_Command", bound=Callable[..., Any])


def option(command: _Command) -> _Command:
    """Add ``--pairwise`` to a command."""
    return click.option(
        "--pairwise", is_flag=True, help="With --compare: test each system against each, and rank them in clusters."
    )(command)


def check(asked: dict[str, Any], test: str) -> None:
    """Raise InputError where ``--pairwise`` has no test, or a form that has no place for it."""
    from review.steps.scoring.significance import trials_of

    if test:
        trials_of(test, given.trials(asked, test))
    if not asked["pairwise"]:
        return
    if not test:
        raise InputError("--pairwise needs a test; add --compare bootstrap or --compare randomization.")
    if asked["native"] or asked["style"] == "sacrebleu-json":
        raise InputError("--pairwise is printed as table, json or csv; choose one with --format.")


def written(
    asked: dict[str, Any], found: Measured, table: Table, test: str, source: list[str], more: Mapping[str, Any]
) -> tuple[str, tuple[str, ...]]:
    """The text that was asked for, with ``more`` in JSON, and warnings to go with it."""
    from review.steps import scoring
    from review.steps.scoring import reports

    results = scoring.pairwise(found, test, given.trials(asked, test), asked["seed"])
    warnings = tuple(dict.fromkeys(sentence for one in results for sentence in one.warnings))
    if asked["style"] == "json":
        data = {**reports.as_data(table, source), "pairwise": [reports.pairwise_data(one) for one in results], **more}
        return reports.as_json(data), warnings
    if asked["style"] == "csv":
        return reports.pairwise_csv(results, asked["width"]), warnings
    return reports.pairwise_text(results, 2 if asked["width"] is None else asked["width"]), warnings

"""``score --scores``: scores that another program computed, beside sacrebleu's; ``--human``: agreement with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from review.errors import InputError

if TYPE_CHECKING:
    from review.steps.scoring import Elsewhere, Measured, Wanted

Function = TypeVar("Function", bound=Callable[..., Any])


def options(command: Function) -> Function:
    """The options of this file."""
    for option in (
        click.option(
            "--human", "human", multiple=True, metavar="NAME",
            help="Which of the --scores people gave: also print how far each metric agrees with them.",
        ),
        click.option(
            "--scores-direction", multiple=True, metavar="NAME=higher|lower",
            help="What is better. [default: lower for TER, MetricX, MQM unless negative; else higher]",
        ),
        click.option(
            "--scores", "scores", multiple=True, metavar="NAME=FILE",
            help="Segment scores from elsewhere: COMET's JSON, TSV, .seg.score; FILE,FILE is one for each system.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Printed:
    """What is said of agreement: a text to append, or data to put into the JSON."""

    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def check(asked: Mapping[str, Any]) -> None:
    """Raise InputError where scores from elsewhere cannot be printed as is asked."""
    if not asked["scores"] and (asked["human"] or asked["scores_direction"]):
        raise InputError("There are no scores from elsewhere; name them with --scores NAME=FILE.")
    if asked["scores"] and (asked["native"] or asked["score_only"] or asked["style"] == "sacrebleu-json"):
        raise InputError("Scores from elsewhere are printed as table, json, csv or latex; choose one with --format.")
    if asked["human"] and not asked.get("folder") and asked["style"] not in ("table", "json"):
        raise InputError("Agreement with human scores is printed as table or json; choose one with --format.")


def wanted(scores: Sequence[str], directions: Sequence[str]) -> list[Wanted]:
    """What ``--scores`` and ``--scores-direction`` ask for. Raises InputError."""
    from review.steps import scoring
    from review.steps.scoring.given import DIRECTIONS

    ways = {}
    for text in directions:
        name, _, way = text.rpartition("=")
        if way not in DIRECTIONS or not name:
            raise InputError(f"--scores-direction {text!r} is not of the form NAME=lower or NAME=higher.")
        ways[name] = way
    found = []
    for text in scores:
        name, equals, paths = text.partition("=")
        if not equals or not paths:
            raise InputError(
                f"--scores {text!r} is not of the form NAME=FILE; give a name and the file with its scores."
            )
        several = "," in paths and not Path(paths).exists()
        found.append(
            scoring.Wanted(name.strip(), tuple(paths.split(",") if several else (paths,)), ways.pop(name.strip(), ""))
        )
    if ways:
        raise InputError(f"--scores-direction names {next(iter(ways))!r}, of which there are no --scores.")
    return found


def read(
    asked: Mapping[str, Any],
    systems: Mapping[str, str],
    count: int,
    documents: Sequence[str | None] | None,
    columns: Mapping[str, Sequence[str | None]],
) -> Elsewhere:
    """Read every file of scores. ``systems`` maps names to paths; ``columns`` are those of --documents."""
    from review.steps import scoring

    totals = asked.get("totals", {})
    chosen = [replace(one, totals=totals.get(one.name)) for one in wanted(asked["scores"], asked["scores_direction"])]
    numbers = next((columns[name] for name in ("segment", "seg_id", "seg") if name in columns), None)
    return scoring.read_given(chosen, systems, count, documents, numbers, asked.get("other_systems", ()))


def agreements(asked: Mapping[str, Any], found: Measured, elsewhere: Elsewhere) -> Printed:
    """How far each metric agrees with the scores that people gave."""
    from review.steps import scoring
    from review.steps.scoring import reports

    lonely = asked.get("folder") and len(found.systems) < 2
    if not asked["human"] or asked["style"] not in ("table", "json") or lonely:
        return Printed()
    results = scoring.agreements(found, asked["human"], elsewhere)
    if asked["style"] == "json":
        return Printed(data={"agreement": reports.agreement_data(results)})
    return Printed("\n" + reports.agreement_text(results))

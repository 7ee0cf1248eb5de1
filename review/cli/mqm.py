"""``python -m review mqm``: scores of the errors that people marked, in an MQM file or in a batch."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from review.cli import _flag_output
from review.errors import InputError

if TYPE_CHECKING:
    from review.metrics.mqm_weights import Weights
    from review.steps.scoring.mqm import Compared, Scored
    from review.steps.scoring.reports.mqm import View


@click.command("mqm")
@click.argument("path", required=False, metavar="TSV")
@click.option("--batch", metavar="N", help="Score the errors that reviewers marked in a batch, not those of a file.")
@click.option("--weights", default="wmt", metavar="wmt|FILE", help="What errors weigh: a JSON file of rules. [wmt]")
@click.option(
    "--level", type=click.Choice(["system", "document", "segment", "rater", "category"]), default="system",
    show_default=True, help="Print the parts of each system; json and csv hold both.",
)  # fmt: skip
@click.option(
    "--words", type=click.Choice(["source", "target"]), default="source", show_default=True, help="Whose words count."
)
@click.option(
    "--per-words", type=click.IntRange(1), default=1000, show_default=True, metavar="N",
    help="Tell the penalty of so many words.",
)  # fmt: skip
@click.option("--threshold", metavar="X", help="Exit 1 where a system's penalty of so many words is above X.")
@click.option(
    "--compare", type=click.Choice(["bootstrap", "randomization"]),
    help="Test every pair of systems on the segments that both have, and draw clusters.",
)  # fmt: skip
@click.option("--units", type=click.Choice(["segment", "document"]), help="What --compare draws. [default: segment]")
@click.option("--trials", type=click.IntRange(1), help="For --compare. [default: bootstrap 1000, randomization 10000]")
@click.option("--seed", type=click.IntRange(1), default=12345, show_default=True, help="For --compare.")
@click.option(
    "--format", "style", type=click.Choice(["table", "json", "csv", "seg-score"]), default="table", show_default=True,
    help="How to print; seg-score is mt-metrics-eval's: penalties below zero, so that higher is better.",
)  # fmt: skip
@click.option("--scores-out", metavar="P", help="Also write the segment scores to a file, as seg-score does.")
@click.option("--documents", default="", metavar="TSV", help="For seg-score: line, document and segment of each line.")
@click.option("--lines", type=click.IntRange(1, 10**8), metavar="N", help="For seg-score: how many lines the text has.")
@click.option("-w", "--width", type=click.IntRange(0, 17), help="Decimals. [default: 2; csv all]")
@click.option("--output", "-o", default="-", metavar="P", help="Write to a file instead of the screen.")
@click.pass_context
def COMMAND(context: click.Context, path: str | None, batch: str | None, **asked: Any) -> None:
    """Score systems by the errors that people marked: a WMT or Marot MQM file, or a batch.

    A segment's penalty is the sum of its errors' weights, mean over raters; a system's is the mean over segments, the
    lowest is best. WMT's weights: neutral 0, minor 1, minor punctuation 0.1, major 5, critical 25, non-translation 25.
    A file of weights is {"name": "ours", "rules": [{"severity": "minor", "category": "Style/*", "weight": 0.5}, ...]}:
    of the rules the first that fits counts; * and ? stand for any letters, a list for any of its patterns.

    \b
    python -m review mqm mqm.tsv         (.gz too; - is standard input)
    python -m review mqm mqm.tsv --level category --format json
    python -m review mqm mqm.tsv --compare randomization --threshold 60
    python -m review mqm mqm.tsv --scores-out mqm.seg.score --documents documents.tsv --lines 1976
    """
    from review.metrics.mqm_weights import find_weights
    from review.steps.scoring import mqm
    from review.steps.scoring.reports import mqm as reports

    if (path is None) == (batch is None):
        raise InputError("Name either an MQM file or a --batch to score.")
    _consistent(asked)
    places = (place for place in (asked["output"], asked["scores_out"]) if place is not None)
    _flag_output.check(places, filter(None, (path, asked["documents"])))
    view = reports.View(asked["level"], asked["words"], asked["per_words"], _threshold(asked["threshold"]))
    weights = find_weights(asked["weights"])
    scored = _of_batch(batch, weights) if batch is not None else mqm.of_file(str(path), weights)
    problems = reports.failures(scored, view)
    compared = _compared(asked, scored)
    warnings = [*scored.warnings, *reports.cautions(scored, view), *(compared.warnings if compared else ())]
    wanted = asked["scores_out"] or asked["style"] == "seg-score"
    segments = mqm.segment_scores(scored.ratings, asked["documents"], asked["lines"]) if wanted else ""
    text = segments if asked["style"] == "seg-score" else _written(asked, scored, view, warnings, compared)
    if asked["scores_out"]:
        _flag_output.put([segments], asked["scores_out"])
    _flag_output.put([text], asked["output"])
    for sentence in warnings:
        click.echo(f"review: warning: {sentence}", err=True)
    for sentence in problems:
        click.echo(f"review: {sentence}", err=True)
    if problems:
        context.exit(1)


def _consistent(asked: dict[str, Any]) -> None:
    """Raise InputError for options that would do nothing."""
    for name in ("trials", "units"):
        if asked[name] and not asked["compare"]:
            raise InputError(f"--{name} belongs to a test; ask for one by --compare bootstrap or randomization.")
    if asked["lines"] and not asked["documents"]:
        raise InputError("--lines belongs to --documents; name the table of line, document and segment.")
    if asked["documents"] and not (asked["scores_out"] or asked["style"] == "seg-score"):
        raise InputError("--documents belongs to segment scores; ask for them by --scores-out or --format seg-score.")
    if asked["style"] == "seg-score" and asked["compare"]:
        raise InputError("Segment scores hold no comparison; leave out --compare, or write them by --scores-out.")


def _compared(asked: dict[str, Any], scored: Scored) -> Compared | None:
    from review.steps.scoring import mqm

    if not asked["compare"]:
        return None
    return mqm.compare(scored.ratings, asked["compare"], asked["trials"], asked["seed"], asked["units"] or "segment")


def _threshold(text: str | None) -> Fraction | None:
    if text is None:
        return None
    try:
        number = Decimal(text)
        fine = number.is_finite() and 0 <= number <= 10**9 and int(number.as_tuple().exponent) >= -12
    except InvalidOperation:
        fine = False
    if not fine:
        raise InputError(f"--threshold {text} is no penalty; give a number from 0 on, such as 60 or 2.5.")
    return Fraction(number)


def _of_batch(batch: str, weights: Weights) -> Scored:
    from review.steps.scoring import mqm
    from review.store import Store, people

    with Store.open() as store:
        project, _ = store.write(people.ensure_local)
        return mqm.of_batch(store, project, batch, weights)


def _written(asked: dict[str, Any], scored: Scored, view: View, warnings: list[str], compared: Compared | None) -> str:
    from review.steps.scoring.reports import as_json
    from review.steps.scoring.reports import mqm as reports

    if asked["style"] == "json":
        return as_json(reports.as_data(scored, view, warnings, compared))
    if asked["style"] == "csv":
        if compared:
            return reports.comparison_rows(compared, asked["width"])
        return reports.as_rows(scored, view, asked["width"])
    return reports.as_table(scored, view, 2 if asked["width"] is None else asked["width"], compared)

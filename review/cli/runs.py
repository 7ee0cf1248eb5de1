"""``python -m review runs``: kept scores over time."""

from __future__ import annotations

import click

from review.cli import _flag_output
from review.errors import MissingError


@click.command("runs")
@click.argument("name", required=False)
@click.option("--last", type=click.IntRange(1), metavar="N", help="Only the newest N runs.")
@click.option(
    "--format", "style", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True,
    help="How to print.",
)  # fmt: skip
@click.option("-w", "--width", type=click.IntRange(0, 17), help="Decimals. [default: 2; json and csv all]")
@click.option("--output", "-o", default="-", metavar="P", help="Write to a file instead of the screen.")
def runs(name: str | None, last: int | None, style: str, width: int | None, output: str) -> None:
    """List the scores that were kept under NAME (score --keep), or under any name, oldest first.

    Each score stands with its change since the run before under the same name. Where the signature or the references
    are others than before, there is no change: the two scores cannot be compared.

    \b
    python -m review score mt.txt -r reference.txt --keep nightly --label "$(git rev-parse --short HEAD)"
    python -m review runs nightly
    """
    from review.steps.scoring import reports
    from review.steps.scoring import runs as scored
    from review.store import Store, people
    from review.store import runs as stored

    _flag_output.check([output])
    with Store.open() as store:
        project, _ = store.write(people.ensure_local)
        with store.read() as connection:
            history = stored.history(connection, project, name)
            names = [] if history else [one.name for one in stored.names(connection, project)]
    if name is not None and not history:
        there = f"; there are: {', '.join(names)}" if names else ""
        raise MissingError(f"There is no run under {name!r}{there}; score --keep {name} keeps one.")
    shown = {run.id for run in history[-last:]} if last else {run.id for run in history}
    points = [point for point in scored.points(history) if point.run.id in shown]
    if style == "json":
        text = reports.as_json(reports.runs_data(points))
    elif style == "csv":
        text = reports.runs_csv(points, width)
    elif points:
        text = reports.runs_text(points, 2 if width is None else width)
    else:
        text = "No scores are kept; score --keep NAME keeps them.\n"
    _flag_output.put([text], output)


COMMAND = runs

"""``python -m review saved``: what corrections saved, and how flags fall from article to article."""

from __future__ import annotations

import click

from review.cli import _flag_output


@click.command("saved")
@click.option("--batch", metavar="N", help="One batch, by name or number; without it the whole project.")
@click.option(
    "--format", "style", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True,
    help="How to print; csv has a line for each article.",
)  # fmt: skip
@click.option("--no-distance", is_flag=True, help="Leave HTER out, which reads the text of every changed article.")
@click.option("--output", "-o", default="-", metavar="P", help="Write to a file instead of the screen.")
def saved(batch: str | None, style: str, no_distance: bool, output: str) -> None:
    """Count corrections made by hand, by propagation, by accepted suggestion and from memory.

    Each is counted as acts and as the segments that they changed: a propagation of 17 segments is 1 act. What was
    undone does not count; corrections that a file brought along stand apart. Articles are listed in the order in
    which reviewing began, with the share of changed segments and flags per 1,000 words. Nobody's time is in it.

    \b
    python -m review saved --batch port
    python -m review saved --format json
    """
    from review.steps.saving import reports
    from review.store import Store, batches, people

    _flag_output.check([output])
    with Store.open() as store:
        project, _ = store.write(people.ensure_local)
        number, scope = None, "The whole project"
        if batch is not None:
            with store.read() as connection:
                found = batches.find(connection, project, batch)
            number, scope = found.id, found.name
        report = reports.report(store, project, number, scope, measured=not no_distance)
    if style == "json":
        text = reports.as_json(report, people=True)
    elif style == "csv":
        text = reports.as_csv(report.articles)
    else:
        text = reports.as_text(report)
    _flag_output.put([text], output)


COMMAND = saved

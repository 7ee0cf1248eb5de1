"""``python -m review evaluate``: how good the detectors are, against what human raters marked."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from review.errors import InputError

if TYPE_CHECKING:
    from review.model import Rated


@click.command("evaluate")
@click.argument("path", required=False, metavar="TSV")
@click.option("--batch", metavar="N", help="Judge by the error spans that reviewers marked in a batch, not by a file.")
@click.option("--reference", "references", multiple=True, metavar="P", help="A human translation; may be repeated.")
@click.option(
    "--alternative", "alternatives", multiple=True, metavar="P", help="Another system's output; may be repeated."
)
@click.option("--at-most", type=click.IntRange(1), metavar="N", help="Alternatives beside a system, at most.")
@click.option("--documents", default="", metavar="TSV", help="Line, document and segment of the files' lines.")
@click.option("--terms", multiple=True, metavar="P", help="A termbase besides the shipped ones; may be repeated.")
@click.option("--detector", "detectors", multiple=True, metavar="NAME", help="Run this one only; may be repeated.")
@click.option("--from", "source_language", default="zh", metavar="CODE", help="Language of the source (zh).")
@click.option("--to", "target_language", default="en", metavar="CODE", help="Language of the translation (en).")
@click.option("--leave-out", is_flag=True, help="Learn the doubt model anew for each document, from all others.")
@click.option("--trials", type=click.IntRange(1), default=300, metavar="N", help="Draws for the intervals (300).")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", help="How to print.")
@click.option("--output", "-o", default="-", metavar="P", help="Write to a file instead of the screen.")
def COMMAND(path: str | None, batch: str | None, **asked: Any) -> None:
    """Compare flags and risks with the errors that people marked: a WMT or Marot MQM file, or a batch.

    Parallel files (one segment a line) give references and other systems' outputs; a system is no alternative to
    itself. Which line belongs to which segment stands in a table of line, document and segment (documents.tsv
    beside the files is found).

    \b
    python -m review evaluate mqm.tsv
    python -m review evaluate mqm.tsv --reference ref.en --alternative a.en --alternative b.en --at-most 2
    python -m review evaluate mqm.tsv --leave-out --format json --output evaluation.json
    """
    if (path is None) == (batch is None):
        raise InputError("Name either an MQM file or a --batch to evaluate by.")
    _writable(asked["output"])
    warnings: list[str] = []
    rated = _of_batch(batch, asked) if batch is not None else _of_file(str(path), asked, warnings)
    text = "".join(_lines(rated, asked, warnings))
    _put(text, asked["output"])
    for sentence in dict.fromkeys(warnings):
        click.echo(f"review: warning: {sentence}", err=True)


def _of_file(path: str, asked: dict[str, Any], warnings: list[str]) -> list[Rated]:
    from review.formats.mqm import read_rated
    from review.steps.evaluating import attaching

    rated, said = read_rated(path, (asked["source_language"], asked["target_language"]))
    warnings += said
    sides = {key: asked[key] for key in ("references", "alternatives", "documents", "at_most")}
    return attaching.attach(rated, **sides)


def _of_batch(batch: str, asked: dict[str, Any]) -> list[Rated]:
    from review.steps.evaluating import recorded
    from review.store import Store, people

    given = next((key for key in ("references", "alternatives", "documents") if asked[key]), None)
    if given:
        option = given if given == "documents" else given.removesuffix("s")
        raise InputError(f"A batch has its own evidence; leave out --{option}.")
    with Store.open() as store:
        project, _ = store.write(people.ensure_local)
        return recorded.rated(store, project, batch)


def _lines(rated: list[Rated], asked: dict[str, Any], warnings: list[str]) -> list[str]:
    from review.steps.evaluating import reports, running

    embed = running.embedder()
    if asked["leave_out"]:
        kind = running.kind_of(rated)
        if asked["detectors"]:
            raise InputError("--leave-out runs every detector; leave out --detector.")
        outcomes = running.left_out(rated, kind, terms=asked["terms"], embed=embed, progress=_bar())
    else:
        only = asked["detectors"] or None
        outcomes, failures = running.as_flagged(rated, terms=asked["terms"], only=only, embed=embed, progress=_bar())
        warnings += [*failures, *running.seen_in_learning(rated)]
    found = reports.report(outcomes, asked["trials"])
    if asked["style"] == "json":
        return [json.dumps(reports.as_json(found), indent=2, ensure_ascii=False) + "\n"]
    return list(reports.as_table(found))


def _put(text: str, output: str) -> None:
    from pathlib import Path

    if output == "-":
        click.echo(text, nl=False)
        return
    try:
        Path(output).write_text(text, "utf-8")
    except OSError as error:
        raise InputError(f"{output} cannot be written ({error.strerror}); choose another place.") from None


def _writable(output: str) -> None:
    """Say at once, not after minutes of work, that the output has no folder to stand in."""
    from pathlib import Path

    if output != "-" and (Path(output).is_dir() or not Path(output).absolute().parent.is_dir()):
        why = "it is a folder" if Path(output).is_dir() else "its folder is not there"
        raise InputError(f"{output} cannot be written ({why}); choose another place.")


def _bar() -> Callable[[int, int], None]:
    """What to call with articles done and in all: a progress bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        return lambda done, total: None
    bars: list[Any] = []

    def move(done: int, total: int) -> None:
        if not bars:
            bars.append(click.progressbar(length=total, label="Evaluating", file=sys.stderr))
        bars[0].update(done - bars[0].pos)
        if done == total:
            bars[0].render_finish()

    return move

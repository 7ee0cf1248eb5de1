"""``python -m review flag``: what the detectors say of a file or of a batch."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from review.cli import _judging
from review.errors import InputError
from review.model import SEVERITIES

if TYPE_CHECKING:
    from review.cli._flag_baseline import Seen


@click.command("flag")
@click.argument("path", required=False, metavar="PATH")
@click.option("--batch", metavar="N", help="Flag an imported batch, by name or number, instead of a file.")
@click.option("--source", metavar="P", help="The text that was translated.")
@click.option("--reference", "references", multiple=True, metavar="P", help="A human translation; may be repeated.")
@click.option(
    "--alternative", "alternatives", multiple=True, metavar="P", help="Another system's output; may be repeated."
)
@click.option(
    "--terms",
    multiple=True,
    metavar="P",
    help="A termbase (CSV or TBX) before the shipped ones; may be repeated, the first goes before the others.",
)
@click.option("--from", "source_language", metavar="CODE", help="Language of the source (default: by its script).")
@click.option("--to", "target_language", metavar="CODE", help="Language of the translation (default: by its words).")
@click.option("--input-format", metavar="NAME", help="article, lines, csv, tsv or jsonl (default: by content).")
@click.option("--documents", metavar="TSV", help="For lines: a table of line, document and segment number.")
@click.option("--encoding", metavar="NAME", help="For files that are not UTF-8 and have no byte order mark.")
@click.option("--detector", "detectors", multiple=True, metavar="NAME", help="Run this one only; may be repeated.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="X", help="Leave out less certain flags."
)
@_judging.options
@click.option(
    "--format", "style", type=click.Choice(["table", "jsonl", "sarif"]), default="table", help="How to print."
)
@click.option("--output", "-o", default="-", metavar="P", help="Write to a file instead of the screen.")
@click.option(
    "--baseline",
    metavar="P",
    help="An earlier run's jsonl or sarif: flags that it has are not new, and fail nothing.",
)
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="Exit 1 where a (new) flag is this severe or more.",
)
@click.pass_context
def COMMAND(context: click.Context, path: str | None, batch: str | None, **asked: Any) -> None:
    """Flag awkward renderings, page leftovers and slips in a translation; "-" is standard input.

    The table has two lines a flag. JSON Lines have one segment a line, in input order, flagged or not; places are
    code points of "hypothesis", or of "text" where a reviewer changed it; "density" is the risk by length (100
    characters), for the order of reading. SARIF 2.1.0 is for code hosts and editors.

    With --baseline each flag is said to be new or not. It is known again by its detector, its words and the
    machine's text, not by its line.

    \b
    python -m review flag article.txt
    python -m review flag mt.txt --source source.txt --format jsonl --output flags.jsonl
    python -m review flag --batch news-2024-06 --fail-on major
    python -m review flag mt.txt --baseline flags.jsonl --fail-on minor
    """
    from review.cli import _flag_baseline, _flag_input, _flag_output

    if (path is None) == (batch is None):
        raise InputError("Name either a file or a --batch to flag.")
    notices = _flag_input.Notices()
    known = _flag_baseline.read(asked["baseline"]) if asked["baseline"] else None
    panel = _judging.Panel(asked, notices.fail)
    if batch is None:
        given = _flag_input.of_file(str(path), asked, notices, panel)
    else:
        given = _flag_input.of_batch(batch, asked, panel)
    if asked["style"] != "table":
        notices.warn(panel.missing())
    watched = _flag_output.watched(given.segments, given.count)
    worst = _Worst(asked["fail_on"])
    seen = worst.counted(_flag_baseline.compared(watched, known))
    hold = _flag_output.terminal() and sys.stdout.isatty()
    _flag_output.put(_written(seen, asked["style"], given, notices, panel), asked["output"], hold=hold)
    notices.say()
    if worst.count:
        new = "" if known is None else "new "
        click.echo(f"review: {worst.count} {new}flags are {asked['fail_on']} or worse (--fail-on).", err=True)
        context.exit(1)


def _written(seen: Iterable[Seen], style: str, given: Any, notices: Any, panel: _judging.Panel) -> Iterator[str]:
    from review.cli import _flag_jsonl, _flag_sarif, _flag_table

    if style == "sarif":
        return _flag_sarif.write(seen, given, notices)
    return _flag_jsonl.write(seen) if style == "jsonl" else chain(_flag_table.write(seen), panel.lines())


class _Worst:
    """Counts the flags that --fail-on is about as they pass: of its severity or more, and not in the baseline."""

    def __init__(self, limit: str | None) -> None:
        self.limit = SEVERITIES.index(limit) if limit else len(SEVERITIES)
        self.count = 0

    def counted(self, segments: Iterable[Seen]) -> Iterator[Seen]:
        for seen in segments:
            for place, flag in enumerate(seen.item.flags):
                new = seen.new is None or seen.new[place]
                self.count += new and SEVERITIES.index(flag.severity) >= self.limit
            yield seen

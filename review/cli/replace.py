"""``python -m review replace``: search and replace over a batch or all, as one act that one undo takes back."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click
from click.core import ParameterSource

from review.cli import _replace_output as output
from review.cli._progress import progress_bar
from review.errors import MissingError, RefusedError

if TYPE_CHECKING:
    from review.model import Rule, Scope
    from review.steps.finding import Found
    from review.steps.propagating import Outcome
    from review.store import Store

PAGE = 500
POLL_SECONDS = 0.1


@click.command("replace", options_metavar="[OPTIONS] {--batch N|--everywhere} FIND REPLACE | --undo EVENT")
@click.argument("find", metavar="", required=False)
@click.argument("replacement", metavar="", required=False)
@click.option("--batch", metavar="N", help="The batch's number or name.")
@click.option("--everywhere", is_flag=True, help="In all batches of the project.")
@click.option("--words", is_flag=True, help="Whole words and their forms (the default).")
@click.option("--literal", is_flag=True, help="Just these characters, within words too.")
@click.option("--pattern", is_flag=True, help="A pattern of RE2; REPLACE may hold its groups: \\1.")
@click.option("--case", is_flag=True, help="Letter case counts.")
@click.option("--no-inflect", is_flag=True, help="Only the words as they are written, no other endings.")
@click.option("--as-written", is_flag=True, help="REPLACE keeps its letter case wherever it is put.")
@click.option("--source", default="", metavar="TEXT", help="Only where these words stand in the source segment.")
@click.option("--including-confirmed", is_flag=True, help="Change confirmed and approved text, too.")
@click.option("--preview", is_flag=True, help="Show what would be changed, and change nothing.")
@click.option(
    "--format", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="How a preview is printed.",
)  # fmt: skip
@click.option("--undo", metavar="EVENT", help="Take an earlier replacement back, by the id that it printed.")
def COMMAND(
    find: str | None,
    replacement: str | None,
    batch: str | None,
    everywhere: bool,
    words: bool,
    literal: bool,
    pattern: bool,
    case: bool,
    no_inflect: bool,
    as_written: bool,
    source: str,
    including_confirmed: bool,
    preview: bool,
    format_: str,
    undo: str | None,
) -> None:
    """Write REPLACE for FIND wherever it stands in the translations of a batch, or of all.

    Words take their endings, letter case and article along. Confirmed and approved text stays as it is unless
    --including-confirmed is given; locked segments, inline codes that would break and segments of which nothing would
    be left are left alone and listed. The whole is one act: --undo takes it back.
    """
    from review.store import Store, batches, people

    _check(undo, whole=None not in (find, replacement), places=int(batch is not None) + everywhere)
    if words + literal + pattern > 1:
        raise click.UsageError("--words, --literal and --pattern are three ways to look; give one of them.")
    kind = "pattern" if pattern else "literal" if literal else "words"
    from review.model import Scope
    from review.steps import propagating

    with Store.open() as store:
        project, actor = store.write(people.ensure_local)
        if undo is not None:
            _undo(store, actor, undo)
            return
        with store.read() as connection:
            rows = batches.rows(connection, project) if everywhere else [batches.find(connection, project, str(batch))]
        if not rows:
            raise MissingError("There is no batch yet; import one first.")
        size = sum(row.segments for row in rows)
        given = {"find": find, "replace": replacement, "kind": kind, "inflected": not no_inflect, "case": case}
        given |= {"keep_case": not as_written, "source": source}
        rule = propagating.rule_of({**given, "source_kind": kind if kind == "pattern" else "words"})
        scope = Scope(project, None if everywhere else rows[0].id)
        if preview:
            pages = _pages(store, scope, rule, size)
            made = output.lines(pages) if format_ == "jsonl" else output.table(pages, including=including_confirmed)
            for text in made:
                click.echo(text, nl=False)
        else:
            _replace(store, actor, rows[0].id, scope, rule, including=including_confirmed, size=size)


def _check(undo: str | None, *, whole: bool, places: int) -> None:
    """Raise click.UsageError where what was given does not fit together."""
    context = click.get_current_context()
    given = {name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    if undo is not None and given - {"undo"}:
        raise click.UsageError("--undo takes an event's id and nothing else; leave the rest out.")
    if undo is None and not (whole and places):
        raise click.UsageError('Say what to find, what to write instead, and where: replace --batch N "old" "new".')
    if places > 1:
        raise click.UsageError("--batch is one batch and --everywhere all of them; give one of the two.")
    if "format_" in given and "preview" not in given:
        raise click.UsageError("--format is how a preview is printed; give --preview with it.")


def _replace(store: Store, actor: int, batch: int, scope: Scope, rule: Rule, *, including: bool, size: int) -> None:
    from review.model import Choice
    from review.steps import finding, propagating

    with progress_bar(size, "Indexing") as progress:
        found = finding.find(store, scope, rule, limit=0, progress=progress)
    choice = Choice()
    if including and found.protected:
        choice = Choice(including=frozenset(finding.protected(store, scope, rule)))
    outcome = propagating.propagate(store, actor, batch, scope, rule, choice, key=str(uuid4()))
    done = _finished(store, outcome, found.segments)
    if done["event"]:
        where = f"{output.count(done['segments'], 'segment')} of {output.count(done['articles'], 'article')}"
        click.echo(f"Replaced in {where}. Event {done['event']}; to take it back: --undo {done['event']}")
    else:
        click.echo("Nothing was replaced.")
    if found.protected and not including:
        kept = output.count(found.protected, "confirmed or approved segment")
        click.echo(f"{kept} stayed as {'it was' if found.protected == 1 else 'they were'}.")
    _left_alone(store, done)


def _undo(store: Store, actor: int, event: str) -> None:
    from review.steps import propagating

    done = _finished(store, propagating.turn(store, actor, event, key=str(uuid4())), 0)
    where = f"{output.count(done['segments'], 'segment')} of {output.count(done['articles'], 'article')}"
    click.echo(f"Taken back in {where}. Event {done['event']}.")
    _left_alone(store, done)


def _finished(store: Store, outcome: Outcome, size: int) -> Mapping[str, Any]:
    """What an act did; a large one is done here, unless a worker has taken it. Ending the program ends the act."""
    from dataclasses import asdict

    if outcome.job is None:
        return asdict(outcome)
    from review.steps import jobs
    from review.store import jobs as queue
    from review.store.process import owner

    number, stop = outcome.job, threading.Event()
    known = {"propagate": jobs.handlers()["propagate"]}

    def work() -> threading.Thread:
        name = f"{uuid4().hex[:8]}@{owner()}"
        thread = threading.Thread(target=jobs.work_one, args=(store, name, stop, known), daemon=True)
        thread.start()
        return thread

    worker = work()
    try:
        with progress_bar(max(size, 2000), "Replacing") as progress:
            while True:
                with store.read() as connection:
                    job = queue.get(connection, number)
                if progress and job.total:
                    progress(job.progress, job.total)
                if job.state not in ("queued", "running"):
                    break
                worker.join(POLL_SECONDS)
                if not worker.is_alive() and job.state == "queued":
                    worker = work()  # it did another one that was waiting before
    except BaseException:
        store.write(lambda connection: queue.cancel(connection, number))
        stop.set()
        worker.join()
        raise
    worker.join()
    if job.state != "done":
        raise RefusedError(job.error or "The replacement was cancelled; nothing was changed.")
    return job.result or {}


def _pages(store: Store, scope: Scope, rule: Rule, size: int) -> Iterator[Found]:
    from review.steps import finding

    with progress_bar(size, "Indexing") as progress:
        page = finding.find(store, scope, rule, limit=PAGE, progress=progress)
    yield page
    while page.next is not None:
        page = finding.find(store, scope, rule, after=page.next, limit=PAGE)
        yield page


def _left_alone(store: Store, done: Mapping[str, Any]) -> None:
    """Name what was chosen and could not be changed, on standard error."""
    from review.store import indexing

    skipped = list(done["skipped"])
    with store.read() as connection:
        names = indexing.named(connection, [one["article"] for one in skipped])
    for one in skipped:
        name = names[one["article"]].name if one["article"] in names else "?"
        click.echo(f"review: left alone: {name}, segment {one['segment']}: {one['reason']}", err=True)
    more = int(done.get("left", len(skipped))) - len(skipped)
    if more > 0:
        click.echo(f"review: left alone: {more:,} more", err=True)

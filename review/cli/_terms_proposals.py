"""``terms propose``, ``accept``, ``decline``, ``reopen``: what corrections teach, and what is decided about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from review.cli import _flag_output

if TYPE_CHECKING:
    from review.model import Proposal
    from review.steps.learning import Conflict, Impact
    from review.store import Store

MOST = 2**63 - 1
"""No number of a proposal is above it."""

_PROJECT = click.option("--project", metavar="NAME", help="The project. [default: that of the local user]")


@click.command("propose")
@click.option("--batch", metavar="N", help="Only what was corrected in this batch (number or name).")
@_PROJECT
@click.option(
    "--format", "style", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print."
)
@click.option("--output", "-o", default="-", metavar="P", help="Write to a file instead of the screen.")
def propose(batch: str | None, project: str | None, style: str, output: str) -> None:
    """List the terms that corrections propose, each with its evidence and what it would flag.

    A proposal is what people replaced in two segments or more (a name in one, where its source term is plain), with
    the source term that goes with it. "Wrong" counts confirmed and approved segments, and such as somebody corrected
    otherwise, in which the words stand. Renderings that contradict each other come last, as conflicts.

    \b
    python -m review terms propose --batch 3
    python -m review terms propose --format jsonl --output proposals.jsonl
    """
    from review.steps import learning
    from review.store import Store

    _flag_output.check([output])
    with Store.open() as store:
        number, _ = _place(store, project)
        inside = _articles(store, number, batch)
        found = [one for one in learning.propose(store, number) if _within(one, inside)]
        disputed = [
            one for one in learning.conflicts(store, number) if any(_within(side, inside) for side in one.sides)
        ]
        told = ((one, learning.impact(store, number, one)) for one in found)
        lines = _jsonl(told, disputed) if style == "jsonl" else _table(told, disputed)
        _flag_output.put(lines, output, hold=True)


@click.command("accept")
@click.argument("number", metavar="ID", type=click.IntRange(1, MOST))
@_PROJECT
@click.option("--source", metavar="TERM", help='Only where this stands in the source ("" for anywhere).')
@click.option("--wrong", metavar="WORDS", help="The words to be flagged.")
@click.option("--preferred", metavar="WORDS", help="What to write instead.")
@click.option("--note", default="", metavar="TEXT", help="A note for the entry.")
@click.option("--override", default="", metavar="REASON", help="Add it although approved text has the words; say why.")
@click.option("--instead-of-others", is_flag=True, help="Decide a conflict: the other renderings are declined.")
def accept(
    number: int,
    project: str | None,
    source: str | None,
    wrong: str | None,
    preferred: str | None,
    note: str,
    override: str,
    instead_of_others: bool,
) -> None:
    """Make proposal ID an entry of the project's terms, as it is or with fields changed; it is flagged from then on."""
    from review.steps import learning
    from review.store import Store

    with Store.open() as store:
        place, actor = _place(store, project)
        if instead_of_others:
            if (source, wrong, preferred) != (None, None, None):
                raise click.UsageError("--instead-of-others takes a proposal as it is; accept it first, then change it")
            concept = learning.settle(store, place, actor, number, note, override=override)
        else:
            concept = learning.accept(
                store, place, actor, number, source=source, deprecated=wrong, preferred=preferred, note=note,
                override=override,
            )  # fmt: skip
    click.echo(f"Accepted as {concept}; the project's batches are flagged again.")


@click.command("decline")
@click.argument("number", metavar="ID", type=click.IntRange(1, MOST))
@_PROJECT
@click.option("--reason", required=True, metavar="TEXT", help="Why, for those who proposed it.")
def decline(number: int, project: str | None, reason: str) -> None:
    """Put proposal ID away, until somebody else corrects the same or another source term goes with it."""
    from review.steps import learning
    from review.store import Store

    with Store.open() as store:
        place, actor = _place(store, project)
        learning.decline(store, place, actor, number, reason)
    click.echo(f"Declined {number}.")


@click.command("reopen")
@click.argument("number", metavar="ID", type=click.IntRange(1, MOST))
@_PROJECT
@click.option("--reason", default="", metavar="TEXT", help="Why it comes up again.")
def reopen(number: int, project: str | None, reason: str) -> None:
    """Bring declined proposal ID back for a new decision."""
    from review.steps import learning
    from review.store import Store

    with Store.open() as store:
        place, actor = _place(store, project)
        learning.reopen(store, place, actor, number, reason)
    click.echo(f"Proposal {number} is open again.")


COMMANDS = [propose, accept, decline, reopen]


def _place(store: Store, name: str | None) -> tuple[int, int]:
    """The project by its name, and the local user, who decides. Raises MissingError."""
    from review.errors import MissingError
    from review.store import people

    number, actor = store.write(people.ensure_local)
    if name is None:
        return number, actor
    with store.read() as connection:
        known = {title: key for key, title in people.projects(connection).items()}
    if name not in known:
        raise MissingError(f"There is no project {name!r}; there are: {', '.join(sorted(known))}.")
    return known[name], actor


def _articles(store: Store, project: int, batch: str | None) -> set[int] | None:
    """The articles of a batch; None for all."""
    from review.store import articles, batches

    if batch is None:
        return None
    with store.read() as connection:
        found = batches.find(connection, project, batch)
        return set(articles.ids(connection, found.id))


def _within(one: Proposal, inside: set[int] | None) -> bool:
    return inside is None or any(found.article in inside for found in one.evidence)


def _table(told: Iterable[tuple[Proposal, Impact]], disputed: Iterable[Conflict]) -> Iterator[str]:
    count = 0
    for one, shown in told:
        count += 1
        yield f"{one.id}  {_words(one)}\n"
        yield f"    {_evidence(one)}\n"
        segments, articles = _count(shown.segments, "segment"), _count(shown.articles, "article")
        yield f"    would flag {shown.hits:,} in {segments} of {articles}\n"
        if shown.approved or shown.corrected:
            yield f"    wrong: {shown.approved:,} approved, {shown.corrected:,} corrected otherwise\n"
        if shown.objection:
            yield f"    {shown.objection}\n"
    for conflict in disputed:
        count += 1
        about = f"“{conflict.deprecated}”" if conflict.deprecated else conflict.source
        yield f"Conflict about {about}:\n"
        for side in conflict.sides:
            yield f"    {side.id}  {_words(side)}\n"
            yield f"        {_evidence(side)}\n"
    if not count:
        yield "Nothing is proposed: people have corrected nothing twice that the terms do not have.\n"


def _words(one: Proposal) -> str:
    where = f", where the source has {one.source}" if one.source else ""
    return f"“{one.deprecated}” to “{one.preferred}”{where}"


def _evidence(one: Proposal) -> str:
    who = ", ".join(f"{name} ({count})" for name, count in one.people)
    places = dict.fromkeys(found.article_name for found in one.evidence)
    return f"corrected in {_count(one.times, 'segment')} by {who}: {', '.join(places)}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _jsonl(told: Iterable[tuple[Proposal, Impact]], disputed: Iterable[Conflict]) -> Iterator[str]:
    for one, shown in told:
        yield _line({**_fields(one), "impact": asdict(shown)})
    for conflict in disputed:
        given = {"source": conflict.source, "deprecated": conflict.deprecated}
        yield _line({"conflict": {**given, "sides": [_fields(side) for side in conflict.sides]}})


def _fields(one: Proposal) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if name not in ("keys", "project", "concept")}


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"

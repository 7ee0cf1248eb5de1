"""``terms list``, ``import``, ``export``: a project's concepts and termbases."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.cli import _flag_output
from review.errors import FormatError, InputError, MissingError

if TYPE_CHECKING:
    from review.steps.terms import Base, Comparison
    from review.steps.terms.browsing import Entry
    from review.store import Store

KINDS = ("csv", "tbx-v2", "tbx-v3", "tbx-v3-dct")
_PROJECT = click.option("--project", metavar="NAME", help="The project. [default: that of the local user]")


@click.command("list")
@click.option("--search", default="", metavar="WORDS", help="Words of a term, a definition or a note.")
@click.option("--subject", default="", metavar="NAME", help="Only this subject.")
@click.option("--termbase", default="", metavar="NAME", help="Only this termbase; those that are on are listed.")
@click.option("--bases", is_flag=True, help="List the termbases instead, the first goes before the others.")
@_PROJECT
@click.option(
    "--format", "style", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print."
)
@click.option("--output", "-o", default="-", metavar="P", help="Write to a file instead of the screen.")
def list_(search: str, subject: str, termbase: str, bases: bool, project: str | None, style: str, output: str) -> None:
    """List the concepts that flag: source term, what to write, what not to write, tab-separated."""
    from review.steps import terms
    from review.steps.terms import browsing
    from review.store import Store

    _flag_output.check([output])
    with Store.open() as store:
        number, _ = _place(store, project)
        with store.read() as connection:
            known = terms.bases(connection, number)
        if bases:
            _flag_output.put(_bases(known, style), output)
            return
        name = _base(known, termbase).name if termbase else ""
        found = [one for one in browsing.entries(store, number) if not one.off]
        _flag_output.put(
            _entries(browsing.narrowed(found, search=search, subject=subject, termbase=name), style), output
        )


@click.command("import")
@click.argument("path", metavar="PATH")
@click.option("--name", metavar="NAME", help="What to call the termbase (default: the file's name).")
@click.option("--from", "source_language", default="zh", show_default=True, metavar="CODE", help="A CSV's source.")
@click.option("--to", "target_language", default="en", show_default=True, metavar="CODE", help="A CSV's renderings.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@_PROJECT
def import_(
    path: str, name: str | None, source_language: str, target_language: str, dry_run: bool, project: str | None
) -> None:
    """Bring in a termbase, CSV or TBX, in place of one of the same name; "-" is standard input.

    What is new, changed and gone is said. Nothing is brought in where an entry cannot be read.
    """
    from review.steps import terms
    from review.store import Store

    data, filename = _read(path)
    reading = terms.preview(data, filename, (source_language, target_language))
    if reading.problems:
        first = reading.problems[0]
        more = len(reading.problems) - 1
        remedy = f"{first.remedy} {more:,} more entries cannot be read." if more else first.remedy
        raise FormatError(first.path, first.line, first.what, remedy)
    for warning in reading.warnings:
        click.echo(f"review: {warning}", err=True)
    name = name or Path(filename).stem
    with Store.open() as store:
        number, actor = _place(store, project)
        found = terms.compare(store, number, name, reading.concepts)
        if not dry_run:
            terms.bring_in(store, number, actor, name, reading.concepts)
    verb = "would be brought in" if dry_run else "brought in"
    click.echo(f"{name}: {_counted(len(reading.concepts))} {verb}{_compared(found)}.")


@click.command("export")
@click.argument("termbase", metavar="TERMBASE")
@click.option("--format", "kind", type=click.Choice(KINDS), default="csv", show_default=True, help="The kind of file.")
@click.option("--output", "-o", default="-", metavar="P", help="Write to a file instead of standard output.")
@_PROJECT
def export(termbase: str, kind: str, output: str, project: str | None) -> None:
    """Write a termbase as a file; what the format cannot hold is said, a sentence each."""
    from review.steps import terms
    from review.store import Store

    _flag_output.check([output])
    with Store.open() as store:
        number, _ = _place(store, project)
        with store.read() as connection:
            base = _base(terms.bases(connection, number), termbase)
        data, lost = terms.export(store, number, base.name, kind)
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        _flag_output.put([data.decode("utf-8")], output)
    for sentence in lost:
        click.echo(f"review: {sentence}", err=True)


COMMANDS = [list_, import_, export]


def _place(store: Store, project: str | None) -> tuple[int, int]:
    """The project of that name, or the local user's, and the local user. Raises MissingError."""
    from review.store import people

    own, actor = store.write(people.ensure_local)
    if project is None:
        return own, actor
    with store.read() as connection:
        numbers = {name: number for number, name in people.projects(connection).items()}
    if project not in numbers:
        raise MissingError(f"There is no project {project!r}; there are {', '.join(sorted(numbers))}.")
    return numbers[project], actor


def _base(known: Sequence[Base], name: str) -> Base:
    """The termbase that a user may mean: by its name, or by its title where only one has that."""
    found = [base for base in known if base.name == name] or [base for base in known if base.title == name]
    if not found:
        raise MissingError(f"There is no termbase {name!r}; there are {', '.join(base.name for base in known)}.")
    if len(found) > 1:
        names = ", ".join(base.name for base in found)
        raise InputError(f"Several termbases are called {name!r}; name one of {names}.")
    return found[0]


def _read(path: str) -> tuple[bytes, str]:
    if path == "-":
        return sys.stdin.buffer.read(), "termbase"
    try:
        return Path(path).read_bytes(), Path(path).name
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}; name a CSV or TBX file.") from error


def _counted(number: int) -> str:
    return f"{number:,} concept" + ("" if number == 1 else "s")


def _compared(found: Comparison | None) -> str:
    if found is None:
        return ""
    return (
        f" ({len(found.new):,} new, {len(found.changed):,} changed, {len(found.gone):,} gone, {found.same:,} as before)"
    )


def _bases(known: Sequence[Base], style: str) -> Iterator[str]:
    for base in known:
        if style == "jsonl":
            yield json.dumps(asdict(base), ensure_ascii=False) + "\n"
            continue
        whose = "shipped" if base.shipped else f"shared by {base.whose}" if base.owner else "own"
        yield _row([base.name, _counted(base.concepts), "on" if base.enabled else "off", whose])


def _entries(found: Sequence[Entry], style: str) -> Iterator[str]:
    for entry in found:
        if style == "jsonl":
            yield json.dumps({**asdict(entry.concept), "version": entry.version}, ensure_ascii=False) + "\n"
            continue
        right, wrong = entry.texts("preferred", "admitted"), entry.texts("deprecated", "superseded", "forbidden")
        cells = [
            entry.base.title,
            entry.concept.id,
            *(" · ".join(texts) for texts in (entry.texts(source=True), right, wrong)),
        ]
        yield _row(cells)


def _row(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerow(cells)
    return out.getvalue()

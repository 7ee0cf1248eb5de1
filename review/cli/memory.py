"""``python -m review memory``: what was translated before."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from review.cli._progress import progress_bar
from review.errors import InputError

if TYPE_CHECKING:
    from review.steps.memory import Hits


UNIT_BYTES = 400
"""About how long a unit is in a file, for saying how far an import is."""


@click.group("memory")
def COMMAND() -> None:
    """What was translated before: confirmed and corrected segments, and memories that were brought in as TMX.

    Matches and concordance beside the active segment come from it.
    """


@COMMAND.command("import")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@click.option("--name", metavar="NAME", help="What to call the memory; by default as the file.")
@click.option("--from", "source_language", default="", metavar="LANG", help="Only units with this source language.")
@click.option("--to", "target_language", default="", metavar="LANG", help="Only units with this target language.")
def import_(paths: tuple[str, ...], name: str | None, source_language: str, target_language: str) -> None:
    """Bring in TMX files (1.1 to 1.4b), each as a memory of its own: whole or not at all.

    With --from and --to a file can also be turned round: its Chinese becomes the source though the file says English.
    """
    from review.formats import Source
    from review.steps import memory
    from review.store import Store, people

    if name and len(paths) > 1:
        raise InputError("--name is for one file; import several one by one, or leave it out.")
    languages = (source_language, target_language)
    # All are looked at before the first is stored.
    sources = [Source.of(sys.stdin.buffer if path == "-" else path) for path in paths]
    for source in sources:
        memory.preview(source, languages)
    with Store.open() as store:
        project, actor = store.write(people.ensure_local)
        for source in sources:
            warnings: list[str] = []
            with progress_bar(len(source.bytes()) // UNIT_BYTES, "Importing") as progress:
                made = memory.bring_in(
                    store, project, actor, source, name or "", languages, _growing(progress), warnings
                )
            row = next(row for row in memory.listed(store, project)[1] if row.id == made)
            click.echo(f"{row.name}: {_units(row.units)} ({_pairs(row.languages)})")
            for warning in warnings:
                click.echo(f"review: {warning}", err=True)
        memory.build(store, project)


@COMMAND.command("export")
@click.option("--output", default="-", show_default=True, metavar="PATH", help="A file, or - for standard output.")
@click.option("--name", metavar="NAME", help="Only the imported memory of that name.")
def export(output: str, name: str | None) -> None:
    """Write the project's memory as TMX 1.4."""
    from review.cli.export import _copy, _put
    from review.steps import memory
    from review.store import Store, people

    with Store.open() as store, cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=16 << 20)) as file:
        project, _ = store.write(people.ensure_local)
        work, rows = memory.listed(store, project)
        with progress_bar(work + sum(row.units for row in rows), "Exporting") as progress:
            found = memory.export(store, project, file, name, progress)
        file.seek(0)
        if output == "-":
            _copy(file, sys.stdout.buffer)
        else:
            _put(file, Path(output))
    for warning in found.warnings:
        click.echo(f"review: {warning}", err=True)


@COMMAND.command("search")
@click.argument("text")
@click.option(
    "--side", type=click.Choice(["source", "target"]), default="target", show_default=True, help="Where to look."
)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Hits shown, at most.")
def search(text: str, side: str, limit: int) -> None:
    """Show where the memory has a phrase: whole words, letter case aside; exit code 1 where it has it nowhere."""
    from review.steps import memory
    from review.store import Store, people

    with Store.open() as store:
        project, _ = store.write(people.ensure_local)
        memory.build(store, project)
        found = memory.concordance(store, project, text, cast(Any, side), limit)
    _show(found, side)
    if not found.hits:
        click.echo("review: the memory does not have it.", err=True)
        click.get_current_context().exit(1)


@COMMAND.command("list")
def list_() -> None:
    """Show what is remembered: the segments of the work, and each memory that was imported."""
    from review.steps import memory
    from review.store import Store, people

    with Store.open() as store:
        project, _ = store.write(people.ensure_local)
        memory.build(store, project)
        work, rows = memory.listed(store, project)
    click.echo(f"reviewed here: {work:,} segment{'' if work == 1 else 's'}")
    for row in rows:
        click.echo(f"{row.name}: {_units(row.units)} ({_pairs(row.languages)}), by {row.by}")


@COMMAND.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Take an imported memory away."""
    from review.steps import memory
    from review.store import Store, memories, people

    with Store.open() as store:
        project, actor = store.write(people.ensure_local)
        units = memory.remove(store, project, actor, name)
        memories.sweep(store)
        memory.build(store, project)
    click.echo(f"{name}: {_units(units)} removed")


def _growing(progress: Callable[[int, int], None] | None) -> Callable[[int, int], None] | None:
    """What is told of units done, how many there are not being known."""
    if progress is None:
        return None
    told = progress
    return lambda done, total: told(done, max(done, total, 1))


def _show(found: Hits, side: str) -> None:
    for hit in found.hits:
        texts = {"source": hit.known.source or "", "target": hit.known.target}
        marked = texts[side]
        parts = (marked[: hit.start], marked[hit.start : hit.end], marked[hit.end :])
        texts[side] = f"{parts[0]}[{parts[1]}]{parts[2]}"
        place = f"{hit.known.article_name}, {hit.known.origin}" if hit.known.article else hit.known.origin
        click.echo("\t".join(" ".join(text.split()) for text in (texts["source"], texts["target"], place)))
    if found.more:
        click.echo("review: there are more; see --limit.", err=True)


def _units(count: int) -> str:
    return f"{count:,} unit{'' if count == 1 else 's'}"


def _pairs(languages: tuple[tuple[str, str, int], ...]) -> str:
    return ", ".join(f"{one or '?'} to {two or '?'} {count:,}" for one, two, count in languages) or "empty"

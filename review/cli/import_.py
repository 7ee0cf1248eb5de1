"""``python -m review import``: files into a batch."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from review.errors import InputError


def columns_of(given: tuple[str, ...]) -> dict[str, str]:
    """``("hypothesis=mt,source=zh",)`` as a mapping. Raises InputError for a part without ``=``."""
    found = {}
    for part in (part for text in given for part in text.split(",") if part.strip()):
        role, equals, name = part.partition("=")
        if not equals or not name.strip():
            raise InputError(f"--columns has {part!r}; write ROLE=COLUMN, as in hypothesis=mt,source=zh.")
        found[role.strip()] = name.strip()
    return found


def opened(path: str) -> Any:
    """A path for reading: ``-`` is standard input."""
    return sys.stdin.buffer if path == "-" else path


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--source", metavar="PATH", help="The text that was translated.")
@click.option("--reference", "references", multiple=True, metavar="PATH", help="A human translation; may be repeated.")
@click.option(
    "--alternative", "alternatives", multiple=True, metavar="PATH", help="Another system's output; may be repeated."
)
@click.option("--system", "systems", multiple=True, metavar="NAME", help="The system of all files, or one for each.")
@click.option("--batch", metavar="NAME", help="What to call the batch (default: the file's name).")
@click.option("--from", "source_language", metavar="CODE", help="Language of the source (default: by its script).")
@click.option("--to", "target_language", metavar="CODE", help="Language of the translation (default: by its words).")
@click.option(
    "--format", "format_", metavar="NAME",
    help='One that "python -m review formats" lists with r, or mt-metrics-eval for a folder (default: by content).',
)  # fmt: skip
@click.option(
    "--documents", metavar="TSV", help="For lines: line, document and segment number; for Appraise: its batches."
)
@click.option("--encoding", metavar="NAME", help="For files that are not UTF-8 and have no byte order mark.")
@click.option(
    "--columns", multiple=True, metavar="ROLE=NAME,...",
    help="For tables: hypothesis=mt,source=zh; sheet=NAME of a workbook.",
)  # fmt: skip
@click.option("--delimiter", metavar="SIGN", help="For tables: what parts the cells (default: by the header).")
@click.option("--quoting", type=click.Choice(["minimal", "none"]), help="For tables: whether quotes mean anything.")
def COMMAND(
    paths: tuple[str, ...],
    source: str | None,
    references: tuple[str, ...],
    alternatives: tuple[str, ...],
    systems: tuple[str, ...],
    columns: tuple[str, ...],
    format_: str | None,
    **others: Any,
) -> None:
    """Import translations into a new batch; "-" is standard input.

    Plain text is an article, cut into paragraphs and sentences, unless --format lines says that each line is a
    segment. Several files are several systems, or several articles where nothing says otherwise. A folder is a test
    set of mt-metrics-eval: every system, with source, references and documents (--from and --to choose the languages,
    --system chooses systems). Nothing is stored unless all of it can be. Flags are made by the app, or by
    "python -m review work".
    """
    from review.steps import importing, jobs
    from review.store import Store, batches, people

    warnings: list[str] = []
    folder = importing.folder(paths, format_, others["source_language"], others["target_language"], systems)
    if folder:
        paths, systems, format_, warnings = folder.paths, folder.systems, "lines", list(folder.warnings)
        source, references = source or folder.source, references or folder.references
        others = {
            **others,
            "documents": others["documents"] or folder.documents,
            "batch": others["batch"] or folder.name,
        }
        others |= dict(zip(("source_language", "target_language"), folder.languages, strict=True))
    if len(systems) not in (0, 1, len(paths)):
        raise InputError(f"There are {len(paths)} files and {len(systems)} systems; give one --system, or one a file.")
    if [*paths, source, *references, *alternatives].count("-") > 1:
        raise InputError("Standard input can be read once only; name a file for the others.")
    given = {
        **others,
        "format": format_,
        "source": opened(source) if source else None,
        "references": [opened(path) for path in references],
        "alternatives": [opened(path) for path in alternatives],
        "columns": columns_of(columns),
        "system": systems[0] if len(systems) == 1 else None,
    }
    named = systems if len(systems) == len(paths) else ("",) * len(paths)
    inputs = [importing.Input.of(opened(path), "", system) for path, system in zip(paths, named, strict=True)]
    with Store.open() as store, _Bar() as progress:
        project, actor = store.write(people.ensure_local)
        number = importing.import_batch(store, project, actor, inputs, given, progress, warnings)
        jobs.start(store, project, actor, "flag", {"batch": number})
        with store.read() as connection:
            row = batches.get(connection, number)
    for warning in dict.fromkeys(warnings):
        click.echo(f"review: {warning}", err=True)
    click.echo(f"Batch {row.id}: {row.name}, {_count(row.articles, 'article')}, {_count(row.segments, 'segment')}.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class _Bar:
    """A progress bar on a terminal, nothing in a pipe."""

    def __enter__(self) -> Callable[[int, int], None]:
        self.bar: Any = None
        return self.move

    def move(self, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        if self.bar is None:
            self.bar = click.progressbar(length=max(total, done), label="Importing", file=sys.stderr)
            self.bar.__enter__()
        self.bar.update(done - self.bar.pos)

    def __exit__(self, *problem: object) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)

"""``python -m review export``: a batch, corrected, as a file."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import click

from review.errors import InputError, MissingError

if TYPE_CHECKING:
    from review.store import Store

_FORMATS = 'original (as it came, only changed text replaced), or one that "python -m review formats" lists with w.'


@click.command("export")
@click.option("--batch", required=True, metavar="N", help="The batch's number or name.")
@click.option("--format", "format_", default="original", show_default=True, metavar="NAME", help=_FORMATS)
@click.option("--output", default="-", metavar="PATH", help="A file, a folder for several, or - (the default).")
@click.option("--article", metavar="NAME", help="Only this article, by its name or number.")
@click.option("--system", metavar="NAME", help="Only this system.")
@click.option("--strict", is_flag=True, help="Write nothing, and end with 1, where anything would be lost.")
def COMMAND(batch: str, format_: str, output: str, article: str | None, system: str | None, strict: bool) -> None:
    """Write the corrected translation of a batch.

    What the format cannot tell (comments, statuses, a merge, ...) is said on standard error, and so is what could not
    be written as it is; with --strict nothing is written then.
    CSV, TSV and reports are made safe for spreadsheets: a cell that would run as a formula gets an apostrophe before
    it. The original format never is: what was not touched comes out byte for byte as it came in. Studies (MQM,
    Pearmut, Appraise) are written anew, on the text that was judged.
    """
    from review.steps import exporting
    from review.store import Store, batches, people

    with Store.open() as store, cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=8 << 20)) as file:
        project, _ = store.write(people.ensure_local)
        with store.read() as connection:
            row = batches.find(connection, project, batch)
        number = _article(store, project, row.id, article, system) if article else None
        files = exporting.names(store, row.id, format_, number, system)
        folder = Path(output) if output != "-" and Path(output).is_dir() else None
        if len(files) > 1 and folder is None and not output.endswith(".zip"):
            raise InputError(
                f"Batch {row.name} came in {len(files)} files; give --output a folder or a name ending in .zip, "
                "or choose with --system or --article."
            )
        warnings = exporting.losses(store, row.id, format_, number, system, dry=False)
        if not (strict and warnings):
            warnings += exporting.export(store, row.id, format_, file, number, system)
        for warning in warnings:
            click.echo(f"review: {warning}", err=True)
        if strict and warnings:
            click.echo("review: Nothing was written; leave out --strict, or choose another format.", err=True)
            sys.exit(1)
        file.seek(0)
        if output == "-":
            _copy(file, sys.stdout.buffer)
        elif folder is None:
            _put(file, Path(output))
        elif len(files) == 1:
            _put(file, folder / files[0])
        else:
            with zipfile.ZipFile(file) as archive:
                for name in files:
                    _put(io.BytesIO(archive.read(name)), folder / name)


def _article(store: Store, project: int, batch: int, name: str, system: str | None) -> int:
    from review.store import articles

    with store.read() as connection:
        rows = articles.rows(connection, project, batch, system=system)
    found = [row for row in rows if row.name == name] or [row for row in rows if str(row.id) == name]
    if not found:
        raise MissingError(f"There is no article {name!r} in this batch; see the article list.")
    if len(found) > 1:
        raise InputError(f"Article {name} is there in several systems; choose one with --system.")
    return found[0].id


def _put(file: BinaryIO, path: Path) -> None:
    """Write a whole file or none; a device or a pipe is written to and never replaced, a link is followed.

    Raises InputError where the place cannot be written; an older file is then as it was, and nothing is left beside it.
    """
    made: Path | None = None
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as device:
                _copy(file, device)
            return
        path = path.resolve()
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:100]}.", delete=False) as part:
            made = Path(part.name)
            _copy(file, cast(BinaryIO, part))
        made.chmod(0o666 & ~_umask())
        os.replace(made, path)
        made = None
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}; choose another place with --output.") from error
    finally:
        if made is not None:
            made.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _copy(file: BinaryIO, out: BinaryIO) -> None:
    while part := file.read(1 << 16):
        out.write(part)
    out.flush()

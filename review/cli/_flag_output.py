"""Where ``flag`` prints: a screen, a pipe or a file, which is only there when it is whole; and how far it is."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from review.errors import InputError

T = TypeVar("T")


def put(lines: Iterable[str], output: str, *, hold: bool = False) -> None:
    """Write lines to a file, or to standard output for "-"; ``hold`` lets those come when they are complete.

    Raises InputError where the file cannot be written; an older one of that name is then as it was.
    """
    if output == "-" and hold:
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as file:
            for line in lines:
                file.write(line)
            file.seek(0)
            for line in file:
                click.echo(line, nl=False)
    elif output == "-":
        for line in lines:
            click.echo(line, nl=False)
    else:
        _to_file(lines, Path(output) if _special(Path(output)) else Path(output).resolve())


def check(outputs: Iterable[str], inputs: Iterable[str] = ()) -> None:
    """Raise InputError where one of these cannot be written, is read too, or is named twice: before long work."""
    places = list(outputs)
    resolved = [output if output == "-" else str(Path(output).resolve()) for output in places]
    read = {str(Path(path).resolve()) for path in inputs if path != "-"}
    for number, (output, place) in enumerate(zip(places, resolved, strict=True)):
        if place in resolved[:number]:
            raise InputError(f"{output} is named for two outputs; choose another place for one of them.")
        path = Path(place)
        if output == "-" or _special(Path(output)):
            continue
        if place in read and path.is_file():
            raise InputError(f"{output} is read, and would be written over; choose another place for the output.")
        if path.is_dir():
            raise _unwritable(path, IsADirectoryError(0, "Is a directory"))
        try:
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:100]}."):
                pass
        except OSError as error:
            raise _unwritable(path, error) from None


def _to_file(lines: Iterable[str], path: Path) -> None:
    special = _special(path)
    part = path if special else path.with_name(f".{path.name}.part")
    try:
        file = part.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with file:
            for line in lines:
                try:
                    file.write(line)
                except OSError as error:
                    raise _unwritable(path, error) from None
        if not special:
            os.replace(part, path)
    except BaseException:
        if not special:
            part.unlink(missing_ok=True)
        raise


def _special(path: Path) -> bool:
    """True for a device or a pipe, which is written to and not replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(f"{path} cannot be written ({error.strerror}); choose another place.")


def terminal() -> bool:
    """Whether somebody watches standard error."""
    return sys.stderr.isatty()


def watched(items: Iterable[T], count: int) -> Iterator[T]:
    """The items; on a terminal with a bar that says how many of ``count`` have come, and how long the rest takes."""
    if not terminal() or count < 2:
        yield from items
        return
    bar: Any = click.progressbar(
        length=count, label="Flagging", file=sys.stderr, show_pos=True, update_min_steps=max(1, count // 500)
    )
    with bar:
        for item in items:
            yield item
            bar.update(1)

"""A folder as a batch: a test set of mt-metrics-eval, each system's output with source, references and documents.

The systems of one batch are each other's alternatives as always; nothing has to be attached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from review.errors import InputError
from review.formats import Source
from review.formats.mt_metrics_eval import NAME, EvalSet, document_table, open_folder


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder gives an import of lines: the same as if its files had been named one by one."""

    name: str
    paths: tuple[str, ...]
    systems: tuple[str, ...]
    source: str | None
    references: tuple[str, ...]
    documents: bytes | None
    languages: tuple[str, str]
    warnings: tuple[str, ...]


def folder(
    paths: Sequence[str], format: str | None, source: str | None, target: str | None, systems: Sequence[str] = ()
) -> Folder | None:
    """The folder that is named among ``paths``, None where all are files.

    ``format`` must be unnamed or ``mt-metrics-eval``; ``source`` and ``target`` are languages, needed where the folder
    has several pairs; ``systems`` chooses. Raises InputError.
    """
    folders = [path for path in paths if Path(path).is_dir()]
    if not folders:
        if format == NAME:
            raise InputError(f"{paths[0]} is no folder; {NAME} is the folder of a test set.")
        return None
    if len(paths) > 1:
        raise InputError(f"{folders[0]} is a folder; import it alone, or name the files in it.")
    if format not in (None, NAME):
        raise InputError(f"{folders[0]} is a folder; name the files in it, or a test set's folder and --format {NAME}.")
    found = open_folder(folders[0], _pair(folders[0], source, target))
    chosen = _chosen(found, systems)
    documents = document_table(_text(found.documents)).encode() if found.documents else None
    return Folder(
        f"{found.name} {found.pair}",
        tuple(str(found.systems[name]) for name in chosen),
        tuple(chosen),
        str(found.source) if found.source else None,
        tuple(str(path) for path in found.references.values()),
        documents,
        found.languages,
        found.lacks,
    )


def _pair(path: str, source: str | None, target: str | None) -> str:
    """The pair as folders spell it: a script or region stands after an underscore there."""
    if not source and not target:
        return ""
    if not source or not target:
        raise InputError(f"{path} keeps texts by language pair; name both --from and --to, or neither.")
    return f"{source.replace('-', '_')}-{target.replace('-', '_')}"


def _chosen(found: EvalSet, systems: Sequence[str]) -> list[str]:
    """The systems that are named; else all but references, which come beside the others anyway."""
    for name in systems:
        if name not in found.systems:
            raise InputError(f"There is no system {name!r} for {found.pair}; there are {', '.join(found.systems)}.")
    chosen = list(systems) or [name for name in found.systems if name not in found.references]
    if not chosen:
        raise InputError(f"{found.name} has no outputs but references for {found.pair}; name one by --system.")
    return chosen


def _text(path: Path) -> str:
    try:
        return Source.of(path).bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text; save it as UTF-8.") from None

"""What is to be imported: the files, and which system or article each of them is."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from review import formats
from review.errors import InputError
from review.formats import Options, Source
from review.formats.plain import first_line
from review.model import Reading

NAMELESS = ("pasted text", "standard input")
"""What sources without a file are called."""

PLAIN = frozenset({".txt", ".text"})
"""Suffixes under which any text may stand."""

OFFICE = frozenset({".doc", ".docx", ".odt", ".pdf", ".rtf", ".xls", ".xlsx", ".ods", ".xml", ".html", ".htm", ".zip"})
"""Suffixes that promise more than plain text, whether or not a format reads them."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file of translations. ``system`` is "" where the file, or its name, says it.

    ``options`` hold for this file alone, before those of the import: ``format``, ``columns`` and languages.
    """

    source: Source
    system: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, given: str | os.PathLike[str] | bytes | BinaryIO, name: str = "", system: str = "") -> Input:
        """From a path, bytes or a stream. Raises InputError where it cannot be read or is too large."""
        return cls(Source.of(given, name), system)


@dataclass(frozen=True, slots=True)
class Plan:
    """What reading the inputs will do: the batch's name, and each input with its format and options."""

    name: str
    files: tuple[tuple[Source, str, dict[str, Any]], ...]

    def read(self) -> list[Reading]:
        """Open every file. Raises FormatError and InputError as the formats do."""
        readings = []
        for source, kind, options in self.files:
            reading = formats.read(source, kind, **options)
            said = misnamed(source, kind)
            readings.append(replace(reading, warnings=(said, *reading.warnings)) if said else reading)
        return readings


def misnamed(source: Source, kind: str) -> str:
    """That a file is not what its name says, in one sentence; "" where it is, or says nothing."""
    known = {suffix for item in formats.formats().values() for suffix in item.suffixes} | OFFICE
    taken = formats.find(kind)
    if source.suffix not in known - PLAIN or source.suffix in taken.suffixes:
        return ""
    name = source.name.replace("\\", "/").rsplit("/", 1)[-1]
    if kind in ("article", "lines"):
        return f"{name} is plain text, not what {source.suffix} files hold; it is read as {kind}."
    return f"{name} is read as {taken.title}, which it holds, and not as its name says."


def plan(inputs: Sequence[Input], options: Mapping[str, Any]) -> Plan:
    """Decide formats, systems and names.

    ``options`` are those of ``formats.read`` and besides: ``format``, ``batch`` (its name), ``plain`` (what plain text
    is). Several plain texts are systems of one article where they share a source, else articles of their own.
    """
    if not inputs:
        raise InputError("There is nothing to import; name at least one file.")
    given = {key: value for key, value in options.items() if value not in (None, "", (), [], {})}
    batch = str(given.pop("batch", ""))
    plain = str(given.pop("plain", formats.TEXT_LIKE))
    wanted = str(given.pop("format", ""))
    chosen = Options.of(given)
    kinds = [
        str(item.options.get("format") or wanted) or formats.recognise(item.source, chosen, plain).name
        for item in inputs
    ]
    for item, kind in zip(inputs, kinds, strict=True):
        if formats.find(kind).read is None:
            raise InputError(f"{item.source.name}: {kind} can be written but not read; choose another format.")
        if (
            kind != "lines"
            and not formats.find(kind).running
            and (chosen.source or chosen.references or chosen.alternatives)
        ):
            raise InputError(
                f"{item.source.name}: {kind} holds its source and references in columns or keys; "
                "leave the separate files out, or import plain text or a document."
            )
    labels = tell_apart([item.source.name for item in inputs])
    several = len(inputs) > 1
    shared = batch or (chosen.source.stem if chosen.source else "article")
    files = []
    for item, kind, label in zip(inputs, kinds, labels, strict=True):
        system, name = item.system or chosen.system, chosen.name
        if formats.find(kind).running:
            systems = bool(chosen.source or chosen.references or any(one.system for one in inputs))
            system = system or (label if several and systems else "")
            name = name or ((shared if systems else label) if several else _title(item.source, kind, chosen))
        elif kind == "lines":
            system = system or ("" if item.source.name in NAMELESS else label)
            name = name or (shared if several else item.source.stem)
        elif several and (kind != "jsonl" or _same_article(inputs)):
            system = system or label
        own = {key: value for key, value in item.options.items() if value and key != "format"}
        files.append((item.source, kind, {**given, **own, "system": system, "name": name}))
    title = batch or (_common(inputs) if several else _title(inputs[0].source, kinds[0], chosen))
    return Plan(title[:200], tuple(files))


def _title(source: Source, kind: str, options: Options) -> str:
    """A file's name; an article that was pasted is called by how it begins."""
    if kind != "article" or source.name not in NAMELESS:
        return source.stem
    return first_line(source, options.encoding)[:60].strip() or source.name


def _same_article(inputs: Sequence[Input]) -> bool:
    """True where files of JSON Lines begin with the same article: then they are systems."""
    found = []
    for item in inputs:
        first = item.source.head().lstrip(b"\xef\xbb\xbf \r\n").split(b"\n", 1)[0]
        try:
            found.append(str(json.loads(first).get("article", "")))
        except (ValueError, AttributeError, RecursionError):
            found.append("")
    return len(set(found)) < len(found)


def _common(inputs: Sequence[Input]) -> str:
    folders = {item.source.path.resolve().parent.name for item in inputs if item.source.path}
    return folders.pop() if len(folders) == 1 else f"{len(inputs)} files"


def tell_apart(paths: Sequence[str]) -> list[str]:
    """The shortest end of each path, without its suffix, that no other path shares.

    >>> tell_apart(["a/out.en", "b/out.en", "b/ref.en"])
    ['a/out', 'b/out', 'ref']
    """
    parts = [replace(Source(path), name=path) for path in paths]
    split = [[*source.name.replace("\\", "/").split("/")[:-1], source.stem] for source in parts]
    names = []
    for mine, path in zip(split, paths, strict=True):
        others = [other for other, its in zip(split, paths, strict=True) if its != path]
        size = 1
        while size < len(mine) and any(other[-size:] == mine[-size:] for other in others):
            size += 1
        names.append("/".join(part for part in mine[-size:] if part))
    for place, name in enumerate(names):
        if names.index(name) != place:
            names[place] = f"{name} ({names[: place + 1].count(name)})"
    return names

"""A look at a file before anything of it is stored."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from review import formats
from review.errors import FormatError
from review.formats.base import Source
from review.formats.table import preview_columns
from review.model import Segment
from review.steps.importing.inputs import Input, Plan, plan
from review.text import encodings

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A segment of the preview, with its article's name and system."""

    article: str
    system: str
    segment: Segment


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file was taken for, and its first segments.

    ``columns`` are a table's column names and ``mapping`` role to names of columns (see ``formats.columns.ROLES``).
    Counts are of the whole file, which has been read to its end; where ``partial``, of its first HEAD bytes.
    """

    name: str
    format: str
    title: str
    encoding: str
    source_language: str
    target_language: str
    articles: int
    segments: int
    systems: tuple[str, ...]
    shown: tuple[Shown, ...]
    columns: tuple[str, ...] = ()
    mapping: Mapping[str, list[str]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    partial: bool = False


HEAD = 4 << 20
"""Bytes of a file that are looked at where its lines can be read without the rest."""

BY_LINE = ("lines", "csv", "tsv", "jsonl")
"""Formats of which the beginning, up to a line end, is a file of the same format."""


def preview(
    given: str | os.PathLike[str] | bytes | BinaryIO | Source, name: str = "", options: Mapping[str, Any] | None = None
) -> Preview:
    """Read a file as ``import_batch`` would, and store nothing.

    ``options`` as there. Of a large file of lines without others beside it only the beginning is read, and the
    preview says so. Raises InputError and FormatError where an import would, for what it has read.
    """
    source = Source.of(given, name)
    chosen = dict(options or {})
    planned = plan([Input(source)], chosen)
    head = None if chosen.get("source") or chosen.get("references") or chosen.get("alternatives") else _head(planned)
    if head:
        try:
            return _looked_at(replace(planned, files=(head,)), partial=True)
        except FormatError:
            pass  # a cell that the cut went through, or a real mistake: reading all of it tells
    return _looked_at(planned, partial=False)


def _head(planned: Plan) -> tuple[Source, str, dict[str, Any]] | None:
    """The beginning of a large file that can be read by itself, with how to read it; None for others."""
    source, kind, options = planned.files[0]
    data = source.head(HEAD + 1) if kind in BY_LINE and not options.get("documents") else b""
    encoding = source.encoding or options.get("encoding") or ""
    if len(data) <= HEAD or encodings.mark(data)[0].startswith(("utf-16", "utf-32")) or "16" in encoding:
        return None
    return replace(source, path=None, stream=None, data=data[: data.rfind(b"\n") + 1]), kind, options


def _looked_at(planned: Plan, *, partial: bool) -> Preview:
    reading = planned.read()[0]
    shown: list[Shown] = []
    systems: dict[str, None] = {}
    languages = ("", "")
    articles = segments = 0
    for article in reading.articles:
        articles += 1
        segments += len(article.segments)
        systems.setdefault(article.system)
        languages = languages if any(languages) else (article.source_language, article.target_language)
        room = SHOWN - len(shown)
        shown += [Shown(article.name, article.system, segment) for segment in article.segments[:room]]
    columns = preview_columns(reading.header)
    kind = formats.find(reading.header.format)
    return Preview(
        name=planned.name,
        format=reading.header.format,
        title=kind.called or kind.title,
        encoding=reading.header.encoding,
        source_language=languages[0],
        target_language=languages[1],
        articles=articles,
        segments=segments,
        systems=tuple(systems),
        shown=tuple(shown),
        columns=tuple(columns["names"]),
        mapping=columns["columns"],
        warnings=reading.warnings,
        partial=partial,
    )

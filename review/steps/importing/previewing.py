"""A look at a file before anything of it is stored."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from review import formats
from review.formats.base import Source
from review.formats.table import preview_columns
from review.model import Segment
from review.steps.importing.inputs import Input, plan

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
    Counts are of the whole file, which has been read to its end.
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


def preview(
    given: str | os.PathLike[str] | bytes | BinaryIO | Source, name: str = "", options: Mapping[str, Any] | None = None
) -> Preview:
    """Read a file as ``import_batch`` would, and store nothing.

    ``options`` as there. Raises InputError and FormatError where an import would.
    """
    source = Source.of(given, name)
    planned = plan([Input(source)], options or {})
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
    return Preview(
        name=planned.name,
        format=reading.header.format,
        title=formats.find(reading.header.format).title,
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
    )

"""One door to every file: told by content, then by suffix; each file of this room is a format.

read(path) -> Reading                  open any file as articles
write(reading, original, out)          the same file with the corrected text, or another format from scratch
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any, BinaryIO

from review.errors import FormatError, MissingError
from review.formats import doors
from review.formats.base import Format, Options, Source, alone, unpacked
from review.model import Reading

__all__ = ["Format", "Options", "Source", "find", "formats", "read", "recognise", "unpacked", "write"]

TEXT_LIKE = "article"
"""What plain text is taken for unless the caller says otherwise; ``score`` says ``lines``."""


@lru_cache(maxsize=1)
def formats() -> dict[str, Format]:
    """Every format by name."""
    import review.formats as room
    from review.registry import find as look

    return {item.name: item for item in look(room, "FORMAT").values()}


def find(name: str) -> Format:
    """The format called ``name``. Raises MissingError, naming those there are."""
    if name not in formats():
        raise MissingError(f"There is no format {name!r}; there are {', '.join(sorted(formats()))}.")
    return formats()[name]


def recognise(source: Source, options: Options, plain: str = TEXT_LIKE) -> Format:
    """The format that is surest of the file; ``plain`` where it is plain text.

    Raises FormatError for a termbase: no article is in it.
    """
    doors.refuse(source, doors.ARTICLES)
    return surest(source, options, plain)


def surest(source: Source, options: Options, plain: str = TEXT_LIKE) -> Format:
    """The same whatever the file is."""
    found = max(
        (item for item in formats().values() if item.sniff),
        key=lambda item: (item.sniff(source, options) if item.sniff else 0.0, item.name == plain),
    )
    return found if found.sniff and found.sniff(source, options) > 0.1 else find(plain)


def read(
    given: str | os.PathLike[str] | bytes | BinaryIO | Source,
    format: str | None = None,
    *,
    plain: str = TEXT_LIKE,
    filename: str = "",
    **options: Any,
) -> Reading:
    """Open a file as a stream of articles.

    ``options`` are the fields of ``Options``. Raises InputError and FormatError where it cannot be used as
    it is, at once or, for what stands further on in the file, while the articles are being read.
    """
    source = Source.of(given, filename)
    chosen = Options.of(options)
    kind = find(format) if format else recognise(source, chosen, plain)
    if kind.read is None:
        raise FormatError(source.name, None, f"{kind.title} can be written but not read", "Choose another format.")
    if kind.running and kind.name != TEXT_LIKE and (chosen.source or chosen.references or chosen.alternatives):
        from review.formats.pairing import beside

        return beside(kind.read(source, alone(chosen)), chosen)
    return kind.read(source, chosen)


def write(reading: Reading, original: bytes | BinaryIO | None, out: BinaryIO, format: str | None = None) -> list[str]:
    """Write articles with their corrections to ``out``; return warnings, one sentence each.

    With ``original``, where the format can write over it, it is copied and only text at locators replaced.
    Raises MissingError where the format cannot be written.
    """
    import io

    kind = find(format or reading.header.format)
    if original is not None and kind.rewrites(reading.header.format) and kind.rewrite:
        file = io.BytesIO(original) if isinstance(original, bytes) else original
        return kind.rewrite(reading.header, file, reading.articles, out)
    if kind.build is None:
        raise MissingError(f"{kind.title} can only be written over the file it came from; choose another format.")
    return kind.build(reading.header, reading.articles, out)

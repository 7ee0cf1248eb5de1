"""What a kind of termbase file is, and what reading one gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from review.errors import FormatError, InputError
from review.model import Concept, Term
from review.text import patterns, rendering


@dataclass(frozen=True, slots=True)
class Given:
    """A termbase file: its bytes, the name that errors give it, and the languages of columns that name none."""

    data: bytes
    place: str
    source_language: str = "zh"
    target_language: str = "en"


Entry = Concept | FormatError
"""A concept, or why the one on that line cannot be read."""


@dataclass(slots=True)
class Found:
    """What a reader notes by the way: ``warnings`` are sentences on what it could not keep."""

    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Termbase:
    """One kind of termbase file. A file of this room sets ``TERMBASE`` to one.

    recognise: whether the first characters of a file are of this kind. read: yields a concept or a problem
    for each entry, in order; raises FormatError where nothing more can be read. write: the concepts as bytes;
    what the kind cannot hold is left out, and ``losses`` names it.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    mime: str
    recognise: Callable[[str], bool]
    read: Callable[[Given, Found], Iterator[Entry]]
    write: Callable[[Sequence[Concept]], bytes]


@dataclass(frozen=True, slots=True)
class Reading:
    """A termbase as it was read: ``problems`` are the entries that could not be, in the order of their lines."""

    kind: Termbase
    concepts: tuple[Concept, ...]
    problems: tuple[FormatError, ...] = ()
    warnings: tuple[str, ...] = ()


def problem(place: str, line: int | None, error: InputError) -> FormatError:
    """An error in the form "what; remedy" as that of a line."""
    what, _, remedy = str(error).partition("; ")
    return FormatError(place, line, what.rstrip("."), (remedy[:1].upper() + remedy[1:]).strip())


def check(term: Term) -> None:
    """Refuse a term that cannot be looked for. Raises InputError in the form "what; remedy"."""
    if term.matching == "pattern":
        if term.status in ("preferred", "admitted"):
            raise InputError(f"The pattern {term.text!r} is a right rendering; give patterns for wrong ones alone.")
        patterns.compiled(term.text)
    else:
        rendering.parse(term.text)
    if term.instead:
        rendering.parse(term.instead)

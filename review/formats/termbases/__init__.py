"""One door to termbase files: told by content, then by suffix; each file of this room is a kind.

read_termbase(path or bytes) -> Reading     every concept, or the first problem raised
preview_termbase(...) -> Reading            the same with all problems listed
write_termbase(concepts, kind)              bytes, and what the kind cannot carry, in sentences
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from review.errors import FormatError, MissingError
from review.formats import doors
from review.formats.base import Source
from review.formats.termbases.base import Found, Given, Reading, Termbase
from review.formats.termbases.losses import losses
from review.model import Concept
from review.text import encodings

__all__ = ["Reading", "Termbase", "find", "kinds", "preview_termbase", "read_termbase", "write_termbase"]

MOST_PROBLEMS = 50
"""Problems that are listed before reading is given up."""


@lru_cache(maxsize=1)
def kinds() -> dict[str, Termbase]:
    """Every kind of termbase file by name."""
    import review.formats.termbases as room
    from review.registry import find as look

    return {item.name: item for item in look(room, "TERMBASE").values()}


def find(name: str) -> Termbase:
    """The kind called ``name``. Raises MissingError, naming those there are."""
    if name not in kinds():
        raise MissingError(f"There is no kind of termbase {name!r}; there are {', '.join(kinds())}.")
    return kinds()[name]


def read_termbase(
    given: str | os.PathLike[str] | bytes,
    *,
    name: str = "",
    kind: str = "",
    source_language: str = "zh",
    target_language: str = "en",
) -> Reading:
    """Read a termbase from a path or from a file's bytes; ``name`` stands for it in errors.

    The languages are those of a CSV's columns; TBX names its own. Raises FormatError (file, line, remedy) for
    what cannot be read, InputError for a file that is not there or too large.
    """
    reading = preview_termbase(
        given, name=name, kind=kind, source_language=source_language, target_language=target_language, most=1
    )
    if reading.problems:
        raise reading.problems[0]
    return reading


def preview_termbase(
    given: str | os.PathLike[str] | bytes,
    *,
    name: str = "",
    kind: str = "",
    source_language: str = "zh",
    target_language: str = "en",
    most: int = MOST_PROBLEMS,
) -> Reading:
    """As ``read_termbase``, but entries that cannot be read are listed in ``problems``, at most ``most``."""
    source = Source.of(given, name or ("termbase" if isinstance(given, bytes) else ""))
    data = source.bytes()
    chosen = find(kind) if kind else _told(data, source)
    languages = (source_language or "zh", target_language or "en")
    found = Found()
    concepts: list[Concept] = []
    problems: list[FormatError] = []
    try:
        for entry in chosen.read(Given(data, source.name, *languages), found):
            if isinstance(entry, Concept):
                concepts.append(entry)
            else:
                problems.append(entry)
                if len(problems) >= most:
                    break
    except FormatError as error:
        problems.append(error)
    return Reading(chosen, tuple(concepts), tuple(problems), tuple(found.warnings))


def write_termbase(concepts: Sequence[Concept], kind: str) -> tuple[bytes, list[str]]:
    """The concepts as a file, and one sentence for each sort of thing that this kind of file cannot carry.

    What was written is read again and compared, so that nothing is lost without a word. Raises MissingError.
    """
    chosen = find(kind)
    data = chosen.write(concepts)
    source, target = _languages(concepts)
    again = list(chosen.read(Given(data, "termbase", source, target), Found()))
    return data, losses(concepts, [entry for entry in again if isinstance(entry, Concept)])


def _languages(concepts: Sequence[Concept]) -> tuple[str, str]:
    """The first and the last language of the first concept that has two."""
    for concept in concepts:
        tags = list(dict.fromkeys(term.language for term in concept.terms))
        if len(tags) > 1:
            return tags[0], tags[-1]
    return "zh", next((term.language for concept in concepts for term in concept.terms), "en")


def _told(data: bytes, source: Source) -> Termbase:
    """The kind that the file's first characters show, else its suffix, else CSV. Raises FormatError."""
    doors.refuse(source, doors.TERMS)
    what = encodings.binary(data[:65536])
    if what:
        raise FormatError(source.name, None, f"the file is {what}, not a termbase", "Save it as CSV or TBX first.")
    encoding, mark = encodings.mark(data[:4])
    head = data[mark : mark + 65536].decode(encoding or "utf-8", "replace").lstrip()
    for item in kinds().values():
        if item.recognise(head):
            return item
    suffix = Path(source.name).suffix.lower()
    by_suffix = [item for item in kinds().values() if suffix in item.suffixes]
    if head.startswith("<") or (not head and by_suffix):
        return by_suffix[0] if by_suffix and not head else kinds()["tbx-v3"]
    return kinds()["csv"]

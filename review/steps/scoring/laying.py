"""Where each score of a file belongs: which system it is of, and which of the text's segments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePath

from review.errors import FormatError, InputError
from review.formats.segment_scores import Row, ScoreFile

Found = dict[str, tuple[ScoreFile, tuple[Row, ...]]]


def by_system(name: str, files: Sequence[ScoreFile], systems: Mapping[str, str], others: Collection[str]) -> Found:
    """Each system's rows, and the file that they stand in; systems of ``others`` are passed over.

    Files without systems are one for each, in order. Raises InputError and FormatError.
    """
    found: Found = {}
    names = list(systems)
    for place, file in enumerate(files):
        for key, rows in file.systems.items():
            system = _system(key, systems)
            if not key:
                if len(files) not in (1, len(names)) or (len(files) == 1 and len(names) > 1):
                    raise InputError(
                        f"{file.name} names no systems, and {len(names)} are scored; "
                        f"write {name}=FILE,FILE with one file for each, in order, or give a file with a column system."
                    )
                system = names[place]
            if system is None:
                if key in others:
                    continue
                what = f"there are scores of {key!r}, and the systems are {', '.join(names)}"
                raise FormatError(
                    file.name,
                    rows[0].line,
                    what,
                    "Score that system too, name systems alike (--system), or drop its rows.",
                )
            if system in found:
                raise InputError(f"{name} has scores of {system} twice (again in {file.name}); give them once.")
            found[system] = (file, rows)
    return found


def _system(key: str, systems: Mapping[str, str]) -> str | None:
    """The system that a file means: by its name, or by an end of its hypothesis' path (as COMET names systems)."""
    if key in systems:
        return key
    mine = PurePath(key.removesuffix(".gz")).parts
    hits = set()
    for name, path in systems.items():
        whole = PurePath(path.removesuffix(".gz"))
        for parts in (whole.parts, whole.with_suffix("").parts if whole.name else ()):
            shorter = min(len(parts), len(mine))
            if shorter and parts[-shorter:] == mine[-shorter:]:
                hits.add(name)
    return hits.pop() if len(hits) == 1 else None


def laid(
    file: ScoreFile, rows: Sequence[Row], system: str, count: int, documents: Sequence[str | None] | None
) -> list[float | None]:
    """One system's scores in the order of the text's segments."""
    numbered = [row for row in rows if row.segment is not None]
    if not numbered:
        if len(rows) != count:
            what = f"there are {len(rows)} scores of {system}, and the text has {count} segments"
            raise FormatError(
                file.name, None, what, "Give each segment a score, or None, or name segments in a column segment."
            )
        return [row.value for row in rows]
    if len(numbered) < len(rows):
        bare = next(row for row in rows if row.segment is None)
        raise FormatError(file.name, bare.line, "this score names no segment, and others do", "Number all or none.")
    found: list[float | None] = [None] * count
    for row, place in zip(rows, _places(file, rows, count, documents), strict=True):
        found[place] = row.value
    return found


def _places(file: ScoreFile, rows: Sequence[Row], count: int, documents: Sequence[str | None] | None) -> list[int]:
    """Where each numbered row belongs, from 0: by line of the text, or by segment of its document."""
    numbers = [row.segment or 0 for row in rows]
    first = {number: place for place, number in reversed(list(enumerate(numbers)))}
    apart = len(first) == len(numbers)
    if documents and all(row.document for row in rows):
        by_line = apart and all(
            number <= count and documents[number - 1] == row.document for number, row in zip(numbers, rows, strict=True)
        )
        if not by_line:
            return _within_documents(file, rows, documents)
    elif not apart:
        twice = next(row for place, row in enumerate(rows) if first[numbers[place]] != place)
        raise FormatError(
            file.name, twice.line, f"segment {twice.segment} is numbered anew in {twice.document}",
            "Say which line is of which document with --documents.",
        )  # fmt: skip
    beyond = next((row for row in rows if (row.segment or 0) > count), None)
    if beyond is not None:
        raise FormatError(
            file.name, beyond.line, f"segment {beyond.segment} is scored, and the text has {count}",
            "Give the scores of this text.",
        )  # fmt: skip
    return [number - 1 for number in numbers]


def _within_documents(file: ScoreFile, rows: Sequence[Row], documents: Sequence[str | None]) -> list[int]:
    members: dict[str, list[int]] = {}
    for place, document in enumerate(documents):
        if document is not None:
            members.setdefault(document, []).append(place)
    places = []
    for row in rows:
        there = members.get(row.document, [])
        if not 1 <= (row.segment or 0) <= len(there):
            what = f"document {row.document!r} has {len(there)} segments, and its segment {row.segment} is scored"
            raise FormatError(file.name, row.line, what, "Name documents and segments as --documents does.")
        places.append(there[(row.segment or 0) - 1])
    return places

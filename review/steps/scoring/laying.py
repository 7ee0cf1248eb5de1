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


class Places:
    """Where a text's segments stand: ``count`` lines, and by document, where documents are known."""

    def __init__(
        self,
        count: int,
        documents: Sequence[str | None] | None = None,
        numbers: Sequence[str | None] | None = None,
    ) -> None:
        """``documents`` names each line's; ``numbers`` is its segment's number there, else its place, from 1."""
        self.count = count
        self.documents = documents
        self.within: dict[str, dict[str, int]] = {}
        for line, document in enumerate(documents or ()):
            if document is not None:
                members = self.within.setdefault(document, {})
                members[(numbers[line] if numbers else None) or str(len(members) + 1)] = line

    def of(self, file: ScoreFile, rows: Sequence[Row]) -> list[int]:
        """Where each numbered row belongs, from 0: by line of the text, or by segment of its document.

        Raises FormatError.
        """
        numbers = [row.segment or 0 for row in rows]
        first = {number: place for place, number in reversed(list(enumerate(numbers)))}
        apart = len(first) == len(numbers)
        if self.within and all(row.document for row in rows):
            if not (apart and all(self._is_line(row) for row in rows)):
                return [self._in_document(file, row) for row in rows]
        elif not apart:
            twice = next(row for place, row in enumerate(rows) if first[numbers[place]] != place)
            raise FormatError(
                file.name,
                twice.line or None,
                f"segment {twice.segment} is numbered anew in {twice.document}",
                "Say which line is of which document with --documents.",
            )
        beyond = next((row for row in rows if (row.segment or 0) > self.count), None)
        if beyond is not None:
            what = f"segment {beyond.segment} is scored, and the text has {self.count}"
            raise FormatError(file.name, beyond.line or None, what, "Give the scores of this text.")
        return [number - 1 for number in numbers]

    def _is_line(self, row: Row) -> bool:
        line = (row.segment or 0) - 1
        return self.documents is not None and line < self.count and self.documents[line] == row.document

    def _in_document(self, file: ScoreFile, row: Row) -> int:
        members = self.within.get(row.document, {})
        line = members.get(str(row.segment))
        if line is None:
            what = f"document {row.document!r} has no segment {row.segment} (it has {len(members)})"
            remedy = "Name documents and segments as --documents does."
            raise FormatError(file.name, row.line or None, what, remedy)
        return line


def laid(file: ScoreFile, rows: Sequence[Row], system: str, places: Places) -> list[float | None]:
    """One system's scores in the order of the text's segments. Raises FormatError."""
    numbered = [row for row in rows if row.segment is not None]
    if not numbered:
        if len(rows) != places.count:
            what = f"there are {len(rows)} scores of {system}, and the text has {places.count} segments"
            raise FormatError(
                file.name, None, what, "Give each segment a score, or None, or name segments in a column segment."
            )
        return [row.value for row in rows]
    if len(numbered) < len(rows):
        bare = next(row for row in rows if row.segment is None)
        what = "this score names no segment, and others do"
        raise FormatError(file.name, bare.line or None, what, "Number all or none.")
    found: list[float | None] = [None] * places.count
    for row, place in zip(rows, places.of(file, rows), strict=True):
        found[place] = row.value
    return found

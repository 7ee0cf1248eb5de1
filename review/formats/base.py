"""What a format is, and what it is handed: bytes from anywhere, and what the user said about them."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, BinaryIO

from review.errors import InputError
from review.model import Article, Reading, ReadingHeader
from review.settings import settings


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: on disk, in memory, or behind ``stream``, which opens it anew as a seekable file.

    ``name`` stands in messages and names what has no other name. ``encoding`` is what the user said of this file.
    """

    name: str
    path: Path | None = None
    data: bytes | None = None
    stream: Callable[[], BinaryIO] | None = field(default=None, compare=False)
    encoding: str = ""

    @classmethod
    def of(cls, given: str | os.PathLike[str] | bytes | BinaryIO | Source, name: str = "") -> Source:
        """A source from a path, bytes, or an open binary stream (which is read up to the size limit).

        Raises InputError where there is no such file, or it is larger than ``upload_megabytes``.
        """
        if isinstance(given, Source):
            return given
        limit = settings().upload_bytes
        if isinstance(given, bytes):
            size, source = len(given), cls(name or "pasted text", data=given)
        elif isinstance(given, str | os.PathLike):
            path = Path(given)
            if path.is_dir():
                raise InputError(f"{path} is a folder; name the files in it.")
            try:
                size = path.stat().st_size
            except OSError as error:
                raise InputError(f"{path} cannot be read: {error.strerror}; check its name and permissions.") from error
            source = cls(name or str(path), path=path)
        else:
            data = given.read(limit + 1)
            size, source = len(data), cls(name or "standard input", data=data)
        if size > limit:
            raise InputError(
                f"{source.name} is larger than {settings().upload_megabytes} MB; "
                "split it, or set REVIEW_UPLOAD_MEGABYTES higher."
            )
        return source

    def open(self) -> BinaryIO:
        """Open for reading, seekable. Raises InputError where the file cannot be opened."""
        if self.stream is not None:
            return self.stream()
        if self.path is None:
            return io.BytesIO(self.data or b"")
        try:
            return self.path.open("rb")
        except OSError as error:
            raise InputError(
                f"{self.path} cannot be read: {error.strerror}; check its name and permissions."
            ) from error

    def head(self, size: int = 65536) -> bytes:
        """The first bytes."""
        with self.open() as file:
            return file.read(size)

    def bytes(self) -> bytes:
        """All of it."""
        with self.open() as file:
            return file.read()

    @property
    def stem(self) -> str:
        """The file's name without folder and suffixes, for naming an article."""
        name = self.name.replace("\\", "/").rsplit("/", 1)[-1]
        stem = name.rsplit(".", 1)[0] if "." in name[1:] else name
        return stem or name

    @property
    def suffix(self) -> str:
        """The last suffix in lower case, with its dot, or ""."""
        return Path(self.name).suffix.lower()


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said about a file; each may be left out.

    encoding: its encoding. name, system: what to call what has no name in the file. columns: role to
    column name, or number from 1. delimiter, quoting ("minimal" or "none"): of a table. paragraphs:
    "auto", "lines" (each line is one) or "blank" (blank lines part them). source, references,
    alternatives: parallel files. documents: a table of line, document and segment number.
    """

    encoding: str = ""
    name: str = ""
    system: str = ""
    source_language: str = ""
    target_language: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    delimiter: str = ""
    quoting: str = ""
    paragraphs: str = "auto"
    source: Source | None = None
    references: tuple[Source, ...] = ()
    alternatives: tuple[Source, ...] = ()
    documents: Source | None = None
    article_lines: int = 1000

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Options:
        """Options from keyword arguments; side files may be paths or bytes. Raises InputError for another name."""
        values = {key: value for key, value in given.items() if value is not None}
        strange = sorted(set(values) - {item.name for item in fields(cls)})
        if strange:
            raise InputError(f"There is no import option {strange[0]!r}; the file was not read.")
        for key in ("source", "documents"):
            if key in values:
                values[key] = Source.of(values[key], "" if isinstance(values[key], str | os.PathLike) else key)
        for key in ("references", "alternatives"):
            if key in values:
                values[key] = tuple(
                    Source.of(item, f"{key[:-1]} {n}" if isinstance(item, bytes) else "")
                    for n, item in enumerate(values[key], 1)
                )
        return cls(**values)


def alone(options: Options) -> Options:
    """The options without the files that stand beside."""
    return replace(options, source=None, references=(), alternatives=())


def unpacked(source: Source) -> bytes:
    """All of a source, out of its gzip packing if it has one.

    Raises InputError where the packing is broken, or holds more than ``upload_megabytes``.
    """
    if source.head(2) != b"\x1f\x8b":
        return source.bytes()
    limit = settings().upload_bytes
    try:
        with source.open() as file, gzip.GzipFile(fileobj=file) as packed:
            data = packed.read(limit + 1)
    except (OSError, EOFError, zlib.error):
        raise InputError(f"{source.name} is not a whole gzip file; pack it again.") from None
    if len(data) > limit:
        raise InputError(
            f"{source.name} unpacks to more than {settings().upload_megabytes} MB; "
            "split it, or set REVIEW_UPLOAD_MEGABYTES higher."
        )
    return data


Rewrite = Callable[[ReadingHeader, BinaryIO, Iterable[Article], BinaryIO], list[str]]
Build = Callable[[ReadingHeader, Iterable[Article], BinaryIO], list[str]]

HELD = {
    "source": "sources",
    "references": "references",
    "alternatives": "other translations",
    "machine": "the machine's text beside the corrected one",
    "comments": "comments",
    "history": "who changed what and when",
    "status": "how far the review is",
    "deleted": "which segments were deleted",
    "inserted": "inserted sentences as segments of their own",
    "merges": "merged segments as one",
    "splits": "split segments as several",
    "spans": "error spans",
    "ratings": "ratings",
    "notes": "notes that came with the file",
    "codes": "inline codes",
    "systems": "which system a translation is by",
}
"""What a review holds and a file may be able to tell or not, in words."""

GROUPS = {
    "text": "Clean text",
    "changes": "With the changes",
    "tools": "For other tools",
    "evaluation": "Evaluation",
    "report": "Reports",
}
"""What files are made for, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file. A file of this room sets ``FORMAT`` to one.

    sniff: how sure it is, 0 to 1, that a source is of this kind. read: opens one. rewrite: copies the
    original and replaces text at locators. build: writes from scratch. The last two return warnings.
    A format may lack any of read, rewrite and build.
    over: formats whose originals ``rewrite`` can copy besides its own. holds: what of HELD an export can tell;
    kept: the same of a rewritten original where that differs (what came with the file stays in any case).
    group: one of GROUPS; without it what raters said is for evaluation, and others for other tools.
    about: what the file is for, in one line without a full stop.
    called: what a file of it that came in is, where the title says what an export makes of it.
    judged: it tells what raters said of the machine's text, so an export gives it the segments as they were imported
    with ``Article.spans`` and ``ratings`` (their ``segment`` is the segment's order), and no corrections.
    running: what it reads is running text in paragraphs; source, references and other translations come as files of
    their own, of any such format, and are aligned with it (see ``pairing``).
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    mime: str = "text/plain"
    sniff: Callable[[Source, Options], float] | None = None
    read: Callable[[Source, Options], Reading] | None = None
    rewrite: Rewrite | None = None
    build: Build | None = None
    over: tuple[str, ...] = ()
    holds: frozenset[str] = frozenset()
    kept: frozenset[str] | None = None
    group: str = ""
    about: str = ""
    judged: bool = False
    running: bool = False
    called: str = ""

    @property
    def use(self) -> str:
        """The one of GROUPS that it stands in."""
        return self.group or ("evaluation" if self.judged else "tools")

    def rewrites(self, original: str) -> bool:
        """True where it can write over an original that the format ``original`` read."""
        return self.rewrite is not None and (original == self.name or original in self.over)

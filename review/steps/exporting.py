"""Exporting: the corrected translation as a file, in the format it came in or in another."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, BinaryIO, NamedTuple

from review import formats
from review.errors import InputError, MissingError
from review.formats import Format, bundle
from review.model import Article, Reading, ReadingHeader
from review.store import Store, articles, batches, blobs

if TYPE_CHECKING:
    from review.store import Connection
    from review.store.articles import ArticleRow

ORIGINAL = "original"
"""The format name that stands for the one the batch came in."""

ZIP = "application/zip"

WHAT = {
    "text": " clean",
    "lines": " lines",
    "html": " side by side",
    "report": " changes",
    "report-html": " changes",
    "docx-table": " table",
}
"""What is added to a file's name, so that exports of one batch do not overwrite each other."""

WITH_HISTORY = ("html", "docx", "docx-table", "report", "report-html")
"""Formats that say who changed what; the others only need the text."""


class Choice(NamedTuple):
    """A format that a batch can be exported in."""

    name: str
    title: str
    suffix: str


class Download(NamedTuple):
    """A file ready to be handed over."""

    data: bytes
    filename: str
    mime: str


@dataclass(frozen=True, slots=True)
class _File:
    """One file to write: its articles' ids, and the original to write over (or None)."""

    name: str
    header: ReadingHeader
    articles: tuple[int, ...]
    number: int = 0
    original: bool = False


def choices(store: Store, batch: int) -> list[Choice]:
    """The formats for a batch; the one it came in first, as ``original``. Raises MissingError."""
    with store.read() as connection:
        header = batches.header(connection, batch)
        kept = batches.original_sha(connection, batch) is not None
    found = []
    if kept:
        names = {item.format for item in _headers(header)}
        title = formats.find(names.pop()).title if len(names) == 1 else "the files as they came"
        found.append(Choice(ORIGINAL, f"As it came, corrected ({title})", _suffix(header)))
    own = {item.format for item in _headers(header)}
    built = [
        item
        for item in formats.formats().values()
        if item.build or (item.over and kept and all(item.rewrites(name) for name in own))
    ]
    return found + [Choice(item.name, item.title, item.suffixes[0]) for item in sorted(built, key=lambda i: i.title)]


def _headers(header: ReadingHeader) -> list[ReadingHeader]:
    return bundle.headers(header) if header.format == bundle.FORMAT_NAME else [header]


def _suffix(header: ReadingHeader) -> str:
    found = _headers(header)
    return formats.Source(found[0].name).suffix if len(found) == 1 else ".zip"


def export(
    store: Store,
    batch: int,
    format: str,
    out: BinaryIO,
    article: int | None = None,
    system: str | None = None,
) -> list[str]:
    """Write a batch, one article of it, or one system's articles, with all corrections; return warnings.

    In the format it came in ("original", or by name) the file is the original with only the changed text replaced;
    an article or system that is only part of its file is written from scratch. Several originals become a ZIP
    archive. Raises MissingError for an unknown batch, article or format.
    """
    files = _plan(store, batch, format, article, system)
    if len(files) == 1:
        return _write(store, batch, files[0], format, out)
    warnings = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            with archive.open(file.name, "w", force_zip64=True) as member:
                warnings += [f"{file.name}: {text}" for text in _write(store, batch, file, format, member)]
    return warnings


def names(store: Store, batch: int, format: str, article: int | None = None, system: str | None = None) -> list[str]:
    """The names of the files that an export makes: one, or those in the archive."""
    return [file.name for file in _plan(store, batch, format, article, system)]


def download(
    store: Store,
    batch: int,
    format: str,
    article: int | None = None,
    system: str | None = None,
    warnings: list[str] | None = None,
) -> Download:
    """The same as bytes, with a file name and a media type for the browser. ``warnings`` is added to."""
    files = _plan(store, batch, format, article, system)
    out = io.BytesIO()
    found = export(store, batch, format, out, article, system)
    if warnings is not None:
        warnings += found
    if len(files) > 1:
        with store.read() as connection:
            name = batches.get(connection, batch).name
        return Download(out.getvalue(), f"{_safe(name)}.zip", ZIP)
    return Download(out.getvalue(), files[0].name, _format(files[0], format).mime)


def _plan(store: Store, batch: int, format: str, article: int | None, system: str | None) -> list[_File]:
    """Which files to write. Raises MissingError where nothing is chosen."""
    with store.read() as connection:
        row = batches.get(connection, batch)
        header = batches.header(connection, batch)
        rows = articles.rows(connection, row.project, batch)
        kept = batches.original_sha(connection, batch) is not None
        chosen = [item for item in rows if article in (None, item.id) and system in (None, item.system)]
        if not chosen:
            raise MissingError(f"Batch {row.name} has no such article or system; choose one of its own.")
        found = _headers(header)
        own = {item.format for item in found}
        if format == ORIGINAL and not kept:
            raise InputError(f"The original of {row.name} was not kept; choose another format.")
        if format != ORIGINAL:
            formats.find(format)
        rewritable = kept and (format == ORIGINAL or all(formats.find(format).rewrites(item) for item in own))
        if rewritable:
            groups = _by_file(connection, rows, header)
            picked = {item.id for item in chosen}
            touched = {number: ids for number, ids in groups.items() if picked & set(ids)}
            if all(set(ids) <= picked for ids in touched.values()):
                return _unique([_original(found[max(number - 1, 0)], ids, number) for number, ids in touched.items()])
    kind = found[0].format if format == ORIGINAL else format
    if formats.find(kind).build is None:
        raise InputError(f"{formats.find(kind).title} can only be written over its own file; choose text instead.")
    title = " ".join(dict.fromkeys(part for part in (row.name, *_parts(chosen, rows)) if part))
    plain = ReadingHeader(kind, title, extra={"title": title})
    return [
        _File(
            _safe(title + WHAT.get(kind, "")) + formats.find(kind).suffixes[0], plain, tuple(item.id for item in chosen)
        )
    ]


def _parts(chosen: Sequence[ArticleRow], rows: Sequence[ArticleRow]) -> list[str]:
    """What to add to the batch's name for a part of it: the article's name, the system's."""
    if len(chosen) == len(rows):
        return []
    both = ({item.name for item in chosen}, {item.system for item in chosen})
    return [found.pop() for found in both if len(found) == 1]


def _original(header: ReadingHeader, ids: Sequence[int], number: int) -> _File:
    return _File(_basename(header.name), header, tuple(ids), number, original=True)


def _unique(files: list[_File]) -> list[_File]:
    """The files, those of one name told apart by their number."""
    names = [file.name for file in files]
    return [replace(file, name=f"{file.number}-{file.name}") if names.count(file.name) > 1 else file for file in files]


def _by_file(connection: Connection, rows: Sequence[ArticleRow], header: ReadingHeader) -> dict[int, list[int]]:
    """Article ids by the number of the file they are in; 0 where there is one file only."""
    if header.format != bundle.FORMAT_NAME:
        return {0: [row.id for row in rows]}
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(bundle.number_of(articles.load(connection, row.id, history=False)), []).append(row.id)
    found.pop(0, None)  # nothing but inserted sentences
    return dict(sorted(found.items()))


def _format(file: _File, format: str) -> Format:
    return formats.find(file.header.format if format == ORIGINAL or file.original else format)


def _write(store: Store, batch: int, file: _File, format: str, out: IO[bytes]) -> list[str]:
    with store.read() as connection:
        kind = _format(file, format).name
        stream = _load(connection, file, history=kind in WITH_HISTORY)
        reading = Reading(file.header, stream)
        sha = batches.original_sha(connection, batch) if file.original else None
        if sha is None:
            return formats.write(reading, None, out, kind)  # type: ignore[arg-type]
        with blobs.reader(store, sha) as kept, bundle.unpack(kept, file.number) if file.number else kept as original:
            return formats.write(reading, original, out, kind)  # type: ignore[arg-type]


def _load(connection: Connection, file: _File, history: bool) -> Iterator[Article]:
    for key in file.articles:
        article = articles.load(connection, key, history=history)
        yield bundle.unmarked(article) if file.number else article


def _basename(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1] or "export"


def _safe(name: str) -> str:
    """A file name without what some system forbids in one."""
    return re.sub(r'[\x00-\x1f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+', "-", name).strip(". ")[:150] or "export"

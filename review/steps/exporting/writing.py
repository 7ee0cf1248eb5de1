"""Writing: the corrected translation as a file, in the format it came in or in another."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, BinaryIO, NamedTuple

from review import formats
from review.errors import InputError, MissingError
from review.formats import Format, bundle
from review.formats.base import GROUPS
from review.model import Article, Reading, ReadingHeader
from review.store import Store, articles, batches, blobs, inventory, judged, pieces
from review.text.bared import bare_judged

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

AS_IT_CAME = "As it came"
"""The group of the original; the others are those of ``formats.base.GROUPS``."""

Progress = Callable[[int, int], None]
"""Called with segments written and segments in all. What it raises ends the export."""


class Choice(NamedTuple):
    """A format that a batch can be exported in: under which heading it stands, and what it is for in one line."""

    name: str
    title: str
    suffix: str
    group: str = AS_IT_CAME
    about: str = ""


class Download(NamedTuple):
    """A file ready to be handed over."""

    data: bytes
    filename: str
    mime: str


@dataclass(frozen=True, slots=True)
class File:
    """One file to write: its articles' ids, and the original to write over (or None)."""

    name: str
    header: ReadingHeader
    articles: tuple[int, ...]
    number: int = 0
    original: bool = False


def _called(name: str) -> str:
    kind = formats.find(name)
    return (kind.called or kind.title).replace(" (", ", ").replace(")", "")


def choices(store: Store, batch: int) -> list[Choice]:
    """The formats for a batch; the one it came in first, as ``original``. Raises MissingError."""
    with store.read() as connection:
        header = batches.header(connection, batch)
        kept = batches.original_sha(connection, batch) is not None
    found = []
    if kept:
        kinds = {formats.find(item.format) for item in _headers(header)}
        judgements = all(kind.judged for kind in kinds)
        title = _called(kinds.pop().name) if len(kinds) == 1 else "the files as they came"
        about = "only what was corrected differs; all else is the same byte for byte"
        what = f"As it came, corrected ({title})"
        if judgements:
            about = "what all raters said, those of the file and reviewers, on the text as imported"
            what = f"As it came, with all marks ({title})"
        found.append(Choice(ORIGINAL, what, _suffix(header), about=about))
    own = {item.format for item in _headers(header)}
    built = [
        item
        for item in formats.formats().values()
        if item.build or (item.over and kept and all(item.rewrites(name) for name in own))
    ]
    order = list(GROUPS)
    built.sort(key=lambda item: (order.index(item.use), item.title))
    return found + [Choice(item.name, item.title, item.suffixes[0], GROUPS[item.use], item.about) for item in built]


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
    progress: Progress | None = None,
) -> list[str]:
    """Write a batch, one article of it, or one system's articles, with all corrections; return warnings.

    In the format it came in ("original", or by name) the file is the original with only the changed text replaced;
    an article or system that is only part of its file is written from scratch. Several originals become a ZIP
    archive. Raises MissingError for an unknown batch, article or format.
    """
    files = plan(store, batch, format, article, system)
    told = _Counting(store, files, progress)
    if len(files) == 1:
        return _write(store, batch, files[0], format, out, told)
    warnings = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            with archive.open(file.name, "w", force_zip64=True) as member:
                warnings += [f"{file.name}: {text}" for text in _write(store, batch, file, format, member, told)]
    return warnings


def names(store: Store, batch: int, format: str, article: int | None = None, system: str | None = None) -> list[str]:
    """The names of the files that an export makes: one, or those in the archive."""
    return [file.name for file in plan(store, batch, format, article, system)]


def download(
    store: Store,
    batch: int,
    format: str,
    article: int | None = None,
    system: str | None = None,
    warnings: list[str] | None = None,
) -> Download:
    """The same as bytes, with a file name and a media type for the browser. ``warnings`` is added to."""
    out = io.BytesIO()
    found = export(store, batch, format, out, article, system)
    if warnings is not None:
        warnings += found
    return Download(out.getvalue(), *called(store, batch, format, article, system))


def called(
    store: Store, batch: int, format: str, article: int | None = None, system: str | None = None
) -> tuple[str, str]:
    """What the file that an export makes is called, and its media type."""
    files = plan(store, batch, format, article, system)
    if len(files) > 1:
        with store.read() as connection:
            name = batches.get(connection, batch).name
        return f"{_safe(name)}.zip", ZIP
    return files[0].name, kind_of(files[0], format).mime


def plan(store: Store, batch: int, format: str, article: int | None = None, system: str | None = None) -> list[File]:
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
                return _unique(
                    [_original(found[max(number - 1, 0)], ids, number, format) for number, ids in touched.items()]
                )
    kind = found[0].format if format == ORIGINAL else format
    if formats.find(kind).build is None:
        raise InputError(f"{formats.find(kind).title} can only be written over its own file; choose text instead.")
    title = " ".join(dict.fromkeys(part for part in (row.name, *_parts(chosen, rows)) if part))
    plain = ReadingHeader(kind, title, extra={"title": title})
    return [File(_safe(title + _what(kind)) + formats.find(kind).suffixes[0], plain, tuple(item.id for item in chosen))]


def _parts(chosen: Sequence[ArticleRow], rows: Sequence[ArticleRow]) -> list[str]:
    """What to add to the batch's name for a part of it: the article's name, the system's."""
    if len(chosen) == len(rows):
        return []
    both = ({item.name for item in chosen}, {item.system for item in chosen})
    return [found.pop() for found in both if len(found) == 1]


def _original(header: ReadingHeader, ids: Sequence[int], number: int, format: str) -> File:
    name = _basename(header.name)
    if format not in (ORIGINAL, header.format):
        name = _safe(formats.Source(name).stem + _what(format)) + formats.find(format).suffixes[0]
    return File(name, header, tuple(ids), number, original=True)


def _what(kind: str) -> str:
    """What is added to a file's name to tell the format, "" where its suffix does."""
    if kind in WHAT:
        return WHAT[kind]
    suffix = formats.find(kind).suffixes[0]
    shared = [item.name for item in formats.formats().values() if item.suffixes[0] == suffix]
    plain = kind.removeprefix(suffix[1:] + "-").removesuffix("-" + suffix[1:]).replace("-", " ")
    return "" if len(shared) == 1 or kind == suffix[1:] else f" {plain}"


def _unique(files: list[File]) -> list[File]:
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


def kind_of(file: File, format: str) -> Format:
    """The format that a file is written in."""
    return formats.find(file.header.format if format == ORIGINAL else format)


class _Counting:
    """Says how many of all segments were handed to the writer."""

    def __init__(self, store: Store, files: Sequence[File], progress: Progress | None) -> None:
        self.progress, self.done, self.total = progress, 0, 0
        if progress:
            with store.read() as connection:
                self.total = inventory.segments(connection, [key for file in files for key in file.articles])
            progress(0, self.total)

    def passed(self, article: Article) -> Article:
        self.done += len(article.segments)
        if self.progress:
            self.progress(self.done, max(self.total, self.done))
        return article


def _write(store: Store, batch: int, file: File, format: str, out: IO[bytes], told: _Counting) -> list[str]:
    with store.read() as connection:
        kind = kind_of(file, format)
        if kind.judged:
            return _write_judged(connection, batch, file, kind.name, out, told)
        history = bool((kind.holds | (kind.kept or frozenset())) & {"comments", "history"})
        stream: Iterator[Article] = map(told.passed, _load(connection, file, history=history))
        if "spans" in kind.holds:
            stream = _marked(connection, batch, stream)
        sides = {} if file.original else {"sides": inventory.sides(connection, file.articles)}
        header = replace(file.header, extra={**file.header.extra, **sides})
        reading = Reading(header, stream)
        sha = batches.original_sha(connection, batch) if file.original else None
        if sha is None:
            return formats.write(reading, None, out, kind.name)  # type: ignore[arg-type]
        with blobs.reader(store, sha) as kept, bundle.unpack(kept, file.number) if file.number else kept as original:
            return formats.write(reading, original, out, kind.name)  # type: ignore[arg-type]


def _write_judged(
    connection: Connection, batch: int, file: File, kind: str, out: IO[bytes], told: _Counting
) -> list[str]:
    """Write what raters said, on the text that they said it of."""
    names = judged.names(connection, batch)
    elsewhere = changed = 0

    def stream() -> Iterator[Article]:
        nonlocal elsewhere, changed
        for key in file.articles:
            found = judged.load(connection, key, names)
            elsewhere += found.elsewhere
            changed += articles.get(connection, key).changed
            bare = bare_judged(found.article)
            yield told.passed(bundle.unmarked(bare) if file.number else bare)

    warnings = formats.write(Reading(file.header, stream()), None, out, kind)  # type: ignore[arg-type]
    if changed:
        those = "1 corrected segment is" if changed == 1 else f"{changed} corrected segments are"
        warnings.append(f"It shows the machine's text, which was judged; {those} as imported.")
    if elsewhere:
        warnings.append(f"{elsewhere} marks and ratings are left out: they are on what reviewers made of the text.")
    return warnings


def _load(connection: Connection, file: File, history: bool) -> Iterator[Article]:
    for key in file.articles:
        article = articles.load(connection, key, history=history)
        yield bundle.unmarked(article) if file.number else article


def _marked(connection: Connection, batch: int, stream: Iterable[Article]) -> Iterator[Article]:
    """The articles as they are now, with what raters said of the machine's text; by segment id."""
    names = judged.names(connection, batch)
    for article in stream:
        found = judged.load(connection, int(article.id), names).article
        ids = [str(piece.id) for piece in pieces.imported(connection, int(article.id))]
        yield replace(
            article,
            spans=tuple(replace(span, segment=ids[int(span.segment)]) for span in found.spans),
            ratings=tuple(
                replace(rating, segment=ids[int(rating.segment)] if rating.segment else "") for rating in found.ratings
            ),
        )


def _basename(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1] or "export"


def _safe(name: str) -> str:
    """A file name without what some system forbids in one."""
    return re.sub(r'[\x00-\x1f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+', "-", name).strip(". ")[:150] or "export"

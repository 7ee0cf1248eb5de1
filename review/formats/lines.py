"""Parallel lines, one segment a line, split on ``\\n`` alone: line N of every file belongs together (WMT style).

A locator is ``line:N``. The carriage return of a CRLF line end is no part of the text, and comes back on export.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from review.errors import FormatError
from review.formats import plain
from review.formats.base import Format, Options, Source
from review.formats.folding import numbered
from review.model import Article, Reading, ReadingHeader, Segment
from review.text import codes
from review.text.sentences import guess_language, unwrap


class Line(NamedTuple):
    """Which document a line is in, and its number there."""

    document: str
    segment: str


def read(source: Source, options: Options) -> Reading:
    """Read a file of lines, and files of the same number of lines beside it.

    Without ``documents`` it is cut into articles of ``article_lines`` lines. Raises FormatError where counts
    differ, naming both.
    """
    opened = plain.whole_lines(plain.open_text(source, options.encoding))
    sides = [
        plain.whole_lines(plain.open_text(side, options.encoding))
        for side in (*((options.source,) if options.source else ()), *options.references, *options.alternatives)
    ]
    count = _count(opened)
    for side in sides:
        if (other := _count(side)) != count:
            raise FormatError(
                source.name,
                min(count, other) + 1,
                f"it has {count} lines, but {side.source.name} has {other}",
                "Give files whose lines belong together, "
                "or choose the format article (--format article) to align running text.",
            )
    warnings: list[str] = []
    documents = None
    if options.documents:
        documents = read_documents(options.documents, count)
        if left_out := count - len(documents):
            warnings.append(
                f"{left_out} of {count} lines are in no document of {options.documents.name} and were left out."
            )
    languages = (
        options.source_language or (_language(sides[0]) if options.source else ""),
        options.target_language or _language(opened),
    )
    articles = _articles(opened, sides, options, documents, languages, count)
    adjacent = documents is None or all(len(parts) == 1 for _, parts in _runs(documents))
    return Reading(opened.header("lines", count=count, adjacent=adjacent), articles, tuple(warnings))


def _articles(
    opened: plain.Opened,
    sides: list[plain.Opened],
    options: Options,
    documents: dict[int, Line] | None,
    languages: tuple[str, str],
    count: int,
) -> Iterator[Article]:
    name, size = options.name or opened.source.stem, options.article_lines
    written = False
    if documents is None:
        parts = [range(start, min(start + size, count + 1)) for start in range(1, count + 1, size)]
        runs = [(name if count <= size else f"{name} (lines {part[0]}-{part[-1]})", [part]) for part in parts]
    else:
        runs = _runs(documents)
    starts = {part[0] for _, parts in runs for part in parts}
    files = [(file, _offsets(file, starts)) for file in (opened, *sides)]
    for title, parts in runs:
        segments: list[Segment] = []
        for part in parts:
            streams = [plain.lines(file, offsets[part[0]], part[0]) for file, offsets in files]
            for number in part:
                texts = [_bare(next(stream)[1]) for stream in streams]
                written = written or bool(texts[0].strip())
                place = Line(title, str(number)) if documents is None else documents[number]
                segments.append(_segment(place, number, texts, options, len(segments)))
        yield Article(title, tuple(segments), options.system, *languages)
    if not written:
        raise FormatError(opened.source.name, None, "the file holds blank lines only", "Choose a file with text in it.")


def _segment(place: Line, number: int, texts: list[str], options: Options, order: int) -> Segment:
    first = 1 + bool(options.source)
    last = first + len(options.references)
    return Segment(
        hypothesis=texts[0],
        name=place.segment,
        source=texts[1] if options.source else None,
        references=tuple(texts[first:last]),
        alternatives=tuple(texts[last:]),
        order=order,
        paragraph=order,
        locators=(f"line:{number}",),
    )


def _runs(documents: dict[int, Line]) -> list[tuple[str, list[range]]]:
    """Each document, in order of first appearance, with the runs of lines that belong to it."""
    found: dict[str, list[range]] = {}
    for number in sorted(documents):
        parts = found.setdefault(documents[number].document, [])
        if parts and parts[-1].stop == number:
            parts[-1] = range(parts[-1].start, number + 1)
        else:
            parts.append(range(number, number + 1))
    return list(found.items())


def _offsets(opened: plain.Opened, starts: set[int]) -> dict[int, int]:
    """Where, in bytes, the lines that begin runs stand."""
    opened.file.seek(opened.base)
    found: dict[int, int] = {}
    offset, number = 0, 1
    whole = True
    while piece := opened.file.readline(1 << 20):
        if whole and number in starts:
            found[number] = offset
        offset += len(piece)
        whole = piece.endswith(b"\n")
        number += whole
    return found


def texts_of(source: Source, encoding: str = "") -> list[str]:
    """Every line of a file, without line ends."""
    return [_bare(text) for _, text in plain.lines(plain.open_text(source, encoding))]


def _bare(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def _count(opened: plain.Opened) -> int:
    """Lines, a last one without a line end among them."""
    opened.file.seek(opened.base)
    count, last = 0, b"\n"
    while chunk := opened.file.read(1 << 20):
        count += chunk.count(b"\n")
        last = chunk[-1:]
    return count + (last != b"\n")


def _language(opened: plain.Opened) -> str:
    opened.file.seek(opened.base)
    return guess_language(opened.file.read(1 << 14).decode("utf-8", "ignore"))


def read_documents(source: Source, count: int) -> dict[int, Line]:
    """Line number to document, from a TSV with a header ``line, doc, segment``, or one row a line that ends in
    the document's name (WMT's docs files, no header).

    Raises FormatError where a row cannot be understood, or names a line beyond ``count``. The lines of a document need
    not stand together.
    """
    opened = plain.open_text(source)
    rows = [(number, _bare(text).split("\t")) for number, text in plain.lines(opened) if text.strip()]
    heads = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    if "line" in heads:
        found = _numbered_documents(source, rows, heads, count)
    elif len(rows) == count and not _prose([cells[-1] for _, cells in rows]):
        found = {}
        order: dict[str, int] = {}
        for number, (_, cells) in enumerate(rows, 1):
            order[cells[-1]] = order.get(cells[-1], 0) + 1
            found[number] = Line(cells[-1], str(order[cells[-1]]))
    else:
        raise FormatError(
            source.name,
            1,
            f"it has neither a header with 'line' nor one document's name for each of the {count} lines",
            "Begin it with a row line, doc, segment, parted by tabs.",
        )
    return found


def _prose(names: list[str]) -> bool:
    """Whether the names are sentences: somebody gave a text for the table of documents."""
    return 2 * sum(name.count(" ") > 2 or len(name) > 120 for name in names) > len(names)


def _numbered_documents(
    source: Source, rows: list[tuple[int, list[str]]], heads: list[str], count: int
) -> dict[int, Line]:
    line = heads.index("line")
    document = next((heads.index(name) for name in ("doc", "document", "article", "doc_id") if name in heads), -1)
    segment = next((heads.index(name) for name in ("segment", "seg", "seg_id") if name in heads), -1)
    if document < 0:
        raise FormatError(source.name, 1, "no column is called doc", "Name its columns line, doc, segment.")
    found: dict[int, Line] = {}
    for number, cells in rows[1:]:
        if len(cells) != len(heads) or not cells[line].strip().isdecimal():
            raise FormatError(source.name, number, "the row does not give a line number and a document", "Repair it.")
        at = int(cells[line])
        if not 1 <= at <= count:
            raise FormatError(
                source.name,
                number,
                f"line {at} is named, but the text has {count} lines",
                "Give the file it was made for.",
            )
        found[at] = Line(cells[document], cells[segment] if segment >= 0 else str(at))
    return found


def rewrite(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the original with corrected lines in their places; every other line as its own bytes."""
    found, warnings = numbered((article.segments for article in articles), "line")
    for number, (mark, raw, text) in enumerate(plain.raw_lines(original, header), 1):
        was = _bare(text)
        new = one_line(found[number].text) if number in found else was
        if new == was:
            out.write(mark + raw)
        else:
            out.write(mark + plain.encode(new + text[len(was) :], header, f"Line {number}"))
    return warnings


def one_line(text: str) -> str:
    """The text without line feeds, which would make two lines of it."""
    return unwrap(text) if "\n" in text else text


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write the current text of every segment without inline codes, one a line; deleted ones as an empty line."""
    for article in articles:
        for segment in article.segments:
            text = "" if segment.deleted else one_line(codes.bare(segment.codes, segment.text))
            out.write(text.encode("utf-8") + b"\n")
    return []


def sniff(source: Source, options: Options) -> float:
    """Lines look like any other text; a table of documents tells them."""
    return 0.3 if options.documents else 0.05


FORMAT = Format(
    "lines",
    "Parallel lines, one segment a line",
    (".txt",),
    "text/plain",
    sniff,
    read,
    rewrite,
    build,
    holds=frozenset({"inserted", "merges", "splits"}),
    kept=frozenset(),
    group="text",
    about="for scripts and scoring: line N of every file belongs together",
)

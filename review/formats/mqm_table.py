"""MQM tables in and out: ``mqm_rows`` says what a row is, and this what becomes of it in an article.

A row is one error, however many words it marks; a "No-error" row is a rating of None. A mark that stands on another
text than its segment's first row becomes one on the whole segment, with its words in the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO

from review.errors import FormatError
from review.formats.base import Options, Source
from review.formats.mqm_rows import NO_ERROR, Row, columns, rows
from review.formats.study import Said, Seat, Study, documents, listed, said
from review.formats.typology import WMT, strange
from review.model import SEVERITIES, Article, ErrorSpan, Reading, ReadingHeader, Segment

COLUMNS = ("system", "doc", "doc_id", "seg_id", "rater", "source", "target", "category", "severity", "comment")
MISSING = "[missing]"
"""What a comment begins with where the error is words that are missing, and no source word is marked."""

UNNAMED = "unnamed"
_MARK = re.compile("(</?v>)")
_UNHELD = {"\t": "␉", "\n": "␊", "\r": "␍"}
_BREAKS = re.compile("[\t\n\r]|</?v>")


def marked(text: str, path: str, line: int) -> tuple[str, list[tuple[int, int]]]:
    """The text without marks, and the places of the marked words (code points, end-exclusive)."""
    plain, at, open_at = [], 0, -1
    spans = []
    for part in _MARK.split(text):
        if part == "<v>":
            if open_at >= 0:
                raise FormatError(path, line, "a mark begins within a mark", "Close <v> with </v> before the next.")
            open_at = at
        elif part == "</v>":
            if open_at < 0:
                raise FormatError(path, line, "</v> stands without <v>", "Mark words as <v>words</v>.")
            spans.append((open_at, at))
            open_at = -1
        else:
            plain.append(part)
            at += len(part)
    if open_at >= 0:
        spans.append((open_at, at))
    return "".join(plain), spans


def read(source: Source, options: Options) -> Reading:
    """Read an MQM table (gzip is unpacked). Raises InputError and FormatError."""
    study = Study(options)
    path = source.name
    elsewhere: list[int] = []
    for row in rows(source, everything=True):
        place = {"rater": row.rater, "seg_id": row.segment.strip(":")}
        empty = next((name for name, value in place.items() if not value.strip()), None)
        if empty and (row.severity or empty == "seg_id"):
            raise FormatError(path, row.line, f"the row has no {empty}", "Fill it in, or take the row out.")
        _check(row, path)
        words, source_spans = marked(row.source, path, row.line)
        text, target_spans = marked(row.target, path, row.line)
        segment = Segment(text, name=row.segment, source=words, locators=(f"line:{row.line}",))
        seat = study.put(
            row.document or options.name or source.stem, row.system or options.system, row.segment, segment
        )
        if not row.severity:
            continue
        if row.severity == NO_ERROR:
            seat.rate(row.rater, None)
            continue
        spans = [("target", text, *span) for span in target_spans] + [("source", words, *span) for span in source_spans]
        if _error(study, seat, row, spans):
            elsewhere.append(row.line)
    warnings = strange(study.strange, path)
    both = [
        f"{seat.segment.name} ({rater})"
        for seats in study.articles.values()
        for seat in seats.values()
        for rater in seat.ratings
        if any(span.rater == rater for span in seat.spans)
    ]
    warnings += listed(f"{path}: raters who found no error and marked some count as those who marked", both)
    warnings += listed(
        f"{path}: marks on another text than their segment's first row are kept as marks of the whole segment, the "
        "words in their notes; lines",
        elsewhere,
    )
    extra = [name for name in columns(source) if name and name not in COLUMNS]
    warnings += listed(f"{path}: these columns are not taken over", extra)
    header = ReadingHeader("mqm", source.name, extra={"count": study.count})
    return Reading(header, study.made(), tuple(warnings))


def _check(row: Row, path: str) -> None:
    if row.severity not in ("", NO_ERROR, *SEVERITIES):
        advice = f"Use one of {', '.join((NO_ERROR, *SEVERITIES))}."
        raise FormatError(path, row.line, f"the severity is {row.severity[:50]!r}", advice)
    for value in (row.system, row.document, row.segment, row.rater, row.source, row.target, row.category, row.comment):
        if "\0" in value:
            raise FormatError(path, row.line, "the row holds a NUL character", "Remove it.")


def _error(study: Study, seat: Seat, row: Row, spans: list[tuple[str, str, int, int]]) -> bool:
    """Add an error with its spans; True where the row's text is another than the segment's, so that none is left."""
    category, subcategory = WMT.ours(row.category)
    if subcategory and not category:
        study.strange[row.category.strip()] += 1
    note, missing = row.comment, row.comment.startswith(MISSING)
    if missing:
        note = note.removeprefix(MISSING).removeprefix(" ")
    places: list[tuple[str, int, int]] = []
    others: list[str] = []
    for side, text, start, end in spans:
        kept = seat.segment.hypothesis if side == "target" else seat.segment.source or ""
        if text.strip() != kept.strip():
            others.append(text[start:end])
            continue
        shift = _indent(kept) - _indent(text)
        places.append((side, min(max(0, start + shift), len(kept)), min(max(0, end + shift), len(kept))))
    if others and not places:
        note = " ".join(part for part in (note, *(f"“{words}”" for words in others)) if part)
    for part, (side, start, end) in enumerate(places or [("target", 0, 0)]):
        seat.mark(
            ErrorSpan("", "", start, end, category, row.severity, row.rater, side, subcategory, note, missing), part
        )
    return bool(others) and not places


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


@dataclass(slots=True)
class _Writer:
    """Rows on their way into a file, and what it could not hold."""

    out: BinaryIO
    changed: dict[str, None] = field(default_factory=dict)
    joined: dict[str, None] = field(default_factory=dict)
    ratings: int = 0

    def row(self, where: str, cells: Iterable[str]) -> None:
        self.out.write(("\t".join(cells) + "\n").encode("utf-8"))

    def held(self, text: str, where: str) -> str:
        """The text with what would break the table written visibly, at the same length."""

        def shown(match: re.Match[str]) -> str:
            return _UNHELD.get(match[0]) or match[0].replace("<", "‹").replace(">", "›")

        found = _BREAKS.sub(shown, text)
        if found != text:
            self.changed.setdefault(where)
        return found

    def marked(self, text: str, spans: list[tuple[int, int]], where: str) -> str:
        """The text with its marks. Parts of one error that overlap become one."""
        parts: list[list[int]] = []
        for start, end in sorted(spans):
            if parts and start < parts[-1][1]:
                parts[-1][1] = max(parts[-1][1], end)
                self.joined.setdefault(where)
            else:
                parts.append([start, end])
        pieces, last = [], 0
        for start, end in parts:
            pieces += [self.held(text[last:start], where), "<v>", self.held(text[start:end], where), "</v>"]
            last = end
        return "".join([*pieces, self.held(text[last:], where)])


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write a row for each error and for each rater who found none; a segment that nobody judged has an empty row."""
    writer = _Writer(out)
    writer.row("", COLUMNS)
    unnamed = False
    for article in documents(articles):
        unnamed = unnamed or not article.system
        writer.ratings += sum(rating.value is not None for rating in article.ratings)
        for ids, one in zip(_ids(article), said(article), strict=True):
            _write(writer, article, ids, one)
    warnings = listed(
        "Tabs, line ends and the marks <v> and </v> in texts are written as ␉, ␊, ␍, ‹v› and ‹/v›; segments",
        list(writer.changed),
    )
    warnings += listed("Overlapping parts of one error are written as one; segments", list(writer.joined))
    if writer.ratings:
        warnings.append(f"{writer.ratings} ratings are left out: an MQM table has no place for numbers.")
    if unnamed:
        warnings.append(f"Articles without a system are written as those of “{UNNAMED}”.")
    return warnings


def _write(writer: _Writer, article: Article, ids: tuple[str, str], one: Said) -> None:
    where = f"{article.name} {':'.join(ids)}"

    def row(rater: str, spans: tuple[ErrorSpan, ...], category: str, severity: str, comment: str = "") -> None:
        sides: dict[str, list[tuple[int, int]]] = {"target": [], "source": []}
        for span in spans:
            if span.end and not span.missing:
                sides[span.side].append((span.start, span.end))
        source = writer.marked(one.segment.source or "", sides["source"], where)
        target = writer.marked(one.segment.hypothesis, sides["target"], where)
        cells = [writer.held(text, where) for text in (article.system or UNNAMED, article.name, *ids, rater)]
        writer.row(where, [*cells, source, target, writer.held(category, where), severity, writer.held(comment, where)])

    for rater in one.raters:
        for spans in one.errors.get(rater, ()):
            first = spans[0]
            missing = f"{MISSING} {first.note}".strip() if first.missing else first.note
            row(rater, spans, WMT.written(first.category, first.subcategory), first.severity.capitalize(), missing)
        if not one.errors.get(rater):
            row(rater, (), "No-error", "No-error")
    if not one.raters:
        row("", (), "", "")


def _ids(article: Article) -> list[tuple[str, str]]:
    """doc_id and seg_id of each segment: those of its name where it has both, else its number and its name."""
    names = [segment.name for segment in article.segments]
    found = []
    for number, name in enumerate(names, 1):
        document, colon, segment = name.partition(":")
        found.append((document, segment) if colon and segment else (str(number), name or str(number)))
    if len(set(found)) < len(found):
        found = [(str(number), name or str(number)) for number, name in enumerate(names, 1)]
    return found

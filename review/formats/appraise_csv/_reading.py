"""Appraise's rows as articles: one for each document and system."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from review.errors import FormatError
from review.formats.appraise_csv import _languages
from review.formats.appraise_csv._batches import Batches, Texts
from review.formats.appraise_csv._rows import JUDGED, WANTED, Row, rows, spans
from review.formats.base import Options, Source
from review.formats.study import Seat, Study
from review.formats.typology import TOOLS, UNSAID, strange
from review.formats.units import units
from review.model import SEVERITIES, ErrorSpan, Reading, ReadingHeader, Segment


@dataclass(slots=True)
class _Reader:
    source: Source
    study: Study
    numbers: bool
    unsaid: int = 0

    def wrong(self, row: Row, what: str, remedy: str = WANTED) -> FormatError:
        return FormatError(self.source.name, row.line, what, remedy)

    def row(self, row: Row, seat: Seat) -> None:
        """What a row says of its segment."""
        given = spans(self.source, row)
        rater, score = row.get("user"), self.score(row)
        if not rater.strip():
            if given or score is not None:
                raise self.wrong(row, "the row has no user", "Fill it in.")
            return
        seat.rate(rater, score)
        part = 0
        for item in given:
            part = part + 1 if item.get("part") is True and seat.spans else 0
            seat.mark(self.span(row, rater, seat, item), part)

    def score(self, row: Row) -> float | None:
        cell = row.get("score").strip()
        if not cell or not self.numbers:
            return None
        try:
            value = float(cell)
        except ValueError:
            value = math.nan
        if value == -1:
            return None
        if not 0 <= value <= 100:
            raise self.wrong(row, f"the score is {cell[:50]!r}", "Scores are from 0 to 100.")
        return value

    def span(self, row: Row, rater: str, seat: Seat, span: dict[str, Any]) -> ErrorSpan:
        text = seat.segment.hypothesis
        counted, lead = units(text), len(text) - len(text.lstrip())
        first, last = span.get("start_i"), span.get("end_i")
        side, start, end, missing = "target", 0, 0, first in ("missing", -1)
        if not missing:
            whole = type(first) is int and type(last) is int
            if not whole or not 0 <= first <= last < len(counted) - lead:  # type: ignore[operator]
                what = f"the span {str(first)[:20]} to {str(last)[:20]} does not lie within its text"
                raise self.wrong(row, what, "end_i is the last character's number; check that the texts are those.")
            start, end = counted[first + lead], counted[last + lead] + 1  # type: ignore[operator]
        if isinstance(exact := span.get("exact"), dict):
            side, start, end = exact.get("side"), exact.get("start"), exact.get("end")  # type: ignore[assignment]
            missing = exact.get("missing") is True
            inside = (seat.segment.source or "") if side == "source" else text
            fits = type(start) is int and type(end) is int and 0 <= start <= end <= len(inside)
            if side not in ("target", "source") or not fits:
                raise self.wrong(row, "“exact” does not lie within its text", "Leave it out.")
        category, subcategory = self.category(row, span.get("error_type"))
        severity, note = span.get("severity"), span.get("note") or ""
        severity = severity.lower() if isinstance(severity, str) else severity
        if severity in (None, "", "undecided"):
            self.unsaid += 1
            severity, note = "neutral", note or UNSAID
        if severity not in SEVERITIES or not isinstance(note, str):
            advice = f"Use one of {', '.join(SEVERITIES)}."
            raise self.wrong(row, f"the severity is {str(severity)[:50]!r}", advice)
        return ErrorSpan("", "", start, end, category, severity, rater, side, subcategory, note, missing)

    def category(self, row: Row, given: Any) -> tuple[str, str]:
        names = [given] if isinstance(given, str) else [] if given is None else given
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise self.wrong(row, "error_type is no list of names")
        name = "/".join(names)
        category, subcategory = TOOLS.ours(name)
        if name and not category:
            self.study.strange[name] += 1
        return category, subcategory


def read(source: Source, options: Options) -> Reading:
    """Read an export. Raises InputError and FormatError, so where the texts are nowhere."""
    columns, every = rows(source, options)
    judged = [row for row in every if row.get("type").upper() in JUDGED]
    kept = _last(judged)
    batches = None
    if "target" not in columns:
        if options.documents is None:
            what = "Appraise keeps the texts elsewhere, and the file has none"
            remedy = "Give the campaign's batches (JSON) as the table of documents: --documents batches.json."
            raise FormatError(source.name, None, what, remedy)
        batches = Batches(options.documents)
        batches.match(kept)
    if not kept:
        raise FormatError(source.name, None, "there is no row on a system's output", WANTED)
    study = Study(_with_languages(options, kept))
    # MQM campaigns have 0 everywhere: the number comes from the errors.
    counted = any(row.get("score").strip() not in ("", "0", "0.0") for row in kept)
    reader = _Reader(source, study, counted or not any(_named(source, row) for row in kept))
    often: Counter[tuple[str, ...]] = Counter()
    for row in _in_order(kept):
        texts = batches.texts(row) if batches else Texts(row.get("source"), row.get("target"))
        reader.row(row, _seat(study, row, texts, often))
    warnings = []
    if len(every) > len(judged):
        warnings.append(
            f"{source.name}: {len(every) - len(judged)} rows on items that check the raters (BAD, REF) are left out."
        )
    if len(judged) > len(kept):
        warnings.append(f"{source.name}: {len(judged) - len(kept)} rows were said again later by their users.")
    if not reader.numbers:
        warnings.append(f"{source.name}: all scores are 0 beside errors with a type (MQM); they are no ratings.")
    if reader.unsaid:
        warnings.append(f"{source.name}: {reader.unsaid} spans without a severity are neutral, and their notes say so.")
    warnings += strange(study.strange, source.name)
    header = ReadingHeader("appraise-csv", source.name.removesuffix(".gz"), extra={"count": study.count})
    return Reading(header, study.made(), tuple(warnings))


def _seat(study: Study, row: Row, texts: Texts, often: Counter[tuple[str, ...]]) -> Seat:
    """The segment's seat. Without a name of its own it is told by its texts, the second of a user's by a number too."""
    system = row.get("system") or study.options.system
    document = _document(row.get("document"), row.get("system")) or study.options.name or "document"
    name = row.get("segment")
    key = ("segment", name, texts.target) if name else ("", texts.source, texts.target)
    seen = (row.get("user"), document, system, *key)
    often[seen] += 1
    reference = row.get("reference")
    segment = Segment(
        texts.target,
        name=name or row.get("item"),
        source=texts.source or None,
        references=(reference,) if reference else (),
        locators=(f"line:{row.line}",),
    )
    return study.put(document, system, "\x1f".join((*key, str(often[seen]))), segment)


def _document(name: str, system: str) -> str:
    """A document's name without the system's behind it."""
    for end in (system, system.rpartition(".")[2]):
        if name.endswith(f"#{end}"):
            return name.removesuffix(f"#{end}")
    return name


def _last(given: list[Row]) -> list[Row]:
    """The rows that count: what a user said of an item last, by its end time, else by its place."""
    kept: dict[tuple[str, ...], Row] = {}
    for row in given:
        key = tuple(row.get(name) for name in ("user", "system", "document", "batch", "item", "segment"))
        if not row.get("item"):
            key = (*key, str(row.line))
        if key not in kept or _time(row) >= _time(kept[key]):
            kept[key] = row
    return list(kept.values())


def _time(row: Row) -> float:
    try:
        return float(row.get("end") or 0)
    except ValueError:
        return 0.0


def _in_order(given: list[Row]) -> list[Row]:
    """User by user, each in the order of the items, for Appraise writes the last first; item by item where the rows
    name their segments, so that the items are theirs and not a user's."""
    users = {user: place for place, user in enumerate(dict.fromkeys(row.get("user") for row in given))}
    numbered = all(row.get("item").isdecimal() and len(row.get("item")) < 10 for row in given)
    if not numbered:
        return sorted(given, key=lambda row: users[row.get("user")])
    if all(row.get("segment") for row in given):
        places = {key: place for place, key in enumerate(dict.fromkeys(map(_article, given)))}
        return sorted(given, key=lambda row: (places[_article(row)], int(row.get("item"))))
    return sorted(given, key=lambda row: (users[row.get("user")], int(row.get("item"))))


def _article(row: Row) -> tuple[str, str]:
    return row.get("document"), row.get("system")


def _named(source: Source, row: Row) -> bool:
    return any(span.get("error_type") for span in spans(source, row))


def _with_languages(options: Options, given: list[Row]) -> Options:
    """The options with the languages of the rows, where they agree."""
    found = [{_languages.short(row.get(name)) for row in given} for name in ("from", "to")]
    source, target = (next(iter(codes)) if len(codes) == 1 else "" for codes in found)
    return replace(
        options,
        source_language=options.source_language or source,
        target_language=options.target_language or target,
    )

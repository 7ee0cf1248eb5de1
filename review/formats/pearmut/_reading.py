"""Pearmut's campaigns and annotations as articles: one for each document and model."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from review.errors import FormatError
from review.formats.base import Options, Source
from review.formats.pearmut._json import RESET, WANTED, records
from review.formats.study import Seat, Study, listed
from review.formats.typology import TOOLS, UNSAID, strange
from review.formats.units import units
from review.model import SEVERITIES, ErrorSpan, Reading, ReadingHeader, Segment

PREFILLED = "pre-filled"
"""The rater that error spans of a campaign are put down to: they were there before anybody looked."""

SKIPPED = "\n"
"""What the page gives no place to."""

_ASIDE = ("welcome_", "random_", "goodbye_")
"""What the numbers of items begin with that are no part of the study."""
_ENDS = ("start_i", "end_i")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _Reader:
    path: str
    study: Study
    line: int = 0
    aside: int = 0
    comments: int = 0
    fields: int = 0
    unsaid: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    named: dict[tuple[Any, ...], str] = field(default_factory=dict)

    def wrong(self, where: str, what: str, remedy: str = WANTED) -> FormatError:
        return FormatError(self.path, self.line or None, f"{where}: {what}", remedy)

    def text(self, where: str, what: str, value: Any) -> str:
        if not isinstance(value, str):
            raise self.wrong(where, f"{what} is no text")
        if "\0" in value or _HALF.search(value):
            raise self.wrong(where, f"{what} holds a character that cannot be kept", "Take it out of the file.")
        return value

    def mapping(self, where: str, what: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.wrong(where, f"{what} is no object")
        return value

    def items(self, where: str, value: Any) -> list[dict[str, Any]] | None:
        """The items of a document; None where it asks for something else than judgements."""
        found = [value] if isinstance(value, dict) else value
        if not isinstance(found, list) or not found or not all(isinstance(item, dict) for item in found):
            raise self.wrong(where, "the document is no list of items")
        if any("tgt" not in item for item in found):
            self.aside += 1
            return None
        return found

    def document(self, items: list[dict[str, Any]]) -> str:
        """The document's name: what it is called, else what its items' ids begin with alike."""
        own = items[0].get("document")
        if isinstance(own, str) and own:
            return self.text("document", "its name", own)
        ids = tuple(str(item.get("item_id", item.get("doc_id", ""))) for item in items)
        key = ids if any(ids) else tuple(str(item.get("src")) + str(item["tgt"]) for item in items)
        if key not in self.named:
            name = re.sub(r"[\s_#:/|-]+$", "", _shared(ids))
            name = self.text("item_id", "it", name)[:200] or ids[0][:200] or f"document {len(self.named) + 1}"
            if name in self.named.values():
                name = f"{name} ({len(self.named) + 1})"
            self.named[key] = name
        return self.named[key]

    def seats(self, where: str, items: list[dict[str, Any]]) -> Iterator[tuple[int, str, Seat]]:
        """The seats of a document: number of the item, model, seat."""
        document = self.document(items)
        for number, item in enumerate(items):
            outputs = item["tgt"]
            if isinstance(outputs, str):
                outputs = {self.study.options.system: outputs}
            for model, output in self.mapping(where, "tgt", outputs).items():
                system, text = self.text(where, "a model's name", model), self.text(where, f"tgt of {model}", output)
                source, reference = item.get("src"), item.get("ref")
                name = item.get("segment", item.get("item_id", number + 1))
                segment = Segment(
                    text,
                    name=self.text(where, "item_id", name if isinstance(name, str) else str(name)),
                    source=None if source is None else self.text(where, "src", source),
                    references=() if reference is None else (self.text(where, "ref", reference),),
                    locators=(f"line:{self.line or self.study.count + 1}",),
                )
                # The same document may come with other outputs, as where people judge what attention checks broke.
                place, again = document, 1
                while (seat := self.study.seat(place, system, str(number))) and seat.segment.hypothesis != text:
                    again += 1
                    place = f"{document} ({again})"
                yield number, system, self.study.put(place, system, str(number), segment)

    def entry(self, where: str, entry: dict[str, Any]) -> None:
        """One annotation: of a document by a user."""
        given = entry.get("item")
        if given is None:
            raise self.wrong(where, "the entry has no texts (“item”)", "Take the annotations of Pearmut 1.0 or newer.")
        if (items := self.items(where, given)) is None:
            return
        said = entry.get("annotation")
        said = [said] if isinstance(said, dict) else said
        if not isinstance(said, list) or len(said) != len(items):
            raise self.wrong(where, "there is not one annotation for each item")
        user = entry.get("user_id")
        rater = str(user) if isinstance(user, str | int) and not isinstance(user, bool) else ""
        rater = self.text(where, "user_id", rater)
        if not rater.strip() and any(said):
            raise self.wrong(where, "the entry has no user_id")
        self.comments += bool(entry.get("comment"))
        for number, model, seat in self.seats(where, items):
            answers = self.mapping(where, "an annotation", said[number] or {})
            if answers.get(model) is not None:
                self.answer(f"{where}, {model}", rater, seat, self.mapping(where, "an annotation", answers[model]))

    def answer(self, where: str, rater: str, seat: Seat, answer: dict[str, Any]) -> None:
        score = answer.get("score")
        if score is not None:
            number = isinstance(score, int | float) and not isinstance(score, bool) and math.isfinite(score)
            if not number or not 0 <= score <= 100:
                raise self.wrong(where, f"the score is {str(score)[:50]!r}", "Scores are from 0 to 100.")
        self.fields += bool(answer.get("sliders")) + bool(answer.get("textfield"))
        seat.rate(rater, None if score is None else float(score))
        self.spans(where, rater, seat, answer.get("error_spans"))

    def spans(self, where: str, rater: str, seat: Seat, given: Any) -> None:
        if given is None:
            return
        if not isinstance(given, list):
            raise self.wrong(where, "error_spans is no list")
        counted = units(seat.segment.hypothesis, SKIPPED)
        part = 0
        for item in given:
            span = self.mapping(where, "a span", item)
            part = part + 1 if span.get("part") is True and seat.spans else 0
            seat.mark(self.span(where, rater, seat, span, counted), part)

    def span(self, where: str, rater: str, seat: Seat, span: dict[str, Any], counted: list[int]) -> ErrorSpan:
        first, last = (len(counted) if span.get(name) in ("missing", -1) else span.get(name) for name in _ENDS)
        if type(first) is not int or type(last) is not int:
            raise self.wrong(where, "a span has no start_i and end_i", "They are whole numbers.")
        category, subcategory = self.category(where, span.get("category"))
        severity = span.get("severity")
        severity = severity.lower() if isinstance(severity, str) else severity
        note = self.text(where, "note", span.get("note") or "")
        if severity in (None, "", "undecided"):
            self.unsaid += 1
            severity, note = "neutral", note or UNSAID
        if severity not in SEVERITIES:
            advice = f"Use one of {', '.join(SEVERITIES)}."
            raise self.wrong(where, f"the severity is {str(severity)[:50]!r}", advice)
        side, missing = "target", first >= len(counted)
        start = end = 0
        if not missing:
            if not 0 <= first <= last < len(counted):
                what = f"the span {first} to {last} does not lie within its text of {len(counted)} characters"
                raise self.wrong(where, what, "end_i is the last character's number.")
            start, end = counted[first], counted[last] + 1
        if exact := span.get("exact"):
            side, start, end, missing = self.exact(where, seat, exact)
        return ErrorSpan("", "", start, end, category, severity, rater, side, subcategory, note, missing)

    def exact(self, where: str, seat: Seat, given: Any) -> tuple[str, int, int, bool]:
        """What Pearmut's own fields cannot tell, in code points, end-exclusive: see ``_writing``."""
        exact = self.mapping(where, "exact", given)
        side, start, end = exact.get("side", "target"), exact.get("start", 0), exact.get("end", 0)
        text = (seat.segment.source or "") if side == "source" else seat.segment.hypothesis
        whole = all(isinstance(value, int) and not isinstance(value, bool) for value in (start, end))
        if side not in ("target", "source") or not whole or not 0 <= start <= end <= len(text):
            raise self.wrong(where, "“exact” does not lie within its text", "Leave it out.")
        return side, start, end, exact.get("missing") is True

    def category(self, where: str, value: Any) -> tuple[str, str]:
        if value is None or value == "":
            return "", ""
        name = self.text(where, "the category", value)
        category, subcategory = TOOLS.ours(name)
        if not category:
            self.unknown[name] += 1
        return category, subcategory


def _shared(ids: tuple[str, ...]) -> str:
    """What the ids of a document's items begin with alike; a single one without its last part, if that is a number."""
    if len(ids) > 1:
        low, high = min(ids), max(ids)
        same = next((n for n, (one, other) in enumerate(zip(low, high, strict=False)) if one != other), len(low))
        return low[:same]
    head, sign, tail = ids[0].rpartition("#")
    return head if sign and tail.strip("_ ").isdigit() else ids[0]


def read(source: Source, options: Options) -> Reading:
    """Read a campaign or annotations. Raises InputError and FormatError."""
    campaign, entries = records(source)
    study = Study(options)
    reader = _Reader(source.name, study)
    if campaign is not None:
        _campaign(reader, campaign)
    for where, line, entry in _last(reader, entries):
        reader.line = line
        reader.entry(where, entry)
    reader.line = 0
    if not study.count:
        raise FormatError(source.name, None, "there is no translation in it", WANTED)
    counts = (
        (reader.aside, "forms, tutorials and checks are left out"),
        (reader.comments, "comments by raters are left out"),
        (reader.fields, "text fields and sliders of raters are left out; scores are taken"),
        (reader.unsaid, "spans without a severity are neutral, and their notes say so"),
    )
    warnings = [f"{source.name}: {count} {what}." for count, what in counts if count]
    warnings += strange(reader.unknown, source.name)
    if campaign is not None and any(seat.spans for seats in study.articles.values() for seat in seats.values()):
        warnings += listed(f"{source.name}: the campaign's own error spans are put down to the rater", [PREFILLED])
    header = ReadingHeader("pearmut", source.name.removesuffix(".gz"), extra={"count": study.count})
    return Reading(header, study.made(), tuple(warnings))


def _last(reader: _Reader, entries: list[tuple[str, int, dict[str, Any]]]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """The entries that count: of a user's several words on a document the last, none after a reset."""
    kept: dict[object, tuple[str, int, dict[str, Any]]] = {}
    for place, (where, line, entry) in enumerate(entries):
        number = entry.get("item_i")
        if isinstance(number, str) and number.startswith(_ASIDE):
            reader.aside += 1
            continue
        campaign = where.rpartition(", ")[0]
        key: object = place if number is None else (campaign, str(entry.get("user_id")), str(number))
        kept.pop(key, None)
        if entry.get("annotation") != RESET:
            kept[key] = (where, line, entry)
    yield from kept.values()


def _campaign(reader: _Reader, campaign: dict[str, Any]) -> None:
    """The documents of a campaign, of all its tasks."""
    for name in ("data_welcome", "data_random"):
        reader.aside += len(campaign[name]) if isinstance(campaign.get(name), list) else 0
    for number, document in enumerate(_documents(campaign.get("data")), 1):
        where = f"document {number}"
        if (items := reader.items(where, document)) is None:
            continue
        for place, model, seat in reader.seats(where, items):
            spans = items[place].get("error_spans")
            if isinstance(spans, dict) and not any(span.rater == PREFILLED for span in seat.spans):
                reader.spans(f"{where}, {model}", PREFILLED, seat, spans.get(model))


def _documents(data: Any) -> Iterator[Any]:
    """Documents are lists of items; tasks are lists of documents, and where they share all there is no task."""
    if not isinstance(data, list):
        data = []
    for part in data:
        if isinstance(part, list) and part and all(isinstance(item, list) for item in part):
            yield from part
        else:
            yield part


def sniff(source: Source, options: Options) -> float:
    """Sure of a campaign's or an annotation's keys."""
    head = source.head()
    if head[:1] not in (b"{", b"["):
        return 0.0
    if b'"tgt"' in head and (b'"annotation"' in head or b'"data"' in head or b'"item"' in head):
        return 0.97
    return 0.97 if b'"annotation"' in head and b'"user_id"' in head and b'"item_i"' in head else 0.0

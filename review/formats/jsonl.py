"""The native file: JSON Lines, one segment a line. A locator is ``line:N``.

On export a changed line gets its text as ``post_edit``, and its ``status`` where it has one; every other byte of it
stays, unknown keys too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from review.errors import FormatError
from review.formats import plain, states, table_writing
from review.formats.base import Format, Options, Source
from review.formats.folding import numbered
from review.formats.grouping import Index, Key, Row
from review.model import Article, Code, Reading, ReadingHeader, Segment
from review.text.codes import TOKEN

NATIVE = 'A line is a JSON object with at least a hypothesis, as in {"hypothesis": "..."}.'

_HALF = re.compile("[\ud800-\udfff]")


def read(source: Source, options: Options) -> Reading:
    """Read JSON Lines; the whole file is checked before the first article comes.

    Raises FormatError for a line that is no JSON object, lacks ``hypothesis`` or has a value of the wrong type.
    """
    opened = plain.whole_lines(plain.open_text(source, options.encoding))

    statuses = False

    def rows(offset: int, line: int) -> Iterator[Row]:
        nonlocal statuses
        for number, text in plain.lines(opened, offset, line):
            if text.strip():
                statuses = statuses or '"status"' in text
                yield _row(source.name, options, offset, number, text)
            offset += len(text.encode("utf-8"))

    index = Index(rows)
    if not index.count:
        raise FormatError(source.name, None, "the file holds blank lines only", NATIVE)
    header = opened.header("jsonl", count=index.count, adjacent=index.adjacent, statuses=statuses)
    return Reading(header, index.articles(options.name or source.stem, options.article_lines))


def parse(name: str, number: int, text: str) -> Values:
    """What one line says. Raises FormatError unless it is a JSON object with a hypothesis."""
    try:
        record = json.loads(text)
    except RecursionError as error:
        raise FormatError(name, number, "the line is nested too deeply", NATIVE) from error
    except json.JSONDecodeError as error:
        raise FormatError(name, number, f"this is not JSON ({error.msg}, column {error.colno})", NATIVE) from error
    except ValueError as error:
        raise FormatError(name, number, "the line holds a number that is too long", NATIVE) from error
    if not isinstance(record, dict):
        raise FormatError(name, number, "the line is no JSON object", NATIVE)
    if "hypothesis" not in record:
        raise FormatError(name, number, "the line has no hypothesis", NATIVE)
    return Values(name, number, record)


def _row(name: str, options: Options, offset: int, number: int, line: str) -> Row:
    values = parse(name, number, line)
    record = values.record
    hypothesis = values.text("hypothesis") or ""
    edited = values.text("post_edit")
    paragraph = record.get("paragraph")
    segment = Segment(
        hypothesis=hypothesis,
        name=values.label("segment"),
        source=values.text("source"),
        references=values.texts("references") or values.texts("reference"),
        alternatives=values.texts("alternatives"),
        paragraph=paragraph if isinstance(paragraph, int) and paragraph >= 0 else -1,
        locators=(f"line:{number}",),
        correction=states.correction(hypothesis, edited, _status(record)),
        codes=values.codes(),
        notes=values.texts("notes"),
    )
    key = Key(
        values.label("article"),
        values.label("system") or options.system,
        values.label("source_language") or options.source_language,
        values.label("target_language") or options.target_language,
    )
    return Row(offset, number, key, segment)


def _status(record: dict[str, Any]) -> str:
    value = record.get("status")
    return value if isinstance(value, str) else ""


def _is_code(item: Any) -> bool:
    whole = isinstance(item, list) and [type(part) for part in item] == [str, str, bool]
    return whole and TOKEN.fullmatch(item[0]) is not None


class Values:
    """A record's values, checked: half of a surrogate pair and NUL cannot be stored."""

    def __init__(self, name: str, number: int, record: dict[str, Any]) -> None:
        self.name, self.number, self.record = name, number, record

    def text(self, key: str) -> str | None:
        value = self.record.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise FormatError(self.name, self.number, f"{key} is no text", "Put it in double quotes.")
        return self._sound(key, value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.record.get(key)
        if value is None:
            return ()
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list):
            items = [item.get("text") if isinstance(item, dict) else item for item in items]
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise FormatError(self.name, self.number, f"{key} is no list of texts", 'Write it as ["...", "..."].')
        return tuple(self._sound(key, item) for item in items)

    def codes(self) -> tuple[Code, ...]:
        """The inline codes: ``[[token, what it is in its file, whether it must stay], ...]``."""
        value = self.record.get("codes")
        if value is None:
            return ()
        if not isinstance(value, list) or not all(_is_code(item) for item in value):
            raise FormatError(
                self.name, self.number, "codes is no list of inline codes", 'Write it as [["<1>", "b", true], ...].'
            )
        return tuple(Code(item[0], self._sound("codes", item[1]), item[2]) for item in value)

    def label(self, key: str) -> str:
        value = self.record.get(key)
        if value is None:
            return ""
        if isinstance(value, dict | list | bool | float):
            raise FormatError(self.name, self.number, f"{key} is no name or number", "Put it in double quotes.")
        return self._sound(key, str(value))

    def _sound(self, key: str, value: str) -> str:
        if "\0" in value:
            raise FormatError(self.name, self.number, f"{key} holds a NUL character", "Remove \\u0000 from it.")
        if _HALF.search(value):
            raise FormatError(
                self.name, self.number, f"{key} holds half of a surrogate pair", "Write the character whole."
            )
        return value


def rewrite(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the original with ``post_edit`` set on the lines whose text is another now."""
    found, warnings = numbered((article.segments for article in articles), "line")
    for number, (mark, raw, text) in enumerate(plain.raw_lines(original, header), 1):
        if number in found:
            new = _rewritten(text, found[number].text, found[number].status, bool(header.extra.get("statuses")))
            if new != text:
                raw = plain.encode(new, header, f"Line {number}")
        out.write(mark + raw)
    return warnings


def _rewritten(line: str, text: str, status: str, statuses: bool) -> str:
    """A line with the text and, where it has a status of ours or none in a file that tells ``statuses``, the status
    that it has now.
    """
    record = json.loads(line)
    before, edited = _status(record), record.get("post_edit")
    was = "" if before == states.DELETED else record["hypothesis"] if edited is None else edited
    if text != was:
        line = with_value(line, "post_edit", text)
    ours = before in states.OURS or (statuses and "status" not in record and status != "new")
    if ours and before != status:
        line = with_value(line, "status", status)
    return line


def with_value(line: str, key: str, value: str) -> str:
    """A line of JSON with one value of its object replaced, or added at the end; all else is as it was."""
    decoder = json.JSONDecoder()
    new = json.dumps(value, ensure_ascii=False)
    place = line.index("{") + 1
    found: tuple[int, int] | None = None
    end = place
    while True:
        place = _past(line, place, " \t\r\n,")
        if line[place] == "}":
            break
        name, place = decoder.raw_decode(line, place)
        place = _past(line, place, " \t\r\n:")
        _, end = decoder.raw_decode(line, place)
        if name == key:
            found = (place, end)
        place = end
    if found:
        return line[: found[0]] + new + line[found[1] :]
    return f'{line[:end]}, "{key}": {new}{line[end:]}'


def _past(line: str, place: int, signs: str) -> int:
    while line[place] in signs:
        place += 1
    return place


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write the native file. ``post_edit`` is there where the text was changed, ``status`` where it is not new.

    A deleted segment has an empty ``post_edit`` and the status ``deleted``.
    """
    for article in articles:
        for segment in article.segments:
            record: dict[str, Any] = {"article": article.name, "segment": segment.name}
            if article.system:
                record["system"] = article.system
            record["paragraph"] = segment.paragraph
            if segment.source is not None:
                record["source"] = segment.source
            record["hypothesis"] = segment.hypothesis
            if any(segment.references):
                record["references"] = list(segment.references)
            if any(segment.alternatives):
                record["alternatives"] = list(segment.alternatives)
            if article.source_language:
                record["source_language"] = article.source_language
            if article.target_language:
                record["target_language"] = article.target_language
            now = "" if segment.deleted else segment.text
            if now != segment.hypothesis:
                record["post_edit"] = now
            if (status := states.written(segment)) != "new":
                record["status"] = status
            if segment.codes:
                record["codes"] = [[code.token, code.shown, code.fixed] for code in segment.codes]
            if segment.notes:
                record["notes"] = list(segment.notes)
            out.write(json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n")
    return []


def sniff(source: Source, options: Options) -> float:
    """Sure of a first line that is a JSON object; willing to believe the suffix."""
    first = plain.first_line(source, options.encoding)
    if first.startswith("{") and ('"hypothesis"' in first or first.endswith("}")):
        return 0.95
    return 0.8 if source.suffix in FORMAT.suffixes else 0.0


FORMAT = Format(
    "jsonl",
    "JSON Lines, one segment a line",
    (".jsonl", ".ndjson"),
    "application/x-ndjson",
    sniff,
    read,
    rewrite,
    build,
    holds=table_writing.HOLDS | {"codes", "notes"},
    kept=frozenset({"machine", "deleted"}),
    about="Rendition's own: can be brought in again with statuses, sources, references, codes and notes",
)

"""Subtitle files, cue by cue: what SRT and WebVTT share. A locator is ``cue:N``, the Nth cue of the file.

A cue's text keeps its line breaks; its tags are inline codes. Numbers, times, settings and all between cues are never
touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from review.errors import FormatError
from review.formats import plain
from review.formats.base import Options, Source
from review.formats.folding import numbered
from review.formats.grouping import Index, Key, Row
from review.model import Article, Code, Reading, ReadingHeader, Segment
from review.text import codes
from review.text.codes import TOKEN

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$")
_BREAK = re.compile(r"\r\n|\n|\r")
_NAME = re.compile(r"</?\s*([A-Za-z]+)")


class Line(NamedTuple):
    """A line: its number, where it begins (code points), its text without line end, and where the next one begins."""

    number: int
    start: int
    text: str
    next: int


class Cue(NamedTuple):
    """A cue: its name, its times as written, and where its text stands (empty where it has none)."""

    name: str
    times: str
    start: int
    end: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """What sets one kind of subtitles apart. ``cues`` also adds to the warnings that it is handed."""

    name: str
    cues: Callable[[str, str, list[str]], list[Cue]]
    tag: re.Pattern[str]
    shown: Callable[[str], str]
    written: Callable[[str], str]


class Tokens(NamedTuple):
    """A cue's text with tokens for its tags, and the tag of each token."""

    text: str
    tags: dict[str, str]


def lines(text: str) -> Iterator[Line]:
    """The lines of a file, whichever line ends it has."""
    for number, match in enumerate(_LINE.finditer(text), 1):
        yield Line(number, match.start(), match[0].rstrip("\r\n"), match.end())


def span(found: list[Line], after: Line) -> tuple[int, int]:
    """Where the text of these lines stands, without blank lines around it; behind ``after`` where there is none."""
    full = [line for line in found if line.text.strip()]
    if not full:
        return after.next, after.next
    return full[0].start, full[-1].start + len(full[-1].text)


def tokens(raw: str, kind: Kind) -> Tokens:
    """A cue's text as it is reviewed: lines end in ``\\n``, tags are tokens numbered above what looks like one."""
    raw = _BREAK.sub("\n", raw)
    matches = list(kind.tag.finditer(raw))
    literal = kind.shown(kind.tag.sub("", raw))
    free = codes.free((literal,))
    partner: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for place, match in enumerate(matches):
        name = _NAME.match(match[0])
        if name and match[0].startswith("</"):
            waiting = opened.get(name[1].lower())
            if waiting:
                other = waiting.pop()
                partner[place], partner[other] = other, place
        elif name:
            opened.setdefault(name[1].lower(), []).append(place)
    numbers: dict[int, int] = {}
    parts: list[str] = []
    tags: dict[str, str] = {}
    at = 0
    for place, match in enumerate(matches):
        parts.append(kind.shown(raw[at : match.start()]))
        closing = place in partner and partner[place] < place
        number = numbers[place] = numbers[partner[place]] if closing else next(free, 0)
        if not number:
            what = f"a cue has more than {codes.HIGHEST:,} tags"
            raise FormatError(kind.name, None, what, "Take the tags out that do nothing.")
        token = f"</{number}>" if closing else f"<{number}>" if place in partner else f"<{number}/>"
        tags[token] = match[0]
        parts.append(token)
        at = match.end()
    return Tokens("".join([*parts, kind.shown(raw[at:])]), tags)


def read(source: Source, options: Options, kind: Kind) -> Reading:
    """Read a file's cues as segments of one article. Raises FormatError, with the line, for times that are none."""
    opened = plain.open_text(source, options.encoding)
    text = "".join(line for _, line in plain.lines(opened))
    warnings: list[str] = []
    cues = kind.cues(source.name, text, warnings)
    if not cues:
        raise FormatError(source.name, None, "there is no cue in the file", "Choose a file with subtitles in it.")
    key = Key("", options.system, options.source_language, options.target_language)

    def rows(offset: int, _: int) -> Iterator[Row]:
        for number, cue in enumerate(cues, 1):
            yield Row(offset, number, key, _segment(number, cue, tokens(text[cue.start : cue.end], kind)))

    index = Index(rows)
    header = opened.header(kind.name, count=index.count, adjacent=True)
    return Reading(header, index.articles(options.name or source.stem, options.article_lines), tuple(warnings))


def _segment(number: int, cue: Cue, found: Tokens) -> Segment:
    return Segment(
        found.text,
        name=cue.name or str(number),
        paragraph=-1,
        locators=(f"cue:{number}",),
        codes=tuple(Code(token, tag[:40]) for token, tag in found.tags.items()),
        notes=(cue.times, *cue.notes),
    )


def rewrite(
    header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO, kind: Kind
) -> list[str]:
    """Copy the original with the changed texts in their cues; return warnings.

    Raises FormatError, naming the cue, for text that would be read as times.
    """
    data = original.read()
    _, text = plain.decode(data, header)
    found, warnings = numbered((article.segments for article in articles), "cue")
    patches: list[tuple[int, int, str]] = []
    joined: list[int] = []
    tagged: list[int] = []
    for number, cue in enumerate(kind.cues(header.name, text, []), 1):
        was = tokens(text[cue.start : cue.end], kind)
        if number not in found or found[number].text == was.text:
            continue
        new = _BREAK.sub("\n", found[number].text)
        blank = re.compile(r"\n(?:[^\S\n]*\n)+")
        fit = (new if blank.search(was.text) else blank.sub("\n", new)).strip("\n")
        fit = fit if fit.strip() else ""
        joined += [number] * (fit != new)
        raw = _raw(fit, was.tags, kind)
        if "-->" in raw:
            where = f"cue {number} has -->, which stands between times alone"
            raise FormatError(header.name, None, where, "Write an arrow otherwise, as →.")
        tagged += [number] * (_plain(tokens(raw, kind)) != _plain(Tokens(fit, was.tags)))
        raw = raw.replace("\n", header.newline)
        if raw and cue.start == cue.end:
            ended = cue.start == 0 or text[cue.start - 1] in "\r\n"
            raw = ("" if ended else header.newline) + raw + header.newline
        patches.append((cue.start, cue.end, raw))
    plain.patch(data, header, plain.between(patches, len(text)), out)
    for numbers, what in (
        (joined, "Blank lines end a cue, so they were taken out"),
        (tagged, "What looks like a tag is one in this format"),
    ):
        if numbers:
            shown = ", ".join(map(str, numbers[:10])) + (", ..." if len(numbers) > 10 else "")
            warnings.append(f"{what}: cue {shown}.")
    return warnings


def _raw(text: str, tags: dict[str, str], kind: Kind) -> str:
    parts: list[str] = []
    at = 0
    for match in TOKEN.finditer(text):
        if match[0] in tags:
            parts += [kind.written(text[at : match.start()]), tags[match[0]]]
            at = match.end()
    return "".join([*parts, kind.written(text[at:])])


def _plain(found: Tokens) -> list[str]:
    """The text with each token as the tag that it stands for, for comparing."""
    parts: list[str] = []
    at = 0
    for match in TOKEN.finditer(found.text):
        if match[0] in found.tags:
            parts += [found.text[at : match.start()], "\0" + found.tags[match[0]]]
            at = match.end()
    return [part for part in [*parts, found.text[at:]] if part]

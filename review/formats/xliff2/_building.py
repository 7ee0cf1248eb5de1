"""XLIFF 2.0 written from scratch: a file for each article, a unit for each paragraph, a segment for each segment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import BinaryIO

from review.formats import states
from review.formats.xliff2._rewriting import STATES
from review.formats.xliff2._words import text_bytes
from review.formats.xml import quoted, visible
from review.model import Article, Code, ReadingHeader, Segment
from review.text.codes import TOKEN
from review.text.sentences import separator

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" '
    'version="2.0" srcLang="{}" trgLang="{}" xml:space="preserve">\n'
)
UNKNOWN = "und"
"""The language that is not known (ISO 639-2), for which XLIFF has no other word."""


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write all articles. A document has one pair of languages: those of the first article.

    The machine's text, where it was corrected, and other translations are candidates of their segment (Translation
    Candidates module); notes and comments are notes of their unit.
    """
    every = iter(articles)
    first = next(every, None)
    languages = (first.source_language or UNKNOWN, first.target_language or UNKNOWN) if first else (UNKNOWN, UNKNOWN)
    out.write(_HEAD.format(*(quoted(language).decode("utf-8") for language in languages)).encode("utf-8"))
    warnings, number = _Warned(), 0
    for number, article in enumerate(chain((first,), every) if first else (), 1):
        if (article.source_language or UNKNOWN, article.target_language or UNKNOWN) != languages:
            warnings.languages.append(article.name)
        out.write(b'  <file id="f%d" original="%s">\n' % (number, _attribute(article.name)))
        if not article.segments:
            out.write(b'    <group id="g1"/>\n')
        paragraphs = groupby(article.segments, key=lambda segment: segment.paragraph)
        for unit, (_, segments) in enumerate(paragraphs, 1):
            out.writelines(_unit(unit, list(segments), warnings))
        out.write(b"  </file>\n")
    if not number:
        out.write(b'  <file id="f1">\n    <group id="g1"/>\n  </file>\n')
    out.write(b"</xliff>\n")
    return warnings.sentences(languages)


class _Warned:
    """What could not be said as it is."""

    def __init__(self) -> None:
        self.languages: list[str] = []
        self.unsourced = self.deleted = self.strange = 0

    def sentences(self, languages: tuple[str, str]) -> list[str]:
        found = []
        if self.languages:
            shown = ", ".join(self.languages[:5]) + (", ..." if len(self.languages) > 5 else "")
            found.append(f"The file says {languages[0]} to {languages[1]}, which is not so for {shown}.")
        if UNKNOWN in languages:
            found.append(f"A language is not known; the file says “{UNKNOWN}” for it.")
        if self.unsourced:
            found.append(f"{self.unsourced} segment(s) have no source; theirs is empty in the file.")
        if self.deleted:
            found.append(f"{self.deleted} deleted segment(s) have an empty target.")
        if self.strange:
            found.append(f"{self.strange} text(s) have characters that XML cannot hold, written as <cp> or a picture.")
        return found


def _attribute(text: str) -> bytes:
    return quoted(visible(text)[0])


def _unit(number: int, segments: list[Segment], warned: _Warned) -> Iterator[bytes]:
    yield b'    <unit id="u%d">\n' % number
    yield from _matches(segments, warned)
    yield from _notes(segments, warned)
    before: Segment | None = None
    for place, segment in enumerate(segments, 1):
        if before is not None:
            yield from _between(before, segment)
        status = states.written(segment)
        state = STATES.get(status, "")
        if status == states.DELETED:
            state, warned.deleted = "translated", warned.deleted + 1
        warned.unsourced += segment.source is None
        said = f' state="{state}"' if state and state != "initial" else ""
        yield f'      <segment id="s{place}"{said}>\n'.encode()
        yield b"        <source>%s</source>\n" % _content(segment, segment.source or "", f"s{place}", warned)
        now = "" if segment.deleted else segment.text
        if now or segment.hypothesis or state:
            yield b"        <target>%s</target>\n" % _content(segment, now, f"s{place}", warned)
        yield b"      </segment>\n"
        before = segment
    yield b"    </unit>\n"


def _between(before: Segment, after: Segment) -> Iterator[bytes]:
    """The blank between two sentences, which belongs to neither."""
    source = separator(before.source or "", after.source or "")
    now = [segment.hypothesis if segment.deleted else segment.text for segment in (before, after)]
    target = separator(*now)
    if source or target:
        yield f"      <ignorable><source>{source}</source><target>{target}</target></ignorable>\n".encode()


def _matches(segments: list[Segment], warned: _Warned) -> Iterator[bytes]:
    found = []
    for place, segment in enumerate(segments, 1):
        now = "" if segment.deleted else segment.text
        machine = [segment.hypothesis] if segment.hypothesis and segment.hypothesis != now else []
        for kind, texts in (("mt", machine), ("other", segment.alternatives)):
            found += [(place, segment, kind, text) for text in texts if text]
    if found:
        yield b"      <mtc:matches>\n"
        for place, segment, kind, text in found:
            source = _content(segment, segment.source or "", f"s{place}", warned)
            target = _content(segment, text, f"s{place}", warned)
            yield f'        <mtc:match ref="#s{place}" type="{kind}">'.encode()
            yield b"<source>%s</source><target>%s</target></mtc:match>\n" % (source, target)
        yield b"      </mtc:matches>\n"


def _notes(segments: list[Segment], warned: _Warned) -> Iterator[bytes]:
    found: dict[tuple[str, str], None] = {}
    for segment in segments:
        found.update({("", note): None for note in segment.notes})
        for comment in segment.correction.comments if segment.correction else ():
            found[(' category="comment"', f"{comment.actor}: {comment.text}" if comment.actor else comment.text)] = None
    if found:
        yield b"      <notes>\n"
        for kind, text in found:
            shown, odd = visible(text)
            warned.strange += bool(odd)
            yield f"        <note{kind}>".encode() + text_bytes(shown)[0] + b"</note>\n"
        yield b"      </notes>\n"


def _content(segment: Segment, text: str, place: str, warned: _Warned) -> bytes:
    """A text with its codes: <pc> where a pair encloses its text, <ph> where one stands alone, else isolated halves.

    Ids begin with the segment's, because the codes of two segments may have equal numbers.
    """
    known = {code.token: code for code in segment.codes}
    found = [match for match in TOKEN.finditer(text) if match[0] in known] if known else []
    whole = _paired([match[0] for match in found])
    parts, end = [], 0
    for number, match in enumerate(found):
        data, odd = text_bytes(text[end : match.start()])
        warned.strange += odd
        parts += [data, _element(known[match[0]], match[2], match[1] == "/", match[3] == "/", number in whole, place)]
        end = match.end()
    data, odd = text_bytes(text[end:])
    warned.strange += odd
    return b"".join([*parts, data])


def _element(code: Code, number: str, closes: bool, alone: bool, whole: bool, place: str) -> bytes:
    name = f'id="{place}.{number}"'
    shown = b' %s="' + _attribute(code.shown) + b'"' if code.shown else b""
    hints = ' canDelete="no"' if code.fixed else ""
    if alone:
        return f"<ph {name}{hints}".encode() + shown.replace(b"%s", b"disp", 1) + b"/>"
    if whole:
        return b"</pc>" if closes else f"<pc {name}{hints}".encode() + shown.replace(b"%s", b"dispStart", 1) + b">"
    kind, name = ("ec", f'id="{place}.{number}.e"') if closes else ("sc", name)
    return f'<{kind} {name} isolated="yes"{hints}'.encode() + shown.replace(b"%s", b"disp", 1) + b"/>"


def _paired(tokens: list[str]) -> set[int]:
    """The places of tokens that are halves of a pair that encloses its text, no other crossing it."""
    whole: set[int] = set()
    stack: list[int] = []
    for place, token in enumerate(tokens):
        if token.startswith("</"):
            opened = [where for where in stack if tokens[where] == "<" + token[2:]]
            if opened:
                whole |= {opened[-1], place}
                del stack[stack.index(opened[-1]) :]
        elif not token.endswith("/>"):
            stack.append(place)
    return whole

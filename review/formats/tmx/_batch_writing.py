"""Articles as TMX: over the original <seg> by <seg>, or from scratch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from review.errors import FormatError, InputError
from review.formats.folding import numbered
from review.formats.tmx._batch import Languages, Pair, pair, sides, units
from review.formats.tmx._codes import content, padding
from review.formats.tmx._writing import write
from review.formats.xml import XML, Splices, original_document, quoted, visible
from review.model import Article, Code, ReadingHeader, Segment, Unit
from review.text.codes import places


def rewrite(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the original with the changed translations in their <seg>; return warnings.

    A unit without translation gets one. Raises FormatError, naming the unit, where codes stand out of order.
    """
    found, warnings = numbered((article.segments for article in articles), "tu")
    document = original_document(original, header)
    splices = Splices(document)
    languages = Languages(header.extra["source"], header.extra["target"])
    signs: set[str] = set()
    bare: list[str] = []
    for number, tu, said in units(document) if found else ():
        line = found.get(number)
        unit = pair(number, tu, sides(document, tu), said, languages) if line else None
        if line is None or unit is None:
            continue
        was = unit.texts.get("target", "")
        before, after = padding(was)
        if was[len(before) : len(was) - len(after)] == line.text:
            continue
        text = line.text
        if any(edges := padding(text)):
            text = text[len(edges[0]) : len(text) - len(edges[1])]
            bare.append(str(number))
        if not text.strip():
            before = after = ""
        try:
            data, made_visible = content(before + text + after, unit.codes.written, ("target", "source"))
        except InputError as error:
            what, _, remedy = str(error).partition("; ")
            where = f"{header.name}, unit {number}"
            raise FormatError(where, None, what[0].lower() + what[1:], remedy.capitalize()) from error
        signs.update(made_visible)
        if unit.target:
            splices.content(unit.target.seg, data)
        else:
            _added(splices, unit, data, languages.target)
    splices.write(out)
    if bare:
        warnings.append(f"Line ends around a text are not kept in TMX: unit {', '.join(bare[:10])}.")
    return warnings + _signs(signs)


def _added(splices: Splices, unit: Pair, data: bytes, language: str) -> None:
    """A <tuv> behind the last one, indented as that is."""
    last = list(unit.tu.elements("tuv"))[-1]
    before = splices.document.body[: last.start]
    space = before[len(before.rstrip(b" \t\r\n")) :]
    name = b"xml:lang" if f"{XML}lang" in last.attributes else b"lang"
    tag = b"<tuv " + name + b'="' + quoted(language) + b'"><seg>'
    splices.after(last, space + tag + data + b"</seg></tuv>")


def _signs(signs: set[str]) -> list[str]:
    if not signs:
        return []
    return [f"Characters that XML cannot hold are written by their pictures or as U+FFFD: {', '.join(sorted(signs))}."]


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write TMX 1.4, a unit for each segment with a source; the others are named in a warning.

    Raises FormatError where none has one.
    """
    left: list[str] = []
    signs: set[str] = set()
    count = 0
    language = ""

    def made() -> Iterator[Unit]:
        nonlocal count
        for article in articles:
            for segment in article.segments:
                if segment.source is None or segment.deleted:
                    left.append(f"{segment.name or 'an inserted one'} of {article.name}")
                    continue
                count += 1
                yield _unit(article, segment, count, signs)

    stream = made()
    first = next(stream, None)
    if first is None:
        what = "no segment has a source, and TMX pairs two texts"
        raise FormatError(header.name or "export", None, what, "Attach the source, or choose another format.")
    language = "" if first.source_language == "und" else first.source_language

    def all_units() -> Iterator[Unit]:
        yield first
        yield from stream

    write(all_units(), out, language)
    warnings = _signs(signs)
    if left:
        shown = ", ".join(left[:10]) + (", ..." if len(left) > 10 else "")
        warnings.append(f"Deleted segments and those without a source are not in the file: {shown}.")
    return warnings


def _unit(article: Article, segment: Segment, number: int, signs: set[str]) -> Unit:
    codes: dict[str, list[Any]] = {}
    texts: dict[str, str] = {}
    for side, text in (("source", segment.source or ""), ("target", segment.text)):
        fit, found = visible(text)
        signs.update(found)
        texts[side], codes[side] = _native(segment.codes, fit)
    props: dict[str, Any] = {"tu": {"tuid": segment.name} if segment.name else {}}
    if segment.notes:
        notes = []
        for note in segment.notes:
            fit, found = visible(note)
            signs.update(found)
            notes.append(["tu", "", "", fit])
        props["notes"] = notes
    props["codes"] = {side: found for side, found in codes.items() if found}
    return Unit(
        texts["source"],
        texts["target"],
        article.source_language or "und",
        article.target_language or "und",
        number=number,
        props=props,
    )


def _native(codes: Iterable[Code], text: str) -> tuple[str, list[list[Any]]]:
    """A text with each token replaced by what it is in its file, and these as <bpt>, <ept>, <ph> and <it>."""
    found = places(tuple(codes), text)
    there = {code.token for *_, code in found}
    parts: list[str] = []
    made: list[list[Any]] = []
    at = length = 0
    for start, end, code in found:
        parts += [text[at:start], code.shown]
        length += start - at
        number = re.sub(r"\D", "", code.token)
        half = f"</{number}>" if not code.token.startswith("</") else f"<{number}>"
        if code.token.endswith("/>"):
            element, said = "ph", {"x": number}
        elif half in there and not code.token.startswith("</"):
            element, said = "bpt", {"i": number, "x": number}
        elif half in there:
            element, said = "ept", {"i": number}
        else:
            element, said = "it", {"pos": "end" if code.token.startswith("</") else "begin", "x": number}
        made.append([0, length, length + len(code.shown), element, said])
        length += len(code.shown)
        at = end
    return "".join([*parts, text[at:]]), made

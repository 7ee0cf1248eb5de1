"""Reading TMX, unit by unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from review.errors import FormatError, InputError
from review.formats.base import Source
from review.formats.elements import local
from review.formats.tmx._inline import flat
from review.formats.tmx._stream import elements
from review.model import Unit

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LONGEST = 1_000_000
"""Characters of a segment."""
ALL = "*all*"


@dataclass(slots=True)
class Reading:
    """A TMX file being read. ``header`` has the attributes of <header>, ``version`` among them, and its "props" and
    "notes"; ``warnings`` is complete once ``units`` is at its end."""

    header: dict[str, Any]
    units: Iterator[Unit]
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Side:
    language: str
    text: str
    codes: list[Any]
    attributes: dict[str, str]
    remarks: tuple[list[list[str]], list[list[str]]]


@dataclass(slots=True)
class _Left:
    """Units that were left out for one reason."""

    count: int = 0
    line: int = 0

    def add(self, line: int | None) -> None:
        self.line = self.line or line or 0
        self.count += 1

    def told(self, why: str) -> str:
        units = "1 unit was" if self.count == 1 else f"{self.count:,} units were"
        where = f" (line {self.line})" if self.count == 1 else f" (the first on line {self.line})"
        return f"{units} left out{where if self.line else ''}: {why}."


def read(source: Source, source_language: str = "", target_language: str = "") -> Reading:
    """Read a file's units. The source of a unit is its text in ``source_language``, where that is named, else in the
    language that the file says; each other text, or that in ``target_language`` alone, makes a unit with it.

    Raises FormatError, at once or while units are read, where the file breaks TMX; the sentence names the line.
    """
    stream = elements(source)
    root = next(stream, None)
    if root is None:
        raise FormatError(source.name, None, "the file is empty", "Choose a TMX file.")
    version = (root.get("version") or "").strip()
    if version and not version.startswith("1."):
        raise FormatError(source.name, root.sourceline, f"it is TMX {version[:20]}", "Export the memory as TMX 1.4.")
    first = next(stream, None)
    header: dict[str, Any] = {"version": version}
    if first is not None and local(first) == "header":
        header |= _attributes(first)
        props, notes = _remarks(first, "header")
        header |= {"props": props, "notes": notes}
        first = None
    found = Reading(header, iter(()))
    wanted = (_primary(source_language), _primary(target_language))
    found.units = _units(source.name, stream, first, header, wanted, found.warnings)
    return found


def _units(
    place: str,
    stream: Iterator[Any],
    first: Any,
    header: dict[str, Any],
    wanted: tuple[str, str],
    warnings: list[str],
) -> Iterator[Unit]:
    alone, other = _Left(), _Left()
    number = 0
    tu: Any = first
    while True:
        if tu is None:
            tu = next(stream, None)
            if tu is None:
                break
        if local(tu) == "tu":
            number += 1
            yield from _unit(place, tu, number, header, wanted, alone, other)
        tu = None
    if alone.count:
        warnings.append(alone.told("there is no text in two languages"))
    if other.count:
        warnings.append(other.told("there is no text in the source language, or none in the target language"))


def _unit(
    place: str, tu: Any, number: int, header: dict[str, Any], wanted: tuple[str, str], alone: _Left, other: _Left
) -> Iterator[Unit]:
    line = int(tu.sourceline or 0) or None
    sides = [_side(place, child) for child in tu if local(child) == "tuv"]
    full = [side for side in sides if side.text.strip()]
    if len(full) < 2:
        alone.add(line)
        return
    said = wanted[0] or _primary(tu.get("srclang") or str(header.get("srclang") or ""))
    spoken = [side for side in full if said in ("", ALL, _primary(side.language))]
    source = spoken[0] if spoken else None
    targets = [side for side in full if side is not source and wanted[1] in ("", _primary(side.language))]
    if source is None or not targets:
        other.add(line)
        return
    attributes = {name: value for name, value in _attributes(tu).items() if name != "srclang"}
    shared = _remarks(tu, "tu")
    for target in targets:
        yield _made(number, attributes, shared, source, target)


def _made(
    number: int,
    attributes: dict[str, str],
    shared: tuple[list[list[str]], list[list[str]]],
    source: _Side,
    target: _Side,
) -> Unit:
    def named(side: _Side, place: str, kind: int) -> list[list[str]]:
        return [[place, *remark[1:]] for remark in side.remarks[kind]]

    props = [*shared[0], *named(source, "source", 0), *named(target, "target", 0)]
    notes = [*shared[1], *named(source, "source", 1), *named(target, "target", 1)]
    codes = {name: side.codes for name, side in (("source", source), ("target", target)) if side.codes}
    kept = {
        "tu": attributes,
        "source": source.attributes,
        "target": target.attributes,
        "props": props,
        "notes": notes,
        "codes": codes,
    }
    levels = (target.attributes, attributes)
    return Unit(
        source=source.text,
        target=target.text,
        source_language=source.language,
        target_language=target.language,
        by=next((level[key] for level in levels for key in ("changeid", "creationid") if level.get(key)), ""),
        at=next(
            (at for level in levels for key in ("changedate", "creationdate") if (at := date(level.get(key)))), None
        ),
        note="\n".join(note[3] for note in notes),
        number=number,
        props={name: value for name, value in kept.items() if value},
    )


def _side(place: str, tuv: Any) -> _Side:
    line = int(tuv.sourceline or 0) or None
    language = (tuv.get(XML_LANG) or tuv.get("lang") or "").strip()
    if not language:
        raise FormatError(place, line, "a text has no language", "Add an xml:lang to its <tuv>.")
    segments = [child for child in tuv if local(child) == "seg"]
    if not segments:
        raise FormatError(place, line, "a <tuv> has no <seg>", "Add the text, or take the <tuv> out.")
    try:
        text, codes = flat(segments[0])
    except InputError as error:
        what, _, remedy = str(error).partition("; ")
        raise FormatError(place, segments[0].sourceline, what[0].lower() + what[1:], remedy.capitalize()) from error
    if len(text) > LONGEST:
        what = f"a segment is longer than {LONGEST:,} characters"
        raise FormatError(place, line, what, "Split it or take it out.")
    return _Side("" if language.lower() == "und" else language, text, codes, _attributes(tuv), _remarks(tuv, ""))


def _remarks(element: Any, place: str) -> tuple[list[list[str]], list[list[str]]]:
    """The <prop> and <note> of an element itself."""
    props: list[list[str]] = []
    notes: list[list[str]] = []
    for child in element:
        name = local(child)
        if name in ("prop", "note"):
            text = "".join(child.itertext())
            language = child.get(XML_LANG) or child.get("lang") or ""
            (props if name == "prop" else notes).append([place, child.get("type") or "", language, text])
    return props, notes


def _attributes(element: Any) -> dict[str, str]:
    return {key: value for key, value in element.attrib.items() if "}" not in key and key != "lang"}


def _primary(language: str) -> str:
    language = language.strip().lower()
    return language if language == ALL else language.replace("_", "-").partition("-")[0]


def date(said: str | None) -> int | None:
    """UTC microseconds of a TMX date, YYYYMMDDThhmmssZ; None for none, or one that is not so."""
    if not said:
        return None
    try:
        return int(datetime.strptime(said, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()) * 1_000_000
    except (ValueError, OverflowError):
        return None

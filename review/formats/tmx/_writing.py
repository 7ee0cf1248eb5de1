"""Writing TMX 1.4, unit by unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, BinaryIO

from review import __version__
from review.formats.tmx._inline import build
from review.formats.tmx._reading import XML_LANG
from review.model import Unit

_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file may hold."""
_TUV = (
    "o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool", "creationtoolversion", "creationdate",
    "creationid", "changedate", "changeid", "o-tmf",
)  # fmt: skip
_TU = ("tuid", *_TUV, "segtype")
_SEGMENTS = ("block", "paragraph", "sentence", "phrase")


@dataclass(frozen=True, slots=True)
class Written:
    """How many <tu> were written, and how many characters that XML does not allow were put out as U+FFFD."""

    units: int
    replaced: int


def write(units: Iterable[Unit], out: BinaryIO, source_language: str = "") -> Written:
    """Write a file in UTF-8, a unit at a time. Units in a row with the same number (above 0) and source become one
    <tu> with several translations. ``source_language`` stands in the header; "" is all of them.
    """
    from lxml import etree

    writer = _Writer()
    header = {
        "creationtool": "Rendition",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "Rendition",
        "adminlang": "en",
        "srclang": source_language or "*all*",
        "datatype": "plaintext",
    }
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        file.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with file.element("tmx", version="1.4"):
            file.write("\n", etree.Element("header", header), "\n")
            with file.element("body"):
                file.write("\n")
                for group in _groups(units):
                    file.write(writer.unit(group), "\n")
            file.write("\n")
    return Written(writer.count, writer.replaced)


def _groups(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    numbered = enumerate(units, 1)
    keyed = groupby(numbered, lambda item: (item[1].number or -item[0], item[1].source_language, item[1].source))
    for _, group in keyed:
        yield [unit for _, unit in group]


class _Writer:
    def __init__(self) -> None:
        self.count = self.replaced = 0

    def unit(self, group: Sequence[Unit]) -> Any:
        """A <tu> of units that share their source."""
        from lxml import etree

        self.count += 1
        first = group[0]
        tu = etree.Element("tu")
        said = dict(first.props.get("tu") or {})
        self._set(tu, said, _TU)
        if said.get("segtype") in _SEGMENTS:
            tu.set("segtype", said["segtype"])
        elif "segtype" in tu.attrib:
            del tu.attrib["segtype"]
        if len(group) > 1:
            tu.set("srclang", first.source_language or "und")
        self._remarks(tu, first, "tu")
        if first.note and not first.props.get("notes"):
            self._text(etree.SubElement(tu, "note"), first.note)
        self._side(tu, first, "source")
        for unit in group:
            self._side(tu, unit, "target")
        return tu

    def _side(self, tu: Any, unit: Unit, side: str) -> None:
        from lxml import etree

        tuv = etree.SubElement(tu, "tuv")
        language, text = (
            (unit.source_language, unit.source) if side == "source" else (unit.target_language, unit.target)
        )
        tuv.set(XML_LANG, self._fit(language or "und"))
        said = dict(unit.props.get(side) or {})
        if side == "target" and not said and not unit.props.get("tu"):
            said = {"changeid": unit.by} if unit.by else {}
            if unit.at is not None:
                said["changedate"] = datetime.fromtimestamp(unit.at / 1_000_000, UTC).strftime("%Y%m%dT%H%M%SZ")
        self._set(tuv, said, _TUV)
        self._remarks(tuv, unit, side)
        codes = unit.props.get("codes") or {}
        build(etree.SubElement(tuv, "seg"), self._fit(text), codes.get(side) or ())

    def _remarks(self, element: Any, unit: Unit, place: str) -> None:
        from lxml import etree

        for name in ("props", "notes"):
            for where, kind, language, text in unit.props.get(name) or ():
                if where != place:
                    continue
                made = etree.SubElement(element, name[:-1])
                if name == "props":
                    made.set("type", self._fit(kind) or "x-other")
                if language:
                    made.set(XML_LANG, self._fit(language))
                self._text(made, text)

    def _set(self, element: Any, said: Mapping[str, str], names: Sequence[str]) -> None:
        for name in names:
            if name in said:
                element.set(name, self._fit(said[name]))

    def _text(self, element: Any, text: str) -> None:
        element.text = self._fit(text)

    def _fit(self, text: str) -> str:
        fit, count = _UNFIT.subn("\ufffd", text)
        self.replaced += count
        return fit

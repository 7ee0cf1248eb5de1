"""TMX as articles: each unit a segment, its source and its translation the texts of two languages.

A locator is ``tu:N``, the Nth <tu> of the file, from 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from review.errors import FormatError
from review.formats.base import Options, Source
from review.formats.grouping import Index, Key, Row
from review.formats.tmx._codes import Codes, padding
from review.formats.tmx._reading import ALL, LONGEST
from review.formats.xml import XML, Document, Node, open_document, scan
from review.model import Reading, Segment

DEEPEST = 30


class Side(NamedTuple):
    """A <tuv>: its language as the file spells it, and its <seg>."""

    language: str
    tuv: Node
    seg: Node


@dataclass(slots=True)
class Pair:
    """A unit as a segment: where its texts stand, and its codes. ``others``: the same language once more."""

    number: int
    tu: Node
    source: Side | None
    target: Side | None
    others: list[Side]
    codes: Codes
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Languages:
    """Which texts are source and translation; ``said`` is the file's own source language."""

    source: str
    target: str
    said: str = ""


def units(document: Document) -> Iterator[tuple[int, Node, str]]:
    """Each <tu> with its number and the source language that it, or the file, says.

    Raises FormatError where the file is no TMX, or breaks.
    """
    number, said = 0, ""
    for event, node in scan(document, frozenset({"tu", "header"}), DEEPEST, 20_000):
        if event == "start" and node.parent is None:
            if node.name != "tmx":
                what = f"the root element is <{node.name}>, not <tmx>"
                raise FormatError(document.name, node.line, what, "Choose a TMX file.")
            version = node.get("version").strip()
            if version and not version.startswith("1."):
                what = f"it is TMX {version[:20]}"
                raise FormatError(document.name, node.line, what, "Export the memory as TMX 1.4.")
        elif event == "whole" and node.name == "header":
            said = node.get("srclang").strip()
        elif event == "whole":
            number += 1
            yield number, node, node.get("srclang").strip() or said


def sides(document: Document, tu: Node) -> list[Side]:
    """The texts of a unit. Raises FormatError for one without language or <seg>."""
    found = []
    for tuv in tu.elements("tuv"):
        language = (tuv.get(f"{XML}lang") or tuv.get("lang")).strip()
        seg = tuv.first("seg")
        if not language:
            raise FormatError(document.name, tuv.line, "a text has no language", "Add an xml:lang to its <tuv>.")
        if seg is None:
            raise FormatError(document.name, tuv.line, "a <tuv> has no <seg>", "Add the text, or take the <tuv> out.")
        if seg.close - seg.start > LONGEST and len(seg.text) > LONGEST:
            what = f"a segment is longer than {LONGEST:,} characters"
            raise FormatError(document.name, tuv.line, what, "Split it or take it out.")
        found.append(Side(language, tuv, seg))
    return found


def pair(number: int, tu: Node, found: list[Side], said: str, languages: Languages) -> Pair | None:
    """A unit's two texts; None where it has neither language."""
    wanted = languages.source or said
    source = _choose(found, wanted) if wanted.lower() not in ("", ALL) else None
    if source is None and wanted.lower() in ("", ALL):
        source = next((side for side in found if not _same(side.language, languages.target)), None)
    rest = [side for side in found if side is not source]
    target = _choose(rest, languages.target)
    if source is None and target is None:
        return None
    others = [side for side in rest if target and side is not target and side.language == target.language]
    made = Pair(number, tu, source, target, others, Codes())
    everyone = [("source", source), ("target", target), *((f"other {n}", side) for n, side in enumerate(others))]
    made.codes.above(side.seg.text for _, side in everyone if side)
    made.texts = {name: made.codes.text(side.seg, name) for name, side in everyone if side}
    return made


def _choose(found: list[Side], wanted: str) -> Side | None:
    """The text in a language: just that, else of the same first subtag."""
    exact = [side for side in found if side.language.lower() == wanted.lower()]
    return next(iter(exact or [side for side in found if _same(side.language, wanted)]), None)


def _same(one: str, other: str) -> bool:
    return primary(one) == primary(other)


@lru_cache(maxsize=1000)
def primary(language: str) -> str:
    """The first subtag in lower case."""
    return language.strip().lower().replace("_", "-").partition("-")[0]


def read(source: Source, options: Options) -> Reading:
    """Read a file's units as articles; all are checked before the first one comes.

    Source and target language are those of the options; else the file's own source language, and the first other
    language in it. Raises FormatError where the file breaks TMX.
    """
    document = open_document(source, options.encoding)
    spoken: Counter[str] = Counter()
    origin = options.source_language
    for _, tu, said in units(document):
        for side in sides(document, tu):
            spoken[side.language] += 1
        if not origin and said.lower() not in ("", ALL):
            origin = said
    if not spoken:
        raise FormatError(source.name, None, "there are no texts in it", "Choose a TMX file with units.")
    if not origin:
        origin = next(language for language in spoken if not _same(language, options.target_language))
    target = options.target_language or next((item for item in spoken if not _same(item, origin)), "")
    if not target:
        what = f"all texts are in {origin}"
        raise FormatError(source.name, None, what, "Say into which language they are translated (--to).")
    languages = Languages(options.source_language, target)
    left: list[int] = []

    def rows(offset: int, _: int) -> Iterator[Row]:
        left.clear()
        for number, tu, said in units(document):
            found = pair(number, tu, sides(document, tu), said, languages)
            if found is None:
                left.append(number)
            else:
                key = Key("", options.system, _spelling(spoken, origin), _spelling(spoken, target))
                yield Row(offset, number, key, _segment(found))

    index = Index(rows)
    if not index.count:
        what = f"no unit has a text in {origin} or {target}"
        shown = ", ".join(list(spoken)[:12])
        raise FormatError(source.name, None, what, f"Choose other languages; there are {shown} (--from, --to).")
    warnings = _told(spoken, origin, target, list(left))
    header = document.header(
        "tmx", source=options.source_language, target=target, count=index.count, adjacent=index.adjacent
    )
    return Reading(header, index.articles(options.name or source.stem, options.article_lines), tuple(warnings))


def _spelling(spoken: Counter[str], wanted: str) -> str:
    """A language as the file spells it, where all its texts in it do so."""
    found = [language for language in spoken if _same(language, wanted)]
    return found[0] if len(found) == 1 else wanted


def _told(spoken: Counter[str], source: str, target: str, left: list[int]) -> list[str]:
    found = []
    others = [language for language in spoken if not _same(language, source) and not _same(language, target)]
    if others:
        shown = ", ".join(f"{language} ({spoken[language]:,})" for language in others[:10])
        found.append(f"The translations into {target} are read; there are others, which stay: {shown} (--to chooses).")
    if left:
        shown = ", ".join(map(str, left[:10])) + (", ..." if len(left) > 10 else "")
        found.append(f"Units in neither of the two languages stay as they are: {shown}.")
    return found


def _segment(found: Pair) -> Segment:
    texts = {name: _core(text) for name, text in found.texts.items()}
    notes = [found.tu, *(side.tuv for side in (found.source, found.target) if side)]
    return Segment(
        texts.get("target", ""),
        name=found.tu.get("tuid").strip() or str(found.number),
        source=texts.get("source"),
        alternatives=tuple(text for name, text in texts.items() if name.startswith("other")),
        paragraph=-1,
        locators=(f"tu:{found.number}",),
        codes=tuple(found.codes.codes.values()),
        notes=tuple(text for node in notes for note in node.elements("note") if (text := note.text.strip())),
    )


def _core(text: str) -> str:
    before, after = padding(text)
    return text[len(before) : len(text) - len(after)]

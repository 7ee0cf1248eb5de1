"""XLIFF 1.2 read: each <file> an article, each unit or segment of one a segment."""

from __future__ import annotations

from review.errors import FormatError
from review.formats import states
from review.formats.base import Options, Source
from review.formats.xliff1.dialects import PHRASE, PLAIN, Dialect
from review.formats.xliff1.units import plain, status_of
from review.formats.xliff1.walking import Found, Walker
from review.formats.xml import Node, open_document, uncollected
from review.model import Article, Reading, Segment

_PARAGRAPH = f"{{{PHRASE}}}para-id"


def read(source: Source, options: Options) -> Reading:
    """Read a file. It is held against every rule before anything of it is handed out.

    Raises FormatError, with the line and the unit, where it breaks one, and where nothing in it is to be translated.
    """
    document = open_document(source, options.encoding)
    walker = Walker(document)
    made: list[Article] = []
    segments: list[Segment] = []
    now: Node | None = None
    names: dict[str, int] = {}
    paragraph, group = -1, ""

    def close() -> None:
        if now is not None and segments:
            made.append(_article(now, tuple(segments), names, options, source))
        segments.clear()

    with uncollected():
        for number, node, preserve in walker.nodes():
            if walker.file is not now:
                close()
                now, paragraph, group = walker.file, -1, ""
            same = node.attributes.get(_PARAGRAPH, "") if walker.dialect.name == "mxliff" else ""
            if not same or same != group:
                paragraph += 1
            group = same
            texts = plain(node, walker.checker, preserve) if walker.dialect is PLAIN else None
            if texts is None:
                _segments(walker.found(number, node, preserve), walker.dialect, paragraph, segments)
            else:
                segments.append(_plain(texts, node, f"{walker.files}:{number}", paragraph, len(segments)))
        close()
    if not made:
        what = "no unit in it is to be translated"
        raise FormatError(source.name, None, what, "Choose a file with <trans-unit>s that are not translate=“no”.")
    count = sum(len(article.segments) for article in made)
    extra = {"dialect": walker.dialect.name, "count": count}
    return Reading(document.header("xliff", **extra), iter(made), tuple(walker.checker.warnings()))


def _article(
    node: Node, segments: tuple[Segment, ...], names: dict[str, int], options: Options, source: Source
) -> Article:
    name = node.get("original").strip() or source.stem
    if options.name:
        name = options.name if not names else f"{options.name} / {name}"
    count = names[name] = names.get(name, 0) + 1
    languages = (node.get("source-language"), node.get("target-language"))
    from_, to = (item.replace("_", "-") for item in languages)
    return Article(
        name if count == 1 else f"{name} ({count})",
        segments,
        options.system,
        options.source_language or from_,
        options.target_language or to,
    )


def _plain(texts: tuple[str, str, str], node: Node, locator: str, paragraph: int, order: int) -> Segment:
    """The segment of a unit of which ``plain`` knows all there is."""
    source, target, _ = texts
    status = status_of(texts, node)
    made = states.correction(target, None, status) if status else None
    return Segment(target, "", node.attributes["id"], source, (), (), order, paragraph, (locator,), (), made)


def _segments(found: Found, dialect: Dialect, paragraph: int, segments: list[Segment]) -> None:
    unit = found.unit
    for place, part in enumerate(unit.parts):
        text = unit.target_text(part)
        status = unit.status(part, dialect)
        segments.append(
            Segment(
                text,
                "",
                found.name(place),
                unit.source_text(part),
                tuple([item.spelled(unit.keep_space) for item in part.references]) if part.references else (),
                tuple([item.spelled(unit.keep_space) for item in part.alternatives]) if part.alternatives else (),
                len(segments),
                paragraph,
                (found.locator(place),),
                (),
                states.correction(text, None, status) if status and text else None,
                unit.codes(part) if unit.coded else (),
                unit.notes,
            )
        )

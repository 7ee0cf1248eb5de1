"""A TMX file's elements one after another: no entities, no network, no DTD; sizes and depths capped while streaming."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from review.errors import FormatError, InputError
from review.formats.base import Source
from review.formats.elements import forget, local
from review.text import encodings

DEEPEST = 30
"""Elements inside each other."""
LARGEST = 20_000
"""Elements of one unit."""
PROLOG = 1 << 16
"""Characters before the root element."""
CHUNK = 1 << 16

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*?\?>")
_ENCODING = re.compile(rb"""\s*<\?xml\b[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_ENTITY = re.compile(r"<!\s*ENTITY\b")
_SAVE = "Save the file as UTF-8 and say so."
_WHOLE = "Export the memory again, whole."
_CHECK = "Check that the file is a translation memory (TMX)."


def elements(source: Source) -> Iterator[Any]:
    """The root as it begins, then the header and each unit when it is whole; a unit is emptied when the next is asked
    for.

    Raises FormatError where the file breaks, goes too deep or is no TMX.
    """
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    place = source.name
    depth = inside = 0
    root: Any = None
    for event, element in _events(parser, source):
        if event == "start":
            depth += 1
            inside += 1
            if root is None:
                root = element
                if local(element) != "tmx":
                    what = f"the root element is <{local(element)}>, not <tmx>"
                    raise FormatError(place, element.sourceline, what, "Choose a TMX file.")
                yield element
            if depth > DEEPEST:
                what = f"elements stand more than {DEEPEST} deep in each other"
                raise FormatError(place, element.sourceline, what, _CHECK)
            if inside > LARGEST:
                raise FormatError(place, element.sourceline, f"one unit has more than {LARGEST:,} elements", _CHECK)
            continue
        depth -= 1
        if local(element) in ("tu", "header"):
            yield element
            forget(element)
            inside = 0


def _events(parser: Any, source: Source) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    place, lines = source.name, 1
    prolog = ""
    began = False
    try:
        for text in _texts(source):
            if not began:
                # Entities are declared before the root element, and nowhere else.
                prolog += text
                if found := _ENTITY.search(prolog):
                    line = prolog.count("\n", 0, found.start()) + 1
                    what = "the file declares entities, which are not read"
                    raise FormatError(place, line, what, "Take the declarations out and save it again.")
            lines += text.count("\n")
            parser.feed(text.encode("utf-8"))
            for event in parser.read_events():
                began = True
                yield event
            if not began and len(prolog) > PROLOG:
                raise FormatError(place, None, "there is no element within the first 64 KB", "Choose a TMX file.")
        if not prolog.strip():
            raise FormatError(place, None, "the file is empty", "Choose a TMX file.")
        parser.close()
        yield from parser.read_events()
    except UnicodeEncodeError as error:
        raise FormatError(place, lines, "the file holds half a character", "Save the file as UTF-8.") from error
    except etree.XMLSyntaxError as error:
        why = " ".join(str(error.msg or error).split(", line")[0].split())
        if "xcessive depth" in why:
            what = f"elements stand more than {DEEPEST} deep in each other"
            raise FormatError(place, error.lineno, what, _CHECK) from error
        raise FormatError(place, error.lineno or lines, f"the XML breaks here ({why})", _WHOLE) from error


def _texts(source: Source) -> Iterator[str]:
    """The file as text, piece by piece, without its XML declaration."""
    place, lines = source.name, 1
    with source.open() as file:
        head = file.read(CHUNK)
        encoding, mark = encodings.mark(head[:4])
        if not encoding:
            encoding = _declared(head, place)
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        data, first = head[mark:], True
        while True:
            try:
                text = decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                line = lines + error.object[: error.start].count(b"\n")
                raise FormatError(place, line, f"the text is not {encoding.upper()}", _SAVE) from error
            lines += text.count("\n")
            if first and (declaration := _DECLARATION.match(text)):
                text = "\n" * declaration.group().count("\n") + text[declaration.end() :].lstrip(" ")
            first = False
            yield text
            if not data:
                return
            data = file.read(CHUNK)


def _declared(head: bytes, place: str) -> str:
    if head[:4] in (b"<\x00?\x00", b"<\x00t\x00"):
        return "utf-16-le"
    if head[:4] in (b"\x00<\x00?", b"\x00<\x00t"):
        return "utf-16-be"
    found = _ENCODING.match(head[:300])
    try:
        return encodings.known(found.group(1).decode("ascii")) if found else "utf-8"
    except InputError as error:
        raise FormatError(place, 1, f"the encoding is unknown ({error})", "Save the file as UTF-8.") from error

"""A termbase's XML, entry by entry: no entities, no network, no DTD; sizes and depths capped while streaming."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from review.errors import FormatError, InputError
from review.formats.elements import forget, local
from review.text import encodings

DEEPEST = 30
"""Elements inside each other; a termbase has about ten."""
TOO_DEEP = f"elements stand more than {DEEPEST} deep in each other"
LARGEST = 20_000
"""Elements of one entry."""
CHUNK = 1 << 16

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*?\?>")
_ENCODING = re.compile(rb"""\s*<\?xml\b[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_ENTITY = re.compile(r"<!\s*ENTITY\b")


def text_of(data: bytes, place: str) -> str:
    """The file as text, by its byte order mark, its XML declaration, or UTF-8. Raises FormatError."""
    encoding, mark = encodings.mark(data[:4])
    if not encoding:
        declared = _ENCODING.match(data[:300])
        try:
            encoding = encodings.known(declared.group(1).decode("ascii")) if declared else "utf-8"
        except InputError as error:
            raise FormatError(place, 1, f"the encoding is unknown ({error})", "Save the file as UTF-8.") from error
    try:
        text = data[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        shown = encoding.upper()
        raise FormatError(place, line, f"the text is not {shown}", "Save the file as UTF-8 and say so.") from error
    if not text.strip():
        raise FormatError(place, None, "the file is empty", "Choose a TBX or CSV file.")
    entity = _ENTITY.search(text)
    if entity:
        line = text.count("\n", 0, entity.start()) + 1
        raise FormatError(
            place,
            line,
            "the file declares entities, which are not read",
            "Take the declarations out and save it again.",
        )
    return text


def entries(data: bytes, place: str, roots: frozenset[str], wanted: frozenset[str]) -> Iterator[tuple[Any, Any]]:
    """Each element whose local name is in ``wanted``, with the root; it is emptied when the next one is asked for.

    Raises FormatError where the XML breaks, goes too deep or is of another kind than ``roots``.
    """
    from lxml import etree

    text = text_of(data, place)
    declaration = _DECLARATION.match(text)
    if declaration:
        text = "\n" * declaration.group().count("\n") + text[declaration.end() :].lstrip(" ")
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
    root: Any = None
    depth = inside = 0
    for event, element in _events(parser, text, place):
        if event == "start":
            depth += 1
            if root is None:
                root = element
                if local(element) not in roots:
                    what = f"the root element is <{local(element)}>, not that of a termbase"
                    raise FormatError(place, element.sourceline, what, "Choose a TBX or CSV file.")
            if depth > DEEPEST:
                raise FormatError(place, element.sourceline, TOO_DEEP, "Check that the file is a termbase.")
            inside += 1
            if inside > LARGEST:
                what = f"one entry has more than {LARGEST:,} elements"
                raise FormatError(place, element.sourceline, what, "Check that the file is a termbase.")
        else:
            depth -= 1
            if local(element) in wanted:
                yield root, element
                forget(element)
                inside = 0


def _events(parser: Any, text: str, place: str) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    try:
        for start in range(0, len(text), CHUNK):
            parser.feed(text[start : start + CHUNK].encode("utf-8"))
            yield from parser.read_events()
        parser.close()
        yield from parser.read_events()
    except UnicodeEncodeError as error:
        raise FormatError(place, None, "the file holds half a character", "Save the file as UTF-8.") from error
    except etree.XMLSyntaxError as error:
        line = error.lineno or text.count("\n") + 1
        why = " ".join(str(error.msg or error).split(", line")[0].split())
        if "xcessive depth" in why:
            raise FormatError(place, line, TOO_DEEP, "Check that the file is a termbase.") from error
        raise FormatError(place, line, f"the XML breaks here ({why})", "Export the termbase again, whole.") from error


def inner(element: Any) -> str:
    """All text inside, white space made single. Raises InputError for an entity that nothing declares."""
    from lxml import etree

    for entity in element.iter(etree.Entity):
        raise InputError(f"The entity “{entity.name}” is declared nowhere; write the character itself.")
    return " ".join("".join(element.itertext()).split())

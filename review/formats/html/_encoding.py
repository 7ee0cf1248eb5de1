"""Which encoding a page is in: its byte order mark, what its user said, what the page says, UTF-8.

Pages name encodings as browsers know them (WHATWG Encoding, section 4.2): gb2312 is read as its superset gb18030,
iso-8859-1 as windows-1252, and so on.
"""

from __future__ import annotations

import re

from review.errors import FormatError, InputError
from review.formats.base import Source
from review.model import ReadingHeader
from review.settings import settings
from review.text import encodings

PAGE_BYTES = 16 << 20
"""More than this is no page of an article."""

_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9_.:\-]{2,40})"""
    rb"""|^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9_.:\-]{2,40})["']""",
    re.IGNORECASE,
)
_HEAD = 65536
_SURE = 20
"""So many characters of several bytes, all valid, are UTF-8 whatever the page says."""

_SUPERSETS = {
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "big5": ("big5", "big5hkscs", "cp950"),
    "shift_jis": ("cp932",),
    "euc_jp": ("euc_jp", "euc_jis_2004"),
    "euc_kr": ("cp949",),
    "ascii": ("cp1252", "latin-1"),
    "iso8859-1": ("cp1252", "latin-1"),
    "cp1252": ("cp1252", "latin-1"),
    "iso8859-9": ("cp1254", "iso8859-9"),
    "tis-620": ("cp874",),
    "iso8859-11": ("cp874",),
}
_ALIASES = {"x-sjis": "shift_jis", "x-gbk": "gbk", "x-x-big5": "big5", "windows-31j": "cp932", "unicode": "utf-8"}


def opened(source: Source, encoding: str) -> tuple[ReadingHeader, str, list[str]]:
    """A page's header, its text without the byte order mark, and warnings.

    Raises FormatError for what is empty, too large, no text, or not in the encoding it should be in.
    """
    data = source.bytes()
    if not data:
        raise FormatError(source.name, None, "the file is empty", "Choose a file with text in it.")
    if len(data) > min(PAGE_BYTES, settings().upload_bytes):
        raise FormatError(
            source.name, None, f"more than {PAGE_BYTES >> 20} MB are too many for one article's page", "Cut it up."
        )
    name, length = encodings.mark(data)
    kind = "" if name else encodings.binary(data[:_HEAD])
    if kind and not (encoding and kind == "a binary file"):
        raise FormatError(source.name, None, f"this is {kind}, not a page", "Save the page as HTML.")
    warnings: list[str] = []
    if name:
        text = _decoded(source, data[length:], name, f"its byte order mark says {name}")
    elif encoding:
        name = encodings.known(encoding)
        text = _decoded(source, data, name, "")
    else:
        name, text = _declared(source, data, warnings)
    newline = re.search(r"\r\n|\n|\r", text)
    return ReadingHeader("html", source.name, name, bool(length), newline[0] if newline else "\n"), text, warnings


def _declared(source: Source, data: bytes, warnings: list[str]) -> tuple[str, str]:
    """The encoding that the page names, and its text; UTF-8 where it names none."""
    found = _DECLARED.search(data[:_HEAD])
    said = (found[1] or found[2]).decode("ascii").lower() if found else ""
    names = _names(said)
    if names and names[0] != "utf-8":
        plain = _strict(data, "utf-8")
        if plain is not None and sum(ord(sign) > 127 for sign in plain) >= _SURE:
            warnings.append(f"The page says that it is {said}, but it is UTF-8, and was read as such.")
            return "utf-8", plain
        for name in names:
            text = _strict(data, name)
            if text is not None:
                return name, text
        if plain is not None:
            return "utf-8", plain
        raise _wrong(source, data, names[0], f"the page says that it is {said}, but it is not")
    return "utf-8", _decoded(source, data, "utf-8", "")


def _names(said: str) -> tuple[str, ...]:
    """Python's names of the encodings to try for what a page says; none where it says nothing that is known.

    A page that can be read byte by byte is not in UTF-16, whatever it says (WHATWG HTML, 13.2.3.2).
    """
    try:
        name = encodings.known(_ALIASES.get(said, said)) if said else ""
    except InputError:
        return ()
    name = {"latin-1": "iso8859-1"}.get(name, name)
    return _SUPERSETS.get(name, (name,)) if name and not name.startswith(("utf-16", "utf-32")) else ()


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _decoded(source: Source, data: bytes, name: str, said: str) -> str:
    text = _strict(data, name)
    if text is None:
        raise _wrong(source, data, name, said and f"{said}, but it is not")
    return text


def _wrong(source: Source, data: bytes, name: str, what: str) -> FormatError:
    line = 1
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        line += data[: error.start].count(b"\n")
    except UnicodeError:
        pass
    guess = encodings.looks_like(data[:_HEAD])
    remedy = f"It may be {guess}: set the encoding to {guess} (--encoding {guess})."
    return FormatError(source.name, line, what or f"the page is not {name}", remedy)

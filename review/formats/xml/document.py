"""An XML file opened: its encoding told by its byte order mark or its declaration, its text kept as UTF-8."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, BinaryIO

from review.errors import FormatError, InputError
from review.formats.base import Source, unpacked
from review.model import ReadingHeader
from review.text import encodings

_DECLARED = re.compile(rb"""\s*<\?xml\b[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_SAVE = "Save the file as UTF-8 and say so in its first line."


@dataclass(frozen=True, slots=True)
class Document:
    """An XML file. ``body`` is all of it in UTF-8, without its byte order mark; offsets are bytes of it.

    ``data`` is the original without its mark where encoding ``body`` again would give other bytes, else None.
    """

    name: str
    body: bytes
    encoding: str
    bom: bool
    newline: str
    data: bytes | None = None

    def header(self, format: str, **extra: Any) -> ReadingHeader:
        """What must be known to write the file again."""
        return ReadingHeader(format, self.name, self.encoding, self.bom, self.newline, extra)

    def line(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return self.body.count(b"\n", 0, offset) + 1


def open_document(source: Source, encoding: str = "") -> Document:
    """Open an XML file, out of its gzip packing if it has one. Its mark and its declaration go before ``encoding``.

    Raises FormatError for an empty file and one that is not in its encoding, InputError for an unknown one.
    """
    return _document(source.name, unpacked(source), encoding)


def original_document(file: BinaryIO, header: ReadingHeader) -> Document:
    """The file that an export writes over, as it was read."""
    return _document(header.name, unpacked(Source(header.name, data=file.read())), header.encoding, known=True)


def _document(name: str, data: bytes, encoding: str, known: bool = False) -> Document:
    found, mark = encodings.mark(data[:4])
    if not found:
        found = encoding if known else _told(data, name) or (encodings.known(encoding) if encoding else "utf-8")
    data = data[mark:]
    if not data.strip():
        raise FormatError(name, None, "the file is empty", "Choose a file with text in it.")
    body, own = data, None
    try:
        text = data.decode(found)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FormatError(name, line, f"the text is not {found.upper()}", _SAVE) from error
    if found != "utf-8":
        try:
            body = text.encode("utf-8")
            again = text.encode(found)
        except UnicodeEncodeError as error:
            raise FormatError(name, None, "the file holds half a character", _SAVE) from error
        own = None if again == data else data
    newline = re.search(r"\r\n|\n|\r", text[:65536])
    return Document(name, body, found, bool(mark), newline.group() if newline else "\n", own)


def _told(data: bytes, name: str) -> str:
    """The encoding that the first bytes and the declaration speak for, or ""."""
    if data[:4] in (b"<\x00?\x00", b"<\x00t\x00") or (data[:1] == b"<" and data[1:2] == b"\0"):
        return "utf-16-le"
    if data[:2] == b"\0<":
        return "utf-16-be"
    declared = _DECLARED.match(data[:300])
    if declared is None:
        return ""
    said = declared.group(1).decode("ascii")
    try:
        found = encodings.known(said)
    except InputError as error:
        raise FormatError(name, 1, f"the encoding is unknown ({error})", _SAVE) from error
    if found.startswith(("utf-16", "utf-32")):
        raise FormatError(name, 1, f"the first line says {said}, but the file is not in it", _SAVE)
    return found

"""Text files opened: encoding told, byte order mark set aside, lines as a stream that refuses what is too long."""

from __future__ import annotations

import codecs
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from review.errors import EncodingError, FormatError
from review.formats.base import Source
from review.model import ReadingHeader
from review.settings import settings
from review.text import encodings

SURE = 0.6
"""How sure it must be that what looks like no text is UTF-16 or UTF-32."""

_CHUNK = 1 << 16
_NUL_REMEDY = "It is damaged or no text file; save it again as plain text in UTF-8."


@dataclass(frozen=True, slots=True)
class Opened:
    """A text file. ``file`` is seekable and UTF-8 from ``base`` on, whatever the encoding of the original."""

    source: Source
    file: BinaryIO
    base: int
    encoding: str
    bom: bool
    newline: str

    def header(self, format: str, **extra: Any) -> ReadingHeader:
        """What must be known to write the file again."""
        return ReadingHeader(format, self.source.name, self.encoding, self.bom, self.newline, extra)


def open_text(source: Source, encoding: str = "") -> Opened:
    """Open a text file in the encoding of its byte order mark, else its source's, else ``encoding``, else UTF-8.

    Raises FormatError for an empty or binary file, EncodingError for one that looks like text in another encoding, and
    InputError for an unknown one.
    """
    encoding = source.encoding or encoding
    head = source.head(_CHUNK)
    if not head:
        raise FormatError(source.name, None, "the file is empty", "Choose a file with text in it.")
    marked, length = encodings.mark(head)
    name = marked or (encodings.known(encoding) if encoding else "utf-8")
    kind = "" if marked else encodings.binary(head)
    if kind == "a binary file" and not encoding:
        likely = encodings.candidates(head)[:1]
        if likely and likely[0].sureness > SURE and likely[0].name.startswith("utf-"):
            raise EncodingError(source.name, None, f"the file looks like {likely[0].name}", _set_to(likely[0].name))
    if kind and not (encoding and kind == "a binary file"):
        raise FormatError(source.name, None, f"this is {kind}, not text", "Save it as plain text in UTF-8, or as CSV.")
    if name == "utf-8":
        file, base = source.open(), length
    else:
        file, base = _in_utf8(source, name, length), 0
    file.seek(base)
    return Opened(source, file, base, name, bool(length), _newline(file.read(_CHUNK)))


def whole_lines(opened: Opened) -> Opened:
    """The file, unless its lines end in carriage returns alone, so that all of it would be one line: FormatError."""
    opened.file.seek(opened.base)
    head = opened.file.read(_CHUNK)
    if opened.newline == "\r" and b"\n" not in head:
        raise FormatError(
            opened.source.name, 1, "its lines end in carriage returns alone", "Save it with usual line ends."
        )
    return opened


def first_line(source: Source, encoding: str = "") -> str:
    """The first line that is not blank, or the beginning of it, for telling formats apart.

    Raises InputError for an unknown encoding.
    """
    head = source.head(4096)
    encoding = source.encoding or encoding
    marked, length = encodings.mark(head)
    text = head[length:].decode(marked or (encodings.known(encoding) if encoding else "utf-8"), "ignore")
    return text.lstrip().split("\n", 1)[0].strip()


def _in_utf8(source: Source, encoding: str, skip: int) -> BinaryIO:
    """The file's text again as UTF-8, in memory where small and on disk where large."""
    copy = tempfile.SpooledTemporaryFile(max_size=8 << 20)  # noqa: SIM115  closed when its last reader lets go
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line = 1
    with source.open() as file:
        file.seek(skip)
        chunk = True
        while chunk:
            data = file.read(_CHUNK)
            chunk = bool(data)
            try:
                text = decoder.decode(data, final=not data)
                copy.write(text.encode("utf-8"))
            except UnicodeError as error:
                line += data[: getattr(error, "start", 0)].count(b"\n")
                guess = encodings.looks_like(source.head())
                raise EncodingError(
                    source.name,
                    line,
                    f"the text is not {encoding}",
                    f"It may be {guess}: set the encoding to {guess} (--encoding {guess}).",
                ) from error
            line += text.count("\n")
    return copy  # type: ignore[return-value]


def _newline(head: bytes) -> str:
    found = re.search(rb"\r\n|\n|\r", head)
    return found.group().decode() if found else "\n"


def lines(opened: Opened, offset: int = 0, number: int = 1) -> Iterator[tuple[int, str]]:
    """Yield (line number from 1, text with its line end), split on ``\\n`` alone.

    ``offset`` (bytes after ``base``, at the start of line ``number``) starts further on. Raises FormatError for
    a line longer than ``line_megabytes``, one that is not UTF-8, and a NUL character.
    """
    file, name, limit = opened.file, opened.source.name, settings().line_bytes
    file.seek(opened.base + offset)
    foreign = False
    while raw := file.readline(limit + 2):
        if len(raw) > limit + 1 or (len(raw) > limit and not raw.endswith(b"\n")):
            raise FormatError(
                name,
                number,
                f"the line is longer than {settings().line_megabytes} MB",
                "Break it up, or set REVIEW_LINE_MEGABYTES higher.",
            )
        if b"\0" in raw:
            raise _nul(opened, number)
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _not_utf8(opened, number, raw, foreign) from error
        foreign = foreign or not text.isascii()
        yield number, text
        number += 1


def _set_to(encoding: str) -> str:
    return f"Set the encoding to {encoding} (--encoding {encoding})."


def _nul(opened: Opened, number: int) -> FormatError:
    guess = encodings.wide(opened.source.head()) if opened.encoding == "utf-8" else ""
    if guess:
        return EncodingError(opened.source.name, number, f"the file looks like {guess}", _set_to(guess))
    return FormatError(opened.source.name, number, "the line holds a NUL character", _NUL_REMEDY)


def _not_utf8(opened: Opened, number: int, raw: bytes, foreign: bool) -> FormatError:
    """``foreign``: characters beyond ASCII came before and were valid, so the file is UTF-8 with damage."""
    if foreign:
        return FormatError(
            opened.source.name, number, "the line holds bytes that are not UTF-8, as the rest is", "Repair that line."
        )
    head = opened.source.head()
    guess = encodings.looks_like(raw if head.isascii() else head)
    return EncodingError(opened.source.name, number, f"the text is not UTF-8; it looks like {guess}", _set_to(guess))


def readable_in(source: Source) -> list[encodings.Candidate]:
    """The encodings in which a file that is not UTF-8 may be, the likeliest first: judged by its first 64 KB, or by
    those in which other characters than ASCII begin.
    """
    with source.open() as file:
        part = file.read(_CHUNK)
        while part and part.isascii() and b"\0" not in part:
            part = file.read(_CHUNK)
        return encodings.candidates(part, whole=not file.read(1))


def decode(original: bytes, header: ReadingHeader) -> tuple[bytes, str]:
    """The byte order mark of an original, or nothing, and its text."""
    bom = encodings.mark_of(header.encoding) if header.bom else b""
    return bom, original[len(bom) :].decode(header.encoding)


Piece = tuple[int, int, str | None]
"""A range of the original's text to copy (None), or a text to write in its stead."""


def between(patches: Iterable[tuple[int, int, str]], length: int) -> Iterator[Piece]:
    """Patches in order, and what lies around them, as pieces of a text of that length."""
    at = 0
    for start, end, new in patches:
        yield at, start, None
        yield start, end, new
        at = end
    yield at, length, None


def patch(data: bytes, header: ReadingHeader, pieces: Iterable[Piece], out: BinaryIO) -> None:
    """Write an original with its pieces in order; what is copied keeps its bytes, in every encoding."""
    bom, text = decode(data, header)
    pieces = list(pieces)
    again = "".join(text[start:end] if new is None else new for start, end, new in pieces)
    if again == text:
        out.write(data)
        return
    out.write(bom)
    if text.encode(header.encoding) == data[len(bom) :]:
        out.write(encode(again, header, "The corrected text"))
        return
    # Of encodings with two codes for one character, untouched ranges are copied as bytes.
    data = data[len(bom) :]
    wanted = sorted({place for start, end, _ in pieces for place in (start, end)})
    offsets = dict(zip(wanted, encodings.byte_offsets(data, header.encoding, wanted), strict=True))
    for start, end, new in pieces:
        out.write(data[offsets[start] : offsets[end]] if new is None else encode(new, header, "The corrected text"))


def raw_lines(original: BinaryIO, header: ReadingHeader) -> Iterator[tuple[bytes, bytes, str]]:
    """Yield each line of an original as (mark, its bytes, its text), line end included.

    The byte order mark comes with the first line. Untouched lines can so be copied as they are, in any encoding.
    """
    bom = encodings.mark_of(header.encoding) if header.bom else b""
    original.seek(len(bom))
    if header.encoding.startswith(("utf-16", "utf-32")):
        text = original.read().decode(header.encoding)
        parts: Iterator[bytes] = (line.encode(header.encoding) for line in re.findall(r"[^\n]*\n|[^\n]+$", text))
    else:
        parts = iter(original)
    for part in parts:
        yield bom, part, part.decode(header.encoding)
        bom = b""


def encode(text: str, header: ReadingHeader, place: str) -> bytes:
    """Text in an original's encoding. Raises FormatError, naming the character, where it has none for it."""
    try:
        return text.encode(header.encoding)
    except UnicodeEncodeError as error:
        raise FormatError(
            header.name or "export",
            None,
            f"{place} has {text[error.start]!r}, which {header.encoding} cannot hold",
            "Export as text, csv or jsonl, which are written in UTF-8.",
        ) from error

"""What bytes say of their encoding for certain: a byte order mark, zero bytes, the signature of a binary file."""

from __future__ import annotations

import codecs

from review.errors import InputError

BOMS = (
    ("utf-8", codecs.BOM_UTF8),
    ("utf-32-le", codecs.BOM_UTF32_LE),
    ("utf-32-be", codecs.BOM_UTF32_BE),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
)
"""UTF-32's marks stand before UTF-16's, which they begin with."""

STATEFUL = ("utf-7", "hz", "iso2022")
"""Encodings in which a byte's meaning hangs on what came before: text in them cannot be replaced in place."""

SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)


def mark(head: bytes) -> tuple[str, int]:
    """The encoding that a byte order mark at the start of ``head`` names, and its length in bytes.

    Returns ("", 0) where there is none.
    """
    for name, bom in BOMS:
        if head.startswith(bom):
            return name, len(bom)
    return "", 0


def mark_of(encoding: str) -> bytes:
    """The byte order mark of ``encoding``, or nothing."""
    return dict(BOMS).get(encoding, b"")


def known(name: str) -> str:
    """The usual spelling of an encoding's name. ``utf-16`` and ``utf-32`` mean little endian without a mark.

    Raises InputError for a name that is no text encoding, or one that cannot be written in place.
    """
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError) as error:
        raise InputError(f"No encoding is called {name!r}; try utf-8, utf-16, gb18030, big5 or latin-1.") from error
    found = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8", "iso8859-1": "latin-1"}.get(
        info.name, info.name
    )
    if found.startswith(STATEFUL) or not getattr(info, "_is_text_encoding", True):
        raise InputError(f"Files in {name} cannot be read here; convert the file to UTF-8 first.")
    return found


def binary(head: bytes) -> str:
    """What kind of non-text file begins with ``head``, or "" where it may be text."""
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    sample = head[:4096]
    controls = sum(byte < 9 or 13 < byte < 27 for byte in sample)
    odd = b"\0\0" in sample or (controls > 3 and controls * 20 > len(sample))
    return "a binary file" if odd and not wide(head) else ""


def wide(head: bytes) -> str:
    """Which of UTF-16 and UTF-32 the zero bytes speak for, or ""."""
    sample = head[: len(head) & ~3][:4096]
    if len(sample) < 4:
        return ""
    zeros = [sample[place::4].count(0) / (len(sample) / 4) for place in range(4)]
    if zeros[2] > 0.9 and zeros[3] > 0.9:
        return "utf-32-le"
    if zeros[0] > 0.9 and zeros[1] > 0.9:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if decode(sample, "utf-8")[1] and even + odd < 1.6:
        return ""  # text with a NUL here and there; ASCII in UTF-16 is half zeros
    if odd > 0.1 and odd > 4 * even:
        return "utf-16-le"
    if even > 0.1 and even > 4 * odd:
        return "utf-16-be"
    return ""


def decode(head: bytes, name: str) -> tuple[str, bool]:
    """Decode as far as it goes; a character cut off at the end does not count against it."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        return decoder.decode(head), True
    except UnicodeDecodeError:
        return "", False


def byte_offsets(data: bytes, encoding: str, places: list[int]) -> list[int]:
    """Where in ``data`` the code points at ``places`` (ascending) begin, in bytes.

    Goes byte by byte; needed only where encoding the decoded text again does not give the same bytes.
    """
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    found, seen, begin, wanted = [], 0, 0, iter([*places, -1])
    place = next(wanted)
    for index in range(len(data)):
        while place == seen and begin == index:
            found.append(index)
            place = next(wanted)
        out = decoder.decode(data[index : index + 1])
        if out:
            seen += len(out)
            begin = index + 1
    while place == seen:
        found.append(len(data))
        place = next(wanted)
    return found

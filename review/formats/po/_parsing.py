"""A PO file's entries with the places of their translations: GNU gettext's manual, "The Format of PO Files".

The reader is our own: polib (the usual library) writes files anew, with its own line breaks and order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from review.errors import FormatError

_LINE = re.compile(r"[^\n]*\n|[^\n]+$")
_KEYWORD = re.compile(r"[ \t]*(msgctxt|msgid_plural|msgid|msgstr|domain)(?:\[(\d{1,2})\])?[ \t]*")
_STRING = re.compile(r'[ \t]*"((?:[^"\\\n]|\\.)*)"[ \t\r]*\n?$')
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", '"': '"', "\\": "\\"}
_SPELT = {sign: letter for letter, sign in _SIGNS.items()}

ORDER = "An entry is msgctxt (if any), msgid, msgid_plural (if any) and msgstr, in this order."


@dataclass(slots=True)
class String:
    """A string of an entry: its text, and where its quotes begin and end (code points), first line to last."""

    text: str
    start: int
    end: int
    line: int


@dataclass(slots=True)
class Entry:
    """One message. ``flags`` is where its first ``#,`` line stands, or None; ``begin`` where its keywords begin."""

    line: int
    begin: int = -1
    comments: list[str] = field(default_factory=list)
    flags: tuple[int, int] | None = None
    flagged: set[str] = field(default_factory=set)
    context: String | None = None
    id: String | None = None
    plural: String | None = None
    translations: list[String] = field(default_factory=list)

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flagged


def entries(name: str, text: str) -> Iterator[Entry]:
    """The entries of a file in order, its header (an empty msgid) among them; obsolete ones (#~) are passed over.

    Raises FormatError, naming the line, for what is no PO.
    """
    entry: Entry | None = None
    string: String | None = None
    for number, match in enumerate(_LINE.finditer(text), 1):
        line, at = match[0], match.start()
        bare = line.strip()
        if not bare or bare.startswith("#"):
            string = None
            if entry is not None and entry.translations:
                _check(name, entry)
                yield entry
                entry = None
            if bare and not bare.startswith("#~"):
                entry = entry or Entry(number)
                _comment(entry, line, at)
            continue
        keyword = _KEYWORD.match(line)
        if keyword:
            word, form = keyword[1], keyword[2]
            if entry is not None and entry.translations and word in ("msgctxt", "msgid", "domain"):
                _check(name, entry)
                yield entry
                entry = None
            value = _string(name, number, line[keyword.end() :])
            start = at + keyword.end()
            string = String(value, start, at + len(line.rstrip("\r\n \t")), number)
            if word == "domain":
                string = None
                continue
            entry = entry or Entry(number)
            _take(name, number, entry, word, form, string)
            entry.begin = at if entry.begin < 0 else entry.begin
        elif bare.startswith('"'):
            if string is None:
                raise FormatError(name, number, "a string continues nothing", ORDER)
            string.text += _string(name, number, line)
            string.end = at + len(line.rstrip("\r\n \t"))
        else:
            raise FormatError(name, number, f"this is no line of a PO file: {bare[:30]}", ORDER)
    if entry is not None and (entry.id is not None or entry.context is not None):
        _check(name, entry)
        yield entry


def _comment(entry: Entry, line: str, at: int) -> None:
    bare = line.strip()
    if bare.startswith("#,"):
        entry.flagged |= {flag.strip() for flag in bare[2:].split(",")}
        if entry.flags is None or "fuzzy" in bare:
            entry.flags = (at, at + len(line))
    elif bare[:2] != "#~":
        entry.comments.append(bare)


def _take(name: str, number: int, entry: Entry, word: str, form: str | None, string: String) -> None:
    if form is not None and word != "msgstr":
        raise FormatError(name, number, f"{word} has a number", ORDER)
    if word == "msgctxt":
        right = entry.context is None and entry.id is None
        entry.context = string
    elif word == "msgid":
        right = entry.id is None
        entry.id = string
    elif word == "msgid_plural":
        right = entry.id is not None and entry.plural is None and not entry.translations
        entry.plural = string
    else:
        wanted = None if entry.plural is None else str(len(entry.translations))
        right = entry.id is not None and form == wanted and (wanted is not None or not entry.translations)
        entry.translations.append(string)
    if not right:
        shown = word if form is None else f"{word}[{form}]"
        raise FormatError(name, number, f"{shown} is out of place", ORDER)


def _check(name: str, entry: Entry) -> None:
    if entry.id is None or not entry.translations:
        raise FormatError(name, entry.line, "the entry has no msgstr" if entry.id else "the entry has no msgid", ORDER)


def _string(name: str, number: int, line: str) -> str:
    match = _STRING.match(line)
    if match is None:
        raise FormatError(name, number, "the string is not closed, or something follows it", 'Write \\" for a quote.')

    def sign(found: re.Match[str]) -> str:
        octal, hexadecimal, letter = found.groups()
        code = int(octal, 8) if octal else int(hexadecimal, 16) if hexadecimal else -1
        if code >= 0:
            if 0 < code < 128:
                return chr(code)
            raise FormatError(name, number, f"{found[0]} stands for a byte, not a character", "Write the character.")
        if letter not in _SIGNS:
            raise FormatError(name, number, f"there is no escape {found[0]}", "Write \\\\ for a backslash.")
        return _SIGNS[letter]

    return _ESCAPE.sub(sign, match[1])


def escaped(text: str) -> str:
    """A text as it stands between quotes."""
    return re.sub(
        r'[\x00-\x1f"\\\x7f]',
        lambda match: "\\" + _SPELT[match[0]] if match[0] in _SPELT else f"\\{ord(match[0]):03o}",
        text,
    )

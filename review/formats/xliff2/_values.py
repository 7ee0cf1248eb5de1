"""What the values of attributes may be. Each test returns "" where a value is right, else what it must be."""

from __future__ import annotations

import re
from collections.abc import Callable

_TOKEN = re.compile("[-.:\\w\u00b7\u0300-\u036f\u203f\u2040]+")
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,8}|[xXiI](?=-))(?:-[A-Za-z0-9]{1,8})*")
_OWN = re.compile(r"[^\s:]+:[^\s:]+")
_POSITIVE = re.compile(r"\+?0*[1-9][0-9]{0,8}")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){1,4}")


def anything(value: str) -> str:
    """Any text."""
    return ""


def _one_of(*allowed: str) -> Callable[[str], str]:
    known, says = frozenset(allowed), "one of " + ", ".join(allowed)

    def test(value: str) -> str:
        return "" if value in known else says

    return test


yes_no = _one_of("yes", "no")
reorder = _one_of("yes", "firstNo", "no")
direction = _one_of("ltr", "rtl", "auto")
side = _one_of("source", "target")
state = _one_of("initial", "translated", "reviewed", "final")
space = _one_of("default", "preserve")
preserve = _one_of("preserve")
normal = _one_of("none", "nfc", "nfd")
match_type = _one_of("am", "ebm", "icm", "idm", "mt", "tb", "tm", "other")
applies = _one_of("source", "target", "ignorable")
_type = _one_of("fmt", "ui", "quote", "link", "image", "other")
_mark = _one_of("generic", "comment", "term")


def token(value: str) -> str:
    """An NMTOKEN (XML 1.0, section 2.3)."""
    return "" if _TOKEN.fullmatch(value) else "a name without blanks (NMTOKEN)"


def tokens(value: str) -> str:
    """One or more NMTOKENs."""
    found = value.split()
    return "" if found and all(_TOKEN.fullmatch(item) for item in found) else "names parted by blanks (NMTOKENS)"


def language(value: str) -> str:
    """A language tag (BCP 47)."""
    return "" if _LANGUAGE.fullmatch(value) else "a language tag of BCP 47, such as en or zh-CN"


def own(value: str) -> str:
    """A user's own value: prefix and name."""
    return "" if _OWN.fullmatch(value) else "a prefix, a colon and a value, such as my:value"


def code_type(value: str) -> str:
    return _type(value)


def mark_type(value: str) -> str:
    return "" if not _mark(value) or _OWN.fullmatch(value) else f"{_mark('')}, or a prefix, a colon and a value"


def order(value: str) -> str:
    return "" if _POSITIVE.fullmatch(value) else "a whole number from 1"


def priority(value: str) -> str:
    return "" if _POSITIVE.fullmatch(value) and int(value) <= 10 else "a whole number from 1 to 10"


def percent(value: str) -> str:
    """A similarity or quality: 0.0 to 100.0."""
    right = re.fullmatch(r"\+?[0-9]{1,9}(\.[0-9]{0,20})?|\.[0-9]{1,20}", value.strip())
    return "" if right and float(value) <= 100 else "a number from 0.0 to 100.0"


def code_point(value: str) -> str:
    """The code point of a character that XML cannot hold, or would rather not (XML 1.0, section 2.2)."""
    if not _HEX.fullmatch(value):
        return "an even number of hexadecimal digits"
    number = int(value, 16)
    if number > 0x10FFFF:
        return "a code point, at most 10FFFF"
    if allowed_in_xml(number) and not 0x7F <= number <= 0x9F:
        return "a character that XML cannot hold; others stand in the text itself"
    return ""


def allowed_in_xml(number: int) -> bool:
    """True for a code point that an XML 1.0 document can hold."""
    return number in (0x9, 0xA, 0xD) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or number >= 0x10000

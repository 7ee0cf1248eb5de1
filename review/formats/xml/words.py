"""Text as XML writes it, in UTF-8."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escaped(text: str) -> bytes:
    """Text between tags. Raises UnicodeEncodeError for half a character; see ``visible``."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return text.encode("utf-8")


def quoted(text: str) -> bytes:
    """Text of an attribute in double quotes."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return re.sub(r"[\t\n\r]", lambda match: f"&#{ord(match[0])};", text).encode("utf-8")


def visible(text: str) -> tuple[str, list[str]]:
    """The text with what XML 1.0 (section 2.2) cannot hold made visible: control characters by their pictures (U+2400
    and on), the rest by U+FFFD; and the names of what was replaced, such as "U+0001".
    """
    found = sorted(set(_FORBIDDEN.findall(text)))
    if not found:
        return text, []
    shown = _FORBIDDEN.sub(lambda match: chr(0x2400 + ord(match[0])) if ord(match[0]) < 32 else "\ufffd", text)
    return shown, [f"U+{ord(sign):04X}" for sign in found]

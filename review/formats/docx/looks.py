"""What a run looks like: which of its properties a reader sees, and what they are called in a code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from review.formats.docx.package import attribute
from review.formats.xml import Node

UNSEEN = frozenset("lang noProof kern snapToGrid webHidden cs specVanish rPrChange ins del moveFrom moveTo".split())
"""Properties of a run that nobody sees, or that belong to tracked changes."""
COMPLEX = frozenset(("bCs", "iCs", "szCs"))
"""Properties of scripts such as Arabic, seen only with ``w:rtl``."""
LINED = frozenset("u strike dstrike highlight shd bdr".split())
"""What is seen on a blank too."""
_ON = ("", "1", "true", "on")
_NAMES = {
    "b": "bold",
    "i": "italic",
    "u": "underlined",
    "strike": "struck through",
    "caps": "capitals",
    "smallCaps": "small capitals",
    "highlight": "highlighted",
    "vanish": "hidden",
}


@dataclass(frozen=True, slots=True)
class Look:
    """``key`` is equal for runs that look the same; ``raw`` is ``w:rPr`` for a new run; ``shown`` is in words."""

    key: tuple[str, ...] = ()
    raw: bytes = b""
    shown: str = ""
    lined: bool = False


def look_of(properties: Node | None) -> Look:
    """The look that ``w:rPr`` gives (None: none)."""
    if properties is None:
        return Look()
    rtl = properties.first("rtl") is not None
    keys, names, raw = [], [], []
    lined = False
    for node in properties.elements():
        if node.name not in ("rPrChange", "ins", "del", "moveFrom", "moveTo"):
            raw.append(node.written)
        if node.name in UNSEEN or (node.name in COMPLEX and not rtl):
            continue
        given = {
            name.rpartition("}")[2]: value for name, value in node.attributes.items() if not name.endswith("}hint")
        }
        if node.name == "rFonts":
            given.pop("cs", None)
            given.pop("cstheme", None)
            if not given:
                continue
        if given.get("val") in _ON:
            del given["val"]
        keys.append(node.name + "".join(f" {name}={value}" for name, value in sorted(given.items())))
        names.append(_named(node))
        lined = lined or (node.name in LINED and given.get("val") != "none")
    head = properties.document.body[properties.start : properties.inner]
    tag = properties.tag.encode()
    whole = re.sub(rb"/>$", b">", head) + b"".join(raw) + b"</" + tag + b">" if raw else b""
    return Look(tuple(sorted(keys)), whole, " ".join(name for name in names if name)[:60], lined)


def _named(node: Node) -> str:
    value = attribute(node, "val")
    if node.name == "rStyle":
        return value
    if node.name == "vertAlign":
        return value
    if node.name == "sz":
        return f"size {int(value) / 2:g}" if value.isdecimal() and len(value) < 5 else ""
    if node.name == "color":
        return f"colour {value}"
    if node.name == "rFonts":
        return attribute(node, "ascii") or attribute(node, "eastAsia")
    if value in ("0", "false", "off", "none"):
        return f"not {_NAMES[node.name]}" if node.name in _NAMES else ""
    return _NAMES.get(node.name, "")

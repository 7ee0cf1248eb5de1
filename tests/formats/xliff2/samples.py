"""Small XLIFF 2 documents for tests."""

from __future__ import annotations

MODULES = (
    'xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0" '
    'xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" xmlns:res="urn:oasis:names:tc:xliff:resourcedata:2.0" '
    'xmlns:slr="urn:oasis:names:tc:xliff:sizerestriction:2.0" xmlns:val="urn:oasis:names:tc:xliff:validation:2.0" '
    'xmlns:fs="urn:oasis:names:tc:xliff:fs:2.0" xmlns:my="urn:example:own" xmlns:pgs="urn:oasis:names:tc:xliff:pgs:1.0"'
)


def document(
    inside: str, version: str = "2.1", languages: str = 'srcLang="zh" trgLang="en"', namespace: str = ""
) -> bytes:
    """A document with everything inside <xliff> given."""
    space = namespace or "urn:oasis:names:tc:xliff:document:" + ("2.2" if version == "2.2" else "2.0")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="{space}" version="{version}" {languages}\n {MODULES}>\n'
        f"{inside}\n</xliff>\n"
    ).encode()


def file(inside: str, attributes: str = 'id="f1"', version: str = "2.1") -> bytes:
    """A document of one file."""
    return document(f"<file {attributes}>\n{inside}\n</file>", version)


def unit(inside: str, attributes: str = 'id="u1"', version: str = "2.1") -> bytes:
    """A document of one unit."""
    return file(f"<unit {attributes}>\n{inside}\n</unit>", version=version)


def segment(source: str, target: str | None = None, attributes: str = "", version: str = "2.1") -> bytes:
    """A document of one segment."""
    return unit(pair(source, target, attributes), version=version)


def pair(source: str, target: str | None = None, attributes: str = "") -> str:
    """One <segment>."""
    second = "" if target is None else f"<target>{target}</target>"
    return f"<segment{' ' if attributes else ''}{attributes}><source>{source}</source>{second}</segment>"


PLAIN = pair("你好。", "Hello.")
FIXED = 'canCopy="no" canDelete="no"'

"""What XLIFF 1.2 demands, as tables: which element stands where, what it must say, and what must match what.

The names and demands are those of the OASIS standard of 1 February 2008 and of its schema; what breaks them is
refused with the sentence below. Where that standard says nothing, or tools that people use break it daily and nothing
that a reviewer sees hangs on it, there is a warning instead.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NAMESPACE = "urn:oasis:names:tc:xliff:document:"
VERSIONS = ("1.2", "1.1", "1.0")

INLINE = frozenset(("g", "x", "bx", "ex", "bpt", "ept", "it", "ph", "mrk"))
NATIVE = frozenset(("bpt", "ept", "it", "ph"))
"""Inline elements that hold native code, and <sub> for text in it."""
HOLLOW = frozenset(("x", "bx", "ex"))
"""Inline elements that hold nothing."""

IDENTIFIED = frozenset(("g", "x", "bx", "ex", "bpt", "ept", "ph"))
"""Inline elements that must have an id, and of whose other attributes nothing is asked."""

_METADATA = ("context-group", "count-group", "prop-group", "note")

CHILDREN: dict[str, frozenset[str]] = {
    name: frozenset(children)
    for name, children in {
        "xliff": ("file",),
        "file": ("header", "body"),
        "header": ("skl", "phase-group", "glossary", "reference", "count-group", "prop-group", "note", "tool"),
        "skl": ("internal-file", "external-file"),
        "glossary": ("internal-file", "external-file"),
        "reference": ("internal-file", "external-file"),
        "bin-source": ("internal-file", "external-file"),
        "bin-target": ("internal-file", "external-file"),
        "phase-group": ("phase",),
        "phase": ("note",),
        "count-group": ("count",),
        "context-group": ("context",),
        "prop-group": ("prop",),
        "body": ("group", "trans-unit", "bin-unit"),
        "group": ("group", "trans-unit", "bin-unit", *_METADATA),
        "bin-unit": ("bin-source", "bin-target", "trans-unit", *_METADATA),
        "trans-unit": ("source", "seg-source", "target", "alt-trans", *_METADATA),
        "alt-trans": ("source", "seg-source", "target", *_METADATA),
        "source": INLINE,
        "seg-source": INLINE,
        "target": INLINE,
        "g": INLINE,
        "mrk": INLINE,
        "sub": INLINE,
        **dict.fromkeys(NATIVE, ("sub",)),
        **dict.fromkeys((*HOLLOW, "note", "count", "context", "prop", "internal-file", "external-file"), ()),
        "tool": (),
    }.items()
}
"""Which elements of XLIFF an element may hold. Elements of other namespaces may stand wherever no text does."""

REQUIRED: dict[str, tuple[str, ...]] = {
    "xliff": ("version",),
    "file": ("original", "source-language", "datatype"),
    "trans-unit": ("id",),
    "bin-unit": ("id", "mime-type"),
    "it": ("id", "pos"),
    "mrk": ("mtype",),
    **dict.fromkeys(IDENTIFIED, ("id",)),
    "external-file": ("href",),
    "tool": ("tool-id", "tool-name"),
    "phase": ("phase-name", "process-name"),
    "count-group": ("name",),
    "context": ("context-type",),
}
"""Attributes that must be there; of METADATA a lacking one is a warning."""

METADATA = frozenset(("external-file", "tool", "phase", "count-group", "context"))
"""Elements that no reviewer sees: what they lack changes nothing here."""

VALUES: dict[str, dict[str, frozenset[str]]] = {
    "trans-unit": {"approved": frozenset(("yes", "no")), "translate": frozenset(("yes", "no"))},
    "group": {"translate": frozenset(("yes", "no"))},
    "bin-unit": {"translate": frozenset(("yes", "no"))},
    "it": {"pos": frozenset(("open", "close", "begin", "end"))},
    "target": {
        "state": frozenset(
            (
                "final needs-adaptation needs-l10n needs-review-adaptation needs-review-l10n needs-review-translation "
                "needs-translation new signed-off translated"
            ).split()
        )
    },
    "alt-trans": {"alttranstype": frozenset(("proposal", "previous-version", "rejected", "reference", "accepted"))},
}
"""What an attribute may say; "x-..." as well where the standard lets tools add their own (state, alttranstype)."""


class Rule(NamedTuple):
    """A constraint. ``what`` is filled in with what broke it; ``remedy`` is what to do, and "" makes it a warning."""

    element: str
    what: str
    remedy: str = ""


EXPORT = "Export the file again from the tool that made it, or mend that place."
_CHECK = "Choose an XLIFF file."

RULES: dict[str, Rule] = {
    # the document
    "root": Rule("xliff", "the root element is <{found}>, not <xliff>", _CHECK),
    "version": Rule("xliff", "version {found} of XLIFF is unknown here", "Save it as XLIFF 1.2."),
    "version 2": Rule("xliff", "this is XLIFF {found}, not 1.2", "Choose the format for XLIFF 2."),
    "namespace": Rule("xliff", "the namespace “{found}” is not that of XLIFF 1.2", EXPORT),
    "old version": Rule("xliff", "this is XLIFF {found}; it was read as 1.2"),
    "no namespace": Rule("xliff", "the file names no namespace of XLIFF; it was read as 1.2"),
    "no file": Rule("xliff", "there is no <file> in it", EXPORT),
    "no body": Rule("file", "<file> has no <body>", EXPORT),
    "unknown": Rule("xliff", "XLIFF 1.2 knows no element <{found}>", EXPORT),
    "misplaced": Rule("xliff", "<{found}> may not stand in <{parent}>", EXPORT),
    "twice": Rule("xliff", "<{parent}> holds more than one <{found}>", EXPORT),
    "order": Rule("xliff", "<{found}> must stand before <{other}>", EXPORT),
    "late source": Rule("trans-unit", "<{found}> stands before <source>"),
    "stray text": Rule("xliff", "text stands in <{parent}>, where none may be: “{found}”", EXPORT),
    "attribute": Rule("xliff", "<{found}> lacks its attribute {attribute}", EXPORT),
    "metadata attribute": Rule("xliff", "<{found}> lacks its attribute {attribute}"),
    "value": Rule("xliff", "the attribute {attribute} of <{found}> may not be “{value}”; it was not heeded"),
    "pos": Rule("it", "the attribute pos of <it> may not be “{value}”", EXPORT),
    # units
    "duplicate unit": Rule("trans-unit", "the id “{found}” stands on more than one unit of its <file>", EXPORT),
    "duplicate group": Rule("group", "the id “{found}” stands on more than one <group> of its <file>"),
    "no source": Rule("trans-unit", "<trans-unit> has no <source>", EXPORT),
    "no alternative": Rule("alt-trans", "<alt-trans> has no <target>"),
    "language": Rule("file", "the language “{found}” is no language code", ""),
    # inline codes
    "duplicate inline": Rule("id", "the id “{found}” stands on two different <{element}> of one <{side}>", EXPORT),
    "repeated inline": Rule("id", "<{element}> “{found}” stands more than once in <{side}>; it was read as one code"),
    "duplicate rid": Rule("rid", "the rid “{found}” stands on more than one <{element}> of one <{side}>", EXPORT),
    "no end": Rule("bx, bpt", "<{element}> “{found}” has no <{other}> after it in <{side}>", EXPORT),
    "no start": Rule("ex, ept", "<{element}> “{found}” has no <{other}> before it in <{side}>", EXPORT),
    "half": Rule("bx, bpt", "<{element}> “{found}” has no <{other}> in <{side}>, which is translated in part"),
    "hollow": Rule("x, bx, ex", "<{found}> must be empty", EXPORT),
    "foreign inline": Rule("source, target", "<{found}> of another namespace stands in text; it was kept as a code"),
    "sub": Rule("sub", "text in <sub> cannot be edited here"),
    "unit reference": Rule("xid", "xid “{found}” names no unit of its <file>"),
    "alternative": Rule("alt-trans", "an alternative was left out, because {found}"),
    # segments
    "no mid": Rule("mrk", "a segment (<mrk mtype=“seg”>) of <{side}> has no mid", EXPORT),
    "duplicate mid": Rule("mrk", "the mid “{found}” stands on more than one segment of <{side}>", EXPORT),
    "nested segment": Rule("mrk", "the segment with the mid “{found}” stands inside another one", EXPORT),
    "unknown mid": Rule("mrk", "<target> has a segment with the mid “{found}”, which <seg-source> lacks", EXPORT),
    "alternative mid": Rule("alt-trans", "an <alt-trans> names the mid “{found}”, which <seg-source> lacks", EXPORT),
    "whole alternative": Rule("alt-trans", "an alternative of a whole unit of several segments was not shown"),
    # metadata that points elsewhere
    "tool": Rule("tool-id", "tool-id “{found}” names no <tool> of its <file>"),
    "phase": Rule("phase-name", "phase-name “{found}” names no <phase> of its <file>"),
}

LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8})*")

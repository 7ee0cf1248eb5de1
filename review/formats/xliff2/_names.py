"""The namespaces of XLIFF 2.0, 2.1 and 2.2, and what elements may hold and carry (the core schemas, in tables)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from review.formats.xliff2 import _values as values
from review.formats.xml import XML

CORE = {
    "urn:oasis:names:tc:xliff:document:2.0": ("2.0", "2.1"),
    "urn:oasis:names:tc:xliff:document:2.2": ("2.0", "2.1", "2.2"),
}
"""The core namespaces and the versions that may be written in each (XLIFF 2.2 core, ``version``)."""

_MODULE = "urn:oasis:names:tc:xliff:"
MATCHES, GLOSSARY, FORMAT_STYLE = _MODULE + "matches:2.0", _MODULE + "glossary:2.0", _MODULE + "fs:2.0"
METADATA, RESOURCES, SIZES = _MODULE + "metadata:2.0", _MODULE + "resourcedata:2.0", _MODULE + "sizerestriction:2.0"
VALIDATION, CHANGES = _MODULE + "validation:2.0", _MODULE + "changetracking:"
ITS, ITSM, PLURALS = "http://www.w3.org/2005/11/its", _MODULE + "itsm:2.1", _MODULE + "pgs:1.0"

PREFIXES = {"mtc", "gls", "fs", "mda", "res", "ctr", "slr", "val", "its", "itsm", "pgs"}
"""Prefixes of fragment identifiers that are registered for modules (section 3.1 and the TC's registry)."""

SPACE, LANG = XML + "space", XML + "lang"


def is_module(space: str) -> bool:
    """True for the namespace of a module of XLIFF."""
    return space.startswith(_MODULE) or space == ITS


@dataclass(frozen=True, slots=True)
class Rule:
    """What one element may be: its attributes with the test of their values, those it needs, what stands in it.

    ``content`` matches one letter for each child element: see LETTERS, ``o`` for an element of another namespace.
    ``text``: it may hold text. ``foreign``: whose attributes it may carry besides: "any", "modules" or "none".
    """

    attributes: Mapping[str, Callable[[str], str]]
    required: frozenset[str]
    content: re.Pattern[str]
    text: bool = False
    foreign: str = "none"
    says: str = ""
    known: set[str] = field(default_factory=set)


LETTERS = {
    "file": "f",
    "skeleton": "k",
    "group": "g",
    "unit": "u",
    "segment": "s",
    "ignorable": "i",
    "notes": "n",
    "note": "t",
    "originalData": "d",
    "data": "a",
    "source": "S",
    "target": "T",
    "cp": "c",
    "ph": "p",
    "pc": "p",
    "sc": "p",
    "ec": "p",
    "mrk": "p",
    "sm": "p",
    "em": "p",
    "xliff": "x",
}
INLINE = frozenset({"cp", "ph", "pc", "sc", "ec", "mrk", "sm", "em"})
CODES = frozenset({"ph", "pc", "sc", "ec"})

_yes_no, _token, _tokens, _any = values.yes_no, values.token, values.tokens, values.anything
_flow = {
    "canResegment": _yes_no,
    "translate": _yes_no,
    "srcDir": values.direction,
    "trgDir": values.direction,
    SPACE: values.space,
}
_code = {
    "id": _token,
    "canCopy": _yes_no,
    "canDelete": _yes_no,
    "canReorder": values.reorder,
    "copyOf": _token,
    "subType": values.own,
    "type": values.code_type,
}
_alone = {**_code, "disp": _any, "equiv": _any, "dataRef": _token, "subFlows": _tokens}
_mark = {"id": _token, "translate": _yes_no, "type": values.mark_type, "ref": _any, "value": _any}
_text = {LANG: values.anything, SPACE: values.space}


def _rule(
    attributes: Mapping[str, Callable[[str], str]],
    required: str,
    content: str,
    says: str,
    text: bool = False,
    foreign: str = "none",
) -> Rule:
    return Rule(attributes, frozenset(required.split()), re.compile(content), text, foreign, says)


RULES: dict[str, Rule] = {
    "xliff": _rule(
        {"version": _any, "srcLang": values.language, "trgLang": values.language, SPACE: values.space},
        "version srcLang",
        "f+",
        "one or more <file>, and nothing else",
        foreign="any",
    ),
    "file": _rule(
        {"id": _token, "original": _any, **_flow},
        "id",
        "k?o*n?[ug]+",
        "<skeleton>, elements of modules and extensions, <notes>, then at least one <unit> or <group>, in this order",
        foreign="any",
    ),
    "skeleton": _rule({"href": _any}, "", "o*", "no element of XLIFF's own", text=True),
    "group": _rule(
        {"id": _token, "name": _any, "type": values.own, **_flow},
        "id",
        "o*n?[ug]*",
        "elements of modules and extensions, <notes>, then <unit> and <group>, in this order",
        foreign="any",
    ),
    "unit": _rule(
        {"id": _token, "name": _any, "type": values.own, **_flow},
        "id",
        "o*n?d?i*s[si]*",
        "elements of modules and extensions, <notes>, <originalData>, then <segment> and <ignorable>, in this order, "
        "with at least one <segment>",
        foreign="any",
    ),
    "segment": _rule(
        {"id": _token, "canResegment": _yes_no, "state": values.state, "subState": values.own},
        "",
        "ST?",
        "one <source>, then at most one <target>",
    ),
    "ignorable": _rule({"id": _token}, "", "ST?", "one <source>, then at most one <target>"),
    "notes": _rule({}, "", "t+", "one or more <note>"),
    "note": _rule(
        {"id": _token, "appliesTo": values.side, "category": _any, "priority": values.priority},
        "",
        "",
        "text only",
        text=True,
        foreign="any",
    ),
    "originalData": _rule({}, "", "a+", "one or more <data>"),
    "data": _rule(
        {"id": _token, "dir": values.direction, SPACE: values.preserve}, "id", "c*", "text and <cp>", text=True
    ),
    "source": _rule(_text, "", "[cp]*", "text and inline elements", text=True),
    "target": _rule({**_text, "order": values.order}, "", "[cp]*", "text and inline elements", text=True),
    "cp": _rule({"hex": values.code_point}, "hex", "", "nothing"),
    "ph": _rule(_alone, "id", "", "nothing", foreign="modules"),
    "pc": _rule(
        {
            **_code,
            **dict.fromkeys(("dispStart", "dispEnd", "equivStart", "equivEnd"), _any),
            **dict.fromkeys(("dataRefStart", "dataRefEnd"), _token),
            **dict.fromkeys(("subFlowsStart", "subFlowsEnd"), _tokens),
            "canOverlap": _yes_no,
            "dir": values.direction,
        },
        "id",
        "[cp]*",
        "text and inline elements",
        text=True,
        foreign="modules",
    ),
    "sc": _rule(
        {**_alone, "canOverlap": _yes_no, "dir": values.direction, "isolated": _yes_no},
        "id",
        "",
        "nothing",
        foreign="modules",
    ),
    "ec": _rule(
        {**_alone, "canOverlap": _yes_no, "dir": values.direction, "isolated": _yes_no, "startRef": _token},
        "",
        "",
        "nothing",
        foreign="modules",
    ),
    "mrk": _rule(_mark, "id", "[cp]*", "text and inline elements", text=True, foreign="any"),
    "sm": _rule(_mark, "id", "", "nothing", foreign="any"),
    "em": _rule({"startRef": _token}, "startRef", "", "nothing"),
}

NEWER: dict[str, Rule] = {
    **RULES,
    "xliff": _rule(
        RULES["xliff"].attributes,
        "version srcLang",
        "n?o?f+",
        "<notes>, metadata, then one or more <file>, in this order",
        foreign="any",
    ),
    "note": _rule({**RULES["note"].attributes, "ref": _any}, "", "", "text only", text=True, foreign="any"),
}
"""The same for the namespace of 2.2: notes and metadata of the whole document, and what a note refers to."""

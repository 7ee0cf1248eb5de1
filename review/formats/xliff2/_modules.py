"""The constraints of the modules: translation candidates, glossary, metadata, resource data, format style, size
restriction and validation (XLIFF 2.1, section 5). Other modules and extensions are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from review.formats.xliff2 import _values as values
from review.formats.xliff2._names import (
    CHANGES,
    FORMAT_STYLE,
    GLOSSARY,
    LANG,
    MATCHES,
    METADATA,
    RESOURCES,
    SIZES,
    VALIDATION,
)
from review.formats.xml import Node

if TYPE_CHECKING:
    from review.formats.xliff2._structure import Checker

Test = Callable[[str], str]
_token, _yes_no, _any, _percent = values.token, values.yes_no, values.anything, values.percent

_HTML = frozenset(
    """a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption center cite
    code col colgroup command data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption
    figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins
    kbd keygen label legend li link main map mark menu menuitem meta meter nav noframes noscript object ol
    optgroup option output p param picture pre progress q rp rt ruby s samp script section select small source
    span strike strong style sub summary sup table tbody td template textarea tfoot th thead time title tr track
    tt u ul var video wbr big acronym""".split()
)
_SIZE_ATTRIBUTES = {"storageRestriction", "sizeRestriction", "equivStorage", "sizeInfo", "sizeInfoRef"}

ELEMENTS: dict[tuple[str, str], tuple[dict[str, Test], str, str, str]] = {
    (MATCHES, "matches"): ({}, "", "match+", "one or more <match>"),
    (MATCHES, "match"): (
        {
            "id": _token,
            "matchQuality": _percent,
            "matchSuitability": _percent,
            "similarity": _percent,
            "origin": _any,
            "ref": _any,
            "reference": _yes_no,
            "subType": values.own,
            "type": values.match_type,
        },
        "ref",
        "metadata? originalData? source target other*",
        "metadata, <originalData>, <source>, <target> and other elements, in this order",
    ),
    (GLOSSARY, "glossary"): ({}, "", "glossEntry+", "one or more <glossEntry>"),
    (GLOSSARY, "glossEntry"): (
        {"id": _token, "ref": _any},
        "",
        "term (translation+ definition?|definition) other*",
        "<term>, then a <translation> or a <definition>, then other elements",
    ),
    (GLOSSARY, "term"): ({"source": _any}, "", "", "text"),
    (GLOSSARY, "translation"): ({"id": _token, "ref": _any, "source": _any}, "", "", "text"),
    (GLOSSARY, "definition"): ({"source": _any}, "", "", "text"),
    (METADATA, "metadata"): ({"id": _token}, "", "metaGroup+", "one or more <metaGroup>"),
    (METADATA, "metaGroup"): (
        {"id": _token, "category": _any, "appliesTo": values.applies},
        "",
        "(meta|metaGroup)+",
        "one or more <meta> or <metaGroup>",
    ),
    (METADATA, "meta"): ({"type": _any}, "type", "", "text"),
    (RESOURCES, "resourceData"): (
        {},
        "",
        "(resourceItemRef|resourceItem)*",
        "<resourceItemRef> and <resourceItem>",
    ),
    (RESOURCES, "resourceItemRef"): ({"id": _token, "ref": _token}, "ref", "", "nothing"),
    (RESOURCES, "resourceItem"): (
        {"id": _token, "mimeType": _any, "context": _yes_no},
        "",
        "source? target? reference*",
        "<source>, <target> and <reference>, in this order",
    ),
    (SIZES, "profiles"): (
        {"generalProfile": _any, "storageProfile": _any},
        "",
        "normalization? other*",
        "<normalization> and other elements",
    ),
    (SIZES, "normalization"): ({"general": values.normal, "storage": values.normal}, "", "", "nothing"),
    (SIZES, "data"): ({"profile": _any}, "profile", "other*", "elements of a profile"),
    (VALIDATION, "validation"): ({}, "", "rule+", "one or more <rule>"),
    (VALIDATION, "rule"): (
        {
            **dict.fromkeys(("isPresent", "isNotPresent", "startsWith", "endsWith"), _any),
            **dict.fromkeys(("existsInSource", "caseSensitive", "disabled"), _yes_no),
            "occurs": values.order,
            "normalization": values.normal,
        },
        "",
        "",
        "nothing",
    ),
    **{
        (RESOURCES, name): ({"href": _any, LANG: values.language}, "", "other*", "other elements")
        for name in ("source", "target", "reference")
    },
}
"""(namespace, element) -> attributes, those it needs, its children, what that means in words."""
_TEXT = {(GLOSSARY, "term"), (GLOSSARY, "translation"), (GLOSSARY, "definition"), (METADATA, "meta")}
_TEXT |= {(RESOURCES, name) for name in ("source", "target", "reference")} | {(SIZES, "data")}
_STRICT = {MATCHES, GLOSSARY, METADATA, RESOURCES, SIZES, VALIDATION}
_ROOTS = {"matches", "glossary", "metadata", "resourceData", "profiles", "data", "validation"}


def module(checker: Checker, node: Node, parent: Node) -> None:
    """Check an element of a module or an extension, and all in it, where it stands in ``parent``."""
    if node.space not in _STRICT:
        return
    if node.name not in _ROOTS:
        checker.refuse(node, f"<{node.tag}> may not stand in <{parent.name}>, or is unknown to its module")
    _tree(checker, node)
    _whole(checker, node, parent)


def _tree(checker: Checker, node: Node) -> None:
    found = ELEMENTS.get((node.space, node.name))
    if found is None:
        checker.refuse(node, f"the module of <{node.tag}> has no such element")
    attributes, required, content, says = found
    for key, value in node.attributes.items():
        test = attributes.get(key)
        if test is None:
            if key[0] != "{" or (key.startswith("{http://www.w3.org/XML/") and key.endswith("lang")):
                checker.refuse(node, f"<{node.tag}> has no attribute {key.rpartition('}')[2]}")
        elif wrong := test(value):
            checker.refuse(node, f'{key.rpartition("}")[2]}="{value[:60]}" of <{node.tag}> must be {wrong}')
    if required and required not in node.attributes:
        checker.refuse(node, f"<{node.tag}> has no attribute {required}, which is required")
    names = ""
    for child in node.children:
        if isinstance(child, str):
            if (node.space, node.name) not in _TEXT and not child.isspace():
                checker.stray(node, child)
        elif child.name[0] != "#":
            own = child.space == node.space or (node.space == MATCHES and child.space in (checker.space, METADATA))
            names += f"<{child.name}>" if own else "<other>"
            if child.space == checker.space:
                checker.tree(child)
            elif child.space in _STRICT and (child.space, child.name) in ELEMENTS:
                _tree(checker, child)
            elif child.space == node.space:
                checker.refuse(child, f"the module of <{child.tag}> has no such element")
    if not re.fullmatch(_pattern(content), names):
        checker.refuse(node, f"<{node.tag}> must hold {says}")


@lru_cache(maxsize=100)
def _pattern(content: str) -> str:
    """Names of elements, as ELEMENTS writes what may follow what, as an expression over "<name><name>"."""
    return re.sub(r"[A-Za-z]+", lambda match: f"(?:<{match[0]}>)", content).replace(" ", "")


def _whole(checker: Checker, root: Node, parent: Node) -> None:
    """What holds between the elements of one module element."""
    unique(checker, _with_ids(root), f"<{root.tag}>")
    for node in (root, *root.all()):
        if node.space == MATCHES and node.name == "match":
            if node.get("subType") and not node.get("type"):
                checker.refuse(node, "subType is used without type in <match>")
        elif node.space == RESOURCES and node.name in ("source", "target", "reference"):
            if ("href" in node.attributes) == bool(node.content.strip()):
                checker.refuse(node, f"<{node.tag}> must have either href or content, and not both")
        elif node.space == RESOURCES and node.name == "resourceItem" and not node.get("mimeType"):
            if not all(child.content for child in node.elements()):
                checker.refuse(node, f"<{node.tag}> needs mimeType where its source or target is elsewhere")
        elif node.space == VALIDATION and node.name == "rule":
            _rule(checker, node, parent)


def _with_ids(root: Node) -> Iterator[Node]:
    """Elements of a module whose ids share one scope."""
    for node in (root, *root.all()):
        if node.space == root.space and "id" in node.attributes:
            yield node


def unique(checker: Checker, nodes: Iterator[Node], scope: str) -> None:
    """Refuses the second element with the same id."""
    seen: set[str] = set()
    for node in nodes:
        name = node.get("id")
        if name in seen:
            checker.refuse(node, f"the id “{name[:60]}” of <{node.tag}> is used twice in {scope}")
        seen.add(name)


def _rule(checker: Checker, node: Node, parent: Node) -> None:
    named = [key for key in ("isPresent", "isNotPresent", "startsWith", "endsWith") if key in node.attributes]
    custom = [key for key in node.attributes if key[0] == "{" and not key.startswith("{" + VALIDATION)]
    if len(named) + bool(custom) != 1:
        checker.refuse(
            node,
            f"<{node.tag}> must have exactly one of isPresent, isNotPresent, startsWith, endsWith or a custom rule",
        )
    if "existsInSource" in node.attributes and named[:1] in ([], ["isNotPresent"]):
        checker.refuse(node, "existsInSource needs isPresent, startsWith or endsWith beside it")
    if "occurs" in node.attributes and named != ["isPresent"]:
        checker.refuse(node, "occurs needs isPresent beside it")
    if node.get("disabled") == "yes" and parent.name == "file":
        checker.refuse(node, "a validation rule of a file may not be disabled")


def module_attributes(checker: Checker, node: Node, space: str, name: str, value: str) -> None:
    """Check an attribute of a module on an element of the core."""
    loose = node.name == "ec" and node.get("isolated") != "yes" and checker.version != "2.0"
    if space == FORMAT_STYLE:
        if name not in ("fs", "subFs"):
            checker.refuse(node, f"the format style module has no attribute {name}")
        if loose:
            checker.refuse(node, f"fs:{name} may stand on <ec> only where isolated is yes")
        if name == "fs" and value not in _HTML:
            checker.refuse(node, f'fs:fs="{value[:60]}" must be the name of an HTML element')
        if name == "subFs" and f"{{{space}}}fs" not in node.attributes:
            checker.refuse(node, "fs:subFs is used without fs:fs")
    elif space == SIZES:
        if name not in _SIZE_ATTRIBUTES:
            checker.refuse(node, f"the size restriction module has no attribute {name}")
        if loose:
            checker.refuse(node, f"slr:{name} may stand on <ec> only where isolated is yes")
        if name == "sizeInfo" and f"{{{space}}}sizeInfoRef" in node.attributes:
            checker.refuse(node, "slr:sizeInfo and slr:sizeInfoRef may not stand together")
    elif space.startswith(CHANGES) or space in (MATCHES, GLOSSARY, METADATA, RESOURCES, VALIDATION):
        checker.refuse(node, f"<{node.name}> may not carry the attribute {name} of that module")

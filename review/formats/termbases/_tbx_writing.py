"""Writing TBX in a version's style; what the dialect has no category for goes into a note that begins "Rendition:"."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from review.formats.termbases import _tbx as names
from review.formats.termbases._tbx import Style
from review.model import Concept, Condition, Term

_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file may hold."""


def write(concepts: Sequence[Concept], style: Style) -> bytes:
    """The concepts as one file in UTF-8. A concept without terms is left out."""
    from lxml import etree

    language = next((term.language for concept in concepts for term in concept.terms), "en")
    spaces: dict[str | None, str] = {None: style.namespace} if style.namespace else {}
    if style.as_element:
        spaces |= {module: names.MODULES[module] for module in style.modules}
    kind = f"TBX-{style.dialect.capitalize()}"
    root = etree.Element(_tag(style, style.root), nsmap=spaces)
    if style.namespace:
        root.set("style", "dct" if style.as_element else "dca")
    root.set("type", kind)
    root.set(names.XML_LANG, language)
    header = _add(root, style, style.header)
    about = _add(header, style, "fileDesc")
    _add(_add(about, style, "titleStmt"), style, "title", "Termbase")
    _add(_add(about, style, "sourceDesc"), style, "p", "Exported by Rendition")
    if not style.namespace:
        note = _add(_add(header, style, "encodingDesc"), style, "p", "TBXBasicXCSV02.xcs")
        note.set("type", "XCSURI")
    body = _add(_add(root, style, "text"), style, "body")
    used: set[str] = set()
    for number, concept in enumerate(concepts, 1):
        if concept.terms:
            _entry(body, style, concept, _identifier(concept.id, number, used))
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _identifier(name: str, number: int, used: set[str]) -> str:
    """The concept's id where XML allows it, else one made of its number."""
    found = name if _NAME.fullmatch(name) and name not in used else f"c{number}"
    while found in used:
        found += "_"
    used.add(found)
    return found


def _entry(body: Any, style: Style, concept: Concept, identifier: str) -> None:
    element = _add(body, style, style.entry)
    element.set("id", identifier)
    ours: dict[str, Any] = {} if identifier == concept.id else {"id": concept.id}
    for category, key, value in (
        ("subjectField", "subject", concept.subject),
        ("definition", "definition", concept.definition),
    ):
        if value and _put(element, style, category, value) is None:
            ours[key] = value
    ours |= {key: value for key in ("example", "example_source") if (value := getattr(concept, key))}
    ours |= {"strict": True} if concept.strict else {}
    ours |= {"category": concept.category} if concept.category != "terminology" else {}
    _remark(element, style, ours)
    for language in dict.fromkeys(term.language for term in concept.terms):
        section = _add(element, style, style.language)
        section.set(names.XML_LANG, _fit(language))
        for term in concept.terms:
            if term.language == language:
                _term(section, style, term)


def _term(section: Any, style: Style, term: Term) -> None:
    element = _add(section, style, style.term)
    _add(element, style, "term", term.text)
    ours: dict[str, Any] = {}
    part = names.PARTS.get(term.part_of_speech, "")
    if part == "properNoun" and "basic" not in style.modules:
        part = "noun"
    if part and _put(element, style, "partOfSpeech", part) is None:
        part = ""
    if names.READ_PARTS.get(part.lower(), "") != term.part_of_speech:
        ours["part_of_speech"] = term.part_of_speech
    status = _put(element, style, "administrativeStatus", names.STATUSES[term.status])
    if status is None or term.status == "forbidden":
        ours["status"] = term.status
    if term.text != " ".join(_fit(term.text).split()):
        ours["text"] = term.text
    if term.matching != "inflected":
        ours["matching"] = term.matching
    if term.condition is not None:
        ours["condition"] = _plain(term.condition)
    ours |= {"instead": term.instead} if term.instead else {}
    ours |= {} if term.accepted else {"accepted": False}
    _evidence(element, style, term, ours)
    if term.note:
        _add(element, style, "note", term.note)
    _remark(element, style, ours)


def _evidence(element: Any, style: Style, term: Term, ours: dict[str, Any]) -> None:
    user, url, date = term.evidence.user, term.evidence.url, term.evidence.date
    if user and _put(element, style, "source", user) is None:
        ours["user"] = user
    if url:
        reference = _put(element, style, "externalCrossReference", user or url)
        if reference is None:
            ours["url"] = url
        else:
            reference.set("target", _fit(url))
    if date and "basic" in style.modules:
        group = _add(element, style, "transacGrp")
        _put(group, style, "transactionType", "origination")
        _add(group, style, "date", date)
    elif date:
        ours["date"] = date


def _plain(condition: Condition) -> dict[str, Any]:
    """What a condition says, without what it leaves open."""
    said = {key: list(words) for key, words in asdict(condition).items() if key != "telling" and words}
    return said | {"telling": condition.telling}


def _put(parent: Any, style: Style, category: str, value: str) -> Any:
    """Add a data category, or return None where the dialect does not have it."""
    from lxml import etree

    meta, module = names.CATEGORIES[category]
    if module not in style.modules:
        return None
    if style.as_element:
        element = etree.SubElement(parent, f"{{{names.MODULES[module]}}}{category}")
        element.text = _fit(value)
        return element
    element = _add(parent, style, meta, value)
    element.set("type", category)
    return element


def _remark(element: Any, style: Style, ours: dict[str, Any]) -> None:
    if ours:
        _add(element, style, "note", names.REMARK + json.dumps(ours, ensure_ascii=False))


def _add(parent: Any, style: Style, name: str, text: str | None = None) -> Any:
    from lxml import etree

    element = etree.SubElement(parent, _tag(style, name))
    if text is not None:
        element.text = _fit(text)
    return element


def _tag(style: Style, name: str) -> str:
    return f"{{{style.namespace}}}{name}" if style.namespace else name


def _fit(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _UNFIT.sub("", text)

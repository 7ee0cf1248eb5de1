"""Reading TBX of any version and style: every element is a category with a value, wherever it stands."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from review.errors import FormatError, InputError
from review.formats.elements import local
from review.formats.termbases import _tbx as names
from review.formats.termbases._xml import entries, inner
from review.formats.termbases.base import Entry, Found, Given, check, problem
from review.formats.termbases.notation import PARTS_OF_SPEECH
from review.model import CATEGORIES, Concept, Condition, Evidence, Term
from review.model.term import MATCHINGS, TELLINGS, TERM_STATUSES

ROOT = re.compile(r"<(?:[\w.-]+:)?(martif|tbx|TBX)[\s>]")


@dataclass(slots=True)
class _Values:
    """The categories of one level, by name; notes of ours apart from others'."""

    values: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    ours: dict[str, Any] = field(default_factory=dict)
    targets: list[str] = field(default_factory=list)

    def take(self, *categories: str) -> str:
        """The first value of the first of these categories that there is, taken away; or ""."""
        for category in categories:
            if self.values.get(category):
                return self.values[category].pop(0)
        return ""


def read(given: Given, found: Found) -> Iterator[Entry]:
    """Each entry's concept, or why it has none. Raises FormatError where the XML breaks."""
    place = given.place
    lines: dict[str, int] = {}
    dropped: Counter[str] = Counter()
    for number, (_, element) in enumerate(entries(given.data, place, names.ROOTS, names.ENTRIES), 1):
        line = int(element.sourceline or 0) or None
        try:
            concept = _concept(element, Path(place).stem, number, dropped)
        except _At as at:
            yield problem(place, at.line or line, at.error)
            continue
        except InputError as error:
            yield problem(place, line, error)
            continue
        if concept.id in lines:
            what = f"the id {concept.id!r} stands on line {lines[concept.id]} already"
            yield FormatError(place, line, what, "Give each concept its own id.")
            continue
        lines[concept.id] = line or 0
        yield concept
    if dropped:
        listed = ", ".join(f"{name} ({count:,})" for name, count in dropped.most_common(12))
        found.warnings.append(f"What this program has no place for was not kept: {listed}.")


class _At(Exception):
    """An InputError at a line inside an entry."""

    def __init__(self, line: int | None, error: InputError) -> None:
        self.line, self.error = line, error


def _concept(element: Any, termbase: str, number: int, dropped: Counter[str]) -> Concept:
    top = _values(element, names.LANGUAGES)
    terms: list[Term] = []
    seen: set[tuple[str, str]] = set()
    for section in element:
        if local(section) not in names.LANGUAGES:
            continue
        language = section.get(names.XML_LANG) or section.get("lang") or ""
        if not language.strip():
            raise _At(section.sourceline, InputError("The terms have no language; add an xml:lang."))
        shared = _values(section, names.TERMS)
        for category in ("definition", "subjectField"):
            value = shared.take(category)
            if value and not top.values.get(category):
                top.values[category] = [value]
        _drop(shared, dropped)
        has_preferred = False
        for part in section:
            if local(part) not in names.TERMS:
                continue
            try:
                term = _term(part, language.strip(), "admitted" if has_preferred else "preferred", dropped)
                check(term)
            except InputError as error:
                raise _At(part.sourceline, error) from error
            has_preferred = has_preferred or term.status == "preferred"
            if (term.language, term.text) in seen:
                dropped["a term given twice"] += 1
                continue
            seen.add((term.language, term.text))
            terms.append(term)
    if not terms:
        raise InputError("The entry has no term; write one or take the entry out.")
    ours = top.ours
    concept = Concept(
        id=_said(ours, "id", str) or element.get("id") or f"{termbase}-{number}",
        terms=tuple(terms),
        subject=top.take("subjectField") or _said(ours, "subject", str),
        definition=top.take("definition") or _said(ours, "definition", str),
        example=_said(ours, "example", str) or top.take("context", "example"),
        termbase=termbase,
        example_source=_said(ours, "example_source", str),
        strict=_said(ours, "strict", bool),
        category=_one(_said(ours, "category", str), tuple(CATEGORIES), "terminology"),
    )
    top.values["a concept's note"] = top.notes
    _drop(top, dropped)
    return concept


def _term(element: Any, language: str, otherwise: str, dropped: Counter[str]) -> Term:
    level = _values(element, frozenset())
    ours = level.ours
    text = level.take("term")
    if not text:
        raise InputError("The term is empty; write one or take it out.")
    pattern = _said(ours, "text", str)
    status = level.take("administrativeStatus", "normativeAuthorization", "termStatus")
    known = names.READ_STATUSES.get(status.lower().removesuffix("-admn-sts"))
    if status and known is None:
        dropped[f"the status “{status[:40]}”"] += 1
    part = level.take("partOfSpeech")
    read_part = names.READ_PARTS.get(part.lower())
    if part and read_part is None:
        dropped[f"the part of speech “{part[:40]}”"] += 1
    remark = [note for note in level.notes if note.strip().rstrip(".").lower() != "forbidden"]
    if len(remark) < len(level.notes):
        known = "forbidden"
    user = _said(ours, "user", str) or level.take("source")
    url = next(iter(level.targets), "") or _said(ours, "url", str)
    reference = level.take("externalCrossReference", "crossReference")
    date = _said(ours, "date", str) or level.take("date")
    level.take("transactionType", "transaction")
    term = Term(
        text=pattern or text,
        language=language,
        status=_one(_said(ours, "status", str), TERM_STATUSES, known or otherwise),
        part_of_speech=_one(_said(ours, "part_of_speech", str), PARTS_OF_SPEECH, read_part or ""),
        matching=_one(_said(ours, "matching", str), MATCHINGS, "inflected"),
        condition=_condition(ours.get("condition")),
        evidence=Evidence(user or (reference if url and reference != url else ""), url, date),
        note=" ".join(remark),
        accepted=ours.get("accepted") is not False,
        instead=_said(ours, "instead", str),
    )
    _drop(level, dropped)
    return term


def _values(element: Any, stop: frozenset[str]) -> _Values:
    """The categories of a level: of the element's children and of groups among them, not of the levels in ``stop``."""
    found = _Values()
    for child in element:
        name = local(child)
        if not name or name in stop:
            continue
        if name in names.GROUPS and len(child):
            below = _values(child, stop)
            for key, values in below.values.items():
                found.values.setdefault(key, []).extend(values)
            found.notes += below.notes
            found.targets += below.targets
            found.ours |= below.ours
            continue
        category = (child.get("type") or name) if name in names.METAS else name
        value = inner(child)
        if category == "note":
            ours = _ours("".join(child.itertext()).strip())
            if ours is None:
                found.notes += [value] if value else []
            else:
                found.ours |= ours
            continue
        target = (child.get("target") or "").strip()
        if target and not target.startswith("#") and "xternal" in category:
            found.targets.append(target)
        if value or category == "externalCrossReference":
            found.values.setdefault(category, []).append(value)
    return found


def _ours(note: str) -> dict[str, Any] | None:
    """What a note of this program's own says, or None for any other note."""
    if not note.startswith(names.REMARK):
        return None
    try:
        said = json.loads(note[len(names.REMARK) :])
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _said(ours: dict[str, Any], name: str, kind: type) -> Any:
    value = ours.get(name)
    return value if isinstance(value, kind) else kind()


def _one(value: str, known: tuple[str, ...], otherwise: str) -> str:
    return value if value and value in known else otherwise


def _condition(said: Any) -> Condition | None:
    if not isinstance(said, dict):
        return None
    lists = {item.name for item in fields(Condition)} - {"telling"}
    given = {
        name: tuple(word for word in words if isinstance(word, str))
        for name, words in said.items()
        if name in lists and isinstance(words, list)
    }
    telling = said.get("telling")
    return Condition(**given, telling=telling if telling in TELLINGS else "context")


def _drop(level: _Values, dropped: Counter[str]) -> None:
    for category, values in level.values.items():
        dropped[category] += len(values)
        if not dropped[category]:
            del dropped[category]

"""The cells of a termbase's row: one concept a row, "|" between several terms of a cell.

Columns: id, subject, source, preferred, admitted, deprecated, forbidden, part_of_speech, matching,
condition, evidence_user, evidence_url, evidence_date, definition, example_source, example_target, note.
Only ``preferred`` must be there. Renderings are written in the notation of ``review.text.rendering``. A
deprecated or forbidden one may end in a mark and name its own replacement:

    Kaos !                            it is telling by itself: nothing else looks like it
    patrolman ?                       it tells nothing without the source
    deployment ??                     the same, and it is doubtful even with the source
    double cycle                      it depends: without a source the condition decides
    survey team => inspection team    what to write for this one, where the preferred term does not fit

``condition`` holds clauses parted by ";" that hold for the row's deprecated and forbidden renderings:

    source: 调研|考察           one of these must stand in the source (otherwise: one of the source column)
    not source: 调查            none of these may
    near: development|economy   without a source, one of these words must stand in the same segment
    article: party|mayor        without a source, one of these must stand in the article
    not near: of State          where one of these stands in the segment the rendering is right
    category: accuracy          the MQM category of its flags, terminology unless said
    strict                      a translation that has none of its renderings is noted too

``part_of_speech`` is noun, mass (a noun without plural), name, verb, adjective or phrase (any word may take
endings); ``matching`` is inflected, case, exact or pattern; ``note`` is the reason shown with the flag. Where
it is pattern, deprecated and forbidden renderings are regular expressions in RE2's syntax, one a line of their
cell, and "|" is part of them.
"""

from __future__ import annotations

import re

from review.errors import InputError
from review.formats.termbases.base import check
from review.model import CATEGORIES, Concept, Condition, Evidence, Term
from review.model.term import MATCHINGS

_COLUMNS = """
id subject source preferred admitted deprecated forbidden part_of_speech matching condition
evidence_user evidence_url evidence_date definition example_source example_target note
"""
COLUMNS = tuple(_COLUMNS.split())
PARTS_OF_SPEECH = ("", "noun", "mass", "name", "verb", "adjective", "phrase")
_LISTS = {
    "source": "source",
    "not source": "not_source",
    "near": "near",
    "not near": "not_near",
    "article": "article",
}
_MARKS = {"!": "alone", "?": "source", "??": "doubtful"}
_SIGNS = {telling: f" {mark}" for mark, telling in _MARKS.items()}
_WRONG = ("deprecated", "forbidden")
_PATTERN = re.compile(r"(?P<text>.*?)(?P<mark>(?: !| \?\??)?)(?: => (?P<instead>.*))?", re.DOTALL)
"""A pattern with its mark and its replacement: both need a space before them, since a pattern may hold either."""


def split(cell: str) -> list[str]:
    """The terms of a cell: parted by "|" outside braces, trimmed, empty ones left out."""
    parts, depth, current = [], 0, ""
    for letter in cell:
        depth += (letter == "{") - (letter == "}")
        if letter == "|" and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += letter
    return [part.strip() for part in [*parts, current] if part.strip()]


def concept_of(row: dict[str, str], termbase: str, fallback: str, languages: tuple[str, str]) -> Concept:
    """The concept of a row. Raises InputError in the form "what; remedy"."""
    source_language, target_language = languages

    def get(column: str) -> str:
        return row.get(column, "")

    if not get("preferred"):
        raise InputError("The row has no preferred rendering; write one or take the row out.")
    part, matching = get("part_of_speech").lower(), get("matching").lower() or "inflected"
    if part not in PARTS_OF_SPEECH:
        raise InputError(f"The part of speech is {part!r}; use one of {', '.join(PARTS_OF_SPEECH[1:])}.")
    if matching not in MATCHINGS:
        raise InputError(f"The matching is {matching!r}; use one of {', '.join(MATCHINGS)}.")
    clauses, strict, category = _condition(get("condition"))
    evidence = Evidence(get("evidence_user"), get("evidence_url"), get("evidence_date"))
    terms = [
        Term(text, source_language, "admitted" if index else "preferred", matching="exact")
        for index, text in enumerate(split(get("source")))
    ]
    right = "inflected" if matching == "pattern" else matching
    for status in ("preferred", "admitted"):
        for text in split(get(status)):
            terms.append(Term(text, target_language, status, part, right, evidence=evidence))
    for status in _WRONG:
        for words, mark, instead in _wrong(get(status), pattern=matching == "pattern"):
            condition = Condition(**clauses, telling=_MARKS.get(mark, "context"))
            note = get("note")
            terms.append(Term(words, target_language, status, part, matching, condition, note=note, instead=instead))
    for term in terms:
        check(term)
    seen: set[tuple[str, str]] = set()
    for term in terms:
        if (term.language, term.text) in seen:
            raise InputError(f"The row names {term.text!r} twice; give each rendering one status.")
        seen.add((term.language, term.text))
    return Concept(
        id=get("id") or fallback,
        terms=tuple(terms),
        subject=get("subject"),
        definition=get("definition"),
        example=get("example_target"),
        termbase=termbase,
        example_source=get("example_source"),
        strict=strict,
        category=category,
    )


def _wrong(cell: str, *, pattern: bool) -> list[tuple[str, str, str]]:
    """The renderings of a deprecated or forbidden cell as (words, mark, what to write instead)."""
    found = []
    for text in cell.split("\n") if pattern else split(cell):
        if pattern:
            parts = _PATTERN.fullmatch(text.strip())
            if parts is None or not parts["text"]:
                continue
            found.append((parts["text"].strip(), parts["mark"].strip(), (parts["instead"] or "").strip()))
            continue
        body, _, instead = (piece.strip() for piece in text.partition("=>"))
        words = body.rstrip("!? ")
        mark = body[len(words) :].strip()
        if mark and mark not in _MARKS:
            raise InputError(f"The mark {mark!r} after {words!r} is not known; use one of {', '.join(_MARKS)}.")
        found.append((words, mark, instead))
    return found


def _condition(cell: str) -> tuple[dict[str, tuple[str, ...]], bool, str]:
    lists: dict[str, tuple[str, ...]] = {}
    strict, category = False, "terminology"
    for clause in filter(None, (part.strip() for part in cell.split(";"))):
        key, _, value = (part.strip() for part in clause.partition(":"))
        key = re.sub(r"\s+", " ", key.lower())
        if key == "strict":
            strict = True
        elif key == "category":
            category = value.lower()
            if category not in CATEGORIES:
                raise InputError(f"The category is {value!r}; use one of {', '.join(CATEGORIES)}.")
        elif key in _LISTS and split(value):
            lists[_LISTS[key]] = tuple(split(value))
        else:
            known = ", ".join([*_LISTS, "category", "strict"])
            raise InputError(f"The condition {clause!r} is not understood; use {known}, with words after a colon.")
    return lists, strict, category


def row_of(concept: Concept) -> dict[str, str]:
    """The cells of a concept; what a row has no room for is left out."""
    cells: dict[str, list[str]] = {column: [] for column in COLUMNS}
    target = next((term.language for term in concept.terms if term.status in _WRONG), "")
    if not target and concept.terms:
        target = concept.terms[-1].language
    row = dict.fromkeys(COLUMNS, "")
    for term in concept.terms:
        if term.language != target:
            cells["source"].append(term.text)
            continue
        status = "deprecated" if term.status == "superseded" else term.status
        telling = term.condition.telling if term.condition else "context"
        wrong = status in _WRONG
        instead = f" => {term.instead}" if term.instead else ""
        text = _shielded(term.text) if term.matching == "pattern" else term.text
        cells[status].append(f"{text}{_SIGNS.get(telling, '')}{instead}" if wrong else text)
        if wrong:
            row["condition"] = _clauses(concept, term.condition)
            row["note"] = row["note"] or term.note
        elif not row["evidence_user"]:
            row["evidence_user"], row["evidence_url"] = term.evidence.user, term.evidence.url
            row["evidence_date"] = term.evidence.date
        row["part_of_speech"] = term.part_of_speech
        row["matching"] = "" if term.matching == "inflected" else term.matching
    row["condition"] = row["condition"] or _clauses(concept, None)
    for column, found in cells.items():
        row[column] = ("\n" if row["matching"] == "pattern" and column in _WRONG else "|").join(found) or row[column]
    row |= {"id": concept.id, "subject": concept.subject, "definition": concept.definition}
    return row | {"example_source": concept.example_source, "example_target": concept.example}


def _shielded(pattern: str) -> str:
    """A pattern that does not look as if a mark or a replacement followed it."""
    parts = _PATTERN.fullmatch(pattern)
    return f"(?:{pattern})".replace(" => ", "[ ]=> ") if parts is None or parts["text"] != pattern else pattern


def _clauses(concept: Concept, condition: Condition | None) -> str:
    found = ["strict"] if concept.strict else []
    if concept.category != "terminology":
        found.append(f"category: {concept.category}")
    for key, name in _LISTS.items():
        words = getattr(condition, name) if condition else ()
        if words:
            found.append(f"{key}: {'|'.join(words)}")
    return "; ".join(found)

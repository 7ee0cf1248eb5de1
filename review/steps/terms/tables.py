"""Termbases as CSV files: one concept a row, "|" between several terms of a cell.

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
endings); ``matching`` is inflected, case or exact; ``note`` is the reason shown with the flag.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from review.errors import FormatError, InputError
from review.model import CATEGORIES, Concept, Condition, Evidence, Term
from review.model.term import MATCHINGS
from review.text import rendering

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


def load_csv(
    file: str | Path | bytes, *, name: str = "", source_language: str = "zh", target_language: str = "en"
) -> list[Concept]:
    """Read a termbase from a path or from a file's bytes; ``name`` stands for it in errors.

    Raises FormatError (file, line, remedy) for what cannot be read, InputError for a file that is not there.
    """
    if isinstance(file, bytes):
        data, place = file, name or "termbase"
    else:
        place = name or str(file)
        try:
            data = Path(file).read_bytes()
        except OSError as error:
            raise InputError(f"{place} cannot be read: {error.strerror}. Check the path.") from error
    termbase = Path(place).stem
    concepts: list[Concept] = []
    lines: dict[str, int] = {}
    for line, row in _rows(data, place):
        try:
            concept = _concept(row, termbase, f"{termbase}-{line}", (source_language, target_language))
        except InputError as error:
            what, _, remedy = str(error).partition("; ")
            raise FormatError(place, line, what.rstrip("."), (remedy[:1].upper() + remedy[1:]).strip()) from error
        if concept.id in lines:
            what = f"the id {concept.id!r} stands on line {lines[concept.id]} already"
            raise FormatError(place, line, what, "Give each concept its own id.")
        lines[concept.id] = line
        concepts.append(concept)
    return concepts


def _rows(data: bytes, place: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by column name, with the line it begins on."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FormatError(place, line, "the text is not UTF-8", "Save the file as UTF-8.") from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise FormatError(place, line, "the line holds a NUL byte", "Save the termbase as CSV text in UTF-8.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            what = "a quote is opened and never closed" if "unexpected end" in str(error) else f"{error}"
            raise FormatError(place, before + 1, what, "Double each quote inside a quoted cell.") from error
        line, before = before + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = [cell.strip().lower() for cell in cells]
            if "preferred" not in header:
                what = f"there is no column 'preferred' among {', '.join(header)[:120]}"
                raise FormatError(place, line, what, f"Name the columns as follows: {', '.join(COLUMNS)}.")
            continue
        if len(cells) > len(header):
            what = f"the row has {len(cells)} cells under {len(header)} columns"
            raise FormatError(place, line, what, "Put quotes around cells that hold a comma.")
        yield line, dict(zip(header, (cell.strip() for cell in cells), strict=False))
    if header is None:
        raise FormatError(place, None, "the file is empty", f"Begin it with the columns {', '.join(COLUMNS)}.")


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


def _concept(row: dict[str, str], termbase: str, fallback: str, languages: tuple[str, str]) -> Concept:
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
    for status in ("preferred", "admitted"):
        for text in split(get(status)):
            terms.append(Term(text, target_language, status, part, matching, evidence=evidence))
    for status in _WRONG:
        for text in split(get(status)):
            body, _, instead = (piece.strip() for piece in text.partition("=>"))
            words = body.rstrip("!? ")
            mark = body[len(words) :].strip()
            if mark and mark not in _MARKS:
                raise InputError(f"The mark {mark!r} after {words!r} is not known; use one of {', '.join(_MARKS)}.")
            telling = _MARKS.get(mark, "context")
            condition = Condition(**clauses, telling=telling)
            note = get("note")
            terms.append(Term(words, target_language, status, part, matching, condition, note=note, instead=instead))
    for term in terms:
        rendering.parse(term.text)
        if term.instead:
            rendering.parse(term.instead)
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


def dump_csv(concepts: Iterable[Concept]) -> bytes:
    """The concepts as CSV in UTF-8; ``load_csv`` reads them back as they were (languages and termbase apart)."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for concept in concepts:
        writer.writerow(_row(concept))
    return out.getvalue().encode("utf-8")


def _row(concept: Concept) -> dict[str, str]:
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
        cells[status].append(f"{term.text}{_SIGNS.get(telling, '')}{instead}" if wrong else term.text)
        if wrong:
            row["condition"] = _clauses(concept, term.condition)
            row["note"] = row["note"] or term.note
        elif not row["evidence_user"]:
            row["evidence_user"], row["evidence_url"] = term.evidence.user, term.evidence.url
            row["evidence_date"] = term.evidence.date
        row["part_of_speech"] = term.part_of_speech
        row["matching"] = "" if term.matching == "inflected" else term.matching
    row["condition"] = row["condition"] or _clauses(concept, None)
    row |= {column: "|".join(found) for column, found in cells.items() if found}
    row |= {"id": concept.id, "subject": concept.subject, "definition": concept.definition}
    return row | {"example_source": concept.example_source, "example_target": concept.example}


def _clauses(concept: Concept, condition: Condition | None) -> str:
    found = ["strict"] if concept.strict else []
    if concept.category != "terminology":
        found.append(f"category: {concept.category}")
    for key, name in _LISTS.items():
        words = getattr(condition, name) if condition else ()
        if words:
            found.append(f"{key}: {'|'.join(words)}")
    return "; ".join(found)

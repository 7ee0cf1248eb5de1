"""Concepts and their terms, per project; each change of one is recorded with who made it and what was before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from review.errors import MissingError
from review.model import Concept, Condition, Evidence, Term
from review.store import schema as s
from review.store import shares, texts
from review.store.clock import now
from review.store.texts import canonical


@dataclass(frozen=True, slots=True)
class Stored:
    """A concept with the number of its version, from 1, and who added it when (UTC microseconds)."""

    concept: Concept
    version: int
    by: int
    at: int


def concepts(connection: Connection, project: int, termbase: str | None = None) -> list[Concept]:
    """The project's concepts with their terms, in the order they were added. ``Concept.id`` is its name."""
    return [one.concept for one in stored(connection, project, termbase)]


def stored(connection: Connection, project: int, termbase: str | None = None) -> list[Stored]:
    """The same with versions; of one termbase where it is named."""
    c, t = s.concept.c, s.term.c
    here = c.project == project
    if termbase is not None:
        here &= c.termbase == termbase
    listed: dict[int, list[Term]] = {}
    for key, body in connection.execute(
        select(t.concept, t.body).join(s.concept).where(here).order_by(t.concept, t.position)
    ):
        listed.setdefault(key, []).append(_term(json.loads(body)))
    return [
        Stored(
            _concept(row.name, row.termbase, json.loads(row.body), listed.get(row.id, ())),
            row.version,
            row.created_by,
            row.created_at,
        )
        for row in connection.execute(select(s.concept).where(here).order_by(c.id))
    ]


def one(connection: Connection, project: int, termbase: str, name: str) -> Stored | None:
    """One concept as it is now; None where there is none."""
    row = connection.execute(select(s.concept).where(_here(project, termbase, name))).first()
    if row is None:
        return None
    found = [_term(json.loads(body)) for body in _bodies(connection, row.id)]
    concept = _concept(row.name, row.termbase, json.loads(row.body), found)
    return Stored(concept, row.version, row.created_by, row.created_at)


def add(connection: Connection, project: int, concept: Concept, actor: int) -> str:
    """Add a concept, or put its terms in place of those it had. Returns its id (made where it is "").

    The project's version of its terms goes up by one, as does that of each project that shares the termbase.
    """
    return add_many(connection, project, [concept], actor)[0]


def add_many(connection: Connection, project: int, given: Iterable[Concept], actor: int) -> list[str]:
    """Add several concepts as one new version of the project's terms."""
    wanted = list(given)
    names = [put(connection, project, concept, actor)[0] for concept in wanted]
    shares.changed(connection, project, {concept.termbase for concept in wanted})
    return names


def put(
    connection: Connection, project: int, concept: Concept, actor: int, *, act: str = "", note: str = "",
    together: int | None = None,
) -> tuple[str, int]:  # fmt: skip
    """Write a concept and record the change ("added" or "edited" unless ``act`` says otherwise).

    Returns its id and the number of the change (0 where nothing changed). The versions of terms are for the
    caller to raise (``shares.changed``).
    """
    c = s.concept.c
    name = concept.id or _fresh(connection, project, concept.termbase)
    rows = _rows(0, concept)
    after = whole(_body(concept), [row["body"] for row in rows])
    found = connection.execute(select(c.id, c.body, c.version).where(_here(project, concept.termbase, name))).first()
    values = {"subject": concept.subject, "body": _body(concept)}
    before: str | None = None
    if found is None:
        version = 1 + _last(connection, project, concept.termbase, name)
        row = {"project": project, "termbase": concept.termbase, "name": name, "version": version, **values}
        made = connection.execute(insert(s.concept).values(created_by=actor, created_at=now(), **row))
        key = int(made.inserted_primary_key[0])  # type: ignore[index]
    else:
        key, version = found.id, found.version + 1
        before = whole(found.body, _bodies(connection, key))
        if before == after:
            return name, 0
        connection.execute(update(s.concept).where(c.id == key).values(version=version, **values))
        connection.execute(delete(s.term).where(s.term.c.concept == key))
    if rows:
        connection.execute(insert(s.term), [{**row, "concept": key} for row in rows])
    change = _change(project, concept.termbase, name, version, actor, before, after)
    change |= {"act": act or ("added" if before is None else "edited"), "note": note, "together": together}
    return name, _number(connection.execute(insert(s.concept_change).values(change)))


def take(
    connection: Connection, project: int, termbase: str, name: str, actor: int, *, act: str = "removed",
    note: str = "", together: int | None = None,
) -> int:  # fmt: skip
    """Take a concept away and record it; returns the number of the change. Raises MissingError."""
    row = connection.execute(select(s.concept).where(_here(project, termbase, name))).first()
    if row is None:
        raise MissingError(f"There is no concept {name!r} in {termbase!r} any more; reload the page.")
    before = whole(row.body, _bodies(connection, row.id))
    connection.execute(delete(s.term).where(s.term.c.concept == row.id))
    connection.execute(delete(s.concept).where(s.concept.c.id == row.id))
    change = _change(project, termbase, name, row.version + 1, actor, before, None)
    change |= {"act": act, "note": note, "together": together}
    return _number(connection.execute(insert(s.concept_change).values(change)))


def record(
    connection: Connection,
    project: int,
    concept: Concept,
    actor: int,
    *,
    act: str,
    there: bool,
    note: str = "",
    together: int | None = None,
) -> int:
    """Record that a project does without a concept that is not its own, or (``there``) has it again.

    Returns the number of the change.
    """
    text = whole(_body(concept), [row["body"] for row in _rows(0, concept)])
    version = 1 + _last(connection, project, concept.termbase, concept.id)
    before, after = (None, text) if there else (text, None)
    change = _change(project, concept.termbase, concept.id, version, actor, before, after)
    change |= {"act": act, "note": note, "together": together}
    return _number(connection.execute(insert(s.concept_change).values(change)))


Packed = list[tuple[dict[str, Any], list[dict[str, Any]]]]
"""Concepts as rows, each with those of its terms."""


def packed(given: Iterable[Concept]) -> Packed:
    """Concepts made ready for ``put_many``: most of its work, which others need not wait for."""
    return [({"name": one.id, "subject": one.subject, "body": _body(one)}, _rows(0, one)) for one in given]


def put_many(connection: Connection, project: int, termbase: str, given: Packed, actor: int) -> None:
    """Add the concepts of a termbase that has none of these yet, whatever their number, each with its own id."""
    made = {"project": project, "termbase": termbase, "created_by": actor, "created_at": now(), "version": 1}
    if not given:
        return
    last = _lasts(connection, project, termbase)
    rows = [{**made, **row, "version": 1 + last.get(row["name"], 0)} for row, _ in given]
    connection.execute(insert(s.concept), rows)
    c = s.concept.c
    query = select(c.name, c.id).where(c.project == project, c.termbase == termbase)
    keys = {str(name): int(key) for name, key in connection.execute(query)}
    terms = [{**row, "concept": keys[one["name"]]} for one, rows in given for row in rows]
    if terms:
        connection.execute(insert(s.term), terms)


def put_instead(connection: Connection, project: int, termbase: str, given: Packed, actor: int) -> None:
    """Make a termbase hold these concepts and no others: new ones are added; changed and gone ones are recorded."""
    c, t = s.concept.c, s.term.c
    here = (c.project == project) & (c.termbase == termbase)
    bodies: dict[int, list[str]] = {}
    for key, body in connection.execute(
        select(t.concept, t.body).join(s.concept).where(here).order_by(t.concept, t.position)
    ):
        bodies.setdefault(key, []).append(body)
    held = {row.name: row for row in connection.execute(select(c.id, c.name, c.body, c.version).where(here))}
    changes: list[dict[str, Any]] = []
    moved: list[tuple[Any, dict[str, Any], list[dict[str, Any]]]] = []
    fresh: Packed = []
    for row, rows in given:
        found = held.pop(row["name"], None)
        if found is None:
            fresh.append((row, rows))
            continue
        before, after = whole(found.body, bodies.get(found.id, ())), whole(row["body"], [one["body"] for one in rows])
        if before != after:
            change = _change(project, termbase, row["name"], found.version + 1, actor, before, after)
            changes.append({**change, "act": "brought in"})
            moved.append((found, row, rows))
    for name, found in held.items():
        before = whole(found.body, bodies.get(found.id, ()))
        change = _change(project, termbase, name, found.version + 1, actor, before, None)
        changes.append({**change, "act": "not in the file"})
    gone = [row.id for row in held.values()]
    _drop_terms(connection, [*gone, *(found.id for found, _, _ in moved)])
    for part in _parts(gone):
        connection.execute(delete(s.concept).where(c.id.in_(part)))
    if moved:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("subject", "body", "version")}
        connection.execute(
            update(s.concept).where(c.id == bindparam("key")).values(values),
            [
                {"key": found.id, "new_subject": row["subject"], "new_body": row["body"],
                 "new_version": found.version + 1} for found, row, _ in moved
            ],
        )  # fmt: skip
        terms = [{**one, "concept": found.id} for found, _, rows in moved for one in rows]
        if terms:
            connection.execute(insert(s.term), terms)
    if changes:
        connection.execute(insert(s.concept_change), changes)
    put_many(connection, project, termbase, fresh, actor)


def version(connection: Connection, project: int) -> int:
    """Goes up with each change of the project's terms, from 0. Raises MissingError."""
    found = connection.scalar(select(s.project.c.terms_version).where(s.project.c.id == project))
    if found is None:
        raise MissingError(f"There is no project {project}.")
    return int(found)


def whole(body: str, terms: Iterable[str]) -> str:
    """A concept with its terms as JSON, from the JSON of both."""
    return f'{{"concept":{body},"terms":[{",".join(terms)}]}}'


def unpacked(text: str, name: str, termbase: str) -> Concept:
    """The concept that ``whole`` wrote."""
    values = json.loads(text)
    return _concept(name, termbase, values["concept"], [_term(one) for one in values["terms"]])


def _number(result: object) -> int:
    return int(result.inserted_primary_key[0])  # type: ignore[attr-defined]


def _here(project: int, termbase: str, name: str) -> Any:
    c = s.concept.c
    return (c.project == project) & (c.termbase == termbase) & (c.name == name)


def _fresh(connection: Connection, project: int, termbase: str) -> str:
    """An id that no concept has, nor had before it was taken away."""
    number = int(connection.scalar(select(func.max(s.concept.c.id))) or 0) + 1
    while _last(connection, project, termbase, f"added-{number}"):
        number += 1
    return f"added-{number}"


def _bodies(connection: Connection, key: int) -> list[str]:
    t = s.term.c
    return list(connection.scalars(select(t.body).where(t.concept == key).order_by(t.position)))


def _last(connection: Connection, project: int, termbase: str, name: str) -> int:
    """The number of the last version that a concept had before it was taken away; 0 where there was none."""
    c = s.concept_change.c
    here = (c.project == project) & (c.termbase == termbase) & (c.name == name)
    return int(connection.scalar(select(func.max(c.version)).where(here)) or 0)


def _lasts(connection: Connection, project: int, termbase: str) -> dict[str, int]:
    c = s.concept_change.c
    query = select(c.name, func.max(c.version)).where(c.project == project, c.termbase == termbase).group_by(c.name)
    return {str(name): int(last) for name, last in connection.execute(query)}


def _change(
    project: int, termbase: str, name: str, version: int, actor: int, before: str | None, after: str | None
) -> dict[str, Any]:
    row = {"project": project, "termbase": termbase, "name": name, "version": version, "actor": actor, "at": now()}
    return {**row, "before": before, "after": after}


def _parts(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + texts.CHUNK] for start in range(0, len(keys), texts.CHUNK))


def _drop_terms(connection: Connection, keys: Sequence[int]) -> None:
    for part in _parts(keys):
        connection.execute(delete(s.term).where(s.term.c.concept.in_(part)))


def _body(concept: Concept) -> str:
    return canonical({key: value for key, value in asdict(concept).items() if key not in ("id", "terms", "termbase")})


def _rows(key: int, concept: Concept) -> list[dict[str, Any]]:
    return [
        {
            "concept": key,
            "position": place,
            "text": term.text,
            "language": term.language,
            "status": term.status,
            "accepted": term.accepted,
            "body": canonical(asdict(term)),
        }
        for place, term in enumerate(concept.terms)
    ]


def _concept(name: str, termbase: str, body: dict[str, Any], terms: Iterable[Term]) -> Concept:
    return Concept(name, tuple(terms), termbase=termbase, **_known(Concept, body))


def _known(kind: type, values: dict[str, Any]) -> dict[str, Any]:
    """The values that ``kind`` has fields for, lists as tuples: an older program may read a newer row."""
    names = {field.name for field in fields(kind)}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in names}


def _term(body: dict[str, Any]) -> Term:
    values = _known(Term, body)
    if values.get("condition") is not None:
        values["condition"] = Condition(**_known(Condition, values["condition"]))
    values["evidence"] = Evidence(**_known(Evidence, values.get("evidence", {})))
    return Term(**values)

"""Concepts and their terms, per project."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from review.errors import MissingError
from review.model import Concept, Condition, Evidence, Term
from review.store import schema as s
from review.store.clock import now
from review.store.texts import canonical


def concepts(connection: Connection, project: int) -> list[Concept]:
    """The project's concepts with their terms, in the order they were added. ``Concept.id`` is its name."""
    listed: dict[int, list[Term]] = {}
    c, t = s.concept.c, s.term.c
    query = select(t.concept, t.body).join(s.concept).where(c.project == project).order_by(t.concept, t.position)
    for key, body in connection.execute(query):
        listed.setdefault(key, []).append(_term(body))
    rows = connection.execute(select(c.id, c.name, c.termbase, c.body).where(c.project == project).order_by(c.id))
    return [
        Concept(row.name, tuple(listed.get(row.id, ())), termbase=row.termbase, **_known(Concept, json.loads(row.body)))
        for row in rows
    ]


def add(connection: Connection, project: int, concept: Concept, actor: int) -> str:
    """Add a concept, or put its terms in place of those it had. Returns its id (made where it is "").

    The project's version of its terms goes up by one.
    """
    return add_many(connection, project, [concept], actor)[0]


def add_many(connection: Connection, project: int, given: Iterable[Concept], actor: int) -> list[str]:
    """Add several concepts as one new version of the project's terms."""
    names = [_add(connection, project, concept, actor) for concept in given]
    p = s.project.c
    connection.execute(update(s.project).where(p.id == project).values(terms_version=p.terms_version + 1))
    return names


Packed = list[tuple[dict[str, Any], list[dict[str, Any]]]]
"""Concepts as rows, each with those of its terms."""


def packed(given: Iterable[Concept]) -> Packed:
    """Concepts made ready for ``put_many``: most of its work, which others need not wait for."""
    return [({"name": one.id, "subject": one.subject, "body": _body(one)}, _rows(0, one)) for one in given]


def put_many(connection: Connection, project: int, termbase: str, given: Packed, actor: int) -> None:
    """Add the concepts of a termbase that has none yet, whatever their number, each with its own id."""
    made = {"project": project, "termbase": termbase, "created_by": actor, "created_at": now()}
    if not given:
        return
    connection.execute(insert(s.concept), [{**made, **row} for row, _ in given])
    c = s.concept.c
    query = select(c.name, c.id).where(c.project == project, c.termbase == termbase)
    keys = {str(name): int(key) for name, key in connection.execute(query)}
    terms = [{**row, "concept": keys[one["name"]]} for one, rows in given for row in rows]
    if terms:
        connection.execute(insert(s.term), terms)


def version(connection: Connection, project: int) -> int:
    """Goes up with each change of the project's terms, from 0. Raises MissingError."""
    found = connection.scalar(select(s.project.c.terms_version).where(s.project.c.id == project))
    if found is None:
        raise MissingError(f"There is no project {project}.")
    return int(found)


def _add(connection: Connection, project: int, concept: Concept, actor: int) -> str:
    c = s.concept.c
    name = concept.id or f"added-{int(connection.scalar(select(func.max(c.id))) or 0) + 1}"
    values = {"subject": concept.subject, "body": _body(concept)}
    here = (c.project == project) & (c.termbase == concept.termbase) & (c.name == name)
    key = connection.scalar(select(c.id).where(here))
    if key is None:
        row = {"project": project, "termbase": concept.termbase, "name": name, **values}
        made = connection.execute(insert(s.concept).values(created_by=actor, created_at=now(), **row))
        key = made.inserted_primary_key[0]  # type: ignore[index]
    else:
        connection.execute(update(s.concept).where(c.id == key).values(values))
        connection.execute(s.term.delete().where(s.term.c.concept == key))
    rows = _rows(key, concept)
    if rows:
        connection.execute(insert(s.term), rows)
    return name


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


def _known(kind: type, values: dict[str, Any]) -> dict[str, Any]:
    """The values that ``kind`` has fields for, lists as tuples: an older program may read a newer row."""
    names = {field.name for field in fields(kind)}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in names}


def _term(body: str) -> Term:
    values = _known(Term, json.loads(body))
    if values.get("condition") is not None:
        values["condition"] = Condition(**_known(Condition, values["condition"]))
    values["evidence"] = Evidence(**_known(Evidence, values.get("evidence", {})))
    return Term(**values)

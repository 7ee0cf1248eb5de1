"""Concepts come back as they went in, and their version says when they changed."""

from __future__ import annotations

import pytest

from review.errors import InputError, MissingError
from review.model import Concept, Condition, Evidence, Term
from review.store import Store, people, preferences, terms

CONCEPT = Concept(
    "c1",
    (
        Term("双循环", "zh"),
        Term(
            "dual circulation",
            "en",
            condition=Condition(source=("双循环",), near=("market",), telling="alone"),
            evidence=Evidence("Xinhua", "https://example.org", "2026-01-01"),
            note="a note",
        ),
        Term("double cycle", "en", "forbidden", matching="case", accepted=False, instead="dual circulation"),
    ),
    subject="economy",
    definition="...",
    example="A double cycle.",
    termbase="news",
    strict=True,
)


def test_a_concept_comes_back_whole(store: Store) -> None:
    project, actor = store.write(people.ensure_local)
    assert store.write(lambda c: terms.add(c, project, CONCEPT, actor)) == "c1"
    with store.read() as connection:
        assert terms.concepts(connection, project) == [CONCEPT]
        assert terms.version(connection, project) == 1


def test_adding_again_puts_the_new_terms_in_place_of_the_old(store: Store) -> None:
    project, actor = store.write(people.ensure_local)
    other = Concept("c1", (Term("x", "en"),), termbase="news")
    unnamed = Concept("", (Term("y", "en"),))
    store.write(lambda c: terms.add_many(c, project, [CONCEPT, unnamed], actor))
    store.write(lambda c: terms.add(c, project, other, actor))
    with store.read() as connection:
        found = terms.concepts(connection, project)
        assert terms.version(connection, project) == 2
    assert found[0] == other
    assert found[1].terms == unnamed.terms
    assert found[1].id != ""


def test_projects_keep_their_terms_apart(store: Store) -> None:
    project, actor = store.write(people.ensure_local)
    other = store.write(lambda c: people.ensure_project(c, "other"))
    store.write(lambda c: terms.add(c, project, CONCEPT, actor))
    with store.read() as connection:
        assert terms.concepts(connection, other) == []
        assert terms.version(connection, other) == 0
        with pytest.raises(MissingError):
            terms.version(connection, 99)


def test_roles_are_given_changed_and_taken(store: Store) -> None:
    project, actor = store.write(people.ensure_local)
    assert store.write(people.ensure_local) == (project, actor)
    one = store.write(lambda c: people.ensure_actor(c, "issuer", "subject", "Name"))
    assert store.write(lambda c: people.ensure_actor(c, "issuer", "subject", "Name")) == one
    for role in ("viewer", "lead"):
        store.write(lambda c, role=role: people.grant(c, project, one, role))
        with store.read() as connection:
            assert people.role(connection, project, one) == role
    with store.read() as connection:
        assert [(member.actor.name, member.role) for member in people.members(connection, project)] == [
            ("Local user", "owner"),
            ("Name", "lead"),
        ]
        assert people.actor(connection, one).subject == "subject"
        with pytest.raises(MissingError):
            people.actor(connection, 99)
    store.write(lambda c: people.revoke(c, project, one))
    with store.read() as connection:
        assert people.role(connection, project, one) is None
    with pytest.raises(InputError):
        store.write(lambda c: people.grant(c, project, one, "king"))


def test_each_person_has_settings_of_their_own(store: Store) -> None:
    _, actor = store.write(people.ensure_local)
    other = store.write(lambda c: people.ensure_actor(c, "i", "s", "n"))
    for value in ({"next": "j"}, {"next": "n", "single": False}):
        store.write(lambda c, value=value: preferences.put(c, actor, "keys", value))
    with store.read() as connection:
        assert preferences.get(connection, actor, "keys") == {"next": "n", "single": False}
        assert preferences.get(connection, other, "keys", "none") == "none"

"""Termbases of a project: their order is kept, filling replaces, removing takes all of one and nothing else."""

from __future__ import annotations

from review.model import Concept, Term
from review.store import Store, people, termbases, terms
from review.store.termbases import Place


def concepts(count: int) -> terms.Packed:
    return terms.packed(
        Concept(f"c{n}", (Term(f"word {n}", "en"), Term(f"bad {n}", "en", "forbidden"))) for n in range(count)
    )


def test_an_order_is_kept_per_project_and_counts_as_a_change(store: Store) -> None:
    project, _ = store.write(people.ensure_local)
    other = store.write(lambda c: people.ensure_project(c, "other"))
    order = [Place("z", True), Place("a", False), Place("m", True)]
    store.write(lambda c: termbases.arrange(c, project, order))
    with store.read() as connection:
        assert termbases.places(connection, project) == order
        assert termbases.places(connection, other) == []
        assert (terms.version(connection, project), terms.version(connection, other)) == (1, 0)
    store.write(lambda c: termbases.arrange(c, project, order[:1]))
    with store.read() as connection:
        assert termbases.places(connection, project) == order[:1]


def test_filling_replaces_one_termbase_and_leaves_the_others(store: Store) -> None:
    project, actor = store.write(people.ensure_local)
    for name, count in (("one", 3), ("two", 2), ("one", 1)):
        store.write(lambda c, name=name, count=count: termbases.fill(c, project, name, concepts(count), actor))
    with store.read() as connection:
        assert termbases.counts(connection, project) == {"two": 2, "one": 1}
        found = terms.concepts(connection, project)
        assert terms.version(connection, project) == 3
    assert [(one.termbase, one.id, len(one.terms)) for one in found] == [
        ("one", "c0", 2),
        ("two", "c0", 2),
        ("two", "c1", 2),
    ]


def test_removing_takes_the_concepts_and_the_place(store: Store) -> None:
    project, actor = store.write(people.ensure_local)
    for name in ("one", "two"):
        store.write(lambda c, name=name: termbases.fill(c, project, name, concepts(2), actor))
    store.write(lambda c: termbases.arrange(c, project, [Place("two", True), Place("one", True)]))
    store.write(lambda c: termbases.remove(c, project, "one"))
    with store.read() as connection:
        assert termbases.counts(connection, project) == {"two": 2}
        assert termbases.places(connection, project) == [Place("two", True)]
        assert connection.exec_driver_sql("SELECT count(*) FROM term").scalar() == 4

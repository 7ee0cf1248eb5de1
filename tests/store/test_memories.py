"""Memories in the store: staged, shown when whole, given up where their importer is gone."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import update

from review.errors import InputError, MissingError, StoreError
from review.model import Unit
from review.store import Store, memories, people
from review.store import schema as s

UNITS = [Unit(f"句子{number}", f"Sentence {number}", "zh", "en", by="A", number=number) for number in range(1, 6)]


def begun(store: Store, name: str = "tm") -> tuple[int, int]:
    project, actor = store.write(people.ensure_local)
    return project, store.write(lambda c: memories.create(c, project, actor, name, {"srclang": "zh"}))


def rows(store: Store, project: int) -> list[memories.MemoryRow]:
    with store.read() as connection:
        return memories.rows(connection, project)


def test_units_come_out_as_they_went_in_once_the_memory_is_shown(store: Store) -> None:
    project, number = begun(store)
    counts = memories.add_units(store, number, UNITS)
    assert counts == Counter({("zh", "en"): 5})
    assert rows(store, project) == []
    store.write(lambda c: memories.publish(c, number, counts))
    (row,) = rows(store, project)
    assert (row.name, row.units, row.languages, row.by) == ("tm", 5, (("zh", "en", 5),), "Local user")
    assert row.header == {"srclang": "zh"}
    with store.read() as connection:
        first, after = memories.units(connection, number, limit=3)
        assert after is not None
        rest, end = memories.units(connection, number, after, limit=3)
    assert [found.unit for found in [*first, *rest]] == UNITS
    assert end is None


def test_a_memory_that_was_given_up_takes_no_more_units(store: Store) -> None:
    project, number = begun(store)
    store.write(lambda c: memories.discard(c, number))
    with pytest.raises(StoreError, match="given up"):
        memories.add_units(store, number, UNITS)
    with pytest.raises(StoreError, match="given up"):
        store.write(lambda c: memories.publish(c, number, {}))
    assert rows(store, project) == []


def test_of_two_imports_by_one_name_the_second_is_refused_when_it_would_be_shown(store: Store) -> None:
    project, one = begun(store)
    _, other = begun(store)
    store.write(lambda c: memories.publish(c, one, {}))
    with pytest.raises(InputError, match="already"):
        store.write(lambda c: memories.publish(c, other, {}))
    assert [row.id for row in rows(store, project)] == [one]


def test_leftovers_of_an_importer_that_is_gone_are_removed(store: Store) -> None:
    _, number = begun(store)
    memories.add_units(store, number, UNITS)

    def leave(connection: Any) -> None:
        connection.execute(update(s.memory).values(owner="elsewhere:1:2", lease_until=0))
        memories.give_up_leftovers(connection)

    store.write(leave)
    assert memories.sweep(store) == 1
    with store.read() as connection:
        assert connection.execute(s.unit.select()).first() is None
        assert connection.execute(s.memory.select()).first() is None


def test_an_importer_that_lives_keeps_its_memory(store: Store) -> None:
    begun(store)
    store.write(memories.give_up_leftovers)
    assert memories.sweep(store) == 0


def test_units_of_another_project_are_not_handed_out(store: Store) -> None:
    project, number = begun(store)
    counts = memories.add_units(store, number, UNITS)
    store.write(lambda c: memories.publish(c, number, counts))
    with store.read() as connection:
        assert sorted(memories.by_keys(connection, project, range(1, 4))) == [1, 2, 3]
        assert memories.by_keys(connection, project + 1, range(1, 4)) == {}


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_name_has_letters_and_an_end(store: Store, name: str) -> None:
    with pytest.raises(InputError, match="1 to 200"):
        begun(store, name)


def test_a_memory_that_is_not_there_is_named_with_those_that_are(store: Store) -> None:
    project, number = begun(store, "client")
    store.write(lambda c: memories.publish(c, number, {}))
    with pytest.raises(MissingError, match="there are: client"):
        store.write(lambda c: memories.remove(c, project, "other"))

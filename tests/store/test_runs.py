"""Kept runs come back as they were kept, in order, by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.model import Run, RunScore
from review.store import Store, batches, people, runs
from tests.steps.desk import Desk
from tests.store.ageing import age

SCORE = RunScore("系统 a", "BLEU", 31.5, "nrefs:1|version:2.6.0", "", 31.4, 0.9)


def run(name: str = "nightly", **more: object) -> Run:
    return Run(name, 3, (SCORE,), {"references": "ab"}, {"tokenize": "13a"}, **more)  # type: ignore[arg-type]


@pytest.fixture
def local(store: Store) -> tuple[int, int]:
    return store.write(people.ensure_local)


def keep(store: Store, local: tuple[int, int], *kept: Run) -> None:
    for one in kept:
        store.write(lambda c, one=one: runs.keep(c, *local, one))


def test_a_run_comes_back_with_when_and_by_whom(store: Store, local: tuple[int, int]) -> None:
    keep(store, local, run(label="abc123"))
    with store.read() as connection:
        [found] = runs.history(connection, local[0], "nightly")
    assert (found.scores, found.texts, found.options) == ((SCORE,), {"references": "ab"}, {"tokenize": "13a"})
    assert (found.name, found.segments, found.label, found.batch) == ("nightly", 3, "abc123", None)
    assert found.actor == "Local user"
    assert found.at > 1_700_000_000_000_000
    assert found.systems == ("系统 a",)


def test_runs_are_listed_oldest_first_and_by_name(store: Store, local: tuple[int, int]) -> None:
    keep(store, local, run(label="1"), run("other", label="2"), run(label="3"))
    with store.read() as connection:
        assert [one.label for one in runs.history(connection, local[0], "nightly")] == ["1", "3"]
        assert [one.label for one in runs.history(connection, local[0])] == ["1", "2", "3"]
        assert [(one.name, one.runs) for one in runs.names(connection, local[0])] == [("nightly", 2), ("other", 1)]


def test_projects_do_not_see_each_other_s_runs(store: Store, local: tuple[int, int]) -> None:
    keep(store, local, run())
    other = store.write(lambda c: people.ensure_project(c, "other"))
    with store.read() as connection:
        assert runs.history(connection, other) == []
        assert runs.names(connection, other) == []


def test_a_run_outlives_the_batch_that_it_is_of(store: Store) -> None:
    desk = Desk(store)
    keep(store, (desk.project, desk.actor), run(batch=desk.batch))
    store.write(lambda c: batches.discard(c, desk.batch))
    assert batches.sweep(store) == 1
    with store.read() as connection:
        [found] = runs.history(connection, desk.project, "nightly")
    assert (found.batch, found.scores) == (None, (SCORE,))


def test_a_database_from_before_gets_the_table(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    with Store.open(url) as store:
        store.write(lambda connection: age(connection, "0005"))
    with Store.open(url) as store:
        local = store.write(people.ensure_local)
        keep(store, local, run())
        with store.read() as connection:
            assert len(runs.history(connection, local[0])) == 1

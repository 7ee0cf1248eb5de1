"""A batch is seen when it is whole, and never before."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from review.errors import MissingError, StoreError
from review.model import Article, Correction, ReadingHeader, Segment
from review.steps import reviewing
from review.steps.replaying import replay
from review.store import Store, articles, batches, people
from tests.steps.desk import TEXTS, Desk, article


def staged(store: Store, original: bytes | None = None) -> tuple[int, int]:
    project, actor = store.write(people.ensure_local)
    header = ReadingHeader("csv", "a.csv", "utf-16", True, "\r\n", {"delimiter": ";", "columns": ["a", "b"]})
    return project, store.write(lambda c: batches.create(c, project, actor, "new", header, original))


def listed(store: Store, project: int) -> list[batches.BatchRow]:
    with store.read() as connection:
        return batches.rows(connection, project)


def test_nothing_shows_before_a_batch_is_published(store: Store) -> None:
    project, batch = staged(store)
    batches.add_articles(store, batch, [article()])
    with store.read() as connection:
        assert batches.rows(connection, project) == []
        assert articles.rows(connection, project) == []
        with pytest.raises(MissingError):
            batches.project_of(connection, batch)
    store.write(lambda c: batches.publish(c, batch))
    (row,) = listed(store, project)
    assert (row.name, row.articles, row.segments, row.words, row.systems) == ("new", 1, 4, 16, ("mt",))


def test_the_file_and_its_header_come_back_as_they_were(store: Store) -> None:
    _, batch = staged(store, b"\xff\xfeoriginal")
    with store.read() as connection:
        assert batches.original(connection, batch) == b"\xff\xfeoriginal"
        header = batches.header(connection, batch)
    assert header == ReadingHeader("csv", "a.csv", "utf-16", True, "\r\n", {"delimiter": ";", "columns": ["a", "b"]})
    _, other = staged(store, b"\xff\xfeoriginal")
    with store.read() as connection:
        assert batches.original(connection, other) == b"\xff\xfeoriginal", "kept once, found by both"


@pytest.mark.parametrize("sizes", [[1], [batches.MOST * 2 + 3], [3, batches.CHUNK, 2], [batches.CHUNK - 1, 5, 0, 1]])
def test_articles_of_any_length_come_in_whole_and_in_order(store: Store, sizes: list[int]) -> None:
    given = [
        Article(f"a{number}", tuple(Segment(f"text {number} {place}") for place in range(size)), "s")
        for number, size in enumerate(sizes)
    ]
    project, batch = staged(store)
    seen: list[int] = []
    ids = batches.add_articles(store, batch, iter(given), seen.append)
    store.write(lambda c: batches.publish(c, batch))
    assert len(ids) == len(sizes)
    assert seen[-1] == sum(sizes)
    with store.read() as connection:
        rows = articles.rows(connection, project)
        assert [(row.id, row.name, row.segments) for row in rows] == [
            (key, f"a{number}", size) for number, (key, size) in enumerate(zip(ids, sizes, strict=True))
        ]
        for key, expected in zip(ids, given, strict=True):
            loaded = articles.load(connection, key)
            assert [segment.text for segment in loaded.segments] == [segment.text for segment in expected.segments]


def test_the_same_article_of_two_systems_stands_twice_in_a_batch(store: Store) -> None:
    project, batch = staged(store)
    given = [Article("a", (Segment("x"),), system) for system in ("one", "two")]
    batches.add_articles(store, batch, given)
    store.write(lambda c: batches.publish(c, batch))
    assert listed(store, project)[0].systems == ("one", "two")
    with store.read() as connection:
        assert [row.system for row in articles.rows(connection, project, system="two")] == ["two"]


def test_what_a_progress_call_raises_ends_the_import(store: Store) -> None:
    _, batch = staged(store)

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batches.add_articles(store, batch, [article()], stop)


def test_a_discarded_batch_takes_nothing_more(store: Store) -> None:
    project, batch = staged(store)
    store.write(lambda c: batches.discard(c, batch))
    with pytest.raises(StoreError, match="given up"):
        batches.add_articles(store, batch, [article()])
    with pytest.raises(StoreError, match="given up"):
        store.write(lambda c: batches.publish(c, batch))
    assert listed(store, project) == []


def counts(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            for name in ("batch", "article", "segment")
        }


def test_what_a_dead_import_left_is_given_up_at_the_next_start_and_swept_away(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    code = """
import sys
from review.model import Article, Correction, ReadingHeader, Segment
from review.steps import reviewing
from review.steps.replaying import replay
from review.store import Store, batches, people
store = Store.open(sys.argv[1])
project, actor = store.write(people.ensure_local)
batch = store.write(lambda c: batches.create(c, project, actor, "b", ReadingHeader("lines")))
batches.add_articles(store, batch, [Article("a", tuple(Segment(f"t{n}") for n in range(1000)))])
print("filled", flush=True)
sys.stdin.read()
"""
    importer = subprocess.Popen([sys.executable, "-c", code, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert importer.stdout is not None
    assert importer.stdout.readline() == b"filled\n"
    with Store.open(url) as store:
        assert counts(store) == {"batch": 1, "article": 1, "segment": 1000}, "the importer lives; nothing is touched"
    importer.kill()
    importer.communicate()
    with Store.open(url) as store:
        assert batches.sweep(store) == 1
        assert counts(store) == {"batch": 0, "article": 0, "segment": 0}
        assert batches.sweep(store) == 0


def test_a_discarded_batch_with_events_stays_because_the_chain_needs_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    with Store.open(url) as store:
        desk = Desk(store)
        desk.do("edit", desk.ids()[:1], {"texts": ["x"]})
        store.write(lambda c: batches.discard(c, desk.batch))
    with Store.open(url) as store:
        assert batches.sweep(store) == 0
        assert counts(store)["segment"] == 4
        assert listed(store, desk.project) == []


def test_a_batch_is_found_by_name_or_number(store: Store) -> None:
    desk = Desk(store)
    newer = Desk(store)
    with store.read() as connection:
        assert batches.find(connection, desk.project, "batch").id == newer.batch
        assert batches.find(connection, desk.project, str(desk.batch)).id == desk.batch
        assert batches.find(connection, desk.project, desk.batch).id == desk.batch
        for missing in ("none", "999", 999):
            with pytest.raises(MissingError):
                batches.find(connection, desk.project, missing)
        with pytest.raises(MissingError):
            batches.get(connection, 999)


def test_an_importer_in_another_process_lets_reviewers_write(tmp_path: Path) -> None:
    """While a second process imports, each edit is stored; none waits for the import to end."""
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    code = """
import sys
from review.model import Article, Correction, ReadingHeader, Segment
from review.steps import reviewing
from review.steps.replaying import replay
from review.store import Store, batches, people
store = Store.open(sys.argv[1])
project, actor = store.write(people.ensure_local)
batch = store.write(lambda c: batches.create(c, project, actor, "b", ReadingHeader("lines")))
def articles():
    number = 0
    while True:
        yield Article(f"a{number}", tuple(Segment(f"t{number} {n}") for n in range(200)))
        number += 1
batches.add_articles(store, batch, articles(), lambda done: print(done, flush=True))
"""
    with Store.open(url) as store:
        desk = Desk(store)
        importer = subprocess.Popen([sys.executable, "-c", code, url], stdout=subprocess.PIPE)
        try:
            stdout: Any = importer.stdout
            assert int(stdout.readline()) > 0
            for number in range(10):
                desk.do("edit", desk.ids()[:1], {"texts": [f"text {number}"]})
            assert importer.poll() is None, "it imports still"
        finally:
            importer.kill()
            importer.communicate()
        assert desk.texts()[0] == "text 9"


def test_an_import_that_brought_post_edits_and_was_given_up_is_removed_and_replay_holds(store: Store) -> None:
    """What it recorded stays in the chain, without its words."""
    desk = Desk(store)
    desk.do("edit", desk.ids()[:1], {"texts": ["Before."]})
    batch = store.write(lambda c: batches.create(c, desk.project, desk.actor, "b", ReadingHeader("lines")))
    read = article()
    edited = replace(read.segments[0], correction=Correction("Mine alone.", status="confirmed"))
    read = replace(read, segments=(edited, *read.segments[1:]))
    ids = batches.add_articles(store, batch, [read, article(name="two")])
    reviewing.record_corrections(store, desk.actor, batch, [(ids[0], read)])
    store.write(lambda c: batches.discard(c, batch))
    desk.do("edit", desk.ids()[:1], {"texts": ["After."]})
    assert batches.sweep(store) == 1
    assert batches.sweep(store) == 0
    with store.read() as connection:
        for statement in ("SELECT count(*) FROM segment", "SELECT count(*) FROM segment WHERE article = 1"):
            assert connection.exec_driver_sql(statement).scalar_one() == len(TEXTS)
        assert connection.exec_driver_sql("SELECT count(*) FROM text WHERE body LIKE '%import%'").scalar_one() == 0
        with pytest.raises(MissingError):
            batches.get(connection, batch)
    proof = replay(store)
    assert (proof.differences, proof.events, proof.erased) == ([], 4, 2)


def test_a_batch_in_which_reviewers_worked_is_hidden_and_kept(store: Store) -> None:
    desk = Desk(store)
    desk.do("edit", desk.ids()[:1], {"texts": ["Work."]})
    store.write(lambda c: batches.discard(c, desk.batch))
    assert batches.sweep(store) == 0
    assert replay(store).differences == []

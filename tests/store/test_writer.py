"""One writer, many asking: each write stands or falls alone, and is on disk before it is answered."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from review.errors import StoreError
from review.store import Connection, Store, preferences
from review.store.people import ensure_actor, ensure_local


def note(name: str, value: Any = 1) -> Any:
    return lambda connection: preferences.put(connection, 1, name, value)


def read(store: Store, name: str) -> Any:
    with store.read() as connection:
        return preferences.get(connection, 1, name)


@pytest.fixture(autouse=True)
def somebody(store: Store) -> None:
    store.write(ensure_local)


def test_a_write_that_fails_is_undone_alone(store: Store) -> None:
    def fail(connection: Connection) -> None:
        note("bad")(connection)
        raise ValueError("on purpose")

    store.write(note("before"))
    with pytest.raises(ValueError, match="on purpose"):
        store.write(fail)
    store.write(note("after"))
    assert (read(store, "before"), read(store, "bad"), read(store, "after")) == (1, None, 1)


def test_writes_that_wait_together_share_a_commit_and_one_failure_spares_the_rest(store: Store) -> None:
    """The writer is held up until all are queued, so that they are taken as one group."""
    held, go = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        held.set()
        assert go.wait(10)

    def fail(connection: Connection) -> None:
        note("bad")(connection)
        raise ValueError("on purpose")

    first = store._writer.submit(hold)
    assert held.wait(10)
    futures = [store._writer.submit(fail if number == 5 else note(f"n{number}", number)) for number in range(10)]
    go.set()
    first.result(10)
    for number, future in enumerate(futures):
        if number == 5:
            with pytest.raises(ValueError, match="on purpose"):
                future.result(10)
        else:
            future.result(10)
    assert [read(store, f"n{number}") for number in range(10)] == [0, 1, 2, 3, 4, None, 6, 7, 8, 9]
    assert read(store, "bad") is None


def test_many_threads_lose_nothing(store: Store) -> None:
    def count(connection: Connection) -> None:
        preferences.put(connection, 1, "count", preferences.get(connection, 1, "count", 0) + 1)

    threads = [threading.Thread(target=lambda: [store.write(count) for _ in range(10)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read(store, "count") == 80


def test_background_work_lets_others_go_first(store: Store) -> None:
    order: list[str] = []
    held, go = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        held.set()
        assert go.wait(10)

    first = store._writer.submit(hold)
    assert held.wait(10)
    back = [store._writer.submit(lambda connection: order.append("back"), background=True) for _ in range(3)]
    front = [store._writer.submit(lambda connection: order.append("front")) for _ in range(3)]
    go.set()
    for future in [first, *back, *front]:
        future.result(10)
    assert order[:3] == ["front"] * 3
    assert order.count("back") == 3


def test_a_write_within_a_write_is_a_mistake_that_is_told(store: Store) -> None:
    with pytest.raises(RuntimeError, match="within a write"):
        store.write(lambda connection: store.write(note("x")))


def test_a_breach_of_a_constraint_is_raised_and_leaves_nothing(store: Store) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError):
        store.write(lambda connection: preferences.put(connection, 999, "x", 1))
    assert store.write(lambda connection: ensure_actor(connection, "i", "s", "n")) > 0


def test_a_closed_store_says_so_and_what_was_queued_is_written(tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path / 'closed.sqlite3'}"
    store = Store.open(url)
    store.write(ensure_local)
    futures = [store._writer.submit(note(f"n{number}")) for number in range(20)]
    store.close()
    for future in futures:
        future.result(10)
    with pytest.raises(StoreError, match="closed"):
        store.write(note("late"))
    with Store.open(url) as again:
        assert [read(again, f"n{number}") for number in range(20)] == [1] * 20


def test_a_reader_sees_one_moment(store: Store) -> None:
    store.write(note("x", 1))
    with store.read() as connection:
        assert preferences.get(connection, 1, "x") == 1
        store.write(note("x", 2))
        assert preferences.get(connection, 1, "x") == 1
    assert read(store, "x") == 2


def test_a_full_disk_is_told_with_its_remedy_and_what_came_before_is_kept(store: Store) -> None:
    store.write(note("before"))
    pages = store.write(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar_one())
    store.write(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}"))
    for _ in range(3):
        with pytest.raises(StoreError, match="make room on the disk"):
            store.write(note("large", "x" * 1_000_000))
    store.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1000000"))
    store.write(note("after"))
    assert (read(store, "before"), read(store, "large"), read(store, "after")) == (1, None, 1)


def test_whoever_waits_in_the_same_group_as_a_full_disk_is_told_too(store: Store) -> None:
    """Nobody is left waiting, and nobody is told that something was stored which was not."""
    pages = store.write(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar_one())
    store.write(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}"))
    held, go = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        held.set()
        assert go.wait(10)

    futures = [store._writer.submit(hold)]
    assert held.wait(10)
    futures += [
        store._writer.submit(note(f"n{number}", "x" * (1_000_000 if number == 2 else 1))) for number in range(5)
    ]
    go.set()
    stored = [number for number, future in enumerate(futures[1:]) if future.exception(10) is None]
    store.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1000000"))
    assert 2 not in stored
    assert [number for number in range(5) if read(store, f"n{number}") is not None] == stored

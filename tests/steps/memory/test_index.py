"""The memory on disk: kept current, made again where it is broken, agreed on by several processes."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from review.steps import memory
from review.steps.memory import index, parts
from review.store import Store, jobs, memories, remembered
from tests.steps.desk import Desk, article
from tests.steps.memory.test_matching import bring_in, found

MANY = 40


@pytest.fixture
def large(store: Store) -> Desk:
    """A desk with one article of MANY segments, all confirmed."""
    texts = [f"Ship {number} brings {number * 7} tons." for number in range(MANY)]
    desk = Desk(store, [article(texts, [f"第{number}艘船运来{number * 7}吨。" for number in range(MANY)])])
    desk.do("status", desk.ids(), {"status": "confirmed"})
    return desk


def others(desk: Desk) -> index.Index:
    """The index of another process."""
    return index.Index(desk.store, desk.project)


def entries(at: index.Index) -> set[tuple[str, str]]:
    """All pairs of texts that a look-up would search."""
    snapshot = at.snapshot()
    assert not snapshot.behind
    wanted = set()
    for number, view in enumerate(snapshot.views):
        for place, there in enumerate(snapshot.among(number, "zh", "en")):
            if there:
                wanted.add((view.rows.source.texts[place], view.rows.target.texts[place]))
    return wanted


def expected(desk: Desk) -> set[tuple[str, str]]:
    with desk.store.read() as connection:
        page = remembered.page(connection, desk.project, -1, 10_000)
    return {(row.source or "", row.target) for row in page}


def folders(desk: Desk) -> list[str]:
    return [path.name.partition(".")[0] for path in parts.names(index.of(desk.store, desk.project).folder)]


def test_what_was_built_is_found_by_another_process_without_reading_the_events_again(large: Desk) -> None:
    assert memory.build(large.store, large.project) == MANY
    assert memory.build(large.store, large.project) == 0
    other = others(large)
    assert entries(other) == expected(large)
    assert len(other._recent.keys) == 0


def test_an_edit_after_the_build_replaces_what_is_on_disk(large: Desk) -> None:
    memory.build(large.store, large.project)
    other = others(large)
    large.do("edit", large.ids()[3:4], {"texts": ["The third ship brings 21 tons."]})
    assert entries(other) == expected(large)
    assert ("第3艘船运来21吨。", "The third ship brings 21 tons.") in entries(other)
    assert len(entries(other)) == MANY


def test_parts_follow_one_another_and_are_put_together_when_they_are_many(
    large: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "SMALL", 2)
    memory.build(large.store, large.project)
    for number in range(4):
        large.do("edit", large.ids()[number : number + 1], {"texts": [f"Changed {number}."]})
        if number % 2:
            large.do("delete", large.ids()[number + 10 : number + 11], {})
        memory.build(large.store, large.project)
        assert entries(others(large)) == expected(large)
    assert len(folders(large)) <= 3


def test_where_much_has_changed_all_is_written_anew(large: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "LARGE", (0.1, 5))
    memory.build(large.store, large.project)
    large.do("edit", large.ids()[:9], {"texts": [f"Changed {number}." for number in range(9)]})
    assert memory.build(large.store, large.project) == MANY
    assert len(folders(large)) == 1
    assert entries(others(large)) == expected(large)


def test_what_is_too_much_for_a_look_up_is_a_job(large: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "AT_ONCE", 5)
    assert found(large, "第3艘船运来21吨。") == []
    assert memory.behind(large.store, large.project)
    with large.store.read() as connection:
        (job,) = jobs.rows(connection, large.project)
    assert (job.kind, job.state) == ("memory", "queued")
    assert memory.JOBS["memory"](large.store, job, lambda done, total: None) == {"entries": MANY}
    assert found(large, "第3艘船运来21吨。")[0].score == 100
    assert not memory.behind(large.store, large.project)


@pytest.mark.parametrize("harm", ["cut", "gone", "nonsense", "empty"])
def test_a_broken_part_is_made_again(large: Desk, harm: str) -> None:
    bring_in(large, "tm")
    memory.build(large.store, large.project)
    before = expected(large)
    (path,) = (path for path in parts.names(index.of(large.store, large.project).folder) if "work" in path.name)
    if harm == "cut":
        with (path / "source.text").open("r+b") as file:
            file.truncate(10)
    elif harm == "gone":
        (path / "keys").unlink()
    elif harm == "nonsense":
        (path / "part.json").write_text("{")
    else:
        (path / "part.json").write_text(json.dumps({"count": 7, "sizes": {}}))
    other = others(large)
    assert entries(other) == before
    assert not path.exists()
    memory.build(large.store, large.project)
    assert path.exists()
    assert entries(others(large)) == before


def test_a_build_that_is_stopped_leaves_nothing_that_shows(large: Desk) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        memory.build(large.store, large.project, stop)
    assert folders(large) == []
    assert entries(others(large)) == expected(large)


def test_an_older_database_put_back_makes_the_memory_again(large: Desk) -> None:
    large.do("edit", large.ids()[:1], {"texts": ["Changed."]})
    memory.build(large.store, large.project)
    other = others(large)
    other.snapshot()
    other._seq, other._head = other._seq, "another"
    assert entries(other) == expected(large)
    assert folders(large) == []


def test_look_ups_from_many_threads_while_people_edit_end_up_with_what_is_there(large: Desk) -> None:
    memory.build(large.store, large.project)
    shared = index.of(large.store, large.project)
    stop = threading.Event()
    wrong: list[BaseException] = []

    def look() -> None:
        try:
            while not stop.is_set():
                assert len(entries(shared)) >= MANY - 1
                memory.build(large.store, large.project)
        except BaseException as error:  # noqa: BLE001 (told below)
            wrong.append(error)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(12):
        large.do("edit", large.ids()[number : number + 1], {"texts": [f"Changed {number}, {uuid4()}."]})
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert entries(shared) == expected(large)
    assert entries(others(large)) == expected(large)


def test_a_memory_that_was_removed_leaves_the_disk_at_the_next_build(desk: Desk, cache: Path) -> None:
    from review.model import Unit

    bring_in(desk, "tm", Unit("最后一句。", "The final sentence.", "zh", "en"))
    assert found(desk, "最后一句。")
    assert len(folders(desk)) == 1
    desk.store.write(lambda c: memories.remove(c, desk.project, "tm"))
    assert found(desk, "最后一句。") == []
    memory.build(desk.store, desk.project)
    assert folders(desk) == []


def test_a_cache_that_cannot_be_written_costs_nothing_but_a_sentence(
    large: Desk, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from review.errors import StoreError

    cache.write_text("a file where a folder should be")
    assert found(large, "第3艘船运来21吨。")[0].score == 100
    with pytest.raises(StoreError, match="REVIEW_CACHE"):
        memory.build(large.store, large.project)


def test_what_is_taken_in_at_once_is_what_all_events_add_up_to(large: Desk) -> None:
    """Random acts, some undone, with and without builds between: the same as reading everything from the store."""
    shared = index.of(large.store, large.project)
    acts: list[tuple[str, list[int]]] = []
    for step in range(40):
        place = large.random.randrange(MANY)
        target = [segment["id"] for segment in large.segments()][place : place + 1]
        choice: Any = large.random.choice(["edit", "status", "undo", "build", "look"])
        if choice == "edit":
            event = large.event("edit", target, {"texts": [f"Step {step}."]})
        elif choice == "status":
            event = large.event("status", target, {"status": large.random.choice(["draft", "approved", "rejected"])})
        elif choice == "undo" and acts:
            act, target = acts.pop()
            event = large.event("undo", target, {"event": act}, free=True)
        else:
            if choice == "build":
                memory.build(large.store, large.project)
            assert entries(shared) == expected(large)
            continue
        if large.post(event)["stored"] and choice != "undo":
            acts.append((event["id"], target))
    assert entries(shared) == expected(large)
    assert entries(others(large)) == expected(large)

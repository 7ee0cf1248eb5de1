"""Exports as jobs: the same file as at once, nothing where they are cancelled, gone after some days."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from review.errors import MissingError
from review.steps import exporting, jobs
from review.steps.exporting import jobs as export_jobs
from review.store import Store, blobs, exports, schema
from review.store import jobs as queue
from tests.steps.desk import Desk
from tests.steps.test_exporting import act, desk_of

NEWS = b"A Headline\n\nKaos works. Then it does not.\n"


def started(store: Store, desk: Desk, format: str) -> int:
    return jobs.start(store, desk.project, desk.actor, "export", exporting.payload(desk.batch, format))


def result(store: Store, number: int) -> dict[str, Any]:
    with store.read() as connection:
        job = queue.get(connection, number)
    assert job.state == "done", job.error
    return dict(job.result or {})


def blobs_kept(store: Store) -> int:
    with store.read() as connection:
        return len(list(connection.execute(schema.blob.select())))


@pytest.mark.parametrize("format", ["original", "docx", "jsonl", "report-html"])
def test_the_worker_makes_the_same_file(store: Store, format: str) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    act(desk, "edit", [1], {"texts": ["COSMOPlat works."]})
    number = started(store, desk, format)
    jobs.work(store, threading.Event())
    made = result(store, number)
    at_once = exporting.download(store, desk.batch, format)
    assert (made["filename"], made["mime"]) == (at_once.filename, at_once.mime)
    with exporting.opened(store, made) as file:
        data = file.read()
    assert len(data) == made["size"]
    if format != "docx":  # an archive holds the time
        assert data == at_once.data


def test_a_cancelled_export_keeps_nothing(store: Store) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    act(desk, "edit", [1], {"texts": ["COSMOPlat works."]})
    before = blobs_kept(store)
    with store.read() as connection:
        job = queue.get(connection, started(store, desk, "jsonl"))
    calls = []

    def progress(done: int, total: int) -> None:
        calls.append((done, total))
        if done:
            raise jobs.Ended("cancelled")

    with pytest.raises(jobs.Ended):
        export_jobs.run(store, job, progress)
    assert calls == [(0, 3), (3, 3)]
    assert blobs_kept(store) == before


def test_a_file_is_removed_after_some_days_but_never_an_original(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    same, other = started(store, desk, "original"), started(store, desk, "jsonl")
    jobs.work(store, threading.Event())
    found = [result(store, number) for number in (same, other)]
    assert exports.sweep(store) == 0
    monkeypatch.setattr(exports, "KEPT", -1)
    assert exports.sweep(store) == 2
    with pytest.raises(MissingError, match="prepare it again"):
        exporting.opened(store, found[1])
    assert exporting.download(store, desk.batch, "original").data == NEWS


def test_an_import_of_an_export_that_is_removed_just_then_keeps_its_original(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    act(desk, "edit", [1], {"texts": ["COSMOPlat works."]})
    started(store, desk, "original")
    jobs.work(store, threading.Event())
    data = exporting.download(store, desk.batch, "original").data
    monkeypatch.setattr(exports, "KEPT", -1)
    removed: list[int] = []
    keep = blobs.keep_file

    def keep_file(store: Store, file: Any) -> str:
        kept = keep(store, file)
        removed.append(exports.sweep(store))
        return kept

    monkeypatch.setattr(blobs, "keep_file", keep_file)
    again = desk_of(store, ("again.txt", data))
    assert removed == [1, 0]
    assert exporting.download(store, again.batch, "original").data == data

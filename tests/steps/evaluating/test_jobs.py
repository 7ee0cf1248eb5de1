"""Evaluations as jobs, by a batch and by uploaded bytes."""

from __future__ import annotations

import threading
from typing import Any

from review.formats import Source
from review.steps import jobs
from review.steps.evaluating import jobs as evaluating
from review.steps.evaluating import reports
from review.store import batches
from review.store import jobs as queue
from tests.steps.desk import TEXTS, Desk, mark
from tests.steps.evaluating.made import MQM


def run(desk: Desk, payload: dict[str, Any]) -> Any:
    number = jobs.start(desk.store, desk.project, desk.actor, "evaluate", payload)
    jobs.work(desk.store, threading.Event())
    with desk.store.read() as connection:
        return queue.get(connection, number)


def test_a_batch_is_evaluated_as_a_job(desk: Desk) -> None:
    desk.do("mark", [desk.ids()[0]], mark())
    job = run(desk, evaluating.of_batch(desk.batch))
    assert (job.state, job.error) == ("done", "")
    assert (job.result["articles"], job.result["segments"], job.result["raters"]) == (1, len(TEXTS), 1)
    assert job.result["files"] == []
    assert reports.CEILING not in job.result["report"]


def test_a_file_is_evaluated_as_a_job_with_what_stands_beside_it(desk: Desk) -> None:
    payload = evaluating.of_file(
        desk.store,
        Source("marks.tsv", data=MQM.encode()),
        ("zh", "en"),
        [Source("ref.en", data=b"The port opened.\n" * 3)],
        [Source("B.en", data=b"The port has opened.\n" * 3)],
        at_most=1,
    )
    job = run(desk, payload)
    assert (job.state, job.error) == ("done", "")
    assert job.result["files"] == ["marks.tsv", "ref.en", "B.en"]
    assert (job.result["documents"], job.result["raters"], job.total) == (3, 2, 3)
    doubled = job.result["report"][reports.BY_DETECTOR]["doubled"]
    assert doubled["precision"]["value"] == 1.0
    assert reports.CEILING in job.result["report"]


def test_a_file_that_cannot_be_read_fails_the_job_with_one_sentence(desk: Desk) -> None:
    job = run(desk, evaluating.of_file(desk.store, Source("marks.tsv", data=b"a\tb\n"), ("zh", "en")))
    assert job.state == "failed"
    assert job.error.startswith("marks.tsv, line 1: the header does not name the column system")


def test_a_batch_that_is_gone_fails_the_job_with_one_sentence(desk: Desk) -> None:
    job = run(desk, evaluating.of_batch(9999))
    assert (job.state, job.error) == ("failed", "There is no batch '9999'; import it first.")
    with desk.store.read() as connection:
        assert len(batches.rows(connection, desk.project)) == 1

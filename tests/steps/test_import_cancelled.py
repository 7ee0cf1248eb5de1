"""An import that is cancelled, whenever that is, leaves nothing to be seen, and nothing once it was swept."""

from __future__ import annotations

import json

from sqlalchemy import func, select

from review.errors import RefusedError
from review.model import Article, Correction, Job, Rating, Segment
from review.steps import jobs
from review.steps.importing import Input
from review.steps.importing.batch import _noting as noting
from review.steps.importing.jobs import payload, run
from review.store import Store, batches, people, schema
from review.store import jobs as queue

ROWS = b"".join(
    json.dumps(
        {"article": f"a{number // 40}", "hypothesis": f"Text {number}.", "post_edit": f"Edit {number}."}
    ).encode()
    + b"\n"
    for number in range(400)
)


def queued(store: Store) -> Job:
    project, actor = store.write(people.ensure_local)
    made = payload(store, [Input.of(ROWS, "rows.jsonl")], {"batch": "rows"})
    number = jobs.start(store, project, actor, "import", made)
    with store.read() as connection:
        return queue.get(connection, number)


def left(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (schema.segment, schema.state)
        }


def stopped_at(store: Store, moment: int) -> bool:
    """Run an import that is cancelled the ``moment``-th time it says how far it is; False where it ends before that."""
    told = 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        told += 1
        if told == moment:
            raise jobs.Ended("cancelled")

    try:
        run(store, queued(store), progress)
    except jobs.Ended:
        return True
    except RefusedError:  # no worker claimed the job, so its batch may not be shown
        return False
    raise AssertionError("a job that nobody claimed was done")


def test_a_cancel_at_any_moment_leaves_nothing(store: Store) -> None:
    moment = 1
    while stopped_at(store, moment):
        with store.read() as connection:
            assert batches.rows(connection, 1) == []
        moment += 1
    assert moment > 2
    batches.sweep(store)
    assert left(store) == {"segment": 0, "state": 0}


def test_an_import_keeps_no_texts_in_memory_but_post_edits() -> None:
    plain, edited = Segment("Text.", source="Quelle."), Segment("One.", source="Eins.", correction=Correction("Two."))
    given = Article("a", (plain, edited), ratings=(Rating("r", 5.0, "1"),))
    corrections: list[tuple[int, Article]] = []
    judged: list[tuple[int, Article]] = []
    assert list(noting([Article("b", (plain,)), given], corrections, judged)) == [Article("b", (plain,)), given]
    assert corrections == [(1, Article("a", (Segment(""), Segment("", correction=Correction("Two.")))))]
    assert judged == [(1, Article("a", (), ratings=given.ratings))]

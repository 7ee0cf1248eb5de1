"""Scoring a large batch as a job: its statistics are put on the shelf, from which the page takes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from review.model import Job
from review.steps.scoring.batches import load, review_scores
from review.steps.scoring.places import place
from review.steps.scoring.shelf import Shelf

if TYPE_CHECKING:
    from review.store import Store


def of_batch(batch: int, names: Sequence[str], tokenize: str = "") -> dict[str, Any]:
    """The payload of a job that scores a batch by these metrics."""
    return {"batch": batch, "metrics": list(names), "tokenize": tokenize}


def run(store: Store, job: Job, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Score a batch. ``progress`` raises where the job is cancelled; what was measured until then is kept."""
    given = job.payload
    _, articles = load(store, job.project, given["batch"])
    with place(texts=2 * sum(len(article.segments) for article in articles)) as mapper:
        found = review_scores(
            articles, given["metrics"], tokenize=given["tokenize"], progress=progress, shelf=Shelf(), mapper=mapper
        )
    return {
        "batch": given["batch"],
        "systems": [
            {"name": scope.system, "before": {one.metric: one.value for one in scope.before}}
            for scope in found.systems
            if not scope.confirmed_only
        ],
    }


JOBS = {"score": run}

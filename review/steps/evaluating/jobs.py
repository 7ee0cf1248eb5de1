"""Evaluations as jobs: by the marks in a batch, or by an uploaded MQM file and the files beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from review.formats import Source
from review.model import Job, Rated
from review.steps.importing.jobs import keep, kept
from review.store import Store


def of_batch(batch: int) -> dict[str, Any]:
    """The payload of an evaluation by what reviewers marked in a batch."""
    return {"batch": batch}


def of_file(
    store: Store,
    file: Source,
    languages: tuple[str, str],
    references: Sequence[Source] = (),
    alternatives: Sequence[Source] = (),
    documents: Source | None = None,
    at_most: int | None = None,
) -> dict[str, Any]:
    """The payload of an evaluation by an MQM file, once every file's bytes are kept in the store.

    ``languages``: of source and target. ``references``, ``alternatives``, ``documents``, ``at_most``: as in
    ``attaching.attach``.
    """
    return {
        "file": keep(store, file),
        "languages": list(languages),
        "references": [keep(store, item) for item in references],
        "alternatives": [keep(store, item) for item in alternatives],
        "documents": keep(store, documents) if documents else None,
        "at_most": at_most,
    }


def run(store: Store, job: Job, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Do an evaluation. ``progress`` is told articles done and in all, and raises where the job is cancelled.

    The result: ``report`` as ``reports.as_json`` makes it, ``warnings``, ``files`` by name, and ``articles``,
    ``documents``, ``systems``, ``segments`` and ``raters``, counted.
    """
    from review.steps.evaluating import reports, running

    warnings: list[str] = []
    rated = _rated(store, job, warnings)
    outcomes, failures = running.as_flagged(rated, embed=running.embedder(), progress=progress)
    warnings += [*failures, *running.seen_in_learning(rated)]
    report = reports.as_json(reports.report(outcomes))
    files = [job.payload["file"], *job.payload["references"], *job.payload["alternatives"]] if _file(job) else []
    return {
        "report": report,
        "warnings": warnings,
        "files": [item["name"] for item in files],
        "articles": len(rated),
        "documents": len({item.document for item in rated}),
        "systems": len({item.article.system for item in rated}),
        "segments": sum(len(item.article.segments) for item in rated),
        "raters": len({name for item in rated for raters in item.raters.values() for name in raters}),
    }


def _file(job: Job) -> bool:
    return "file" in job.payload


def _rated(store: Store, job: Job, warnings: list[str]) -> list[Rated]:
    from review.formats.mqm import read_rated
    from review.steps.evaluating import attaching, recorded

    given: Mapping[str, Any] = job.payload
    if not _file(job):
        return recorded.rated(store, job.project, given["batch"])
    source, target = given["languages"]
    rated, said = read_rated(kept(store, given["file"]), (source, target))
    warnings += said
    return attaching.attach(
        rated,
        [kept(store, item) for item in given["references"]],
        [kept(store, item) for item in given["alternatives"]],
        kept(store, given["documents"]) if given["documents"] else "",
        given["at_most"],
    )


JOBS = {"evaluate": run}

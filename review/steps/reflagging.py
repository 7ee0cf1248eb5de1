"""Flags kept true: made again where the text, the terms or the rules have changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from review.detectors import Context, detectors
from review.log import log
from review.model import Article, Concept, Flag, Job
from review.settings import settings
from review.steps import flagging, reviewing, surveying
from review.steps import terms as termbases
from review.store import Connection, Store, articles, batches, flags, terms
from review.store import jobs as queue
from review.store.articles import ArticleRow
from review.text.priorities import settled
from review.text.termbase import TermIndex

TRIES = 3
"""How often an article is read anew where its text or terms are changed while the detectors run."""


def refresh(store: Store, article: int) -> dict[str, Any]:
    """The article's flags as the page shows them, made again first where they are out of date.

    Returns ``{"flags": {segment id: [flag view]}, "revision": n}``; the revision is the article's when these
    flags were read, as in its view. Raises MissingError.
    """
    renew(store, article)
    with store.read() as connection:
        return {"flags": reviewing.flags(connection, article), "revision": articles.get(connection, article).revision}


def renew(store: Store, article: int, *, background: bool = False, again: bool = False) -> None:
    """Make the article's flags again if text, terms or rules changed, or ``again`` in any case. Raises MissingError."""
    for _ in range(TRIES):
        with store.read() as connection:
            row = articles.get(connection, article)
            project = batches.project_of(connection, row.batch)
            version = terms.version(connection, project)
            if _current(row, version) and not again:
                return
            loaded = articles.load(connection, article, history=False)
        context = replace(
            context_for(store, project, version, loaded), statistics=surveying.statistics(store, row.batch)
        )
        found, risks = judge(loaded, context)
        made: dict[str, Any] = {"article": article, "flags": found, "risks": risks, "judged": loaded}
        made |= {"revision": row.text_revision, "terms": version, "rules": rules()}
        if len(loaded.segments) > flags.PART:
            kept = flags.save_in_parts(store, **made, background=background)
        else:
            kept = store.write(partial(flags.save, **made), background=background)
        if kept:
            return


def queue_project(connection: Connection, project: int, actor: int) -> None:
    """Queue every visible batch of a project for flagging, because its terms changed."""
    for batch in batches.ids(connection, project):
        queue.enqueue_once(connection, "flag", project, actor, {"batch": batch})


def catch_up(store: Store) -> None:
    """Queue the batches that were flagged by other rules or terms than now: called when a worker begins."""

    def write(connection: Connection) -> None:
        for batch, project, actor in batches.flagged_otherwise(connection, rules()):
            queue.enqueue_once(connection, "flag", project, actor, {"batch": batch})

    with store.read() as connection:
        found = batches.flagged_otherwise(connection, rules())
    if found:
        store.write(write)


def judge(article: Article, context: Context) -> tuple[list[Flag], dict[str, float]]:
    """An article's flags, and the risk of each segment by its id. A detector that fails is logged."""
    found, failures = flagging.detect(article, context)
    for sentence in failures:
        log("error", "detector failed", article=article.id, detector=sentence.split(" failed")[0].split()[-1])
    groups = flagging.by_segment(article, found)
    risks = {
        segment.id: flagging.risk(group, segment)
        for segment, group in zip(article.segments, groups, strict=True)
        if group
    }
    return found, risks


def flag_batch(store: Store, batch: int, progress: Callable[[int, int], None] | None = None) -> int:
    """Flag every article of a batch whose flags are out of date. Returns how many articles there are."""
    with store.read() as connection:
        wanted = articles.ids(connection, batch)
    failures = surveying.renew(store, batch)
    for sentence in failures or ():
        log("error", "survey failed", batch=batch, detector=sentence.split(" failed")[0].split()[-1])
    for done, article in enumerate(wanted):
        if progress:
            progress(done, len(wanted))
        renew(store, article, background=True, again=failures is not None)
    if progress:
        progress(len(wanted), len(wanted))
    return len(wanted)


def context_for(store: Store, project: int, version: int, article: Article) -> Context:
    """What the detectors need besides the article: the terms of the project's termbases, in their order."""
    return Context(
        terms=_index(store, project, version, (article.source_language, article.target_language)), settings=settings()
    )


def known(store: Store, project: int) -> list[Concept]:
    """The concepts of the project's termbases that are on, in their order."""
    with store.read() as connection:
        return [concept for concepts in termbases.ranked(connection, project) for concept in concepts]


@lru_cache(maxsize=1)
def rules() -> str:
    """A fingerprint of the detectors, their versions and the shipped terms."""
    digest = hashlib.sha256()
    for name, detector in detectors().items():
        digest.update(f"{name} {detector.version}\n".encode())
    for path in termbases.files():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _current(row: ArticleRow, version: int) -> bool:
    return (row.flagged_revision, row.flagged_terms, row.flagged_rules) == (row.text_revision, version, rules())


@lru_cache(maxsize=4)
def _index(store: Store, project: int, version: int, languages: tuple[str, str]) -> TermIndex:
    """The compiled terms of a project at one version; kept, because compiling takes longer than flagging."""
    with store.read() as connection:
        return TermIndex(settled(termbases.ranked(connection, project, languages)))


def run(store: Store, job: Job, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Do a flagging job: ``{"batch": id}``."""
    batch = int(job.payload["batch"])
    return {"batch": batch, "articles": flag_batch(store, batch, progress)}


JOBS = {"flag": run}
"""Kinds of jobs that this step does, for the worker."""

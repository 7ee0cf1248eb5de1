"""Flags kept true: made again where the text, the terms or the rules have changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from review.detectors import Context, Judge, detectors
from review.errors import InputError
from review.log import log
from review.model import Article, Concept, Flag, Job, Standings
from review.settings import settings
from review.steps import flagging, judging, reviewing, surveying
from review.steps import terms as termbases
from review.steps.judging import telling
from review.steps.judging.batches import judge_articles
from review.store import Connection, Store, articles, batches, flags, judgements, people, shares, standings, terms
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
    """Make the article's flags again if text, terms or rules changed, or in any case (``again``).

    No judge is asked here, for that takes time or money: what judges said stays while text and source read as
    they did. Raises MissingError.
    """
    for _ in range(TRIES):
        with store.read() as connection:
            row = articles.get(connection, article)
            project = batches.project_of(connection, row.batch)
            version = terms.version(connection, project)
            held = standings.now(connection, project)
            if _current(row, version, rules(held)) and not again:
                return
            loaded = articles.load(connection, article, history=False)
            heard = [flag for item in judgements.standing(connection, loaded) for flag in item.flags]
        context = replace(
            context_for(store, project, version, loaded), statistics=surveying.statistics(store, row.batch)
        )
        found, risks = judge(loaded, context, held)
        heard = [flag for flag in heard if flag.detector not in held.off]
        found, risks = flagging.with_judges(loaded, found, risks, heard, held)
        risks = {segment: value for segment, value in risks.items() if value}
        made: dict[str, Any] = {"article": article, "flags": found, "risks": risks, "judged": loaded}
        made |= {"revision": row.text_revision, "terms": version, "rules": rules(held)}
        if len(loaded.segments) > flags.PART:
            kept = flags.save_in_parts(store, **made, background=background)
        else:
            kept = store.write(partial(flags.save, **made), background=background)
        if kept:
            return


def queue_project(connection: Connection, project: int, actor: int) -> None:
    """Queue every visible batch of a project for flagging, because its terms changed; and of those that have a
    termbase on which it shares.
    """
    for one in (project, *shares.followers(connection, project)):
        for batch in batches.ids(connection, one):
            queue.enqueue_once(connection, "flag", one, actor, {"batch": batch, "again": True})


def catch_up(store: Store) -> None:
    """Queue the batches that were flagged by other rules or terms than now: called when a worker begins."""

    def stale(connection: Connection, project: int) -> list[tuple[int, int]]:
        return batches.flagged_otherwise(connection, project, rules(standings.now(connection, project)))

    def write(connection: Connection) -> None:
        for project in people.projects(connection):
            for batch, actor in stale(connection, project):
                queue.enqueue_once(connection, "flag", project, actor, {"batch": batch, "again": True})

    with store.read() as connection:
        found = any(stale(connection, project) for project in people.projects(connection))
    if found:
        store.write(write)


def judge(article: Article, context: Context, held: Standings = flagging.ALL_ON) -> tuple[list[Flag], dict[str, float]]:
    """An article's flags, and the risk of each segment by its id. A detector that fails is logged.

    Detectors that are off do not run; a demoted one's flags are kept as made, and weigh as they are shown.
    """
    only = [name for name in detectors() if name not in held.off] if held.off else None
    made = flagging.judge(article, context, only, held=held)
    for sentence in made.failures:
        log("error", "detector failed", article=article.id, detector=sentence.split(" failed")[0].split()[-1])
    return flagging.telling(made.flags), dict(made.risks)


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


def judge_batch(
    store: Store, batch: int, progress: Callable[[int, int], None] | None = None
) -> dict[str, judging.Outcome]:
    """Ask the judges that are switched on about every article of a batch, and make its flags again with theirs.

    What they answered before about the same texts is not asked again, nor is a judge that the project has off.
    Returns how each judge's asking went. Raises InputError where REVIEW_JUDGES names a judge that there is not.
    """
    outcomes: dict[str, judging.Outcome] = {}
    with store.read() as connection:
        asked = judges_of(connection, batches.project_of(connection, batch))
        wanted = articles.ids(connection, batch)
    total = len(wanted) * len(asked)
    told = (lambda done: progress(done, total)) if progress else None
    for article in judge_articles(store, wanted, asked, outcomes, told):
        renew(store, article, background=True, again=True)
    if progress:
        progress(total, total)
    return outcomes


def judges_of(connection: Connection, project: int, given: Iterable[str] = ()) -> list[Judge]:
    """The judges ``given``, or those switched on, without those that the project has off.

    Raises InputError for a judge that there is not, and for one ``given`` that is off.
    """
    off = standings.now(connection, project).off
    for name in given:
        if name in off:
            raise InputError(f"The judge {name} is off in this project; a lead switches it on, under Detectors.")
    return [judge for judge in judging.chosen(given) if judge.name not in off]


def context_for(store: Store, project: int, version: int, article: Article) -> Context:
    """What the detectors need besides the article: the terms of the project's termbases, in their order."""
    languages = (article.source_language, article.target_language)
    return Context(terms=terms_of(store, project, version, languages), settings=settings())


def known(store: Store, project: int) -> list[Concept]:
    """The concepts of the project's termbases that are on, in their order."""
    with store.read() as connection:
        return [concept for concepts in termbases.ranked(connection, project) for concept in concepts]


def index(store: Store, project: int, languages: tuple[str, str] = ("", "")) -> TermIndex:
    """The project's terms as they flag now, ready to be found in a text."""
    with store.read() as connection:
        version = terms.version(connection, project)
    return terms_of(store, project, version, languages)


def rules(held: Standings = flagging.ALL_ON) -> str:
    """A fingerprint of the detectors, their versions, which are off or demoted, and the shipped terms."""
    return _fingerprint(held.key)


@lru_cache(maxsize=64)
def _fingerprint(held: str) -> str:
    digest = hashlib.sha256(held.encode())
    for name, detector in detectors().items():
        digest.update(f"{name} {detector.rule}\n".encode())
    for path in termbases.files():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _current(row: ArticleRow, version: int, rules: str) -> bool:
    return (row.flagged_revision, row.flagged_terms, row.flagged_rules) == (row.text_revision, version, rules)


@lru_cache(maxsize=4)
def terms_of(store: Store, project: int, version: int, languages: tuple[str, str]) -> TermIndex:
    """The compiled terms of a project at one version; kept, because compiling takes longer than flagging."""
    with store.read() as connection:
        return TermIndex(settled(termbases.ranked(connection, project, languages)))


def run(store: Store, job: Job, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Do a flagging job, ``{"batch": id, "again": bool}``; where judges are switched on, a job for them comes after it.

    Not so where a batch that no judge was ever asked about is flagged ``again`` (by other rules or terms):
    switching a judge on must not send the whole archive to a paid service.
    """
    batch = int(job.payload["batch"])
    count = flag_batch(store, batch, progress)
    with store.read() as connection:
        asked = judges_of(connection, job.project)
    if asked:

        def write(connection: Connection) -> None:
            if not job.payload.get("again") or judgements.judged(connection, batch):
                queue.enqueue_once(connection, "judge", job.project, job.actor, {"batch": batch})

        store.write(write)
    return {"batch": batch, "articles": count}


def run_judges(store: Store, job: Job, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Do a judging job, ``{"batch": id}``; the result has a sentence for each judge."""
    batch = int(job.payload["batch"])
    outcomes = judge_batch(store, batch, progress)
    return {"batch": batch, "judges": [telling.outcome(name, outcome) for name, outcome in outcomes.items()]}


JOBS = {"flag": run, "judge": run_judges}
"""Kinds of jobs that this step does, for the worker."""

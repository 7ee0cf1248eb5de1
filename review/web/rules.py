"""Rules as the grid asks for them: what a correction offers, its hits, following it, taking that back, its job."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from review.errors import AccessError, MissingError
from review.model import Job, Scope
from review.steps import finding, offering, opening, propagating, reviewing
from review.steps.passes import Pass
from review.steps.propagating import Outcome
from review.steps.reviewing import checking as check
from review.store import batches, jobs, people
from review.web.guard import guarded

SCOPES = ("article", "batch", "project")
CHOICE = ("every", "without", "including", "own")
PAGE = 200
"""Hits of one answer at most."""


def rule_routes(here: str) -> list[BaseRoute]:
    """The routes of this file under ``here``."""
    return [
        Route(f"{here}/offers", guarded(offers), methods=["POST"]),
        Route(f"{here}/hits", guarded(hits), methods=["POST"]),
        Route(f"{here}/propagations", guarded(propagations), methods=["POST"]),
        Route(f"{here}/propagations/turn", guarded(turn), methods=["POST"]),
        Route(f"{here}/jobs/{{job:int}}", guarded(job), methods=["GET"]),
        Route(f"{here}/jobs/{{job:int}}/cancel", guarded(cancel), methods=["POST"]),
    ]


def offers(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """What a correction may do elsewhere in its batch."""
    article = _article(allowed, body)
    segment = check.whole(body.get("segment"), '"segment"', least=1)
    before, after = (check.text(body.get(name), f'"{name}"') for name in ("before", "after"))
    found = offering.offers(opening.shared(), allowed.batch, article, segment, before, after)
    return {"offers": [asdict(offer) for offer in found]}


def hits(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """A page of a rule's hits, and with the first page the segments that are like the corrected one."""
    article = _article(allowed, body)
    rule = propagating.rule_of(body.get("rule"))
    after = None if body.get("after") is None else check.whole(body["after"], '"after"', least=1)
    limit = check.whole(body.get("limit", 50), '"limit"', least=1, most=PAGE)
    like = None if body.get("like") is None else check.text(body["like"], '"like"')
    store = opening.shared()
    scope = _scope(allowed, body, article)
    found = finding.find(store, scope, rule, after=after, limit=limit)
    alike = finding.similar(store, scope, rule, like) if like and after is None else []
    return {
        "segments": found.segments,
        "hits": found.hits,
        "articles": found.articles,
        "protected": found.protected,
        "skipped": found.skipped,
        "next": found.next,
        "rows": [_row(hit) for hit in found.rows],
        "similar": [{**_row(hit), "likeness": hit.likeness} for hit in alike],
    }


def propagations(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """Follow a rule as chosen: one act, or the number of the job that does it."""
    article = _article(allowed, body, writing=True)
    key = check.uuid(body.get("id"), '"id"')
    rule = propagating.rule_of(body.get("rule"))
    choice = propagating.choice_of({name: body[name] for name in CHOICE if name in body})
    scope = _scope(allowed, body, article)
    store = opening.shared()
    return _outcome(propagating.propagate(store, allowed.actor, allowed.batch, scope, rule, choice, key=key))


def turn(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """Take a propagation back, or do it again."""
    _article(allowed, body, writing=True)
    key, event = check.uuid(body.get("id"), '"id"'), check.uuid(body.get("event"), '"event"')
    redo = check.flag(body.get("redo", False), '"redo"')
    return _outcome(propagating.turn(opening.shared(), allowed.actor, event, key=key, redo=redo))


def job(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """How far a job of the project is."""
    found = _job(allowed, request)
    return {
        "state": found.state,
        "progress": found.progress,
        "total": found.total,
        "note": found.note,
        "error": found.error,
        "result": found.result,
    }


def cancel(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """Ask for the end of a job of one's own."""
    found = _job(allowed, request)
    if found.actor != allowed.actor:
        raise AccessError("Somebody else started this job; only they can cancel it here.")
    opening.shared().write(lambda connection: jobs.cancel(connection, found.id))
    return {"ok": True}


def _article(allowed: Pass, body: dict[str, Any], *, writing: bool = False) -> int:
    """The article that the body names, if it is in the pass's batch and the actor may look (or write) there."""
    article = check.whole(body.get("article"), '"article"', least=1)
    role = reviewing.check_place(opening.shared(), allowed.actor, allowed.batch, article)
    if writing and role not in people.WRITERS:
        raise AccessError("You may look at this project and not change it; ask its owner.")
    return article


def _project(allowed: Pass) -> int:
    with opening.shared().read() as connection:
        return batches.project_of(connection, allowed.batch)


def _scope(allowed: Pass, body: dict[str, Any], article: int) -> Scope:
    """Where the rule is followed."""
    wanted = check.choice(body.get("scope", "batch"), '"scope"', SCOPES)
    batch = None if wanted == "project" else allowed.batch
    return Scope(_project(allowed), batch, article if wanted == "article" else None)


def _row(hit: finding.Hit) -> dict[str, Any]:
    return {
        "segment": hit.segment,
        "article": hit.article,
        "articleName": hit.article_name,
        "system": hit.system,
        "number": hit.number,
        "status": hit.status,
        "text": hit.text,
        "source": hit.source,
        "changes": [asdict(change) for change in hit.changes],
        "protected": hit.protected,
        "skipped": hit.skipped,
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    if outcome.job is not None:
        return {"job": outcome.job}
    return {
        "event": outcome.event,
        "segments": outcome.segments,
        "articles": outcome.articles,
        "skipped": [asdict(one) for one in outcome.skipped],
    }


def _job(allowed: Pass, request: Request) -> Job:
    """The job named in the path, if it is of the pass's project and the actor is a member."""
    number = int(request.path_params["job"])
    project = _project(allowed)
    with opening.shared().read() as connection:
        if people.role(connection, project, allowed.actor) is None:
            raise AccessError("You are no member of this project; ask its owner.")
        found = jobs.get(connection, number) if number < check.MOST else None
    if found is None or found.project != project:
        raise MissingError(f"There is no job {number} in this project.")
    return found

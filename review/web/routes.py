"""The routes, and what each hands to which step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from review.errors import AccessError, InputError, MissingError, ReviewError
from review.steps import opening, reflagging, reviewing, terms
from review.steps.passes import Pass
from review.store import people
from review.web import memory
from review.web.effort import effort
from review.web.guard import answer, guarded, refuse
from review.web.rules import rule_routes

MOST = 2**53
"""Ids stay below it, so that a browser counts them exactly."""


def routes(assets: Path, base: str = "") -> list[BaseRoute]:
    """Every route under ``base`` (the server's base path, with or without slashes)."""
    root = "/" + base.strip("/") if base.strip("/") else ""
    here = f"{root}/rendition"
    return [
        Route(f"{here}/events", guarded(events), methods=["POST"]),
        Route(f"{here}/articles/{{article:int}}", guarded(article), methods=["GET"]),
        Route(f"{here}/articles/{{article:int}}/flags", guarded(flags), methods=["GET"]),
        Route(f"{here}/articles/{{article:int}}/dictionary", guarded(dictionary), methods=["GET"]),
        Route(f"{here}/terms", guarded(add_term), methods=["POST"]),
        *rule_routes(here),
        *memory.routes(here),
        Route(f"{here}/effort", guarded(effort), methods=["POST"]),
        Mount(f"{here}/assets/{{fingerprint}}", _Assets(directory=assets)),
        Route(f"{root}/healthz", health, methods=["GET"]),
    ]


class _Assets(StaticFiles):
    """The grid's modules. Their address carries a fingerprint, so a browser may keep them for good."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def events(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """Store events; only what the answer lists under "stored" is safe."""
    if body.get("batch") != allowed.batch:
        raise AccessError("These events belong to another batch than this page's pass.")
    posted = body.get("events")
    if not isinstance(posted, list) or len(posted) > 500:
        raise InputError('"events" must be a list of at most 500.')
    return reviewing.record(opening.shared(), allowed.actor, allowed.batch, posted)


def article(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """The whole article as the grid shows it."""
    return reviewing.view(opening.shared(), _own(allowed, request), allowed.actor)


def flags(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """The article's flags, made again where its text or the termbase changed."""
    return reflagging.refresh(opening.shared(), _own(allowed, request))


def dictionary(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """What the dictionary says of words that a reviewer selected in the article's source."""
    _own(allowed, request)
    return terms.look_up(_text(dict(request.query_params), "text"))


def add_term(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """Add a term that a reviewer marked in an article, and flag that article again."""
    number = body.get("article")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < MOST:
        raise InputError('"article" must be the article\'s number.')
    store = opening.shared()
    if reviewing.check_place(store, allowed.actor, allowed.batch, number) not in people.WRITERS:
        raise AccessError("You may look at this project and not change it; ask its owner.")
    wrong, preferred = _text(body, "wrong"), _text(body, "preferred")
    terms.add_term(
        store,
        allowed.actor,
        number,
        source=_text(body, "source", empty=True),
        wrong=wrong,
        preferred=preferred,
        note=_text(body, "note", empty=True),
        override=_text(body, "override", empty=True),
    )
    return {"ok": True, **reflagging.refresh(store, number)}


async def health(request: Request) -> Response:
    """Whether the store answers; for a proxy or a container."""
    try:
        await run_in_threadpool(opening.ping)
    except ReviewError as error:
        return refuse(str(error), 503)
    return answer({"status": "ok"})


def _own(allowed: Pass, request: Request) -> int:
    """The article named in the path, if it is in the pass's batch and the actor is a member."""
    number = int(request.path_params["article"])
    if number >= MOST:
        raise MissingError("There is no such article; choose one from the list.")
    reviewing.check_place(opening.shared(), allowed.actor, allowed.batch, number)
    return number


def _text(body: dict[str, Any], name: str, *, empty: bool = False) -> str:
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > 1000 or "\x00" in value or not (empty or value.strip()):
        raise InputError(f'"{name}" must be a text of 1 to 1,000 characters.')
    return value.strip()

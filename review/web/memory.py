"""What the memory has for a segment, and where it has a phrase."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from review.errors import InputError, MissingError
from review.steps import memory, opening, reviewing
from review.steps.memory.shown import Known
from review.steps.passes import Pass
from review.store import articles, batches, pieces, texts
from review.store.articles import ArticleRow
from review.text.bared import bared
from review.web.guard import guarded

MOST = 2**53
SHOWN = 8, 30
"""Matches and hits in an answer, at most."""


def routes(here: str) -> list[Route]:
    """The routes under ``here``."""
    return [
        Route(f"{here}/memory", guarded(matches), methods=["POST"]),
        Route(f"{here}/concordance", guarded(concordance), methods=["POST"]),
    ]


def matches(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """Matches for a segment's source; for its text where it has none. ``building`` says that there may be more soon."""
    article, project = _article(allowed, body)
    number = _whole(body, "segment")
    store = opening.shared()
    with store.read() as connection:
        piece = pieces.of_segments(connection, [number], bare=True).get(number)
    if piece is None or piece.article != article.id or piece.state.retired:
        raise MissingError("There is no such segment in this article any more; reload the page.")
    source = "" if isinstance(piece.source, texts.Erased) else bared(piece.codes, piece.source or "").text.strip()
    text = source or bared(piece.codes, piece.state.text).text
    found = memory.matches(
        store,
        project,
        (article.source_language, article.target_language),
        text,
        number,
        side="source" if source else "target",
        limit=SHOWN[0],
    )
    shown = [
        {**_known(match.known), "score": match.score, "difference": [list(part) for part in match.difference]}
        for match in found
    ]
    return {"matches": shown, "building": memory.behind(store, project)}


def concordance(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """Where the memory has a phrase."""
    article, project = _article(allowed, body)
    text, side = body.get("text"), body.get("side")
    if not isinstance(text, str) or not text.strip() or len(text) > 1000:
        raise InputError('"text" must be a text of 1 to 1,000 characters.')
    if side not in ("source", "target"):
        raise InputError('"side" must be "source" or "target".')
    store = opening.shared()
    languages = (article.source_language, article.target_language)
    found = memory.concordance(store, project, text, side, SHOWN[1], languages)
    hits = [{**_known(hit.known), "start": hit.start, "end": hit.end} for hit in found.hits]
    return {"hits": hits, "more": found.more, "building": memory.behind(store, project)}


def _known(known: Known) -> dict[str, Any]:
    return {
        "source": known.source,
        "target": known.target,
        "by": known.by,
        "at": known.at,
        "origin": known.origin,
        "status": known.status,
        "article": known.article,
        "articleName": known.article_name,
        "segment": known.segment,
    }


def _article(allowed: Pass, body: dict[str, Any]) -> tuple[ArticleRow, int]:
    """The article that is named, and its project, if it is in the pass's batch and the actor is a member."""
    number = _whole(body, "article")
    store = opening.shared()
    reviewing.check_place(store, allowed.actor, allowed.batch, number)
    with store.read() as connection:
        row = articles.get(connection, number)
        return row, batches.project_of(connection, row.batch)


def _whole(body: dict[str, Any], name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < MOST:
        raise InputError(f'"{name}" must be the {name}\'s number.')
    return value

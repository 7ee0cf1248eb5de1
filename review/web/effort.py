"""A person's own time and keystrokes, sent by their browser where they switched it on."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from review.errors import InputError
from review.steps import opening, saving
from review.steps.passes import Pass

MOST = 2**53


def effort(allowed: Pass, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """Add ``{"article", "segments": [{"segment", "time", "keystrokes"}]}`` to what is kept of who sends it.

    Refused, and nothing is stored, where they have it switched off.
    """
    article = body.get("article")
    if isinstance(article, bool) or not isinstance(article, int) or not 0 < article < MOST:
        raise InputError('"article" must be the article\'s number.')
    taken = saving.measure(opening.shared(), allowed.actor, allowed.batch, article, body.get("segments"))
    return {"segments": taken}

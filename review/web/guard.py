"""What stands before every route that reads or writes: token, origin, type, size."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from review.errors import AccessError, InputError, MissingError, ReviewError, StoreError
from review.log import log
from review.settings import settings
from review.steps import opening, passes

BODY_BYTES = 8 * 1024 * 1024
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def answer(body: object, status: int = 200) -> Response:
    """A JSON answer that nobody caches."""
    return JSONResponse(body, status_code=status, headers=HEADERS)


def refuse(sentence: str, status: int) -> Response:
    """A refusal: one sentence."""
    return answer({"error": sentence}, status)


def guarded(
    handle: Callable[[passes.Pass, dict[str, Any], Request], dict[str, Any]],
) -> Callable[[Request], Awaitable[Response]]:
    """Wrap ``handle(pass, body, request) -> answer`` with every check; it runs in a thread.

    A GET has an empty body. ReviewError becomes its sentence with 400, 401, 403, 404 or 503; anything else
    is logged and becomes 500 with a sentence, never a traceback.
    """

    async def endpoint(request: Request) -> Response:
        try:
            check_origin(request)
            allowed = passes.read(request.headers.get("x-rendition-token", ""))
            await run_in_threadpool(check_database, allowed)
        except AccessError as error:
            return refuse(str(error), 401)
        except StoreError as error:
            return refuse(str(error), 503)
        except ReviewError as error:
            return refuse(str(error), 403)
        try:
            body = {} if request.method == "GET" else await read_body(request)
            return answer(await run_in_threadpool(handle, allowed, body, request))
        except ClientDisconnect:
            return refuse("The connection was closed before the request was whole.", 400)
        except StoreError as error:
            # Not the request's fault: the browser keeps what it has and tries again.
            log("error", "store failed", error=error, path=request.url.path)
            return refuse(str(error), 503)
        except MissingError as error:
            return refuse(str(error), 404)
        except AccessError as error:
            return refuse(str(error), 403)
        except ReviewError as error:
            return refuse(str(error), 400)
        except Exception as error:  # noqa: BLE001 (the last door before the user)
            log("error", "request failed", error=error, path=request.url.path)
            return refuse(
                "The server could not do this; its log says why. What it did not acknowledge is not stored.",
                500,
            )

    return endpoint


def check_database(allowed: passes.Pass) -> None:
    """Refuse a page that was loaded from another database at the same address. Raises AccessError."""
    if allowed.database != opening.database():
        raise AccessError("This page shows another database than the server has now; reload the page.")


def check_origin(request: Request) -> None:
    """Refuse a request that another site's page makes. Raises InputError.

    Browsers send ``Origin`` with every POST; a GET of the page's own has none.
    """
    origin = request.headers.get("origin")
    if origin is None:
        if request.method != "GET":
            raise InputError("The request names no origin; only the review page may send events.")
        return
    allowed = {request.headers.get("host", "")}
    if settings().public_url:
        allowed = {urlsplit(settings().public_url).netloc}
    if urlsplit(origin).netloc not in allowed:
        raise InputError("The request comes from another site; open the review page itself.")


async def read_body(request: Request) -> dict[str, Any]:
    """The JSON object that the request carries, at most BODY_BYTES. Raises InputError."""
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise InputError("Only application/json is taken here.")
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_BYTES:
            raise InputError(f"The request is larger than {BODY_BYTES // 1024 // 1024} MB; send fewer events at once.")
        parts.append(part)
    try:
        body = json.loads(b"".join(parts))
    except (ValueError, RecursionError):
        raise InputError("The request is not JSON.") from None
    if not isinstance(body, dict):
        raise InputError("The request is not a JSON object.")
    return body

"""One OpenAI-compatible endpoint: a conversation in, the answer's text out, with patience for what passes.

What passes by itself (5xx, a dropped line, no answer in time) is tried again after 1, 2, 4 seconds, a 429 after
8, 16, 32, for limits are by the minute; or after what Retry-After says. The key goes into one header and nowhere else:
redirects are not followed with it, and what the service says is passed on without it.
"""

from __future__ import annotations

import json
import ssl
import threading
import time
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from review.detectors.llm.answers import UnreadableError
from review.detectors.llm.pace import Clock, Pace
from review.detectors.llm.prompt import SCHEMA
from review.settings import Settings

TRIES = 4
"""How often one request is sent, at most."""

LONGEST = 120.0
"""Seconds: whoever asks for a longer wait is not asked again in this batch."""

TOO_FAST = 8.0
"""How much longer than otherwise to wait after a 429 without Retry-After."""

MOST_BYTES = 4 * 1024 * 1024
SAID = 200
"""Code points of what a service says of an error that are passed on."""

FORMS: tuple[dict[str, Any] | None, ...] = (
    {"type": "json_schema", "json_schema": {"name": "errors", "strict": True, "schema": SCHEMA}},
    {"type": "json_object"},
    None,
)
"""Ways to ask for JSON, strictest first; a service that refuses one is asked by the next."""

FINAL = {
    401: "refused the key; check REVIEW_LLM_KEY",
    402: "wants to be paid first",
    403: "refused the key; check REVIEW_LLM_KEY",
    404: "knows no such address or model; check REVIEW_LLM_URL and REVIEW_LLM_MODEL",
}
"""Answers that will be the same for every segment."""

PASSING = frozenset({408, 409, 425, 429})


class NoAnswerError(Exception):
    """There is no answer; ``str(error)`` is one sentence. ``final``: there will be none for other segments either."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        self.final = final
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: Message
    body: bytes


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: it would carry the key to another place."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Endpoint:
    """Where the model is asked. One serves several threads, and learns what the service does not take."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.url = address(settings.llm_url)
        self._model, self._key = settings.llm_model, settings.llm_key.strip()
        self._timeout = settings.llm_timeout
        self._clock = clock
        self._pace = Pace(settings.llm_per_minute, clock)
        self._opener = build_opener(_Stay)
        self._form = 0
        self._heat = True
        self.stop = threading.Event()

    def complete(self, messages: list[dict[str, str]], temperature: float = 0.0) -> str:
        """The text of the model's answer. Raises NoAnswerError, and UnreadableError for an answer without text."""
        form, heat = self._form, self._heat
        tries = 0
        while True:
            if self.stop.is_set():
                raise NoAnswerError("The asking was stopped.")
            self._pace.wait(self.stop)
            tries += 1
            reason, wait = "", float(2 ** (tries - 1))
            try:
                reply = self._post(self._payload(messages, temperature, form, heat))
            except NoAnswerError as error:
                if error.final:
                    raise
                reason = str(error)
            else:
                if reply.status == 200:
                    content, reason = _content(reply.body)
                    if not reason:
                        self._form, self._heat = max(form, self._form), heat and self._heat
                        return content
                elif reply.status in (400, 422) and heat and b"temperature" in reply.body:
                    heat, tries = False, tries - 1
                    continue
                elif reply.status in (400, 422) and form + 1 < len(FORMS):
                    form, tries = form + 1, tries - 1
                    continue
                else:
                    reason, asked = self._refused(reply, wait)
                    wait = wait if asked is None else asked
            if tries >= TRIES:
                raise NoAnswerError(f"{reason} ({tries} tries).")
            self._clock.sleep(wait, self.stop)

    def _payload(self, messages: list[dict[str, str]], temperature: float, form: int, heat: bool) -> bytes:
        asked: dict[str, Any] = {"model": self._model, "messages": messages}
        if heat:
            asked["temperature"] = temperature
        if FORMS[form] is not None:
            asked["response_format"] = FORMS[form]
        return json.dumps(asked).encode("ascii")

    def _post(self, payload: bytes) -> _Reply:
        """Send it once. Raises NoAnswerError where nothing, or only part of it, comes back."""
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "rendition"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = Request(self.url, payload, headers, method="POST")  # noqa: S310 (address() lets http pass alone)
        until = time.monotonic() + self._timeout
        try:
            try:
                reply = self._opener.open(request, timeout=self._timeout)
            except HTTPError as error:
                reply = error
            with reply:
                return _Reply(reply.status, reply.headers, _body(reply, until))
        except TimeoutError:
            raise NoAnswerError(self._late()) from None
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise NoAnswerError(self._late()) from None
            if isinstance(error.reason, ssl.SSLCertVerificationError):
                raise NoAnswerError(f"The certificate of {self._host} does not hold.", final=True) from None
            told = getattr(error.reason, "strerror", None) or type(error.reason).__name__
            raise NoAnswerError(f"{self._host} cannot be reached: {told}") from None
        except (OSError, HTTPException):
            raise NoAnswerError(f"The connection to {self._host} was dropped") from None

    def _refused(self, reply: _Reply, wait: float) -> tuple[str, float | None]:
        """Why, and the seconds to wait if not the usual ones. Raises NoAnswerError where trying again is no use."""
        status, said = reply.status, self._said(reply.body)
        who = f"{self._host} answered {status}"
        if status in FINAL:
            raise NoAnswerError(f"{who}: it {FINAL[status]}.", final=True)
        if 300 <= status < 400:
            raise NoAnswerError(f"{who}, a redirect; set REVIEW_LLM_URL to the address it leads to.", final=True)
        if status == 429 and "quota" in said:
            raise NoAnswerError(f"{who}: the account's quota is used up.", final=True)
        if status not in PASSING and status < 500:
            raise NoAnswerError(f"{who}{f': {said}' if said else ''}.")
        asked = self._asked_to_wait(reply.headers)
        if asked is None and status == 429:
            asked = wait * TOO_FAST
        if asked is not None and asked > LONGEST:
            raise NoAnswerError(f"{who} and asks to wait {asked:.0f} seconds; ask again later.", final=True)
        if asked is not None:
            self._pace.hold(asked)
        return who, asked

    def _asked_to_wait(self, headers: Message) -> float | None:
        """Retry-After in seconds, which may be a number or a date (RFC 9110, 10.2.3)."""
        value = str(headers.get("Retry-After") or "").strip()
        try:
            return max(0.0, float(value))
        except ValueError:
            pass
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - self._clock.today())
        except (ValueError, OverflowError):
            return None

    def _said(self, body: bytes) -> str:
        """What the service says of the error, short and without the key."""
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            return ""
        error = found.get("error") if isinstance(found, dict) else None
        parts = [error.get("code"), error.get("message")] if isinstance(error, dict) else [error]
        said = " ".join(" ".join(part.split()) for part in parts if isinstance(part, str))
        if self._key:
            said = said.replace(self._key, "[key]")
        return said[:SAID].rstrip(". ")

    @property
    def _host(self) -> str:
        return urlsplit(self.url).hostname or "the service"

    def _late(self) -> str:
        return f"{self._host} did not answer within {self._timeout:g} seconds"


def address(url: str) -> str:
    """Where conversations are posted, from a base URL ("http://localhost:8000/v1") or the whole one.

    Raises ValueError with what to set where it is no http address.
    """
    url = url.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good or any(sign.isspace() or not sign.isascii() for sign in url):
        raise ValueError("REVIEW_LLM_URL is no http address; set it to one like http://localhost:8000/v1.")
    if parts.username or parts.password:
        raise ValueError("REVIEW_LLM_URL holds a name or a password; put the key in REVIEW_LLM_KEY.")
    return url if url.endswith("/chat/completions") else f"{url}/chat/completions"


def _body(reply: Any, until: float) -> bytes:
    """All of the body. Raises TimeoutError where it is not there in time, however steadily it drips."""
    parts, size = [], 0
    while part := reply.read1(65536):
        parts.append(part)
        size += len(part)
        if time.monotonic() > until:
            raise TimeoutError
        if size > MOST_BYTES:
            raise HTTPException("too long")
    return b"".join(parts)


def _content(body: bytes) -> tuple[str, str]:
    """The answer's text, and a reason to send the request again ("" where there is none). Raises UnreadableError."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return "", "The service's reply is not JSON, or broke off"
    try:
        choice = found["choices"][0]
        content = choice["message"]["content"]
    except (KeyError, IndexError, TypeError):
        raise UnreadableError("the service's reply holds no answer") from None
    if choice.get("finish_reason") == "length":
        raise UnreadableError("the answer was cut off")
    if not isinstance(content, str) or not content.strip():
        raise UnreadableError("the model gave no answer")
    return content.encode("utf-8", "replace").decode("utf-8"), ""

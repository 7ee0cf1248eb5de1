"""A language model's service on a local socket, which misbehaves as asked; and a clock that does not wait."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from review.detectors.llm.pace import Clock


@dataclass
class Reply:
    """What the service sends. ``how``: "" whole, "drop" half of it, "hang" nothing, "drip" a byte at a time."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    how: str = ""


Script = Callable[[dict[str, Any], int], Reply]
"""From a posted request and its number from 0 to the reply."""


def error(quote: str, **more: Any) -> dict[str, Any]:
    """One error as a model tells it."""
    return {
        "quote": quote,
        "side": "translation",
        "category": "accuracy/mistranslation",
        "severity": "major",
        "reason": "It says something else.",
        "suggestion": None,
        **more,
    }


def completion(content: Any, finish: str = "stop") -> Reply:
    """A whole reply with this text, or this value as JSON, as the model's answer."""
    text = content if isinstance(content, str) or content is None else json.dumps(content, ensure_ascii=False)
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return Reply(json.dumps({"choices": [choice]}).encode())


def errors(*found: dict[str, Any]) -> Reply:
    """A whole reply in the form that is asked for."""
    return completion({"errors": list(found)})


def refusal(status: int, message: str = "", headers: dict[str, str] | None = None, code: str = "") -> Reply:
    body = json.dumps({"error": {"message": message, "code": code or None}}).encode()
    return Reply(body, status, headers or {})


def segment_of(request: dict[str, Any]) -> dict[str, str]:
    """The segment that a request asks about."""
    found: dict[str, str] = json.loads(request["messages"][-1]["content"])
    return found


class Stub:
    """The service: ``requests`` and ``keys`` hold what was posted, in the order in which it came."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.over = threading.Event()
        self.lock = threading.Lock()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with stub.lock:
                    number = len(stub.requests)
                    stub.requests.append(request)
                    stub.keys.append(self.headers.get("Authorization"))
                with suppress(BrokenPipeError, ConnectionResetError):  # the client waits no longer
                    self.answer(stub.script(request, number))

            def do_GET(self) -> None:
                stub.keys.append(self.headers.get("Authorization"))
                self.send_error(405)

            def answer(self, reply: Reply) -> None:
                if reply.how == "hang":
                    stub.over.wait()
                    return
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if reply.how == "drop":
                    self.wfile.write(reply.body[: len(reply.body) // 2])
                elif reply.how == "drip":
                    for place in range(len(reply.body)):
                        self.wfile.write(reply.body[place : place + 1])
                        if stub.over.wait(0.02):
                            return
                else:
                    self.wfile.write(reply.body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()


class FakeClock(Clock):
    """Time passes when somebody waits; ``waits`` holds for how long, in seconds."""

    def __init__(self) -> None:
        self.time = 1_000_000.0
        self.waits: list[float] = []
        self._lock = threading.Lock()

    def now(self) -> float:
        return self.time

    def today(self) -> float:
        return self.time

    def sleep(self, seconds: float, stop: threading.Event) -> None:
        with self._lock:
            self.waits.append(seconds)
            self.time += seconds

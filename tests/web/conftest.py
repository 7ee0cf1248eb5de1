"""A served store with one article in it, called as the browser calls it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from review import settings as settings_room
from review.model import Article, ReadingHeader, Segment
from review.pages.grid import ASSETS
from review.steps import opening, passes
from review.store import articles, batches, people
from review.web import routes


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Settings that point at a database of this test's own."""
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path}/store.sqlite3")
    monkeypatch.setenv("REVIEW_SAMPLES", "0")
    settings_room.settings.cache_clear()
    yield tmp_path
    opening.close()
    settings_room.settings.cache_clear()


@dataclass
class Desk:
    """The test's browser: it knows where the article is and holds a pass."""

    client: TestClient
    base: str
    project: int
    actor: int
    batch: int
    article: int
    segments: list[int]

    def headers(self, **changed: str) -> dict[str, str]:
        sent = {
            "Origin": "http://localhost",
            "X-Rendition-Token": passes.issue(self.actor, self.batch, opening.database()),
        }
        return {**sent, **changed}

    def post(self, path: str, body: object, **changed: str) -> tuple[int, dict[str, Any]]:
        response = self.client.post(f"{self.base}/rendition/{path}", json=body, headers=self.headers(**changed))
        return response.status_code, response.json()

    def get(self, path: str, **changed: str) -> tuple[int, dict[str, Any]]:
        response = self.client.get(f"{self.base}/rendition/{path}", headers=self.headers(**changed))
        return response.status_code, response.json()

    def edit(self, segment: int, text: str, version: int = 0) -> dict[str, Any]:
        return {
            "id": str(uuid4()),
            "kind": "edit",
            "targets": [{"segment": segment, "base_version": version}],
            "payload": {"texts": [text], "origin": "typed"},
        }


@pytest.fixture(params=["", "/desk/review"], ids=["at the root", "under a sub-path"])
def desk(own_store: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    opening.prepare()
    store = opening.shared()
    project, actor = store.write(people.ensure_local)
    batch = store.write(lambda c: batches.create(c, project, actor, "news", ReadingHeader("article")))
    article = Article(
        "visit",
        (
            Segment("The Kaos platform serves companies.", source="卡奥斯平台服务企业。", order=0),
            Segment("It has has grown.", source="它成长了。", order=1),
        ),
        source_language="zh",
        target_language="en",
    )
    batches.add_articles(store, batch, [article])
    store.write(lambda c: batches.publish(c, batch))
    with store.read() as connection:
        (number,) = articles.ids(connection, batch)
        loaded = articles.load(connection, number)
    app = Starlette(routes=routes(ASSETS, request.param))
    client = TestClient(app, base_url="http://localhost")
    return Desk(client, request.param, project, actor, batch, number, [int(s.id) for s in loaded.segments])

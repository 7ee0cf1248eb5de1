"""The guard before every route: token, origin, type, size, and a sentence for whatever goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from review import settings as settings_room
from review.errors import MissingError, RefusedError, StoreError
from review.steps import opening, passes
from review.web import guard


@pytest.fixture(autouse=True)
def own_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path}/store.sqlite3")
    settings_room.settings.cache_clear()
    yield
    opening.close()
    settings_room.settings.cache_clear()


@pytest.fixture
def client() -> TestClient:
    def handle(allowed: passes.Pass, body: dict, request: object) -> dict:
        match body.get("do"):
            case "missing":
                raise MissingError("There is no such article.")
            case "refuse":
                raise RefusedError("This cannot be done now.")
            case "full":
                raise StoreError("The database could not store this (disk is full); make room on the disk.")
            case "crash":
                raise RuntimeError("secret text of a segment")
        return {"actor": allowed.actor, "batch": allowed.batch, "body": body}

    app = Starlette(routes=[Route("/here", guard.guarded(handle), methods=["GET", "POST"])])
    return TestClient(app, base_url="http://localhost")


def post(client: TestClient, body: object, **headers: str) -> tuple[int, dict]:
    sent = {
        "Origin": "http://localhost",
        "X-Rendition-Token": passes.issue(7, 3, opening.database()),
        "Content-Type": "application/json",
    }
    sent.update({name.replace("_", "-"): value for name, value in headers.items()})
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    response = client.post("/here", content=content, headers={k: v for k, v in sent.items() if v})
    assert response.headers["cache-control"] == "no-store"
    return response.status_code, response.json()


def test_a_good_request_reaches_the_step_with_what_its_token_allows(client: TestClient) -> None:
    assert post(client, {"x": 1}) == (200, {"actor": 7, "batch": 3, "body": {"x": 1}})


@pytest.mark.parametrize("token", ["", "forged", "WzEsMl0.aaaa.bbbb"])
def test_a_request_without_a_true_token_gets_401(client: TestClient, token: str) -> None:
    status, body = post(client, {}, X_Rendition_Token=token)
    assert status == 401
    assert "reload" in body["error"]


def test_an_old_token_gets_401(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    token = passes.issue(7, 3, opening.database())
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: 4e9)
    status, body = post(client, {}, X_Rendition_Token=token)
    assert status == 401
    assert "expired" in body["error"]


def test_a_request_of_another_site_is_refused_before_its_token_is_read(client: TestClient) -> None:
    status, body = post(client, {}, Origin="http://evil.example", X_Rendition_Token="")
    assert status == 403
    assert "another site" in body["error"]


def test_a_post_without_an_origin_is_refused(client: TestClient) -> None:
    assert post(client, {}, Origin="")[0] == 403


def test_behind_a_proxy_the_public_address_is_the_origin(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_PUBLIC_URL", "https://desk.example/review")
    settings_room.settings.cache_clear()
    assert post(client, {}, Origin="https://desk.example")[0] == 200
    assert post(client, {}, Origin="http://localhost")[0] == 403


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_object_is_refused(client: TestClient, body: bytes) -> None:
    status, answer = post(client, body)
    assert status == 400
    assert "JSON" in answer["error"]


def test_a_form_is_refused(client: TestClient) -> None:
    assert post(client, b"a=1", Content_Type="application/x-www-form-urlencoded")[0] == 400


def test_a_body_over_the_limit_is_refused(client: TestClient) -> None:
    status, answer = post(client, b'{"x":"' + b"a" * guard.BODY_BYTES + b'"}')
    assert status == 400
    assert "MB" in answer["error"]


@pytest.mark.parametrize(("do", "status"), [("missing", 404), ("refuse", 400), ("full", 503), ("crash", 500)])
def test_what_goes_wrong_becomes_one_sentence(
    client: TestClient, capsys: pytest.CaptureFixture, do: str, status: int
) -> None:
    found, answer = post(client, {"do": do})
    assert found == status
    assert list(answer) == ["error"]
    assert "secret text" not in str(answer)
    assert "Traceback" not in str(answer)


def test_a_get_needs_no_origin(client: TestClient) -> None:
    response = client.get("/here", headers={"X-Rendition-Token": passes.issue(1, 2, opening.database())})
    assert response.status_code == 200


def test_the_secret_file_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    passes.issue(1, 1)
    file = tmp_path / "store.sqlite3.secret"
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text()) >= 32


def test_a_damaged_secret_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite3.secret").write_text("")
    with pytest.raises(StoreError, match=r"is damaged.*Delete it"):
        passes.issue(1, 1)


def test_a_page_of_another_database_is_told_to_reload(client: TestClient) -> None:
    status, answer = post(client, {}, X_Rendition_Token=passes.issue(7, 3, "another"))
    assert status == 401
    assert "another database" in answer["error"]

"""The memory's routes: what is asked for one's own article is answered, anything else is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from review import settings as settings_room
from review.store import people
from tests.web.conftest import Desk


@pytest.fixture(autouse=True)
def cache(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_CACHE", str(own_store / "cache"))
    settings_room.settings.cache_clear()


def confirmed(desk: Desk) -> None:
    event = desk.edit(desk.segments[0], "The COSMOPlat platform serves companies.")
    status, answer = desk.post("events", {"batch": desk.batch, "events": [event]})
    assert (status, answer["stored"]) == (200, [event["id"]])


def test_a_match_is_what_was_corrected_elsewhere(desk: Desk) -> None:
    confirmed(desk)
    own = {"article": desk.article, "segment": desk.segments[0]}
    assert desk.post("memory", own) == (200, {"matches": [], "building": False})
    status, answer = desk.post("concordance", {"article": desk.article, "text": "平台", "side": "source"})
    assert status == 200
    assert answer["more"] is False
    (hit,) = answer["hits"]
    assert (hit["start"], hit["end"], hit["articleName"], hit["segment"]) == (3, 5, "visit", desk.segments[0])
    event = {**desk.edit(desk.segments[1], ""), "kind": "repair", "payload": {"sources": ["卡奥斯平台服务小企业。"]}}
    assert desk.post("events", {"batch": desk.batch, "events": [event]})[1]["stored"]
    status, answer = desk.post("memory", {"article": desk.article, "segment": desk.segments[1]})
    (match,) = answer["matches"]
    assert match["score"] == 90
    assert match["target"] == "The COSMOPlat platform serves companies."
    assert ["delete", "小", ""] in match["difference"]
    assert (match["by"], match["origin"], match["article"]) == ("Local user", "news", desk.article)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("memory", {"article": 999, "segment": 1}, 404),
        ("memory", {"article": "1", "segment": 1}, 400),
        ("memory", {"segment": 1}, 400),
        ("memory", {"article": 1, "segment": 2**60}, 400),
        ("memory", {"article": 1, "segment": 12345}, 404),
        ("concordance", {"article": 1, "text": "", "side": "source"}, 400),
        ("concordance", {"article": 1, "text": "x" * 2000, "side": "source"}, 400),
        ("concordance", {"article": 1, "text": "。。", "side": "source"}, 400),
        ("concordance", {"article": 1, "text": "port", "side": "both"}, 400),
        ("concordance", {"article": 1, "text": "port"}, 400),
    ],
)
def test_what_is_no_question_is_refused_with_a_sentence(
    desk: Desk, path: str, body: dict[str, object], status: int
) -> None:
    if body.get("article") == 1:
        body = {**body, "article": desk.article}
    code, answer = desk.post(path, body)
    assert code == status
    assert answer["error"].endswith(".")


def test_who_is_no_member_sees_nothing(desk: Desk) -> None:
    from review.steps import opening

    confirmed(desk)
    opening.shared().write(lambda c: people.revoke(c, desk.project, desk.actor))
    for path, body in (("memory", {"segment": desk.segments[0]}), ("concordance", {"text": "平台", "side": "source"})):
        code, answer = desk.post(path, {"article": desk.article, **body})
        assert code in (401, 403)
        assert "matches" not in answer
        assert "hits" not in answer


def test_a_request_without_its_pass_is_refused(desk: Desk) -> None:
    body = {"article": desk.article, "segment": desk.segments[0]}
    assert desk.post("memory", body, **{"X-Rendition-Token": "x"})[0] == 401

"""The routes: events are stored once, articles and flags come back, nothing leaks between batches."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from review import settings as settings_room
from review.steps import opening, passes
from review.store import people
from tests.web.conftest import Desk


def test_an_event_is_acknowledged_by_its_id_and_its_effect_is_there(desk: Desk) -> None:
    event = desk.edit(desk.segments[0], "COSMOPlat serves companies.")
    assert desk.post("events", {"batch": desk.batch, "events": [event]}) == (
        200,
        {"stored": [event["id"]], "refused": []},
    )
    status, view = desk.get(f"articles/{desk.article}")
    assert status == 200
    assert view["segments"][0]["text"] == "COSMOPlat serves companies."
    assert view["undo"][-1]["event"] == event["id"]


def test_an_event_that_arrives_twice_is_stored_once_and_acknowledged_twice(desk: Desk) -> None:
    event = desk.edit(desk.segments[0], "Once.")
    for _ in range(2):
        assert desk.post("events", {"batch": desk.batch, "events": [event]})[1]["stored"] == [event["id"]]
    assert len(desk.get(f"articles/{desk.article}")[1]["undo"]) == 1


def test_an_edit_of_an_older_version_is_refused_with_the_text_as_it_is(desk: Desk) -> None:
    first, second = desk.edit(desk.segments[0], "Mine."), desk.edit(desk.segments[0], "Theirs.")
    desk.post("events", {"batch": desk.batch, "events": [first]})
    _, answer = desk.post("events", {"batch": desk.batch, "events": [second]})
    (refused,) = answer["refused"]
    assert (refused["id"], refused["code"]) == (second["id"], "conflict")
    assert refused["current"]["text"] == "Mine."


def test_events_for_another_batch_than_the_pass_are_refused(desk: Desk) -> None:
    token = passes.issue(desk.actor, desk.batch + 1, opening.database())
    body = {"batch": desk.batch, "events": [desk.edit(desk.segments[0], "No.")]}
    assert desk.post("events", body, **{"X-Rendition-Token": token})[0] == 403


def test_an_article_of_another_batch_is_not_shown(desk: Desk) -> None:
    token = passes.issue(desk.actor, desk.batch + 1, opening.database())
    assert desk.get(f"articles/{desk.article}", **{"X-Rendition-Token": token})[0] in (403, 404)
    assert desk.get("articles/999999")[0] == 404


def test_somebody_who_is_no_member_gets_nothing(desk: Desk) -> None:
    token = passes.issue(desk.actor + 1000, desk.batch, opening.database())
    assert desk.get(f"articles/{desk.article}", **{"X-Rendition-Token": token})[0] == 403
    body = {"batch": desk.batch, "events": [desk.edit(desk.segments[0], "No.")]}
    status, answer = desk.post("events", body, **{"X-Rendition-Token": token})
    assert status == 403 or [item["code"] for item in answer["refused"]] == ["forbidden"]
    assert desk.get(f"articles/{desk.article}")[1]["segments"][0]["text"] == "The Kaos platform serves companies."


def test_flags_follow_the_text(desk: Desk) -> None:
    _, before = desk.get(f"articles/{desk.article}/flags")
    kaos = before["flags"][str(desk.segments[0])]
    assert [flag["suggestions"][0] for flag in kaos] == ["COSMOPlat"]
    event = desk.edit(desk.segments[0], "The COSMOPlat platform serves companies.")
    desk.post("events", {"batch": desk.batch, "events": [event]})
    _, after = desk.get(f"articles/{desk.article}/flags")
    assert after["flags"][str(desk.segments[0])] == []
    assert len(after["flags"][str(desk.segments[1])]) == 1
    assert after["revision"] > before["revision"]


def test_a_term_that_a_reviewer_adds_flags_at_once(desk: Desk) -> None:
    words = {"source": "", "wrong": "companies", "preferred": "businesses", "note": "house style"}
    body = {"article": desk.article, **words}
    status, answer = desk.post("terms", body)
    assert (status, answer["ok"]) == (200, True)
    flags = answer["flags"][str(desk.segments[0])]
    assert ("businesses",) in [tuple(flag["suggestions"]) for flag in flags]


def test_a_term_without_its_words_is_refused(desk: Desk) -> None:
    body = {"article": desk.article, "source": "", "wrong": " ", "preferred": "businesses"}
    status, answer = desk.post("terms", body)
    assert status == 400
    assert '"wrong"' in answer["error"]


def test_the_grids_files_are_served_for_good_and_nothing_beside_them(desk: Desk) -> None:
    found = desk.client.get(f"{desk.base}/rendition/assets/abc/main.js")
    assert found.status_code == 200
    assert "javascript" in found.headers["content-type"]
    assert "immutable" in found.headers["cache-control"]
    assert desk.client.get(f"{desk.base}/rendition/assets/abc/../../__init__.py").status_code == 404
    assert desk.client.get(f"{desk.base}/rendition/assets/abc/%2e%2e/__init__.py").status_code == 404


def test_health_says_whether_the_store_answers(desk: Desk) -> None:
    assert desk.client.get(f"{desk.base}/healthz").json() == {"status": "ok"}


def test_health_says_what_is_wrong_with_the_store(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opening.close()
    (tmp_path / "broken.sqlite3").write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path}/broken.sqlite3")
    settings_room.settings.cache_clear()
    found = desk.client.get(f"{desk.base}/healthz")
    assert found.status_code == 503
    assert "broken.sqlite3" in found.json()["error"]


def test_too_many_events_at_once_are_refused_whole(desk: Desk) -> None:
    events = [desk.edit(desk.segments[0], str(number)) for number in range(501)]
    assert desk.post("events", {"batch": desk.batch, "events": events})[0] == 400
    assert desk.get(f"articles/{desk.article}")[1]["undo"] == []


def test_a_rating_is_there_again_for_its_rater(desk: Desk) -> None:
    event = {
        "id": str(uuid4()),
        "kind": "rate",
        "targets": [{"segment": desk.segments[1], "base_version": None}],
        "payload": {"value": 70},
    }
    assert desk.post("events", {"batch": desk.batch, "events": [event]})[1]["stored"] == [event["id"]]
    assert [one["rating"] for one in desk.get(f"articles/{desk.article}")[1]["segments"]] == [None, 70]


def test_a_viewer_sees_and_does_not_add_terms(desk: Desk) -> None:
    opening.shared().write(lambda c: people.grant(c, desk.project, desk.actor, "viewer"))
    assert desk.get(f"articles/{desk.article}")[0] == 200
    body = {"article": desk.article, "source": "", "wrong": "companies", "preferred": "businesses", "note": ""}
    assert desk.post("terms", body)[0] == 403


@pytest.mark.parametrize("number", [True, 0, -1, 2**63, "1", None])
def test_what_is_no_articles_number_is_refused(desk: Desk, number: object) -> None:
    body = {"article": number, "source": "", "wrong": "companies", "preferred": "businesses", "note": ""}
    assert desk.post("terms", body)[0] == 400


def test_an_article_number_beyond_all_bounds_is_not_found(desk: Desk) -> None:
    assert desk.get(f"articles/{2**63}")[0] == 404


def test_the_dictionary_is_asked_within_the_pass_s_batch_only(desk: Desk) -> None:
    status, answer = desk.get(f"articles/{desk.article}/dictionary?text=%E6%B0%B4")
    assert status == 200
    assert set(answer) == {"entries", "more", "attribution", "missing"}
    assert answer["missing"] or any("water" in entry["glosses"] for entry in answer["entries"])
    assert desk.get(f"articles/{desk.article}/dictionary")[0] == 400
    assert desk.get(f"articles/{desk.article}/dictionary?text={'x' * 1001}")[0] == 400
    token = passes.issue(desk.actor, desk.batch + 1, opening.database())
    assert desk.get(f"articles/{desk.article}/dictionary?text=x", **{"X-Rendition-Token": token})[0] in (403, 404)

"""Rules by the routes that the grid calls: offers, hits, following them, taking them back, jobs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from review.model import Article, ReadingHeader, Segment
from review.steps import opening, reviewing
from review.store import articles, batches, jobs, people
from tests.web.conftest import Desk

RULE = {"find": "Kaos", "replace": "COSMOPlat"}


def more(desk: Desk) -> tuple[Desk, int]:
    """A desk at a batch of two articles: the one that was there, and a second with "Kaos" in two segments."""
    store = opening.shared()
    with store.read() as connection:
        first = articles.load(connection, desk.article)
    second = Article("second", (Segment("Kaos again.", source="卡奥斯。", order=0), Segment("Kaos, Kaos.", order=1)))
    batch = store.write(lambda c: batches.create(c, desk.project, desk.actor, "both", ReadingHeader("article")))
    numbers = batches.add_articles(store, batch, [first, second])
    store.write(lambda c: batches.publish(c, batch))
    segments = [one["id"] for one in reviewing.view(store, numbers[0], desk.actor)["segments"]]
    return replace(desk, batch=batch, article=numbers[0], segments=segments), numbers[1]


def texts(desk: Desk, article: int) -> list[str]:
    return [one["text"] for one in reviewing.view(opening.shared(), article, desk.actor)["segments"]]


def test_a_correction_s_offers_come_with_their_counts(desk: Desk) -> None:
    desk, _ = more(desk)
    body = {
        "article": desk.article,
        "segment": desk.segments[1],
        "before": "Kaos has grown.",
        "after": "COSMOPlat has grown.",
    }
    status, answer = desk.post("offers", body)
    assert status == 200
    (offer,) = answer["offers"]
    assert (offer["segments"], offer["articles"], offer["hits"]) == (3, 2, 4)
    assert offer["rule"] == {
        **RULE, "kind": "words", "inflected": True, "case": False, "keep_case": True,
        "source": "", "source_kind": "words",
    }  # fmt: skip


@pytest.mark.parametrize(("scope", "counts"), [("article", (1, 1, 1)), ("batch", (3, 4, 2)), ("project", (4, 5, 3))])
def test_hits_are_counted_in_the_scope_that_is_asked_for(desk: Desk, scope: str, counts: tuple[int, int, int]) -> None:
    desk, _ = more(desk)
    status, answer = desk.post("hits", {"article": desk.article, "rule": RULE, "scope": scope})
    assert status == 200
    assert (answer["segments"], answer["hits"], answer["articles"]) == counts
    assert answer["similar"] == []


def test_pages_of_hits_follow_one_another(desk: Desk) -> None:
    desk, _ = more(desk)
    ask = {"article": desk.article, "rule": RULE, "scope": "batch", "limit": 2}
    _, first = desk.post("hits", ask)
    _, rest = desk.post("hits", {**ask, "after": first["next"]})
    assert len(first["rows"]) == 2
    assert rest["next"] is None
    assert rest["rows"][0]["text"] not in [row["text"] for row in first["rows"]]
    row = next(row for row in first["rows"] + rest["rows"] if row["article"] == desk.article)
    assert row["changes"] == [{"start": 4, "end": 8, "text": "COSMOPlat"}]
    assert (row["articleName"], row["number"], row["source"]) == ("visit", 1, "卡奥斯平台服务企业。")
    assert (row["protected"], row["skipped"], row["status"]) == (False, "", "new")


def test_one_act_changes_every_article_and_one_takes_it_back(desk: Desk) -> None:
    desk, second = more(desk)
    key = str(uuid4())
    act = {"id": key, "article": desk.article, "rule": RULE, "scope": "batch"}
    status, answer = desk.post("propagations", act)
    assert status == 200
    assert answer == {"event": key, "segments": 3, "articles": 2, "skipped": []}
    assert texts(desk, second) == ["COSMOPlat again.", "COSMOPlat, COSMOPlat."]
    for redo, expected in ((False, "Kaos again."), (True, "COSMOPlat again.")):
        turned = {"id": str(uuid4()), "article": desk.article, "event": key, "redo": redo}
        status, _ = desk.post("propagations/turn", turned)
        assert status == 200
        assert texts(desk, second)[0] == expected


def test_within_the_article_the_others_stay(desk: Desk) -> None:
    desk, second = more(desk)
    act = {"id": str(uuid4()), "article": desk.article, "rule": RULE, "scope": "article"}
    assert desk.post("propagations", act)[1]["segments"] == 1
    assert texts(desk, desk.article)[0] == "The COSMOPlat platform serves companies."
    assert texts(desk, second) == ["Kaos again.", "Kaos, Kaos."]


def test_ticks_and_texts_of_one_s_own_are_kept_to(desk: Desk) -> None:
    desk, second = more(desk)
    view = reviewing.view(opening.shared(), second, desk.actor)["segments"]
    one, two = (segment["id"] for segment in view)
    act = {
        "id": str(uuid4()),
        "article": desk.article,
        "rule": RULE,
        "scope": "batch",
        "without": [desk.segments[0], one],
        "own": {str(two): "Twice COSMOPlat."},
    }
    assert desk.post("propagations", act)[1]["segments"] == 1
    assert texts(desk, second) == ["Kaos again.", "Twice COSMOPlat."]
    assert texts(desk, desk.article)[0].startswith("The Kaos")


@pytest.mark.parametrize(
    ("path", "body", "part"),
    [
        ("offers", {"segment": 0, "before": "a", "after": "b"}, "whole number"),
        ("offers", {"segment": 1, "before": 3, "after": "b"}, "must be a text"),
        ("hits", {"rule": {"find": "", "replace": "x"}}, "nothing to look for"),
        ("hits", {"rule": {"find": "x"}}, "what to find"),
        ("hits", {"rule": {"find": "(", "replace": "x", "kind": "pattern"}}, "pattern"),
        ("hits", {"rule": RULE, "scope": "world"}, "scope"),
        ("hits", {"rule": RULE, "limit": 10_000}, "limit"),
        ("propagations", {"id": "x", "rule": RULE}, "UUID"),
        ("propagations", {"id": str(uuid4()), "rule": RULE, "without": ["1"]}, "whole number"),
        ("propagations", {"id": str(uuid4()), "rule": RULE, "own": {"one": "x"}}, "own"),
        ("propagations/turn", {"id": str(uuid4()), "event": "x"}, "UUID"),
        ("propagations/turn", {"id": str(uuid4()), "event": str(uuid4())}, "no such propagation"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_a_sentence(desk: Desk, path: str, body: dict[str, Any], part: str) -> None:
    status, answer = desk.post(path, {"article": desk.article, **body})
    assert status in (400, 403)
    assert part in answer["error"]


def test_another_batch_s_article_is_out_of_reach(desk: Desk) -> None:
    status, _ = desk.post("hits", {"article": 999, "rule": RULE})
    assert status == 404


def test_who_may_only_look_sees_hits_and_changes_nothing(desk: Desk) -> None:
    opening.shared().write(lambda c: people.grant(c, desk.project, desk.actor, "viewer"))
    assert desk.post("hits", {"article": desk.article, "rule": RULE})[0] == 200
    status, answer = desk.post("propagations", {"id": str(uuid4()), "article": desk.article, "rule": RULE})
    assert status == 403
    assert "not change it" in answer["error"]
    assert texts(desk, desk.article)[0].startswith("The Kaos")


def test_a_job_s_progress_is_told_and_its_end_can_be_asked_for(desk: Desk) -> None:
    number = opening.shared().write(lambda c: jobs.enqueue(c, "flag", desk.project, desk.actor, {"batch": desk.batch}))
    assert desk.get(f"jobs/{number}") == (
        200,
        {"state": "queued", "progress": 0, "total": 0, "note": "", "error": "", "result": None},
    )
    assert desk.post(f"jobs/{number}/cancel", {}) == (200, {"ok": True})
    assert desk.get(f"jobs/{number}")[1]["state"] == "cancelled"
    assert desk.get("jobs/999")[0] == 404


def test_another_s_job_is_not_cancelled(desk: Desk) -> None:
    store = opening.shared()
    other = store.write(lambda c: people.ensure_actor(c, "house", "wang", "Wang Wei"))
    number = store.write(lambda c: jobs.enqueue(c, "flag", desk.project, other, {"batch": desk.batch}))
    status, answer = desk.post(f"jobs/{number}/cancel", {})
    assert status == 403
    assert "Somebody else" in answer["error"]

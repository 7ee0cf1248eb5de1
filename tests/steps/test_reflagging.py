"""Flags are made again where the text changed, also where it changes while they are made."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from review.errors import StoreError
from review.model import Article, Flag
from review.steps import jobs, reflagging
from review.store import Connection, Store, flags
from tests.steps.desk import TEXTS, Desk, flag


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def test_an_edit_that_comes_while_the_detectors_run_gets_flags_of_its_own(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The flags made for the older text are not laid over other words."""
    first = desk.ids()[0]
    edits = ["Small Kaos firms.", None]

    def judge(article: Article, *_: Any) -> tuple[list[Flag], dict[str, float]]:
        text = article.segments[0].text
        if edits and (edit := edits.pop(0)):
            desk.do("edit", [first], {"texts": [edit]})
        return [flag(first, text, "Kaos", "COSMOPlat")], {}

    monkeypatch.setattr(reflagging, "judge", judge)
    reflagging.refresh(desk.store, desk.article)
    assert desk.states() == {}
    found = reflagging.refresh(desk.store, desk.article)["flags"][str(first)]
    assert [(one["start"], one["end"]) for one in found] == [(6, 10)]


def test_a_comment_makes_no_flags_again_and_the_answer_has_the_views_revision(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reflagging.refresh(desk.store, desk.article)
    monkeypatch.setattr(reflagging, "judge", lambda *_: pytest.fail("was flagged again"))
    desk.do("comment", desk.ids()[:1], {"comment": {"id": "c", "text": "x"}})
    assert reflagging.refresh(desk.store, desk.article)["revision"] == desk.view()["revision"] == 1


def test_terms_that_change_while_the_detectors_run_are_heeded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from review.steps import terms

    seen: list[int] = []

    def judge(article: Article, *_: Any) -> tuple[list[Flag], dict[str, float]]:
        seen.append(1)
        if len(seen) == 1:
            terms.add_term(desk.store, desk.actor, desk.article, wrong="firms", preferred="businesses")
        return [flag(desk.ids()[0], TEXTS[0], "Kaos", "COSMOPlat")] if len(seen) == 2 else [], {}

    monkeypatch.setattr(reflagging, "judge", judge)
    reflagging.renew(desk.store, desk.article)
    assert (len(seen), desk.states()) == (2, {TEXTS[0]: ["open"]})
    assert desk.row().flagged_terms == 1


def test_a_worker_flags_again_what_other_rules_or_terms_flagged(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that nobody flagged yet, and those that are up to date, are left alone."""
    never, old, good = Desk(store), Desk(store), Desk(store)
    reflagging.renew(store, good.article)
    store.write(lambda c: flags.save(c, old.article, [], terms=0, rules="of an older program"))
    assert jobs.work(store, threading.Event()) == 1
    assert (never.row().flagged_revision, old.row().flagged_rules) == (-1, reflagging.rules())
    assert jobs.work(store, threading.Event()) == 0


def test_a_flag_job_that_fails_is_logged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, Any]] = []
    monkeypatch.setattr(jobs, "log", lambda level, message, **more: said.append((message, more.get("kind"))))
    jobs.start(desk.store, desk.project, desk.actor, "flag", {"batch": desk.batch})
    monkeypatch.setattr(reflagging, "renew", lambda *_, **__: desk.store.write(fail))
    jobs.work(desk.store, threading.Event())
    assert ("job failed", "flag") in said


def fail(connection: Connection) -> None:
    raise StoreError("No room.")

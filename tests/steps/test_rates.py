"""Rates of detectors, and switching them: who may, what is logged, what the flags look like then."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from review.errors import AccessError, InputError, MissingError
from review.model import Article, Segment
from review.steps import jobs, rates, reflagging
from review.store import Store, articles, flags, standings
from tests.steps.desk import Desk
from tests.store.test_tallies import dismiss


def doubled(store: Store, count: int) -> Desk:
    """An article of ``count`` segments in each of which a word is doubled, flagged by the real detectors."""
    desk = Desk(store, [Article("long", tuple(Segment(f"The the ship {n} sailed.") for n in range(count)), target_language="en")])  # fmt: skip  # noqa: E501
    reflagging.renew(store, desk.article)
    return desk


def rate(desk: Desk, batch: int | None = None) -> rates.Rate:
    return next(one for one in rates.rates(desk.store, desk.project, batch) if one.detector.name == "doubled")


def put(desk: Desk, to: str) -> None:
    rates.switch(desk.store, desk.project, desk.actor, "doubled", to)


def test_every_detector_and_judge_is_there_also_without_a_decision(store: Store) -> None:
    desk = Desk(store)
    found = rates.rates(store, desk.project)
    assert [one.detector.name for one in found] == list(rates.known())
    assert {one.state for one in found} == {"on"}
    assert all(one.counts.share(one.counts.acted) is None for one in found)
    assert found[0].counts.interval(0) == (0.0, 1.0)


def test_counts_shares_and_what_was_said(store: Store) -> None:
    desk = doubled(store, 6)
    dismiss(desk, 0, 1)
    first, second = desk.segments()[1:3]
    desk.do("accept", [first["id"]], {"texts": ["The ship 1 sailed."], "flags": first["flags"], "suggestion": "The"})
    desk.do("edit", [second["id"]], {"texts": ["A ship 2 sailed."]})
    reflagging.renew(store, desk.article)
    counts = rate(desk).counts
    assert (counts.open, counts.hidden, counts.accepted, counts.corrected, counts.dismissed) == (3, 1, 1, 1, 1)
    assert (counts.shown, counts.decided, counts.share(counts.acted)) == (6, 3, pytest.approx(2 / 3))
    assert counts.said == pytest.approx(first["flags"][0]["confidence"])
    assert rate(desk).categories == {"linguistic conventions": counts}
    assert rate(desk, desk.batch).counts == counts


def test_a_demoted_detectors_flags_weigh_little_everywhere_and_restoring_gives_all_back(store: Store) -> None:
    desk = doubled(store, 30)
    before = desk.row()
    dismiss(desk, 0, 20)
    assert rate(desk).state == "demoted"
    assert jobs.work(store, threading.Event()) == 1, "the stored flags are gone through without anybody looking"
    after = desk.row()
    assert (before.worst_severity, after.worst_severity, after.open_flags) == ("minor", "neutral", 10)
    assert 0 < after.risk < before.risk / 3
    with store.read() as connection:
        find = partial(articles.rows, connection, desk.project)
        assert [len(find(severity=name)) for name in ("neutral", "minor")] == [1, 0]
        shown = [row.flag for row in flags.of(connection, desk.article) if row.state == "open"]
    assert {(one.severity, one.confidence) for one in shown} == {("neutral", 0.1)}
    put(desk, "on")
    assert {one["flags"][0]["severity"] for one in desk.segments()[20:]} == {"minor"}
    jobs.work(store, threading.Event())
    assert (desk.row().worst_severity, desk.row().open_flags) == ("minor", 10)


def test_a_verdict_on_a_demoted_flag_records_the_flag_as_its_detector_made_it(store: Store) -> None:
    desk = doubled(store, 30)
    said = desk.segments()[0]["flags"][0]["confidence"]
    dismiss(desk, 0, 20)
    shown = desk.segments()[20]["flags"][0]
    made = {**shown, **shown["made"]}  # as the page's wire() puts it
    desk.do("dismiss", [desk.segments()[20]["id"]], {"flag": made, "scope": "place"})
    assert rate(desk).counts.said == pytest.approx(said)


def test_a_restored_detector_holds_until_as_many_dismissals_come_anew(store: Store) -> None:
    desk = doubled(store, 60)
    dismiss(desk, 0, 24)  # demoted at the twentieth
    put(desk, "on")
    dismiss(desk, 24, 43)
    assert rate(desk).state == "on"
    dismiss(desk, 43, 44)
    assert rate(desk).state == "demoted"
    demotion = rate(desk).demotion
    assert demotion is not None
    assert demotion.notice == "20 of 20 dismissed"
    log = rates.history(store, desk.project, "doubled")
    assert [(one.state, one.by) for one in log] == [("demoted", ""), ("on", "Local user"), ("demoted", "")]


def test_a_detector_that_is_off_shows_nothing_runs_nothing_and_comes_back(store: Store) -> None:
    desk = doubled(store, 3)
    dismiss(desk, 0, 1)
    put(desk, "off")
    assert [[one["state"] for one in segment["flags"]] for segment in desk.segments()] == [["dismissed"], [], []]
    reflagging.renew(store, desk.article)
    with store.read() as connection:
        assert articles.rows(connection, desk.project, detector="doubled") == []
        assert {row.state for row in flags.of(connection, desk.article)} <= {"dismissed"}
    assert (desk.row().open_flags, rate(desk).state) == (0, "off")
    put(desk, "off")
    put(desk, "on")
    reflagging.renew(store, desk.article)
    assert (desk.row().open_flags, rate(desk).counts.dismissed) == (2, 1)
    assert [one.state for one in rates.history(store, desk.project, "doubled")] == ["on", "off"]


def test_a_detector_that_is_off_is_not_demoted(store: Store) -> None:
    desk = doubled(store, 21)
    segments = desk.segments()
    put(desk, "off")
    for one in segments[:20]:
        desk.do("dismiss", [one["id"]], {"flag": one["flags"][0], "scope": "place"})
    assert rate(desk).state == "off"


def test_another_version_of_the_rule_starts_afresh(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = doubled(store, 30)
    dismiss(desk, 0, 20)
    monkeypatch.setattr(type(rate(desk).detector), "version", 2)
    reflagging._fingerprint.cache_clear()
    assert (rate(desk).state, rate(desk).counts.decided) == ("on", 0)
    reflagging.renew(store, desk.article)
    reflagging._fingerprint.cache_clear()
    opened = [[one for one in segment["flags"] if one["state"] == "open"] for segment in desk.segments()]
    assert [[one["severity"] for one in part] for part in opened] == [["minor"]] * 30, "dismissals were of the old rule"


def test_only_leads_switch_and_only_what_there_is(store: Store) -> None:
    desk = Desk(store)
    reviewer, lead = desk.colleague(), desk.colleague("Lead", "lead")
    with pytest.raises(AccessError, match="Only a lead"):
        rates.switch(store, desk.project, reviewer, "doubled", "off")
    with pytest.raises(MissingError, match="no detector 'double'"):
        rates.switch(store, desk.project, lead, "double", "off")
    with pytest.raises(InputError, match="on or off"):
        rates.switch(store, desk.project, lead, "doubled", "demoted")
    rates.switch(store, desk.project, lead, "doubled", "off")
    with store.read() as connection:
        (only,) = standings.history(connection, desk.project)
    assert (only.state, only.by, only.detector) == ("off", "Lead", "doubled")
    assert only.at > 0

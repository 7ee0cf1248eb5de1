"""Decisions are counted with the act, and counted out when it is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from review.model import Article, Segment
from review.steps.replaying import replay
from review.store import Store, batches, standings, tallies
from tests.steps.desk import TEXTS, Desk, flag
from tests.store.ageing import age


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def counts(desk: Desk, batch: int | None = None) -> tuple[int, int, int]:
    """Accepted, corrected, dismissed of the only detector."""
    with desk.store.read() as connection:
        found = tallies.decisions(connection, desk.project, batch)
    assert set(found) <= {("terminology", 1, "terminology")}
    return next((row[:3] for row in found.values()), (0, 0, 0))


def now(desk: Desk) -> tuple[int, int]:
    """Open and hidden flags."""
    with desk.store.read() as connection:
        return tallies.flags(connection, desk.project).get(("terminology", "terminology"), (0, 0))


def view(desk: Desk, segment: int, nth: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in desk.segments() if one["id"] == segment)["flags"][nth]
    return found


def test_an_acceptance_counts_once_however_many_flags_it_reaches(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    desk.save(flag(first, TEXTS[0], "Kaos", "X"), flag(second, TEXTS[1], "Kaos", "X"))
    flags = [view(desk, first), view(desk, second)]
    texts = [TEXTS[0].replace("Kaos", "X"), TEXTS[1].replace("Kaos", "X", 1)]
    event = desk.do("accept", [first, second], {"texts": texts, "flags": flags, "suggestion": "X"})
    assert counts(desk) == (1, 0, 0)
    desk.do("undo", [first, second], {"event": event})
    assert counts(desk) == (0, 0, 0)
    desk.do("redo", [first, second], {"event": event})
    assert counts(desk) == (1, 0, 0)
    assert replay(desk.store).differences == []


def test_a_dismissal_counts_once_and_hides_the_rest(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    made = [flag(first, TEXTS[0], "Kaos", "X"), flag(second, TEXTS[1], "Kaos", "X")]
    desk.save(*made)
    assert now(desk) == (2, 0)
    event = desk.dismiss(first, made[0], "text")
    assert (counts(desk), now(desk)) == ((0, 0, 1), (0, 2))
    desk.do("restore", [first], {"dismissal": event})
    assert (counts(desk), now(desk)) == ((0, 0, 0), (2, 0))


def test_words_changed_by_hand_under_a_flag_are_a_correction_until_they_are_back(desk: Desk) -> None:
    first = desk.ids()[0]
    made = flag(first, TEXTS[0], "Kaos", "X")
    desk.save(made)
    event = desk.do("edit", [first], {"texts": ["COSMOPlat helps small firms."]})
    assert counts(desk) == (0, 1, 0)
    desk.save()
    desk.do("undo", [first], {"event": event})
    desk.save(made)
    assert counts(desk) == (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "origin"),
    [("Kaos helps big firms.", "typed"), ("Now Kaos helps small firms.", "typed"), ("X helps.", "original")],
)
def test_an_edit_beside_a_flag_or_not_by_hand_is_none(desk: Desk, text: str, origin: str) -> None:
    first = desk.ids()[0]
    desk.save(flag(first, TEXTS[0], "Kaos", "X"))
    desk.do("edit", [first], {"texts": [text], "origin": origin})
    assert counts(desk) == (0, 0, 0)


def test_a_dismissed_flag_that_is_edited_is_no_correction(desk: Desk) -> None:
    first = desk.ids()[0]
    made = flag(first, TEXTS[0], "Kaos", "X")
    desk.save(made)
    desk.dismiss(first, made, "place")
    desk.do("edit", [first], {"texts": ["COSMOPlat helps small firms."]})
    assert counts(desk) == (0, 0, 1)


def test_a_batch_is_counted_by_itself(store: Store) -> None:
    one, two = Desk(store), Desk(store)
    for desk in (one, two):
        made = flag(desk.ids()[0], TEXTS[0], "Kaos", "X")
        desk.save(made)
        desk.dismiss(desk.ids()[0], made, "place")
    assert counts(one) == (0, 0, 2)
    assert counts(one, one.batch) == counts(one, two.batch) == (0, 0, 1)


def test_counts_that_were_tampered_with_are_found(desk: Desk) -> None:
    first = desk.ids()[0]
    made = flag(first, TEXTS[0], "Kaos", "X")
    desk.save(made)
    desk.dismiss(first, made, "place")
    desk.store.write(lambda c: c.exec_driver_sql("UPDATE decision_count SET dismissed = 7").rowcount)
    assert any("7 are counted as dismissed, the verdicts say 1" in line for line in replay(desk.store).differences)


def test_a_database_from_before_is_counted_when_it_is_migrated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    with Store.open(url) as store:
        desk = Desk(store)
        first, second = desk.ids()[:2]
        made = [flag(first, TEXTS[0], "Kaos", "X"), flag(second, TEXTS[1], "Kaos", "X")]
        desk.save(*made)
        desk.dismiss(first, made[0], "place")
        project, before = desk.project, (counts(desk), now(desk))

        store.write(lambda connection: age(connection, "0002"))
    with Store.open(url) as store, store.read() as connection:
        (row,) = tallies.decisions(connection, project).values()
        (flags,) = tallies.flags(connection, project).values()
        assert (row[:3], flags) == before == ((0, 0, 1), (1, 1))
        assert row[3] == pytest.approx(0.9)


def test_a_discarded_batch_goes_with_its_counts(desk: Desk) -> None:
    desk.save(flag(desk.ids()[0], TEXTS[0], "Kaos", "X"))
    desk.store.write(lambda c: batches.discard(c, desk.batch))
    assert batches.sweep(desk.store) == 1
    with desk.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM flag_count").scalar() == 0


def many(store: Store, count: int) -> Desk:
    """A desk with one article of ``count`` segments, each with a flag."""
    desk = Desk(store, [Article("long", tuple(Segment(f"Kaos {n}.") for n in range(count)), target_language="en")])
    desk.save(*(flag(key, f"Kaos {n}.", "Kaos", "X") for n, key in enumerate(desk.ids())))
    return desk


def dismiss(desk: Desk, start: int, end: int) -> None:
    """Dismiss the flags of the segments from ``start`` to ``end``, one by one."""
    segments = desk.segments()[start:end]
    events = [
        desk.event("dismiss", [one["id"]], {"flag": one["flags"][0], "scope": "place"}, free=True) for one in segments
    ]
    assert len(desk.post(*events)["stored"]) == len(events)


def stands(desk: Desk) -> str:
    with desk.store.read() as connection:
        held = standings.now(connection, desk.project)
    return held.by_name["terminology"].state if held.by_name else "on"


def test_the_dismissal_that_is_one_too_many_demotes_and_says_so(store: Store) -> None:
    desk = many(store, 30)
    dismiss(desk, 0, 19)
    assert stands(desk) == "on"
    dismiss(desk, 19, 20)
    assert stands(desk) == "demoted"
    with store.read() as connection:
        (only,) = standings.history(connection, desk.project)
    assert (only.notice, only.by, only.rule) == ("20 of 20 dismissed", "", 1)
    row = desk.segments()[25]["flags"][0]
    assert (row["severity"], row["confidence"], row["demoted"]) == ("neutral", 0.1, "20 of 20 dismissed")
    assert row["made"] == {"severity": "major", "confidence": 0.9}
    dismiss(desk, 20, 25)
    with store.read() as connection:
        assert len(standings.history(connection, desk.project)) == 1, "said once"


def test_two_acceptances_among_twenty_keep_a_detector(store: Store) -> None:
    desk = many(store, 30)
    for place in (0, 1):
        segment = desk.segments()[place]
        payload = {"texts": [f"X {place}."], "flags": segment["flags"], "suggestion": "X"}
        desk.do("accept", [segment["id"]], payload)
    dismiss(desk, 2, 20)
    assert (counts(desk), stands(desk)) == ((2, 0, 18), "on")


def test_replay_agrees_after_a_demotion(store: Store) -> None:
    desk = many(store, 21)
    dismiss(desk, 0, 20)
    assert replay(store).differences == []

"""Articles in reviewing order: edit rates, and the flags that awaited whoever began."""

from __future__ import annotations

from uuid import uuid4

import pytest

from review.model import Rule, Scope
from review.steps import propagating
from review.steps.replaying import replay
from review.steps.saving import Reviewed, articles, reviewed, stretches
from review.store import Store, batches, beginnings, flags
from tests.steps.desk import TEXTS, Desk, article, flag


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, [article(name=name) for name in ("one", "two", "three")])


def rows(desk: Desk) -> list[Reviewed]:
    return reviewed(desk.store, desk.project)


def at(desk: Desk, place: int) -> Desk:
    desk.article = desk.articles[place]
    return desk


def flagged(desk: Desk, surfaces: tuple[str, ...]) -> None:
    """Flag words in the article's sentences: the n-th surface in the n-th."""
    desk.save(*(flag(key, TEXTS[n], surfaces[n], "X") for n, key in enumerate(desk.ids()) if n < len(surfaces)))


def begin(desk: Desk, place: int, text: str = "COSMOPlat helps.") -> None:
    desk.do("edit", [at(desk, place).ids()[0]], {"texts": [text]})


def test_an_article_that_nobody_touched_is_not_there(desk: Desk) -> None:
    flagged(desk, ("Kaos",))
    assert rows(desk) == []
    assert stretches([]) == []


def test_articles_stand_in_the_order_in_which_somebody_began(desk: Desk) -> None:
    for place in (2, 0):
        flagged(at(desk, place), ("Kaos", "Kaos"))
        begin(desk, place)
    assert [one.name for one in rows(desk)] == ["three", "one"]
    assert [(one.start, one.end) for one in stretches(rows(desk))] == [(1, 1), (2, 2)]
    assert [(one.start, one.end) for one in stretches(rows(desk), most=1)] == [(1, 2)]


def test_flags_are_kept_as_first_found_as_reviewing_began_and_as_it_ended(desk: Desk) -> None:
    flagged(desk, ("Kaos", "Kaos", "double cycle"))
    flagged(desk, ("Kaos", "Kaos"))
    begin(desk, 0)
    flagged(desk, ())
    (one,) = rows(desk)
    words = one.words + 2
    assert (one.first, one.begun, one.done, one.now) == ((3, words), (2, words), None, (0, one.words))
    assert not one.finished
    desk.do("status", desk.ids(), {"status": "confirmed"})
    (one,) = rows(desk)
    assert (one.done, one.finished) == ((0, one.words), True)
    assert replay(desk.store).differences == []


def test_a_later_act_or_flagging_changes_nothing_of_the_beginning(desk: Desk) -> None:
    flagged(desk, ("Kaos",))
    begin(desk, 0)
    first = rows(desk)[0]
    begin(desk, 0, "COSMOPlat helps firms.")
    again = rows(desk)[0]
    assert (again.first, again.begun, again.begun_at) == (first.first, first.begun, first.begun_at)


def test_a_propagation_from_elsewhere_changes_articles_and_begins_none(desk: Desk) -> None:
    for place in (0, 1):
        flagged(at(desk, place), ("Kaos", "Kaos"))
    begin(desk, 0)
    rule = Rule(find="Kaos", replace="COSMOPlat")
    propagating.propagate(desk.store, desk.actor, desk.batch, Scope(desk.project), rule, key=str(uuid4()))
    found = rows(desk)
    assert [(one.name, one.begun_at is None, one.changed) for one in found] == [
        ("one", False, 2),
        ("two", True, 2),
        ("three", True, 2),
    ]
    assert found[1].ways == {"propagation": 2}
    assert found[0].ways == {"hand": 1, "propagation": 1}
    assert len(stretches(found)) == 1
    flagged(at(desk, 1), ())
    desk.do("status", [desk.ids()[3]], {"status": "confirmed"})
    second = rows(desk)[1]
    assert (second.first, second.begun) == ((2, 16), (0, 16)), "what a propagation mended awaits nobody"


def test_edit_rate_and_distance(desk: Desk) -> None:
    begin(desk, 0, "Kaos helps small ships.")
    (one,) = rows(desk)
    assert one.rate == 0.25
    assert one.hter == pytest.approx(100 / 16)
    assert one.characters == pytest.approx(4 / 82, abs=0.02)


def test_distances_of_much_text_are_not_measured_on_the_way(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "MOST_MEASURED", 3)
    begin(desk, 0)
    assert rows(desk)[0].hter is None


def test_an_article_flagged_before_it_was_counted_says_so(desk: Desk) -> None:
    flagged(desk, ("Kaos",))
    desk.store.write(lambda c: c.exec_driver_sql("DELETE FROM beginning").rowcount)
    flagged(desk, ("Kaos", "Kaos"))
    begin(desk, 0)
    (one,) = rows(desk)
    assert (one.first, one.begun, one.begun_at) == (None, None, None)


def test_rates_of_a_stretch_weigh_articles_by_words() -> None:
    assert articles.per_thousand([(1, 100), (1, 900), None]) == 2.0
    assert articles.per_thousand([None]) is None


def test_a_batch_alone(desk: Desk) -> None:
    begin(desk, 0)
    assert len(reviewed(desk.store, desk.project, desk.batch)) == 1
    assert reviewed(desk.store, desk.project, desk.batch + 1) == []


def test_a_discarded_batch_goes_with_its_beginnings(desk: Desk) -> None:
    flagged(desk, ("Kaos",))
    desk.store.write(lambda c: batches.discard(c, desk.batch))
    assert batches.sweep(desk.store) == 1
    with desk.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM beginning").scalar() == 0


def test_flags_made_in_parts_are_first_found_too(desk: Desk) -> None:
    flags.save_in_parts(desk.store, desk.article, [flag(desk.ids()[0], TEXTS[0], "Kaos", "X")])
    with desk.store.read() as connection:
        assert not beginnings.never_flagged(connection, desk.article)
    begin(desk, 0)
    assert rows(desk)[0].first == (1, 16)

"""Kinds of flag by segment over a batch are those that the review page shows, article by article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.errors import MissingError
from review.store import Store, flag_kinds, flags, standings
from tests.steps.desk import TEXTS, Desk, article, flag


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, [article(), article(name="two")])


def kinds(desk: Desk) -> list[tuple[int, str, str]]:
    with desk.store.read() as connection:
        return sorted(set(flag_kinds.kinds(connection, desk.batch)))


def shown(desk: Desk) -> list[tuple[int, str, str]]:
    """The same from what the page is given."""
    with desk.store.read() as connection:
        rows = [row for number in desk.articles for row in flags.of(connection, number)]
    return sorted(
        {(int(row.flag.segment), row.flag.category, row.flag.detector) for row in rows if row.state != "dismissed"}
    )


def test_open_and_accepted_flags_count_and_dismissed_ones_do_not(desk: Desk) -> None:
    first, second, third = desk.ids()[:3]
    one = flag(first, TEXTS[0], "Kaos", "COSMOPlat")
    two = flag(second, TEXTS[1], "Kaos", "COSMOPlat")
    three = replace(flag(third, TEXTS[2], "double cycle", "x", detector="calques"), category="style")
    desk.save(one, two, three)
    assert kinds(desk) == shown(desk)
    assert kinds(desk) == sorted(
        [(first, one.category, "terminology"), (second, one.category, "terminology"), (third, "style", "calques")]
    )
    desk.dismiss(second, two, "place")
    assert kinds(desk) == shown(desk)
    assert second not in {segment for segment, *_ in kinds(desk)}
    view = desk.segments()[0]["flags"]
    text = TEXTS[0].replace("Kaos", "COSMOPlat")
    event = desk.do("accept", [first], {"texts": [text], "flags": view, "suggestion": "COSMOPlat"})
    desk.save(two, three)
    assert kinds(desk) == shown(desk)
    assert (first, one.category, "terminology") in kinds(desk)
    desk.do("undo", [first], {"event": event})
    assert kinds(desk) == shown(desk)
    assert first not in {segment for segment, *_ in kinds(desk)}


def test_detectors_that_are_off_are_left_out(desk: Desk) -> None:
    first = desk.ids()[0]
    desk.save(flag(first, TEXTS[0], "Kaos", "x"))
    desk.store.write(
        lambda c: standings.put(c, desk.project, "terminology", "off", 1, desk.actor, (0, 0), worker=desk.actor)
    )
    assert kinds(desk) == shown(desk) == []


def test_risks_are_known_of_flagged_articles_alone_and_nothing_is_zero(desk: Desk) -> None:
    with desk.store.read() as connection:
        assert flag_kinds.risks(connection, desk.batch) == {}
    ids = desk.ids()
    desk.store.write(lambda c: flags.save(c, desk.article, [], risks={str(ids[1]): 0.25}))
    with desk.store.read() as connection:
        assert flag_kinds.risks(connection, desk.batch) == {
            ids[0]: 0.0, ids[1]: 0.25, ids[2]: 0.0, ids[3]: 0.0,
        }  # fmt: skip


def test_a_batch_that_is_not_there_is_missing(desk: Desk) -> None:
    with desk.store.read() as connection, pytest.raises(MissingError):
        list(flag_kinds.kinds(connection, 999))

"""The list of articles, narrowed, searched and paged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.errors import MissingError
from review.store import Store, articles, flags
from tests.steps.desk import TEXTS, Desk, article, flag, mark


@pytest.fixture
def desk(store: Store) -> Desk:
    given = [replace(article(name=f"article {number}"), system=f"s{number % 2}") for number in range(5)]
    return Desk(store, given)


def names(desk: Desk, **wanted: object) -> list[str]:
    with desk.store.read() as connection:
        return [row.name[-1] for row in articles.rows(connection, desk.project, **wanted)]  # type: ignore[arg-type]


def test_articles_come_in_file_order_newest_batch_first(desk: Desk) -> None:
    newer = Desk(desk.store, [article(name="article 9")])
    assert names(desk) == ["9", "0", "1", "2", "3", "4"]
    assert names(desk, batch=newer.batch) == ["9"]


def test_a_page_begins_after_the_last_row_seen(desk: Desk) -> None:
    assert names(desk, limit=2) == ["0", "1"]
    assert names(desk, limit=2, after=(desk.batch, 1)) == ["2", "3"]
    assert names(desk, limit=2, after=(desk.batch, 3)) == ["4"]


def test_articles_are_found_by_name_system_and_current_words(desk: Desk) -> None:
    assert names(desk, search="ARTICLE 3") == ["3"]
    assert names(desk, search="s1") == ["1", "3"]
    assert names(desk, search="100%_") == []
    assert names(desk, search="双循环") == list("01234")
    desk.do("edit", desk.ids()[:1], {"texts": ["Unheard-of words."]})
    assert names(desk, search="unheard-of") == ["0"]
    assert names(desk, search="Kaos helps") == list("1234"), "what was replaced is not there any more"


def test_articles_are_narrowed_by_status_and_open_flags(desk: Desk) -> None:
    ids = desk.ids()
    desk.do("status", ids, {"status": "confirmed"})
    assert names(desk, status="confirmed") == ["0"]
    assert names(desk, status="new") == list("1234")
    found = flag(ids[0], TEXTS[0], "Kaos", "COSMOPlat")
    desk.store.write(lambda c: flags.save(c, desk.article, [found]))
    assert names(desk, detector="terminology") == ["0"]
    assert names(desk, severity="major") == ["0"]
    assert names(desk, severity="minor") == []
    assert names(desk, detector="numbers") == []


def test_an_unknown_article_is_missing(store: Store) -> None:
    with store.read() as connection:
        for ask in (articles.get, articles.load):
            with pytest.raises(MissingError):
                ask(connection, 5)


def test_the_text_revision_goes_up_only_when_flags_are_out_of_date_and_the_other_with_each_event(desk: Desk) -> None:
    def revisions() -> tuple[int, int]:
        row = desk.row()
        return row.revision, row.text_revision

    first = desk.ids()[0]
    desk.do("comment", [first], {"comment": {"id": "c", "text": "x"}})
    desk.do("mark", [first], mark())
    desk.do("rate", [], {"article": desk.article, "value": 5})
    desk.do("rate", [first], {"value": 5})
    desk.do("status", [first], {"status": "confirmed"})
    assert revisions() == (5, 0)
    desk.save(flag(first, TEXTS[0], "Kaos", "COSMOPlat"))
    dismissal = desk.dismiss(first, flag(first, TEXTS[0], "Kaos", "COSMOPlat"), "place")
    desk.do("restore", [first], {"dismissal": dismissal})
    assert revisions() == (7, 0)
    desk.do("edit", [first], {"texts": ["x"]})
    assert revisions() == (8, 1)
    desk.do("delete", [first], {})
    assert revisions() == (9, 2)

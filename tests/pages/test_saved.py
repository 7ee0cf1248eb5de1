"""The Saved page: what corrections saved, and one's own time, off unless switched on."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from review.model import Rule, Scope
from review.pages.saved.mine import duration
from review.steps import propagating, saving
from review.store import Store, people
from tests.pages.conftest import told
from tests.steps.desk import Desk, article

Show = Callable[..., AppTest]


def reviewed(store: Store, count: int = 5) -> Desk:
    """A batch of articles, each begun; "Kaos" corrected by one propagation."""
    desk = Desk(store, [article(name=f"article {n}") for n in range(count)])
    for place in desk.articles:
        desk.article = place
        desk.save()
        desk.do("edit", [desk.ids()[3]], {"texts": [f"The very last sentence of {place}."]})
    rule = Rule(find="Kaos", replace="COSMOPlat")
    propagating.propagate(store, desk.actor, desk.batch, Scope(desk.project), rule, key=str(uuid4()))
    return desk


def table(test: AppTest, column: str) -> list[object]:
    """The column of the first table that has it."""
    return next(list(one.value[column]) for one in test.dataframe if column in one.value)


def test_an_empty_project_leads_to_the_import(show: Show) -> None:
    test = show("saved")
    assert not test.exception
    assert "No articles yet" in told(test)
    assert [button.label for button in test.button][:1] == ["Import an article"]


def test_articles_without_a_correction_say_so(show: Show, batch: int) -> None:
    assert "Nothing has been corrected here yet" in told(show("saved", batch=str(batch)))


def test_ways_people_and_articles_are_counted(show: Show, page_store: Store) -> None:
    desk = reviewed(page_store)
    test = show("saved")
    assert not test.exception
    assert "9 corrections saved: 6 acts corrected 15 segments." in told(test)
    assert table(test, "Corrections") == ["by hand", "by propagation", "by accepted suggestion"]
    assert table(test, "Segments an act")[:2] == [1.0, 10.0]
    assert table(test, "Person") == ["Local user"]
    assert table(test, "Articles") == ["1", "2", "3", "4", "5"]
    assert table(test, "Open")[0] == f"/?batch={desk.batch}&article={desk.articles[0]}"
    assert len(test.get("vega_lite_chart")) == 3
    assert "in the first article, **0.0** in the last article" in told(test)


def test_a_batch_alone_and_an_address_that_leads_nowhere(show: Show, page_store: Store, batch: int) -> None:
    reviewed(page_store)
    test = show("saved", batch=str(batch))
    assert "1 correction saved: acts begun in other batches corrected 1 segment." in told(test)
    assert "Nobody began to review an article here" in told(test)
    test = show("saved", batch="999")
    assert "names a batch that is not here" in told(test)


def test_somebody_who_is_no_lead_sees_only_their_own_acts(show: Show, page_store: Store) -> None:
    desk = reviewed(page_store)
    ann = desk.colleague("Ann")
    desk.do("edit", [desk.ids()[2]], {"texts": ["A dual circulation."]}, ann)
    assert table(show("saved"), "Person") == ["Ann", "Local user"]
    page_store.write(lambda c: people.grant(c, desk.project, desk.actor, "reviewer"))
    assert table(show("saved"), "Person") == ["Local user"]


def test_time_is_off_and_told_of_before_anything_is_measured(show: Show, page_store: Store) -> None:
    test = show("saved")
    assert "Off unless you switch it on." in told(test)
    assert "how many keys you press, never which" in told(test)
    on, shared = test.toggle
    assert (on.value, shared.value, shared.disabled) == (False, False, True)
    _, actor = page_store.write(people.ensure_local)
    assert not saving.settings_of(page_store, actor).on
    on.set_value(True).run()
    assert saving.settings_of(page_store, actor).on
    assert "nothing has been counted here yet" in told(test)
    test.toggle[1].set_value(True).run()
    assert saving.settings_of(page_store, actor).shared
    test.toggle[0].set_value(False).run()
    assert not saving.settings_of(page_store, actor).on


def test_my_time_is_shown_and_deleted(show: Show, page_store: Store) -> None:
    desk = reviewed(page_store, 1)
    saving.choose(page_store, desk.actor, on=True)
    spent = [{"segment": desk.ids()[0], "time": 90_000, "keystrokes": 12}]
    saving.measure(page_store, desk.actor, desk.batch, desk.article, spent)
    test = show("saved")
    assert "1 min 30 s and 12 keys pressed on 1 sentence." in told(test)
    assert table(test, "Keys a sentence") == [12.0]
    test.button(key="saved-forget").click().run()
    test.button(key="saved-forget-sure").click().run()
    assert saving.own(page_store, desk.actor, desk.project).articles == {}


def test_a_lead_sees_the_time_of_those_who_share_it(show: Show, page_store: Store) -> None:
    desk = reviewed(page_store, 1)
    ann = desk.colleague("Ann")
    saving.choose(page_store, ann, on=True)
    spent = [{"segment": desk.ids()[0], "time": 90_000, "keystrokes": 12}]
    saving.measure(page_store, ann, desk.batch, desk.article, spent)
    assert "Shared with" not in told(show("saved"))
    saving.choose(page_store, ann, shared=True)
    test = show("saved")
    assert "Shared with the project's leads" in told(test)
    assert table(test, "Seconds a sentence") == [90.0]


@pytest.mark.parametrize(("seconds", "said"), [(0.4, "0 s"), (12, "12 s"), (250, "4 min 10 s"), (11_100, "3 h 05 min")])
def test_lengths_of_time(seconds: float, said: str) -> None:
    assert duration(seconds) == said

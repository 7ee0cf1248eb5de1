"""The Detectors page: rates, notices, and the switch."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from review.detectors import detectors, judges
from review.model import Article, ReadingHeader, Segment
from review.steps import reflagging, reviewing
from review.store import Store, articles, batches, people
from tests.pages.conftest import told

Show = Callable[..., AppTest]


def ships(store: Store, dismissed: int, count: int = 25) -> int:
    """A batch of one article in which each segment has a doubled word; the first ``dismissed`` are dismissed."""
    project, actor = store.write(people.ensure_local)
    batch = store.write(lambda c: batches.create(c, project, actor, "ships", ReadingHeader("jsonl")))
    segments = tuple(Segment(f"The the ship {n} sailed.") for n in range(count))
    (article,) = batches.add_articles(store, batch, [Article("ships", segments, target_language="en")])
    store.write(lambda c: batches.publish(c, batch))
    reflagging.renew(store, article)
    view = reviewing.view(store, article, actor)["segments"]
    events = [
        {
            "id": f"00000000-0000-4000-8000-{one['id']:012d}",
            "kind": "dismiss",
            "targets": [{"segment": one["id"], "base_version": None}],
            "payload": {"flag": one["flags"][0], "scope": "place"},
        }
        for one in view[:dismissed]
    ]
    assert reviewing.record(store, actor, batch, events)["refused"] == []
    return batch


def test_every_detector_and_judge_has_a_row(show: Show) -> None:
    test = show("detectors")
    assert not test.exception
    frame = test.dataframe[0].value
    titles = [one.title for one in (*detectors().values(), *judges().values())]
    assert list(frame["Detector"]) == titles
    assert "No articles yet" in told(test)


def test_rates_are_shown_with_their_intervals_for_the_project_and_for_a_batch(
    show: Show, page_store: Store, batch: int
) -> None:
    ours = ships(page_store, 10)
    row = show("detectors").dataframe[0].value.set_index("Detector").loc[detectors()["doubled"].title]
    assert (row["Dismissed"], row["Hidden"], row["Share dismissed"], row["95% "]) == (10, 10, 1.0, "72 to 100%")
    assert row["State"] == "on"
    test = show("detectors", batch=str(batch))
    row = test.dataframe[0].value.set_index("Detector").loc[detectors()["doubled"].title]
    assert row["Dismissed"] == 0
    test.selectbox(key="detectors-batch").set_value(ours).run()
    test.toggle(key="detectors-categories").set_value(True).run()
    row = test.dataframe[0].value.set_index("Detector").loc[detectors()["doubled"].title]
    assert (row["Category"], row["Dismissed"]) == ("linguistic conventions", 10)


def test_a_demotion_is_said_here_and_in_review_and_restored_by_one_click(show: Show, page_store: Store) -> None:
    batch = ships(page_store, 20)
    test = show("detectors")
    assert "20 of 20 dismissed" in told(test)
    with page_store.read() as connection:
        article = articles.ids(connection, batch)[0]
    review = show("review", batch=str(batch), article=str(article))
    said = told(review)
    assert "was demoted: 20 of 20 dismissed. 5 open flags of it here are shown last and faint." in said
    next(button for button in test.button if button.label == "Restore it").click().run()
    assert not test.exception
    assert "was demoted on" not in told(test)
    row = test.dataframe[0].value.set_index("Detector").loc[detectors()["doubled"].title]
    assert row["State"] == "on"
    assert "switched on, by Local user" in told(test)
    assert "was demoted" not in told(show("review", batch=str(batch), article=str(article)))


def test_a_detector_is_switched_off_for_the_project_and_on_again(show: Show, page_store: Store) -> None:
    ships(page_store, 0)
    test = show("detectors", detector="doubled")
    next(button for button in test.button if button.label.startswith("Turn this detector off")).click().run()
    row = test.dataframe[0].value.set_index("Detector").loc[detectors()["doubled"].title]
    assert row["State"] == "off"
    next(button for button in test.button if button.label == "Turn it back on").click().run()
    row = test.dataframe[0].value.set_index("Detector").loc[detectors()["doubled"].title]
    assert row["State"] == "on"


def test_who_is_no_lead_sees_and_cannot_switch(show: Show, page_store: Store) -> None:
    project, actor = page_store.write(people.ensure_local)
    page_store.write(lambda c: people.grant(c, project, actor, "reviewer"))
    test = show("detectors", detector="doubled")
    (button,) = [button for button in test.button if button.label.startswith("Turn this")]
    assert button.disabled

"""The other systems' renderings of an article stand beside each of its segments."""

from __future__ import annotations

from review.model import Article, ReadingHeader, Segment
from review.steps import reviewing
from review.store import Store, articles, batches, people


def test_each_system_sees_what_the_others_wrote_and_not_itself(store: Store) -> None:
    project, actor = store.write(people.ensure_local)
    batch = store.write(lambda c: batches.create(c, project, actor, "news", ReadingHeader("lines")))
    made = [
        Article(name, tuple(Segment(f"{system} {number}", name=str(number)) for number in (1, 2)), system=system)
        for name in ("visit", "port")
        for system in ("A", "B", "C")
    ]
    batches.add_articles(store, batch, made)
    store.write(lambda c: batches.publish(c, batch))
    with store.read() as connection:
        second = articles.ids(connection, batch)[1]
    shown = reviewing.view(store, second, actor)["segments"]
    assert [[(one["system"], one["text"]) for one in segment["alternatives"]] for segment in shown] == [
        [("A", "A 1"), ("C", "C 1")],
        [("A", "A 2"), ("C", "C 2")],
    ]

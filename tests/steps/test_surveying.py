"""A batch is surveyed before its articles are flagged: names that it renders in one way stand out in another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from review.detectors import Context, Detector
from review.detectors.base import MOST_KEYS, added, trimmed
from review.model import Article, Flag
from review.steps import flagging, reflagging, surveying
from review.store import Store, flags, surveys
from tests.steps.desk import Desk, article

SOURCES = ("市长随后会见了夏立言。",)


def batch() -> list[Article]:
    """Three articles with one name, which the last of them spells otherwise."""
    names = ("Xia Liyan", "Xia Liyan", "Hsia Liyan")
    return [article((f"Then the mayor met {name}.",), SOURCES, f"a{n}") for n, name in enumerate(names)]


class Counting(Detector):
    name = "counting"
    title, advice, source, category = "", "", "", "style"
    needs = frozenset({"survey"})
    examples = ()

    def survey(self, article: Article) -> Any:
        if "broken" in article.name:
            raise ValueError("no")
        return {"segments": len(article.segments), "by": {article.name: 1}}

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        yield self.flag(article.segments[0], 0, 1, str(context.statistics[self.name]["segments"]))


def test_counts_of_articles_are_added_up_one_article_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    alive: list[int] = []

    def articles() -> Iterator[Article]:
        for number in range(3):
            alive.append(number)
            yield article(("One.", "Two."), None, f"a{number % 2}")

    monkeypatch.setattr(surveying, "detectors", lambda: {"counting": Counting()})
    counts, failures = surveying.survey(articles())
    assert (counts, failures) == ({"counting": {"segments": 6, "by": {"a0": 2, "a1": 1}}}, [])
    assert alive == [0, 1, 2]


def test_a_survey_that_fails_silences_its_detector_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    second = type("Second", (Counting,), {"name": "second", "survey": lambda self, article: {"n": 1}})
    monkeypatch.setattr(surveying, "detectors", lambda: {"counting": Counting(), "second": second()})
    counts, failures = surveying.survey([article(), article(name="broken"), article()])
    assert counts == {"second": {"n": 3}}
    assert failures == ["The detector counting failed: ValueError: no"]


def test_only_the_detectors_asked_for_are_surveyed() -> None:
    assert surveying.survey(batch(), ["numbers"]) == ({}, [])
    assert set(surveying.survey(batch(), ["batch_names"])[0]) == {"batch_names"}


def test_without_a_survey_the_detector_is_not_asked() -> None:
    assert flagging.detect(batch()[2], only=["batch_names"]) == ([], [])


def test_a_name_that_the_batch_renders_otherwise_is_flagged_with_the_counts() -> None:
    counts, _ = surveying.survey(batch())
    (flag,), _ = flagging.detect(batch()[2], Context(statistics=counts), ["batch_names"])
    assert flag.suggestions == ("Xia Liyan",)
    assert "in 2 segments of this batch" in flag.message


def test_a_batch_in_the_store_is_surveyed_by_its_flag_job(store: Store) -> None:
    desk = Desk(store, batch())
    last = desk.articles[2]
    reflagging.renew(store, last)
    assert _batch_names(store, last) == []
    reflagging.flag_batch(store, desk.batch)
    assert _batch_names(store, last) == ["Hsia Liyan"]


def test_an_edit_leaves_the_survey_as_it_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(store, batch())
    reflagging.flag_batch(store, desk.batch)
    monkeypatch.setattr(surveying, "survey", lambda *_: pytest.fail("was surveyed again"))
    desk.do("edit", desk.ids()[:1], {"texts": ["Then the mayor met Hsia Liyan."]})
    reflagging.renew(store, desk.article)
    assert _batch_names(store, desk.article) == ["Hsia Liyan"]
    assert surveying.renew(store, desk.batch) is None


def test_counts_of_other_detectors_are_not_used(store: Store) -> None:
    desk = Desk(store, batch())
    store.write(lambda c: surveys.save(c, desk.batch, "batch_names.0", {"batch_names": {}}))
    assert surveying.statistics(store, desk.batch) == {}
    assert surveying.renew(store, desk.batch) == []
    assert set(surveying.statistics(store, desk.batch)) == {"batch_names", "doubt"}


def test_the_rarest_keys_are_forgotten_beyond_the_limit() -> None:
    total: dict[str, Any] = {"with": {str(number): 1 for number in range(MOST_KEYS)}}
    added(total, {"with": {"0": 4, "new": 1}})
    assert trimmed(total) == {"with": {"0": 5}}


def _batch_names(store: Store, number: int) -> list[str]:
    """The words that the detector flags in an article of the store."""
    from review.store import articles

    with store.read() as connection:
        loaded = articles.load(connection, number)
        found = [row.flag for row in flags.of(connection, number) if row.flag.detector == "batch_names"]
    texts = {segment.id: segment.text for segment in loaded.segments}
    return [texts[flag.segment][flag.start : flag.end] for flag in found]

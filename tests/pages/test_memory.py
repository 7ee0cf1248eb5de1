"""The Memory page: what it is made of, a phrase looked for, a file brought in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from review.formats import Source
from review.settings import settings
from review.steps import memory, reviewing
from review.store import Store, articles, people
from tests.formats.tmx.samples import GOOD
from tests.pages.conftest import told

Show = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page_store: Store) -> None:
    monkeypatch.setenv("REVIEW_CACHE", str(tmp_path / "cache"))
    settings.cache_clear()


def brought(store: Store, name: str = "client") -> None:
    project, actor = store.write(people.ensure_local)
    memory.bring_in(store, project, actor, Source.of(GOOD.encode(), "client.tmx"), name)


def html(test: AppTest) -> str:
    return "\n".join(element.proto.body for element in test.get("html"))


def test_an_empty_memory_says_how_it_is_filled(show: Show) -> None:
    test = show("memory")
    assert not test.exception
    assert "0 segments" in told(test)
    assert "Nothing is remembered yet" in told(test)


def test_the_memories_are_listed_with_their_languages(show: Show, page_store: Store) -> None:
    brought(page_store, "client *2*")
    test = show("memory")
    assert "client \\*2\\*" in told(test)
    assert "3 units" in told(test)
    assert "zh-CN → en-GB 2" in told(test)


def test_a_phrase_is_found_and_marked_with_the_way_to_its_place(show: Show, page_store: Store, batch: int) -> None:
    _, actor = page_store.write(people.ensure_local)
    with page_store.read() as connection:
        article = articles.ids(connection, batch)[0]
        segment = int(articles.load(connection, article).segments[0].id)
    event: dict[str, Any] = {
        "id": "6a9b6f0e-0000-4000-8000-000000000001",
        "kind": "edit",
        "targets": [{"segment": segment, "base_version": 0}],
        "payload": {"texts": ["The <COSMOPlat> platform grew."], "origin": "typed"},
    }
    assert reviewing.record(page_store, actor, batch, [event])["stored"]
    test = show("memory")
    test.text_input(key="memory-search").set_value("platform grew").run()
    assert "The &lt;COSMOPlat&gt; <mark>platform grew</mark>." in html(test)
    assert f"article={article}&amp;segment={segment}" in html(test)
    test.radio(key="memory-side").set_value("source").run()
    assert "does not have this in the source" in told(test)


def test_a_search_that_cannot_be_is_a_sentence(show: Show) -> None:
    test = show("memory")
    test.text_input(key="memory-search").set_value("。。").run()
    assert "no word to look for" in told(test)


def test_a_memory_is_removed_after_a_question(show: Show, page_store: Store) -> None:
    brought(page_store)
    test = show("memory")
    next(button for button in test.button if button.label == "Remove it").click().run()
    assert "client" not in told(test)

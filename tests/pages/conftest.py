"""What page tests share: the store that the pages open, and a way to run one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from review.model import Article, ReadingHeader, Segment
from review.settings import settings
from review.steps import opening
from review.store import Store, batches, people

ROOT = Path(__file__).parents[2]


@pytest.fixture
def page_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the pages open, with its local user and nothing else."""
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'pages.sqlite3'}")
    settings.cache_clear()
    opened = opening.shared()
    opened.write(people.ensure_local)
    yield opened
    opening.close()
    settings.cache_clear()


@pytest.fixture
def batch(page_store: Store) -> int:
    """A batch of two articles: one with a source, one without."""
    project, actor = page_store.write(people.ensure_local)
    made = page_store.write(lambda c: batches.create(c, project, actor, "Morning", ReadingHeader("jsonl")))
    first = Article(
        "port",
        (
            Segment("The Kaos platform grew.", source="卡奥斯平台成长了。"),
            Segment("It has has grown.", source="它成长了。"),
        ),
        system="Quay",
        source_language="zh",
        target_language="en",
    )
    second = Article("tractors", (Segment("A tractor was built."),), target_language="en")
    batches.add_articles(page_store, made, [first, second])
    page_store.write(lambda c: batches.publish(c, made))
    return made


@pytest.fixture
def show(page_store: Store) -> Callable[..., AppTest]:
    """``show("articles", batch="1")`` runs one page of the app with that address."""

    def run(page: str, **query: str) -> AppTest:
        test = AppTest.from_string(
            f"import importlib\nimportlib.import_module('review.pages.{page}').{page}()", default_timeout=60
        )
        for name, value in query.items():
            test.query_params[name] = value
        return test.run()

    return run


def told(test: AppTest) -> str:
    """All that a page says in words."""
    kinds = (test.title, test.markdown, test.caption, test.info, test.warning, test.error, test.success)
    return "\n".join(element.value for kind in kinds for element in kind)

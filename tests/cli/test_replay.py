"""``review replay``: exit 0 and one sentence where the state is what the events say, exit 1 where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.settings import settings
from review.store import Store
from tests.steps.desk import Desk


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A store with one edit in it."""
    url = f"sqlite:///{tmp_path / 'cli.sqlite3'}"
    monkeypatch.setenv("REVIEW_DATABASE_URL", url)
    settings.cache_clear()
    with Store.open() as store:
        desk = Desk(store)
        desk.do("edit", desk.ids()[:1], {"texts": ["An edit."]})
    yield url
    settings.cache_clear()


def replay(*given: str) -> Result:
    return CliRunner().invoke(main, ["replay", *given])


def test_a_sound_store_holds(url: str) -> None:
    result = replay()
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "The stored state is what the events say.")
    assert result.output.startswith("Events: 1. Changed segments: 1.")


def test_an_altered_store_fails_and_says_what_differs(url: str) -> None:
    with Store.open() as store:
        store.write(lambda c: c.exec_driver_sql("UPDATE state SET status = 'approved'"))
    result = replay()
    assert result.exit_code == 1
    assert "state 1: status is 'approved', the events say 'draft'" in result.output


def test_an_unknown_project_is_wrong_use(url: str) -> None:
    assert replay("--project", "default").exit_code == 0
    result = replay("--project", "nowhere")
    assert result.exit_code == 2
    assert "There is no project 'nowhere'; there are: default." in result.output

"""What the tests of the memory share: a desk, and a cache folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from review import settings as settings_room
from review.store import Store
from tests.steps.desk import Desk


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache folder."""
    monkeypatch.setenv("REVIEW_CACHE", str(tmp_path / "cache"))
    settings_room.settings.cache_clear()
    yield tmp_path / "cache"
    settings_room.settings.cache_clear()


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)
